#include "loss-rows.h"
#include "maths.h"

/* Squared lengths below this count as this, so that a row of zeros has a direction of zeros. */
#define LEAST_SQUARE 1e-12

/* What a row's cosine is made of. */
typedef struct lengths {
    double product, z, y; /* z·y, ‖z‖, ‖y‖ */
} lengths;

static double length_of(double square) {
    return tt_sqrt(square < LEAST_SQUARE ? LEAST_SQUARE : square);
}

static lengths lengths_of(int32_t outputs, const float *z, const float *y) {
    double product = 0, zz = 0, yy = 0;
    for (int32_t j = 0; j < outputs; j++) {
        product += (double)z[j] * (double)y[j];
        zz += (double)z[j] * (double)z[j];
        yy += (double)y[j] * (double)y[j];
    }
    return (lengths){product, length_of(zz), length_of(yy)};
}

double tt_cosine_similarity_evaluate(const double *p, const tt_rows *rows) {
    (void)p;
    double total = 0;
    for (int32_t i = 0; i < rows->n; i++) {
        const float *z = rows->z + i * rows->outputs, *y = rows->y + i * rows->outputs;
        const lengths row = lengths_of(rows->outputs, z, y);
        const double weight = (double)tt_row_weight(rows, i), cosine = row.product / row.z / row.y;
        const double factor = (double)rows->scale * weight / row.z;
        total -= weight * cosine;
        for (int32_t j = 0; rows->dz && j < rows->outputs; j++)
            rows->dz[i * rows->outputs + j] =
                (float)(factor * (cosine * (double)z[j] / row.z - (double)y[j] / row.y));
    }
    return total;
}

double tt_cosine_similarity_reference(const double *p, int32_t outputs, const double *z,
                                      const float *y) {
    double product = 0, zz = 0, yy = 0;
    (void)p;
    for (int32_t j = 0; j < outputs; j++) {
        product += z[j] * (double)y[j];
        zz += z[j] * z[j];
        yy += (double)y[j] * (double)y[j];
    }
    return -product / length_of(zz) / length_of(yy);
}
