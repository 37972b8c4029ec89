/* Batch normalization (Ioffe and Szegedy, 2015) and layer normalization (Ba, Kiros and Hinton,
 * 2016), as in PyTorch: the biased variance divides, the unbiased one goes into the running
 * variance, unless the biased one shall do so, too, as in Keras. */

#include "maths.h"
#include "network.h"

/* Sums over the rows of a(i, j) and a(i, j) b(i, j), for each column. */
static void column_sums(const tt_network *network, int32_t rows, int32_t n, const float *a,
                        const float *b, double **sum, double **product) {
    *sum = network->columns;
    *product = network->columns + n;
    for (int32_t j = 0; j < 2 * n; j++)
        network->columns[j] = 0;
    for (int32_t i = 0; i < rows; i++, a += n, b += n)
        for (int32_t j = 0; j < n; j++) {
            (*sum)[j] += (double)a[j];
            (*product)[j] += (double)a[j] * (double)b[j];
        }
}

static float inverse_of(const tt_network *network, double variance) {
    return (float)(1 / tt_sqrt(variance + network->norm_epsilon));
}

static void keep_running(const tt_network *network, const tt_layer *layer, int32_t j, int32_t rows,
                         double mean, double variance) {
    double m = network->norm_momentum;
    if (!network->norm_biased && rows > 1)
        variance = variance * rows / (rows - 1);
    layer->running_mean[j] = (float)((1 - m) * (double)layer->running_mean[j] + m * mean);
    layer->running_variance[j] =
        (float)((1 - m) * (double)layer->running_variance[j] + m * variance);
}

/* Leaves the columns' means in network->columns and their inverse deviations in the layer. */
static void batch_statistics(const tt_network *network, const tt_layer *layer, int32_t rows,
                             bool training) {
    int32_t n = layer->n_out;
    double *mean = network->columns, *square = network->columns + n;
    if (training)
        column_sums(network, rows, n, layer->sum, layer->sum, &mean, &square);
    for (int32_t j = 0; j < n; j++) {
        double variance = (double)layer->running_variance[j];
        if (training) {
            mean[j] /= rows;
            square[j] = 0;
        } else {
            mean[j] = (double)layer->running_mean[j];
            layer->inverse[j] = inverse_of(network, variance);
        }
    }
    if (!training)
        return;
    const float *x = layer->sum;
    for (int32_t i = 0; i < rows; i++, x += n)
        for (int32_t j = 0; j < n; j++)
            square[j] += ((double)x[j] - mean[j]) * ((double)x[j] - mean[j]);
    for (int32_t j = 0; j < n; j++) {
        layer->inverse[j] = inverse_of(network, square[j] / rows);
        keep_running(network, layer, j, rows, mean[j], square[j] / rows);
    }
}

static void normalize_batch(const tt_network *network, const tt_layer *layer, int32_t rows,
                            bool training) {
    int32_t n = layer->n_out;
    batch_statistics(network, layer, rows, training);
    for (int32_t i = 0; i < rows; i++)
        for (int32_t j = 0; j < n; j++)
            layer->normal[i * n + j] =
                (float)((double)layer->sum[i * n + j] - network->columns[j]) * layer->inverse[j];
}

static void normalize_rows(const tt_network *network, const tt_layer *layer, int32_t rows) {
    int32_t n = layer->n_out;
    for (int32_t i = 0; i < rows; i++) {
        const float *x = layer->sum + i * n;
        double mean = 0, square = 0;
        for (int32_t j = 0; j < n; j++)
            mean += (double)x[j];
        mean /= n;
        for (int32_t j = 0; j < n; j++)
            square += ((double)x[j] - mean) * ((double)x[j] - mean);
        layer->inverse[i] = inverse_of(network, square / n);
        for (int32_t j = 0; j < n; j++)
            layer->normal[i * n + j] = (float)((double)x[j] - mean) * layer->inverse[i];
    }
}

void tt_norm_forward(const tt_network *network, const tt_layer *layer, int32_t rows,
                     bool training) {
    const float *scale = network->parameters + layer->scale;
    const float *shift = network->parameters + layer->shift;
    if (layer->norm == TT_NORM_BATCH)
        normalize_batch(network, layer, rows, training);
    else
        normalize_rows(network, layer, rows);
    for (int32_t i = 0; i < rows; i++)
        for (int32_t j = 0; j < layer->n_out; j++)
            layer->sum[i * layer->n_out + j] =
                scale[j] * layer->normal[i * layer->n_out + j] + shift[j];
}

/* dx = (d - mean(d) - normal mean(d normal)) / deviation, the means over what was normalized. */
static void through_batch(const tt_network *network, const tt_layer *layer, int32_t rows,
                          float *d) {
    int32_t n = layer->n_out;
    double *sum, *product;
    column_sums(network, rows, n, d, layer->normal, &sum, &product);
    for (int32_t i = 0; i < rows; i++)
        for (int32_t j = 0; j < n; j++) {
            int32_t at = i * n + j;
            double centred =
                (double)d[at] - (sum[j] + (double)layer->normal[at] * product[j]) / rows;
            d[at] = (float)centred * layer->inverse[j];
        }
}

static void through_rows(const tt_layer *layer, int32_t rows, float *d) {
    int32_t n = layer->n_out;
    const float *normal = layer->normal;
    for (int32_t i = 0; i < rows; i++, d += n, normal += n) {
        double sum = 0, product = 0;
        for (int32_t j = 0; j < n; j++) {
            sum += (double)d[j];
            product += (double)d[j] * (double)normal[j];
        }
        for (int32_t j = 0; j < n; j++) {
            double centred = (double)d[j] - (sum + (double)normal[j] * product) / n;
            d[j] = (float)centred * layer->inverse[i];
        }
    }
}

void tt_norm_backward(const tt_network *network, const tt_layer *layer, int32_t rows, float *d) {
    int32_t n = layer->n_out;
    const float *scale = network->parameters + layer->scale;
    double *sum, *product;
    column_sums(network, rows, n, d, layer->normal, &sum, &product);
    for (int32_t j = 0; j < n; j++) {
        network->gradient[layer->shift + j] += (float)sum[j];
        network->gradient[layer->scale + j] += (float)product[j];
    }
    for (int32_t i = 0; i < rows; i++)
        for (int32_t j = 0; j < n; j++)
            d[i * n + j] *= scale[j];
    if (layer->norm == TT_NORM_BATCH)
        through_batch(network, layer, rows, d);
    else
        through_rows(layer, rows, d);
}
