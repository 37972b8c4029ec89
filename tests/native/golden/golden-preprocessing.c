/* What scikit-learn's encoders and imputers do, by a data set made from a table. */

#include "golden-table.h"

#include <stdio.h>

/* Rows with their numbers as targets, which is all the same here. */
static tt_table *make_table(golden *g, const cJSON *rows) {
    golden_csv csv = {0};
    char target[16];
    int i = 0;
    for (const cJSON *row = rows->child; row; row = row->next) {
        snprintf(target, sizeof target, "%d.5", i++);
        golden_csv_row(&csv, row, target);
    }
    return golden_csv_table(g, &csv);
}

/* The words of a case are words, whatever they look like in a file. */
static void keep_words(golden *g, const char *columns) {
    golden_set(g, "data.texts", "%s", columns);
    golden_set(g, "data.not_missing", "%s", columns);
}

/* All columns are of one kind: "data.numbers" or "data.categories". */
static void set_columns(golden *g, const char *key, int n) {
    char list[256] = "";
    for (int i = 0; i < n; i++)
        snprintf(list + strlen(list), sizeof list - strlen(list), "%sc%d", i > 0 ? "," : "", i);
    golden_set(g, key, "%s", list);
    if (strcmp(key, "data.categories") == 0)
        keep_words(g, list);
    golden_set(g, "data.header", "yes");
    golden_set(g, "data.delimiter", "comma");
    golden_set(g, "data.target", "target");
    golden_set(g, "data.task", "regression");
    golden_set(g, "scaler", "none");
    golden_set(g, "split.validation", "0");
}

/* Rows with the flags of missing values behind all other columns, where scikit-learn has them. */
static const float *flags_last(golden *g, const tt_dataset *dataset, int64_t n, const float *x) {
    int32_t width = tt_dataset_n_features(dataset);
    float *ordered = golden_room(g, (size_t)n, sizeof *ordered);
    for (int64_t row = 0; row < n; row += width) {
        float *to = ordered + row;
        for (int flags = 0; flags < 2; flags++)
            for (int32_t j = 0; j < width; j++)
                if ((strstr(tt_dataset_feature_name(dataset, j), "=missing") != NULL) == flags)
                    *to++ = x[row + j];
    }
    return ordered;
}

static void compare_new(golden *g, const tt_dataset *dataset) {
    const cJSON *rows = golden_at(g->json, "rows_new"),
                *expected = golden_at(g->json, "expected.new");
    tt_error error;
    if (!rows || !golden_is_open(g))
        return;
    tt_table *table = make_table(g, rows);
    int64_t n = (int64_t)cJSON_GetArraySize(rows) * tt_dataset_n_features(dataset);
    float *x = golden_room(g, (size_t)n, sizeof *x);
    if (!table)
        return;
    if (tt_dataset_encode(dataset, table, x, &error) == TT_OK)
        golden_compare_floats(g, "new", OF_FLOATS, n, flags_last(g, dataset, n, x), expected);
    else
        golden_fail(g, "%s", error.message);
    tt_table_free(table);
}

/* "c0=red" here is c0_red there. */
static void compare_names(golden *g, const tt_dataset *dataset) {
    const cJSON *names = golden_at(g->json, "expected.feature_names");
    int i = 0;
    for (const cJSON *name = names ? names->child : NULL; name; name = name->next, i++) {
        char ours[128] = "";
        if (i < tt_dataset_n_features(dataset))
            snprintf(ours, sizeof ours, "%s", tt_dataset_feature_name(dataset, i));
        if (strchr(ours, '='))
            *strchr(ours, '=') = '_';
        char *rare = strstr(name->valuestring, "_infrequent_sklearn");
        if (rare)
            snprintf(rare, sizeof "_other", "_other");
        if (strcmp(ours, name->valuestring) != 0)
            golden_fail(g, "feature %d is \"%s\", expected \"%s\"", i, ours, name->valuestring);
    }
}

/* One column of words, as the words that its one-hot columns stand for. */
static void compare_words(golden *g, const tt_dataset *dataset) {
    const cJSON *expected = golden_at(g->json, "expected.train_strings");
    int32_t n = tt_dataset_n_features(dataset);
    const float *x = tt_dataset_x(dataset, TT_TRAINING);
    for (const cJSON *word = expected ? expected->child : NULL; word; word = word->next, x += n) {
        int32_t j = 0;
        while (j < n && x[j] != 1)
            j++;
        const char *name = j < n ? tt_dataset_feature_name(dataset, j) : "";
        const char *ours = strchr(name, '=') ? strchr(name, '=') + 1 : name;
        if (strcmp(ours, word->valuestring) != 0)
            golden_fail(g, "a cell is \"%s\", expected \"%s\"", ours, word->valuestring);
    }
}

