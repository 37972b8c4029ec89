#include "fuzz.h"

#include "text.h"

/* The input is the text of a .cfg file, in which byte 255 and the two behind it stand for "KEY = ":
 * chance finds no key. What it sets must read back, as a whole and key by key; what is wrong must
 * be told with its line. */

enum { KEY = 255 };

static tt_text write_keys(const tt_config *config, const uint8_t *bytes, size_t size) {
    tt_text text = {0};
    for (size_t i = 0; i < size; i++)
        if (bytes[i] == KEY && i + 2 < size) {
            int32_t index = (bytes[i + 1] | bytes[i + 2] << 8) % tt_config_n_settings(config);
            tt_text_add(&text, "%s = ", tt_config_key(config, index));
            i += 2;
        } else {
            tt_text_add_bytes(&text, (const char *)&bytes[i], 1);
        }
    return text;
}

static char *text_of(const tt_config *config) {
    char *text = tt_config_text(config);
    fuzz_check(text != NULL, "there is a text");
    return text;
}

static void check_text_reads_back(const tt_config *config) {
    tt_config *again = fuzz_config();
    char *text = text_of(config);
    fuzz_check(tt_config_read(again, text, strlen(text), NULL) == TT_OK, "its text is accepted");
    char *same = text_of(again);
    fuzz_check(strcmp(text, same) == 0, "its text reads back");
    tt_free_text(text);
    tt_free_text(same);
    tt_config_free(again);
}

static void check_values_read_back(tt_config *config) {
    for (int32_t i = 0; i < tt_config_n_settings(config); i++) {
        const char *key = tt_config_key(config, i);
        if (tt_config_is_default(config, i))
            continue;
        char *value = strdup(tt_config_get(config, key));
        fuzz_set(config, key, value);
        fuzz_check(strcmp(tt_config_get(config, key), value) == 0, "a value stays as it is");
        free(value);
    }
}

static int64_t count_lines(const char *text, size_t size) {
    int64_t n = 1;
    for (size_t i = 0; i < size; i++)
        n += text[i] == '\n';
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    tt_error error = {0};
    tt_config *config = fuzz_config();
    tt_text written = write_keys(config, bytes, size);
    char *text = fuzz_copy(written.bytes, written.size);
    size = written.size;
    free(written.bytes);
    if (tt_config_read(config, text, size, &error) != TT_OK) {
        fuzz_check_error(&error);
        fuzz_check(error.status == TT_BAD_SETTING, "a mistake is one in a setting");
        fuzz_check(error.line >= 1 && error.line <= count_lines(text, size), "its line is there");
        if (tt_is_utf8(text, size))
            fuzz_check(tt_is_utf8(error.message, strlen(error.message)), "its message is UTF-8");
    }
    check_text_reads_back(config);
    check_values_read_back(config);
    free(text);
    tt_config_free(config);
    return 0;
}
