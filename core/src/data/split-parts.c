#include <stdlib.h>
#include <string.h>

#include "dataset-build.h"
#include "settings.h"

enum {
    MAX_WORD = 80, /* bytes of a cell that are looked at: no word of a part is as long */
    NO_PART = TT_N_PARTS,
};

static const char *const word_keys[TT_N_PARTS] = {[TT_TRAINING] = "split.training_words",
                                                  [TT_VALIDATION] = "split.validation_words",
                                                  [TT_TEST] = "split.test_words"};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Equal but for blanks around and the case of ASCII letters. */
static bool is_same_word(const char *item, size_t size, const char *word) {
    while (size > 0 && *item == ' ')
        item++, size--;
    while (size > 0 && item[size - 1] == ' ')
        size--;
    if (size != strlen(word))
        return false;
    for (size_t i = 0; i < size; i++)
        if (lower(item[i]) != lower(word[i]))
            return false;
    return true;
}

/* Whether the items of a list, told apart by commas, include the word. */
static bool lists(const char *list, const char *word) {
    for (;;) {
        size_t size = strcspn(list, ",");
        if (is_same_word(list, size, word))
            return true;
        if (!list[size])
            return false;
        list += size + 1;
    }
}

static tt_status fail_at_row(const tt_build *build, uint32_t row, const char *word) {
    const tt_config *config = build->config;
    const char *name = build->table->columns[build->parts].name;
    int64_t line = tt_table_line(build->table, row);
    if (!*word)
        return tt_fail_key(build->error, "split.part",
                           "Line %l has an empty cell in \"%s\", so that its row has no part. Fill "
                           "it in, or choose another column.",
                           line, name);
    return tt_fail_key(
        build->error, "split.part",
        "The word \"%s\" of \"%s\" (line %l) names no part. Known are %s for "
        "training, %s for validation and %s for test. Add it to split.training_words, "
        "split.validation_words or split.test_words, or choose another column.",
        word, name, line, tt_config_get(config, word_keys[TT_TRAINING]),
        tt_config_get(config, word_keys[TT_VALIDATION]), tt_config_get(config, word_keys[TT_TEST]));
}

/* NO_PART after filling in the error. */
static int part_of_row(const tt_build *build, uint32_t row) {
    char word[MAX_WORD];
    int found = NO_PART;
    tt_table_text(build->table, row, build->parts, word, sizeof word);
    for (int part = 0; part < TT_N_PARTS && *word; part++) {
        if (!lists(tt_config_get(build->config, word_keys[part]), word))
            continue;
        if (found != NO_PART) {
            tt_fail_key(build->error, word_keys[part],
                        "\"%s\" is in %s, too. Take it out of one of them.", word,
                        word_keys[found]);
            return NO_PART;
        }
        found = part;
    }
    if (found == NO_PART)
        fail_at_row(build, row, word);
    return found;
}

static tt_status check_training(const tt_build *build, int64_t n_training) {
    if (n_training < 1)
        return tt_fail_key(build->error, "split.part",
                           "No row of \"%s\" is for training. Choose another column, or name its "
                           "word in split.training_words.",
                           build->table->columns[build->parts].name);
    return TT_OK;
}

tt_status tt_split_by_part(tt_build *build, const uint32_t *order, bool *validation) {
    (void)order;
    for (int64_t i = 0; i < build->n_rows; i++)
        validation[i] = build->marks[i] == TT_VALIDATION;
    return TT_OK;
}

tt_status tt_take_test_rows(tt_build *build) {
    int64_t n_rows = build->n_rows, counts[TT_N_PARTS] = {0};
    build->part_rows[TT_TEST] = malloc((size_t)n_rows * sizeof(uint32_t));
    build->marks = build->parts >= 0 ? malloc((size_t)n_rows) : NULL;
    if (!build->part_rows[TT_TEST] || (build->parts >= 0 && !build->marks))
        return tt_build_no_memory(build);
    if (build->parts < 0)
        return TT_OK;
    build->n_rows = 0;
    for (int64_t i = 0; i < n_rows; i++) {
        uint32_t row = build->rows[i];
        int part = part_of_row(build, row);
        if (part == NO_PART)
            return TT_BAD_SETTING;
        counts[part]++;
        if (part == TT_TEST) {
            build->part_rows[TT_TEST][build->n_part[TT_TEST]++] = row;
        } else {
            build->marks[build->n_rows] = (uint8_t)part;
            build->rows[build->n_rows++] = row;
        }
    }
    build->validation_is_marked = counts[TT_VALIDATION] > 0;
    return check_training(build, counts[TT_TRAINING]);
}

/* Whether all targets of the row have classes that are known. */
static bool has_known_classes(const tt_build *build, uint32_t row) {
    for (int32_t t = 0; t < build->n_targets; t++) {
        tt_cell cell = tt_build_cell(build, row, build->targets[t]);
        if (tt_levels_find(&build->classes[t], cell) < 0)
            return false;
    }
    return true;
}

static void note_unknown(tt_build *build, int64_t n, uint32_t first) {
    char message[MAX_WORD + 160], word[MAX_WORD];
    tt_table_text(build->table, first, build->targets[0], word, sizeof word);
    tt_format(message, sizeof message,
              "test rows whose class no row for training or validation has were left out: %l, such "
              "as \"%s\" in line %l",
              n, word, tt_table_line(build->table, first));
    tt_add_note(build, build->targets[0], message);
}

tt_status tt_drop_unknown_test_rows(tt_build *build) {
    uint32_t *rows = build->part_rows[TT_TEST], first = 0;
    int64_t n = build->n_part[TT_TEST], n_known = 0;
    if (build->task == TT_REGRESSION)
        return TT_OK;
    for (int64_t i = 0; i < n; i++) {
        if (has_known_classes(build, rows[i]))
            rows[n_known++] = rows[i];
        else if (i == n_known)
            first = rows[i];
    }
    build->n_part[TT_TEST] = n_known;
    if (n_known < n)
        note_unknown(build, n - n_known, first);
    return TT_OK;
}