static void compare_dataset(golden *g) {
    tt_error error;
    const cJSON *rows = golden_at(g->json, "rows");
    tt_table *table = golden_is_open(g) ? make_table(g, rows) : NULL;
    tt_dataset *dataset = table ? tt_dataset_new(table, g->config, &error) : NULL;
    if (table && !dataset)
        golden_fail(g, "%s", error.message);
    if (dataset) {
        int64_t n = tt_dataset_n_rows(dataset, TT_TRAINING) * tt_dataset_n_features(dataset);
        compare_names(g, dataset);
        golden_compare_floats(g, "train", OF_FLOATS, n,
                              flags_last(g, dataset, n, tt_dataset_x(dataset, TT_TRAINING)),
                              golden_at(g->json, "expected.train"));
        compare_words(g, dataset);
        compare_new(g, dataset);
    }
    tt_dataset_free(dataset);
    tt_table_free(table);
}

static int width_of(const golden *g) {
    return cJSON_GetArraySize(golden_at(g->json, "rows")->child);
}

static void check_one_hot(golden *g) {
    set_columns(g, "data.categories", width_of(g));
    golden_set(g, "data.missing_category", "none");
    const char *drop = golden_text(g->json, "config.drop");
    golden_set(g, "data.drop_first", "%d", strcmp(drop, "first") == 0);
    golden_set(g, "data.min_count", "%.17g", golden_number(g->json, "config.min_frequency", 0));
    if (*drop && strcmp(drop, "first") != 0)
        golden_unsupported(g, "dropping \"%s\"", drop);
    compare_dataset(g);
}

static void check_ordinal(golden *g) {
    set_columns(g, "data.categories", width_of(g));
    golden_set(g, "data.encoding", "ordinal");
    if (golden_number(g->json, "config.unknown_value", -1) != -1)
        golden_unsupported(g, "unknown levels other than -1");
    compare_dataset(g);
}

static void check_imputer(golden *g) {
    const cJSON *first = golden_at(g->json, "expected.statistics")->child;
    set_columns(g, cJSON_IsString(first) ? "data.categories" : "data.numbers", width_of(g));
    golden_set(g, "data.missing", "%s", golden_text(g->json, "config.strategy"));
    if (golden_at(g->json, "config.fill_value"))
        golden_set(g, "data.fill_value", "%.17g", golden_number(g->json, "config.fill_value", 0));
    if (cJSON_IsTrue(golden_at(g->json, "config.add_indicator")))
        golden_set(g, "data.missing_flag", "1");
    compare_dataset(g);
}

static void compare_labels(golden *g, const tt_dataset *dataset) {
    const cJSON *classes = golden_at(g->json, "expected.classes");
    int32_t i = 0;
    for (const cJSON *label = classes->child; label; label = label->next, i++)
        if (i >= tt_dataset_n_classes(dataset) ||
            strcmp(tt_dataset_class_name(dataset, i), label->valuestring) != 0)
            golden_fail(g, "class %d is not \"%s\"", (int)i, label->valuestring);
    golden_compare_floats(g, "codes", OF_FLOATS, tt_dataset_n_rows(dataset, TT_TRAINING),
                          tt_dataset_y(dataset, TT_TRAINING), golden_at(g->json, "expected.codes"));
}

static void check_labels(golden *g) {
    golden_csv csv = {0};
    tt_error error;
    const cJSON *labels = golden_at(g->json, "labels");
    cJSON *cells = cJSON_Parse("[1]");
    set_columns(g, "data.numbers", 1);
    golden_set(g, "data.task", "multiclass");
    keep_words(g, "target");
    for (const cJSON *label = labels->child; label; label = label->next) {
        golden_csv_row(&csv, cells, label->valuestring);
        cells->child->valuedouble += 1;
    }
    cJSON_Delete(cells);
    tt_table *table = golden_csv_table(g, &csv);
    tt_dataset *dataset = table ? tt_dataset_new(table, g->config, &error) : NULL;
    if (dataset)
        compare_labels(g, dataset);
    else if (table)
        golden_fail(g, "%s", error.message);
    tt_dataset_free(dataset);
    tt_table_free(table);
}

/* What a scaler, which works on one column at a time, cannot be. */
static const alias by_design[] = {
    {"Normalizer", "divides rows, not columns, by their length"},
    {"PolynomialFeatures", "makes products of columns, which hidden layers take the place of"},
    {0},
};

void check_preprocessing(golden *g) {
    static const struct {
        const char *name;
        golden_check *check;
    } kinds[] = {
        {"OneHotEncoder", check_one_hot},
        {"OrdinalEncoder", check_ordinal},
        {"SimpleImputer", check_imputer},
        {"LabelEncoder", check_labels},
        {"KFold", check_split},
        {"StratifiedKFold", check_split},
        {"train_test_split", check_split},
    };
    const char *transformer = golden_text(g->json, "transformer");
    const char *name = *transformer ? transformer : golden_text(g->json, "splitter");
    if (golden_check_scaler(g))
        return;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            kinds[i].check(g);
            return;
        }
    }
    const char *reason = golden_ours(by_design, name);
    golden_unsupported(g, "%s", reason == name ? "no such transformer or splitter" : reason);
}
