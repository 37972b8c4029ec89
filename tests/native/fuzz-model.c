#include "fuzz.h"

#include "bytes.h"
#include "text.h"

/* The first byte says what the rest is: a whole file, a file without its header, or edits of a good
 * one, three bytes each. Headers are made right again, so that what follows is read. */
enum { WHOLE, BODY, EDITS, N_WAYS, HEADER_BYTES = 28, MOST_EDITS = 64 };

static const char rows[] =
    "a,b,c,y\n1,x,0.5,no\n2,z,,yes\n3,x,7,yes\n4,,1,no\n5,z,2,no\n6,x,3,yes\n";

static tt_table *read_rows(const tt_config *config) {
    tt_csv *csv = tt_csv_new(config, NULL);
    tt_csv_feed(csv, rows, sizeof rows - 1, NULL);
    tt_table *table = tt_csv_finish(csv, NULL);
    tt_csv_free(csv);
    return table;
}

/* A model with every part that a file can have. */
static tt_text good_model(void) {
    static const char cfg[] =
        "data.missing_flag = 1\nmodel.hidden = 3\nmodel.norm = batch\n"
        "activation = prelu\nscaler = quantile\nscaler.quantile.n_quantiles = 10\n";
    tt_text file = {0};
    tt_config *config = tt_config_new();
    tt_config_read(config, cfg, sizeof cfg - 1, NULL);
    tt_table *table = read_rows(config);
    tt_dataset *dataset = tt_dataset_new(table, config, NULL);
    tt_trainer *trainer = tt_trainer_new(dataset, config, NULL);
    tt_model *model = tt_model_new(trainer, TT_PRESENT, NULL);
    char *bytes = malloc(tt_model_size(model));
    tt_model_save(model, bytes);
    tt_text_add_bytes(&file, bytes, tt_model_size(model));
    free(bytes);
    tt_model_free(model);
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
    tt_table_free(table);
    tt_config_free(config);
    return file;
}

static void add_header(tt_text *file, const char *body, size_t size) {
    tt_text_add_bytes(file, "tabmodel", 8);
    tt_put_u32(file, 1);
    tt_put_u64(file, size);
    tt_put_u64(file, tt_checksum(body, size));
    tt_text_add_bytes(file, body, size);
}

static void add_edited(tt_text *file, const uint8_t *edits, size_t n) {
    static tt_text good;
    if (good.size == 0)
        good = good_model();
    size_t size = good.size - HEADER_BYTES;
    char *body = malloc(size);
    memcpy(body, good.bytes + HEADER_BYTES, size);
    for (size_t i = 0; i < n && i < MOST_EDITS; i++)
        body[(edits[3 * i] | edits[3 * i + 1] << 8) % size] = (char)edits[3 * i + 2];
    add_header(file, body, size);
    free(body);
}

static void use(tt_model *model) {
    tt_table *table = read_rows(tt_model_config(model));
    tt_prediction *prediction = table ? tt_prediction_new(model, table, NULL) : NULL;
    if (prediction && tt_prediction_run(prediction, 100, NULL) == TT_FINISHED)
        tt_free_text(tt_prediction_csv(prediction, 0, tt_table_n_rows(table)));
    if (prediction)
        fuzz_check_json(tt_prediction_json(prediction));
    tt_prediction_free(prediction);
    tt_table_free(table);
    const tt_axis axis = {tt_model_n_columns(model) - 1, 5, -1, 9};
    int32_t n = tt_probe_n_points(model, &axis);
    float *base = malloc((size_t)tt_probe_width(model) * sizeof *base);
    double *values = malloc((size_t)n * (size_t)tt_model_n_outputs(model) * sizeof *values);
    tt_probe_typical_row(model, base);
    tt_probe_map(model, base, 1, &axis, values, NULL);
    free(base);
    free(values);
    fuzz_check_json(tt_model_json(model));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    tt_text file = {0};
    if (size == 0)
        return 0;
    const uint8_t *rest = bytes + 1;
    switch (bytes[0] % N_WAYS) {
    case WHOLE:
        tt_text_add_bytes(&file, (const char *)rest, size - 1);
        break;
    case BODY:
        add_header(&file, (const char *)rest, size - 1);
        break;
    default:
        add_edited(&file, rest, (size - 1) / 3);
    }
    char *copy = fuzz_copy(file.bytes, file.size);
    tt_model *model = tt_model_load(copy, file.size, NULL);
    free(copy);
    free(file.bytes);
    if (model)
        use(model);
    tt_model_free(model);
    return 0;
}
