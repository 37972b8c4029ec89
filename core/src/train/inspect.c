#include "tabtrain/inspect.h"

#include <math.h>
#include <stdlib.h>

#include "aside.h"
#include "histogram.h"
#include "maths.h"
#include "reduce.h"
#include "text.h"

/* Where the arrays of a layer are filled in. */
typedef struct layer_arrays {
    int64_t *weights, *gradients, *before, *after; /* counts */
    tt_unit *units;
    char *name;
    double limits[2], tolerance; /* where its activation flattens out; NaN tolerance: nowhere */
} layer_arrays;

struct tt_inspection {
    tt_arena arena;
    tt_part part;
    int64_t n_rows;
    int32_t n_bins, n_layers;
    tt_layer_inspection layers[TT_MAX_HIDDEN + 1];
    layer_arrays arrays[TT_MAX_HIDDEN + 1];
};

enum { LAYER_NAME = 16 };

static void lay_out(tt_inspection *inspection, const tt_network *network) {
    size_t n_bins = (size_t)inspection->n_bins;
    for (int32_t l = 0; l < network->n_layers; l++) {
        tt_arena *arena = &inspection->arena;
        inspection->arrays[l] = (layer_arrays){
            .weights = tt_arena_take(arena, n_bins, sizeof(int64_t)),
            .gradients = tt_arena_take(arena, n_bins, sizeof(int64_t)),
            .before = tt_arena_take(arena, n_bins, sizeof(int64_t)),
            .after = tt_arena_take(arena, n_bins, sizeof(int64_t)),
            .units = tt_arena_take(arena, (size_t)network->layers[l].n_out, sizeof(tt_unit)),
            .name = tt_arena_take(arena, LAYER_NAME, 1),
        };
    }
}

static void find_limits(const tt_layer *layer, layer_arrays *arrays) {
    arrays->tolerance = NAN;
    if (!layer->activation || !layer->activation->limits)
        return;
    layer->activation->limits(layer->params, arrays->limits);
    double largest = 0;
    for (int side = 0; side < 2; side++) {
        double size = arrays->limits[side] < 0 ? -arrays->limits[side] : arrays->limits[side];
        largest = isfinite(size) && size > largest ? size : largest;
    }
    arrays->tolerance = 0.01 * (largest > 0 ? largest : 1);
}

static void describe(tt_inspection *inspection, const tt_network *network) {
    inspection->n_layers = network->n_layers;
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        layer_arrays *arrays = &inspection->arrays[l];
        tt_layer_name(network, l, arrays->name, LAYER_NAME);
        find_limits(layer, arrays);
        inspection->layers[l] = (tt_layer_inspection){
            .name = arrays->name,
            .activation = layer->activation ? &layer->activation->about : NULL,
            .n_in = layer->n_in,
            .n_out = layer->n_out,
            .weights.counts = arrays->weights,
            .gradients.counts = arrays->gradients,
            .before.counts = arrays->before,
            .after.counts = arrays->after,
            .units = arrays->units,
        };
    }
}

static bool is_saturated(const layer_arrays *arrays, double y) {
    return y - arrays->limits[0] <= arrays->tolerance || arrays->limits[1] - y <= arrays->tolerance;
}

/* Sums over rows; tt_inspection_new divides them. */
static void watch_units(const tt_layer *layer, int32_t rows, const layer_arrays *arrays) {
    for (int32_t i = 0; i < rows; i++)
        for (int32_t j = 0; j < layer->n_out; j++) {
            double y = (double)layer->active[i * layer->n_out + j];
            arrays->units[j].mean += y;
            arrays->units[j].zeros += y == 0;
            arrays->units[j].saturated += is_saturated(arrays, y);
        }
}

/* What is done with a layer's values before and after the activation in the two rounds. */
static void measure_values(tt_histogram *histogram, int32_t n_bins, int64_t *counts, int64_t n,
                           const float *values) {
    (void)n_bins, (void)counts;
    tt_histogram_measure(histogram, n, values);
}

typedef void look(tt_histogram *histogram, int32_t n_bins, int64_t *counts, int64_t n,
                  const float *values);

/* One round over the rows in evaluation mode. */
static void pass(tt_inspection *inspection, tt_trainer *trainer, look *look_at, bool units) {
    tt_network *network = &trainer->network;
    for (int64_t first = 0; first < inspection->n_rows; first += network->chunk_rows) {
        int64_t left = inspection->n_rows - first;
        int32_t rows = (int32_t)(left < network->chunk_rows ? left : network->chunk_rows);
        const float *x = tt_take_rows(trainer, inspection->part, NULL, first, rows);
        for (int32_t l = 0; l < network->n_layers; l++) {
            const tt_layer *layer = &network->layers[l];
            tt_layer_inspection *about = &inspection->layers[l];
            const layer_arrays *arrays = &inspection->arrays[l];
            int64_t n = (int64_t)rows * layer->n_out;
            tt_network_sum(network, l, rows, x, false);
            look_at(&about->before, inspection->n_bins, arrays->before, n, layer->sum);
            tt_network_activate(network, l, rows, x, NULL);
            look_at(&about->after, inspection->n_bins, arrays->after, n, layer->active);
            if (units)
                watch_units(layer, rows, arrays);
        }
    }
}

