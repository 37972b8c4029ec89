#include <string.h>

#include "dataset-store.h"
#include "settings.h"
#include "table-store.h"
#include "tabtrain/config.h"

static void add_quoted(tt_text *list, const char *name) {
    tt_text_add(list, list->size ? ",\"" : "\"");
    for (; *name; name++)
        tt_text_add(list, *name == '"' ? "\"\"" : "%c", *name);
    tt_text_add(list, "\"");
}

/* The decimal mark that was found in the column; 0 for none. */
static char mark_of(const tt_dataset *dataset, const char *name) {
    for (int32_t e = 0; e < dataset->n_encoders; e++)
        if (strcmp(dataset->column_names[e], name) == 0)
            return dataset->encoders[e].mark;
    return 0;
}

/* Lists the columns with the mark, and of those that the setting lists the ones without any: a
 * setting may have been against what the column shows. */
static bool pin_mark(const tt_dataset *dataset, char mark, const char *key, tt_config *config) {
    tt_text list = {0};
    char name[TT_MAX_NAME + 1];
    const char *at = tt_config_get(config, key);
    while (tt_config_next_column(&at, name, sizeof name))
        if (mark_of(dataset, name) == 0)
            add_quoted(&list, name);
    for (int32_t e = 0; e < dataset->n_encoders; e++)
        if (dataset->encoders[e].mark == mark)
            add_quoted(&list, dataset->column_names[e]);
    char *text = tt_text_finish(&list);
    bool good = text && tt_config_set(config, key, text, NULL) == TT_OK;
    tt_free_text(text);
    return good;
}

static bool pin_order(const tt_dataset *dataset, tt_config *config) {
    int32_t n_day = 0, n_month = 0;
    for (int32_t e = 0; e < dataset->n_encoders; e++) {
        n_day += dataset->encoders[e].date_order == 'd';
        n_month += dataset->encoders[e].date_order == 'm';
    }
    if (n_day == n_month)
        return true;
    const char *order = n_day > n_month ? "day_month" : "month_day";
    return tt_config_set(config, "data.date_order", order, NULL) == TT_OK;
}

bool tt_pin_reading(const tt_dataset *dataset, tt_config *config) {
    return pin_mark(dataset, ',', "data.decimal_comma", config) &&
           pin_mark(dataset, '.', "data.decimal_point", config) && pin_order(dataset, config);
}
