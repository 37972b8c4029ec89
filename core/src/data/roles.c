#include <string.h>

#include "dataset-build.h"
#include "settings.h"

/* Trims the name in place, as the reader trims the names of columns. */
static const char *trim(char *name) {
    size_t size = strlen(name);
    while (size > 0 && name[size - 1] == ' ')
        name[--size] = 0;
    return name + strspn(name, " ");
}

static const char *nearest_name(const tt_table *table, const char *name) {
    const char *nearest = table->columns[0].name;
    int least = tt_edit_distance(name, nearest);
    for (int32_t i = 1; i < table->n_columns; i++) {
        int distance = tt_edit_distance(name, table->columns[i].name);
        if (distance < least) {
            least = distance;
            nearest = table->columns[i].name;
        }
    }
    return nearest;
}

tt_status tt_find_column(const tt_build *build, const char *key, char *name, int32_t *column) {
    const char *trimmed = trim(name);
    *column = tt_table_find(build->table, trimmed);
    if (*column >= 0)
        return TT_OK;
    return tt_fail_key(build->error, key,
                       "The table has no column \"%s\"; the nearest name is \"%s\".", trimmed,
                       nearest_name(build->table, trimmed));
}

/* The next column that a COLUMNS setting lists; -1 at the end. */
static tt_status next_listed(const tt_build *build, const char *key, const char **cursor,
                             int32_t *column) {
    char name[TT_MAX_NAME + 32];
    *column = -1;
    while (tt_config_next_column(cursor, name, sizeof name))
        if (*trim(name))
            return tt_find_column(build, key, name, column);
    return TT_OK;
}

/* The column that a COLUMN setting names; `*column` stays as it is when it names none. */
static tt_status named_column(const tt_build *build, const char *key, int32_t *column) {
    char name[TT_MAX_NAME + 32];
    tt_format(name, sizeof name, "%s", tt_config_get(build->config, key));
    return *trim(name) ? tt_find_column(build, key, name, column) : TT_OK;
}

static bool is_target(const tt_build *build, int32_t column) {
    for (int32_t t = 0; t < build->n_targets; t++)
        if (build->targets[t] == column)
            return true;
    return false;
}

/* A name on its own needs no quotes, even if it has a comma. */
static int32_t lone_target(const tt_build *build) {
    char name[TT_MAX_NAME + 32];
    tt_format(name, sizeof name, "%s", tt_config_get(build->config, "data.target"));
    const char *trimmed = trim(name);
    return *trimmed ? tt_table_find(build->table, trimmed) : -1;
}

static tt_status choose_targets(tt_build *build) {
    const char *cursor = tt_config_get(build->config, "data.target");
    int32_t column = lone_target(build);
    if (column >= 0) {
        build->targets[build->n_targets++] = column;
        return TT_OK;
    }
    for (;;) {
        tt_status status = next_listed(build, "data.target", &cursor, &column);
        if (status != TT_OK)
            return status;
        if (column < 0)
            break;
        if (is_target(build, column))
            return tt_fail_key(build->error, "data.target",
                               "\"%s\" is listed twice. Name each target once.",
                               build->table->columns[column].name);
        build->targets[build->n_targets++] = column;
    }
    if (build->n_targets == 0)
        build->targets[build->n_targets++] = tt_table_default_target(build->table);
    return TT_OK;
}

/* A column with another purpose than to be a feature. */
static tt_status choose_helper(tt_build *build, const char *key, int32_t *column) {
    *column = -1;
    tt_status status = named_column(build, key, column);
    if (status != TT_OK || *column < 0 || !is_target(build, *column))
        return status;
    return tt_fail_key(build->error, key, "\"%s\" is the target. Choose another column.",
                       build->table->columns[*column].name);
}

static tt_status choose_helpers(tt_build *build) {
    build->groups = build->order = build->parts = -1;
    tt_status status = choose_helper(build, "data.weights", &build->weights);
    if (status == TT_OK && tt_config_is(build->config, "split.method", "group"))
        status = choose_helper(build, "split.group", &build->groups);
    if (status == TT_OK && tt_config_is(build->config, "split.method", "order"))
        status = choose_helper(build, "split.order", &build->order);
    if (status == TT_OK && tt_config_is(build->config, "split.method", "part"))
        status = choose_helper(build, "split.part", &build->parts);
    return status;
}

static tt_status force_roles(tt_build *build, const char *key, tt_role role) {
    const char *cursor = tt_config_get(build->config, key);
    for (int32_t column;;) {
        tt_status status = next_listed(build, key, &cursor, &column);
        if (status != TT_OK || column < 0)
            return status;
        if (build->roles[column] != TT_AS_FOUND && build->roles[column] != role)
            return tt_fail_key(build->error, key,
                               "Column \"%s\" is in data.numbers and in data.categories; take it "
                               "out of one of them.",
                               build->table->columns[column].name);
        bool date = role == TT_AS_NUMBER && build->table->columns[column].type == TT_COLUMN_DATE;
        if (date)
            tt_add_note(build, column,
                        "holds dates, which are numbers already; to read them otherwise, list it "
                        "in data.not_dates or data.texts");
        build->roles[column] = date ? TT_AS_DATE : role;
    }
}

