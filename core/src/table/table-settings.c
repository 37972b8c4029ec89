#include "settings.h"
#include "table-store.h"
#include "value.h"

enum { SAMPLE_CELLS = 200000, MIN_SAMPLE_ROWS = 64, MAX_SAMPLE_ROWS = 2000 };

static bool take_missing_words(tt_table *table, const char *list) {
    size_t size;
    for (const char *word; (word = tt_next_item(&list, &size));) {
        double number;
        if (size == 0 || tt_dictionary_find(&table->missing_words, word, size) != TT_NO_WORD)
            continue;
        if (tt_dictionary_add(&table->missing_words, word, size) == TT_NO_WORD)
            return false;
        table->missing_numbers |= tt_read_cell(word, size, &number) == TT_CELL_NUMBER;
    }
    return true;
}

/* The reading of the next column in a list, those that the table lacks skipped; NULL at the end. */
static tt_reading *next_reading(const tt_table *table, const char **list) {
    char name[TT_MAX_NAME + 32];
    while (tt_config_next_column(list, name, sizeof name)) {
        int32_t column = tt_table_find(table, name);
        if (column >= 0)
            return &table->readings[column];
    }
    return NULL;
}

static void ask(tt_reading *reading, char mark) {
    reading->asked = true;
    reading->mark = mark;
}

static void ask_in(const tt_table *table, const char *list, char mark) {
    for (tt_reading *reading; (reading = next_reading(table, &list));)
        ask(reading, mark);
}

bool tt_table_configure(tt_table *table, const tt_config *config) {
    int64_t rows = SAMPLE_CELLS / table->n_columns;
    table->n_sample = rows < MIN_SAMPLE_ROWS   ? MIN_SAMPLE_ROWS
                      : rows > MAX_SAMPLE_ROWS ? MAX_SAMPLE_ROWS
                                               : rows;
    bool comma = tt_config_is(config, "data.decimal", "comma");
    bool month = tt_config_is(config, "data.date_order", "month_day");
    for (int32_t i = 0; i < table->n_columns; i++) {
        table->readings[i].order = month ? TT_MONTH_FIRST : TT_DAY_FIRST;
        table->readings[i].order_asked = !tt_config_is(config, "data.date_order", "auto");
        if (comma || tt_config_is(config, "data.decimal", "point"))
            ask(&table->readings[i], comma ? ',' : '.');
    }
    ask_in(table, tt_config_get(config, "data.decimal_comma"), ',');
    ask_in(table, tt_config_get(config, "data.decimal_point"), '.');
    const char *list = tt_config_get(config, "data.texts");
    for (tt_reading *reading; (reading = next_reading(table, &list));)
        *reading = (tt_reading){.kind = TT_READ_VERBATIM, .settled = true, .asked = true};
    list = tt_config_get(config, "data.not_missing");
    for (tt_reading *reading; (reading = next_reading(table, &list));)
        reading->keeps_all = true;
    list = tt_config_get(config, "data.not_dates");
    for (tt_reading *reading; (reading = next_reading(table, &list));)
        reading->no_dates = true;
    return take_missing_words(table, tt_config_get(config, "data.missing_words"));
}