static void look_at_activations(tt_inspection *inspection, tt_trainer *trainer) {
    pass(inspection, trainer, measure_values, true);
    for (int32_t l = 0; l < inspection->n_layers; l++) {
        tt_histogram_place_bins(&inspection->layers[l].before);
        tt_histogram_place_bins(&inspection->layers[l].after);
    }
    pass(inspection, trainer, tt_histogram_count, false);
    for (int32_t l = 0; l < inspection->n_layers; l++) {
        tt_histogram_finish(&inspection->layers[l].before);
        tt_histogram_finish(&inspection->layers[l].after);
    }
}

static void judge_units(tt_inspection *inspection) {
    double n_rows = (double)inspection->n_rows;
    for (int32_t l = 0; l < inspection->n_layers; l++) {
        tt_layer_inspection *layer = &inspection->layers[l];
        const layer_arrays *arrays = &inspection->arrays[l];
        bool saturates = !isnan(arrays->tolerance);
        for (int32_t j = 0; j < layer->n_out; j++) {
            tt_unit *unit = &arrays->units[j];
            unit->mean /= n_rows;
            unit->zeros /= n_rows;
            unit->saturated = saturates ? unit->saturated / n_rows : NAN;
            layer->n_dead += unit->zeros == 1;
            layer->n_saturated += unit->saturated == 1;
        }
    }
}

static void fill(tt_histogram *histogram, int32_t n_bins, int64_t *counts, int64_t n,
                 const float *values) {
    tt_histogram_measure(histogram, n, values);
    tt_histogram_place_bins(histogram);
    tt_histogram_count(histogram, n_bins, counts, n, values);
    tt_histogram_finish(histogram);
}

static void look_at_parameters(tt_inspection *inspection, const tt_network *network) {
    for (int32_t l = 0; l < network->n_layers; l++) {
        const tt_layer *layer = &network->layers[l];
        const layer_arrays *arrays = &inspection->arrays[l];
        tt_layer_inspection *about = &inspection->layers[l];
        int64_t n = (int64_t)layer->n_in * layer->n_out;
        int64_t end = l + 1 < network->n_layers ? layer[1].weight : network->n_parameters;
        fill(&about->weights, inspection->n_bins, arrays->weights, n,
             network->parameters + layer->weight);
        fill(&about->gradients, inspection->n_bins, arrays->gradients, n,
             network->gradient + layer->weight);
        about->gradient_norm =
            tt_sqrt(tt_sum_squares(end - layer->weight, network->gradient + layer->weight));
    }
}

static void find_gradient(const tt_inspection *inspection, tt_aside *aside) {
    tt_trainer *trainer = aside->trainer;
    int64_t n_rows = inspection->n_rows;
    double penalties[TT_MAX_PENALTIES], weight = 0;
    int32_t chunk = trainer->network.chunk_rows;
    for (int64_t first = 0; first < n_rows; first += chunk)
        weight += tt_weight_of(trainer, inspection->part, NULL, first,
                               (int32_t)(n_rows - first < chunk ? n_rows - first : chunk));
    for (int64_t first = 0; first < n_rows && weight > 0; first += chunk)
        tt_aside_gradient(aside, inspection->part, first,
                          (int32_t)(n_rows - first < chunk ? n_rows - first : chunk), weight, 0);
    tt_add_penalties(trainer, penalties);
}

static tt_inspection *reserve(const tt_trainer *trainer, tt_part part, int64_t n_rows,
                              int32_t n_bins, tt_error *error) {
    tt_inspection *inspection = calloc(1, sizeof *inspection);
    if (inspection) {
        inspection->part = part;
        inspection->n_rows = n_rows;
        inspection->n_bins = n_bins;
        lay_out(inspection, &trainer->network);
    }
    if (!inspection || !tt_arena_reserve(&inspection->arena)) {
        tt_fail(error, TT_NO_MEMORY, "There is no memory left to look into the network.");
        free(inspection);
        return NULL;
    }
    lay_out(inspection, &trainer->network);
    return inspection;
}

tt_inspection *tt_inspection_new(tt_trainer *trainer, tt_part part, int32_t n_rows, int32_t n_bins,
                                 tt_error *error) {
    int64_t rows = tt_dataset_n_rows(trainer->dataset, part);
    rows = rows < n_rows ? rows : n_rows;
    if (rows < 1 || n_bins < 1) {
        tt_fail_key(error, "split.validation",
                    "There are no rows to look at. Raise the validation share, or look at the "
                    "training rows; at least one row and one bin.");
        return NULL;
    }
    tt_inspection *inspection = reserve(trainer, part, rows, n_bins, error);
    tt_aside aside;
    if (inspection && tt_aside_begin(&aside, trainer, error) != TT_OK) {
        tt_inspection_free(inspection);
        return NULL;
    }
    if (!inspection)
        return NULL;
    find_gradient(inspection, &aside);
    describe(inspection, &trainer->network);
    look_at_parameters(inspection, &trainer->network);
    tt_aside_end(&aside);
    look_at_activations(inspection, trainer);
    judge_units(inspection);
    return inspection;
}

void tt_inspection_free(tt_inspection *inspection) {
    if (!inspection)
        return;
    tt_arena_free(&inspection->arena);
    free(inspection);
}

int32_t tt_inspection_n_layers(const tt_inspection *inspection) {
    return inspection->n_layers;
}

const tt_layer_inspection *tt_inspection_layer(const tt_inspection *inspection, int32_t layer) {
    return &inspection->layers[layer];
}

tt_part tt_inspection_part(const tt_inspection *inspection) {
    return inspection->part;
}

int64_t tt_inspection_n_rows(const tt_inspection *inspection) {
    return inspection->n_rows;
}

int32_t tt_inspection_n_bins(const tt_inspection *inspection) {
    return inspection->n_bins;
}
