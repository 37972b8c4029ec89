/* An inspection as JSON:
 *
 * {"part": "training" | "validation" | "test", "n_rows": 256,
 *  "layers": [{"name": "hidden 1", "activation": "relu" | "", "n_in", "n_out",
 *              "weights": histogram, "gradients": histogram, "before": histogram,
 *              "after": histogram, "gradient_norm", "n_dead", "n_saturated",
 *              "units": {"mean": [], "zeros": [], "saturated": []}}]}
 *
 * histogram: {"n", "n_not_finite", "lowest", "highest", "mean", "deviation", "counts": []}. Numbers
 * that are not finite are null. */

#include <stddef.h>

#include "tabtrain/inspect.h"
#include "text.h"

static void add_histogram(tt_text *json, const char *key, const tt_histogram *histogram,
                          int32_t n_bins) {
    tt_text_add(json, ",%j:{\"n\":%l,\"n_not_finite\":%l,\"lowest\":%n,\"highest\":%n", key,
                histogram->n, histogram->n_not_finite, histogram->lowest, histogram->highest);
    tt_text_add(json, ",\"mean\":%n,\"deviation\":%n,\"counts\":[", histogram->mean,
                histogram->deviation);
    for (int32_t i = 0; i < n_bins; i++)
        tt_text_add(json, i > 0 ? ",%l" : "%l", histogram->counts[i]);
    tt_text_add(json, "]}");
}

/* The member at `offset` of each unit. */
static void add_units(tt_text *json, const char *key, const tt_layer_inspection *layer,
                      size_t offset) {
    tt_text_add(json, "%j:[", key);
    for (int32_t j = 0; j < layer->n_out; j++) {
        const char *unit = (const char *)&layer->units[j];
        tt_text_add(json, j > 0 ? ",%n" : "%n", *(const double *)(const void *)(unit + offset));
    }
    tt_text_add(json, "]");
}

static void add_layer(tt_text *json, const tt_layer_inspection *layer, int32_t n_bins) {
    tt_text_add(json, "{\"name\":%j,\"activation\":%j,\"n_in\":%i,\"n_out\":%i", layer->name,
                layer->activation ? layer->activation->key : "", (int)layer->n_in,
                (int)layer->n_out);
    add_histogram(json, "weights", &layer->weights, n_bins);
    add_histogram(json, "gradients", &layer->gradients, n_bins);
    add_histogram(json, "before", &layer->before, n_bins);
    add_histogram(json, "after", &layer->after, n_bins);
    tt_text_add(json, ",\"gradient_norm\":%n,\"n_dead\":%i,\"n_saturated\":%i,\"units\":{",
                layer->gradient_norm, (int)layer->n_dead, (int)layer->n_saturated);
    add_units(json, "mean", layer, offsetof(tt_unit, mean));
    tt_text_add(json, ",");
    add_units(json, "zeros", layer, offsetof(tt_unit, zeros));
    tt_text_add(json, ",");
    add_units(json, "saturated", layer, offsetof(tt_unit, saturated));
    tt_text_add(json, "}}");
}

char *tt_inspection_json(const tt_inspection *inspection) {
    tt_text json = {0};
    tt_text_add(&json, "{\"part\":%j,\"n_rows\":%l,\"layers\":[",
                tt_part_key(tt_inspection_part(inspection)), tt_inspection_n_rows(inspection));
    for (int32_t l = 0; l < tt_inspection_n_layers(inspection); l++) {
        tt_text_add(&json, l > 0 ? "," : "");
        add_layer(&json, tt_inspection_layer(inspection, l), tt_inspection_n_bins(inspection));
    }
    tt_text_add(&json, "]}");
    return tt_text_finish(&json);
}