tt_role tt_role_found(const tt_table *table, int32_t column) {
    static const tt_role found[] = {[TT_COLUMN_NUMBER] = TT_AS_NUMBER,
                                    [TT_COLUMN_DATE] = TT_AS_DATE,
                                    [TT_COLUMN_CATEGORY] = TT_AS_CATEGORY,
                                    [TT_COLUMN_TEXT] = TT_AS_TEXT};
    return found[table->columns[column].type];
}

const char *tt_role_key(tt_role role) {
    static const char *const keys[] = {[TT_AS_NUMBER] = "number",
                                       [TT_AS_DATE] = "date",
                                       [TT_AS_CATEGORY] = "category",
                                       [TT_AS_TEXT] = "text"};
    return keys[role];
}

/* A column of numbers with bad ones among them, where these make it text. */
static tt_role role_of_texts(const tt_build *build, int32_t column) {
    const tt_column *about = &build->table->columns[column];
    int64_t n_values = build->table->n_rows - about->n_missing;
    bool category = tt_type_of_words(n_values, about->n_distinct) == TT_COLUMN_CATEGORY;
    return category ? TT_AS_CATEGORY : TT_AS_TEXT;
}

static void settle_roles(tt_build *build) {
    bool bad_is_text = tt_config_is(build->config, "data.bad_numbers", "text");
    for (int32_t i = 0; i < build->table->n_columns; i++) {
        if (build->roles[i] != TT_AS_FOUND)
            continue;
        const tt_column *about = &build->table->columns[i];
        bool numbers = about->type == TT_COLUMN_NUMBER || about->type == TT_COLUMN_DATE;
        bool text = bad_is_text && numbers && about->n_words > 0;
        build->roles[i] = text ? role_of_texts(build, i) : tt_role_found(build->table, i);
    }
    bool classes = tt_config_is(build->config, "data.task", "binary") ||
                   tt_config_is(build->config, "data.task", "multiclass");
    if (classes && build->roles[build->targets[0]] == TT_AS_TEXT)
        build->roles[build->targets[0]] = TT_AS_CATEGORY;
}

static tt_status leave_out_ignored(tt_build *build) {
    const char *cursor = tt_config_get(build->config, "data.ignore");
    for (int32_t column;;) {
        tt_status status = next_listed(build, "data.ignore", &cursor, &column);
        if (status != TT_OK || column < 0)
            return status;
        build->features[column] = false;
    }
}

bool tt_is_empty_column(const tt_build *build, int32_t column) {
    const tt_column *about = &build->table->columns[column];
    int64_t words = tt_is_numeric_role(build->roles[column]) ? about->n_words : 0;
    return about->n_missing + words == build->table->n_rows;
}

/* Whether every row has a text of its own. */
static bool names_rows(const tt_table *table, int32_t column) {
    return (int64_t)table->words[column].n_words == table->n_rows;
}

static void note_empty(tt_build *build, int32_t column) {
    const tt_column *about = &build->table->columns[column];
    char message[240];
    if (about->n_missing_words == 0) {
        tt_add_note(build, column, "has nothing but missing values and was left out");
        return;
    }
    tt_format(message, sizeof message,
              "has nothing but missing values, such as \"%s\", and was left out; list it in "
              "data.not_missing where such words are values",
              about->missing_word);
    tt_add_note(build, column, message);
}

static void leave_out_useless(tt_build *build) {
    for (int32_t i = 0; i < build->table->n_columns; i++) {
        if (!build->features[i])
            continue;
        build->features[i] = build->roles[i] != TT_AS_TEXT && !tt_is_empty_column(build, i);
        if (tt_is_empty_column(build, i))
            note_empty(build, i);
        else if (!build->features[i])
            tt_add_note(build, i,
                        names_rows(build->table, i)
                            ? "is different in every row, as a name or an identifier is, and was "
                              "left out"
                            : "has too many different texts for a category and was left out; list "
                              "it in data.categories to use it");
    }
}

/* The reader passed over names that the table lacks: here they are told. */
static tt_status check_reading(const tt_build *build) {
    static const char *const keys[] = {"data.decimal_comma", "data.decimal_point",
                                       "data.not_missing", "data.not_dates", "data.texts"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const char *cursor = tt_config_get(build->config, keys[i]);
        for (int32_t column = 0; column >= 0;) {
            tt_status status = next_listed(build, keys[i], &cursor, &column);
            if (status != TT_OK)
                return status;
        }
    }
    return TT_OK;
}

tt_status tt_choose_columns(tt_build *build) {
    tt_status status = check_reading(build);
    if (status == TT_OK)
        status = choose_targets(build);
    if (status == TT_OK)
        status = force_roles(build, "data.numbers", TT_AS_NUMBER);
    if (status == TT_OK)
        status = force_roles(build, "data.categories", TT_AS_CATEGORY);
    if (status == TT_OK)
        status = choose_helpers(build);
    if (status != TT_OK)
        return status;
    settle_roles(build);
    memset(build->features, true, (size_t)build->table->n_columns);
    for (int32_t t = 0; t < build->n_targets; t++)
        build->features[build->targets[t]] = false;
    if (build->weights >= 0)
        build->features[build->weights] = false;
    if (build->groups >= 0)
        build->features[build->groups] = false;
    if (build->parts >= 0)
        build->features[build->parts] = false;
    status = leave_out_ignored(build);
    if (status != TT_OK)
        return status;
    leave_out_useless(build);
    return tt_choose_steps(build);
}
