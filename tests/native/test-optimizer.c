/* Every optimizer against steps worked out in double from its paper. */

#include "optimizer-bench.h"

enum { STEPS = 12 };

typedef struct by_hand {
    const tt_descriptor *row;
    const double *p;
    double lr;
    int t;
    double g[N], w[N], a[N], b[N], c[N], global[2];
} by_hand;

static double get(const by_hand *h, const char *key) {
    return row_param(h->row, h->p, key);
}

/* Coupled decay enters the gradient, decoupled decay shrinks the weight. */
static void decay(by_hand *h) {
    bool decoupled = row_param_index(h->row, "decoupled") >= 0 ? get(h, "decoupled") != 0 : true;
    for (int i = 0; i < N; i++)
        if (decoupled)
            h->w[i] *= 1 - h->lr * get(h, "weight_decay");
        else
            h->g[i] += get(h, "weight_decay") * h->w[i];
}

static double unbiased(const by_hand *h, const char *beta, double mean) {
    return mean / (1 - pow(get(h, beta), h->t));
}

static void mix(double *mean, double beta, double x) {
    *mean = beta * *mean + (1 - beta) * x;
}

static void sgd(by_hand *h) {
    double mu = get(h, "momentum"), enter = h->t == 1 ? 1 : 1 - get(h, "dampening");
    bool keras = get(h, "form") == 1;
    decay(h);
    for (int i = 0; i < N; i++) {
        double g = keras ? h->lr * h->g[i] : h->g[i];
        h->a[i] = mu * h->a[i] + enter * g;
        double step = mu == 0 ? g : get(h, "nesterov") != 0 ? g + mu * h->a[i] : h->a[i];
        h->w[i] -= keras ? step : h->lr * step;
    }
}

static void asgd(by_hand *h) {
    double eta = h->lr / pow(1 + get(h, "lambd") * h->lr * (h->t - 1), get(h, "alpha"));
    decay(h);
    for (int i = 0; i < N; i++) {
        h->w[i] = h->w[i] * (1 - get(h, "lambd") * eta) - eta * h->g[i];
        h->c[i] += (h->w[i] - h->c[i]) / fmax(1, h->t - 1 - get(h, "t0"));
    }
}

static void adagrad(by_hand *h) {
    double lr = h->lr / (1 + (h->t - 1) * get(h, "lr_decay")), eps = get(h, "eps");
    decay(h);
    for (int i = 0; i < N; i++) {
        h->a[i] = (h->t == 1 ? get(h, "initial_accumulator") : h->a[i]) + h->g[i] * h->g[i];
        h->w[i] -= lr * h->g[i] / (get(h, "form") == 1 ? sqrt(h->a[i] + eps) : sqrt(h->a[i]) + eps);
    }
}

static void adadelta(by_hand *h) {
    double rho = get(h, "rho"), eps = get(h, "eps");
    decay(h);
    for (int i = 0; i < N; i++) {
        mix(&h->a[i], rho, h->g[i] * h->g[i]);
        double step = sqrt(h->b[i] + eps) / sqrt(h->a[i] + eps) * h->g[i];
        mix(&h->b[i], rho, step * step);
        h->w[i] -= h->lr * step;
    }
}

static void rmsprop(by_hand *h) {
    double alpha = get(h, "alpha"), mu = get(h, "momentum"), eps = get(h, "eps");
    bool keras = get(h, "form") == 1;
    decay(h);
    for (int i = 0; i < N; i++) {
        mix(&h->a[i], alpha, h->g[i] * h->g[i]);
        mix(&h->b[i], alpha, h->g[i]);
        double v = h->a[i] - (get(h, "centered") != 0 ? h->b[i] * h->b[i] : 0);
        double step = h->g[i] / (keras ? sqrt(v + eps) : sqrt(v) + eps);
        h->c[i] = mu * h->c[i] + (keras ? h->lr * step : step);
        h->w[i] -= keras ? h->c[i] : h->lr * h->c[i];
    }
}

static void ftrl(by_hand *h) {
    double l1 = get(h, "l1"), l2 = get(h, "l2") + get(h, "beta") / (2 * h->lr);
    for (int i = 0; i < N; i++) {
        double before = h->t == 1 ? get(h, "initial_accumulator") : h->a[i];
        h->a[i] = before + h->g[i] * h->g[i];
        h->b[i] += h->g[i] + 2 * get(h, "l2_shrinkage") * h->w[i] -
                   (sqrt(h->a[i]) - sqrt(before)) / h->lr * h->w[i];
        double clipped = fmax(-l1, fmin(l1, h->b[i]));
        h->w[i] = (clipped - h->b[i]) / (sqrt(h->a[i]) / h->lr + 2 * l2);
    }
}

static void adam(by_hand *h) {
    double eps = get(h, "eps"), bias2 = 1 - pow(get(h, "beta2"), h->t);
    decay(h);
    for (int i = 0; i < N; i++) {
        mix(&h->a[i], get(h, "beta1"), h->g[i]);
        mix(&h->b[i], get(h, "beta2"), h->g[i] * h->g[i]);
        h->c[i] = fmax(h->c[i], h->b[i]);
        double v = get(h, "amsgrad") != 0 ? h->c[i] : h->b[i];
        double divisor =
            get(h, "form") == 1 ? (sqrt(v) + eps) / sqrt(bias2) : sqrt(v / bias2) + eps;
        h->w[i] -= h->lr * unbiased(h, "beta1", h->a[i]) / divisor;
    }
}

static void adamax(by_hand *h) {
    double eps = get(h, "eps");
    decay(h);
    for (int i = 0; i < N; i++) {
        mix(&h->a[i], get(h, "beta1"), h->g[i]);
        bool keras = get(h, "form") == 1;
        h->b[i] = fmax(get(h, "beta2") * h->b[i], fabs(h->g[i]) + (keras ? 0 : eps));
        h->w[i] -= h->lr * unbiased(h, "beta1", h->a[i]) / (h->b[i] + (keras ? eps : 0));
    }
}

static double nadam_mu(const by_hand *h, int t) {
    return get(h, "beta1") * (1 - 0.5 * pow(0.96, t * get(h, "momentum_decay")));
}

static void nadam(by_hand *h) {
    double product = 1, next = nadam_mu(h, h->t + 1);
    for (int t = 1; t <= h->t; t++)
        product *= nadam_mu(h, t);
    decay(h);
    for (int i = 0; i < N; i++) {
        mix(&h->a[i], get(h, "beta1"), h->g[i]);
        mix(&h->b[i], get(h, "beta2"), h->g[i] * h->g[i]);
        double mean = next * h->a[i] / (1 - product * next) +
                      (1 - nadam_mu(h, h->t)) * h->g[i] / (1 - product);
        h->w[i] -= h->lr * mean / (sqrt(unbiased(h, "beta2", h->b[i])) + get(h, "eps"));
    }
}

static void radam(by_hand *h) {
    double b2 = get(h, "beta2"), limit = 2 / (1 - b2) - 1;
    double rho = limit - 2 * h->t * pow(b2, h->t) / (1 - pow(b2, h->t));
    decay(h);
    for (int i = 0; i < N; i++) {
        mix(&h->a[i], get(h, "beta1"), h->g[i]);
        mix(&h->b[i], b2, h->g[i] * h->g[i]);
        double step = unbiased(h, "beta1", h->a[i]);
        if (rho > 5)
            step *= sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho)) *
                    sqrt(1 - pow(b2, h->t)) / (sqrt(h->b[i]) + get(h, "eps"));
        h->w[i] -= h->lr * step;
    }
}

static void yogi(by_hand *h) {
    bool correct = get(h, "bias_correction") != 0;
    decay(h);
    for (int i = 0; i < N; i++) {
        double square = h->g[i] * h->g[i];
        double v = h->t == 1 ? get(h, "initial_accumulator") : h->b[i];
        mix(&h->a[i], get(h, "beta1"), h->g[i]);
        h->b[i] = v - (1 - get(h, "beta2")) * ((v > square) - (v < square)) * square;
        double mean = correct ? unbiased(h, "beta1", h->a[i]) : h->a[i];
        double size = correct ? unbiased(h, "beta2", h->b[i]) : h->b[i];
        h->w[i] -= h->lr * mean / (sqrt(size) + get(h, "eps"));
    }
}

static void adabelief(by_hand *h) {
    double eps = get(h, "eps");
    decay(h);
    for (int i = 0; i < N; i++) {
        mix(&h->a[i], get(h, "beta1"), h->g[i]);
        mix(&h->b[i], get(h, "beta2"), pow(h->g[i] - h->a[i], 2));
        h->b[i] += eps;
        h->w[i] -=
            h->lr * unbiased(h, "beta1", h->a[i]) / (sqrt(unbiased(h, "beta2", h->b[i])) + eps);
    }
}

static void lamb_tensor(by_hand *h, int from, int to) {
    double u[N], weights = 0, directions = 0, lambda = get(h, "weight_decay");
    bool decoupled = get(h, "decoupled") != 0;
    for (int i = from; i < to; i++) {
        mix(&h->a[i], get(h, "beta1"), h->g[i]);
        mix(&h->b[i], get(h, "beta2"), h->g[i] * h->g[i]);
        if (decoupled)
            h->w[i] *= 1 - h->lr * lambda;
        u[i] =
            unbiased(h, "beta1", h->a[i]) / (sqrt(unbiased(h, "beta2", h->b[i])) + get(h, "eps")) +
            (decoupled ? 0 : lambda * h->w[i]);
        weights += h->w[i] * h->w[i];
        directions += u[i] * u[i];
    }
    for (int i = from; i < to; i++)
        h->w[i] -=
            h->lr * u[i] * (weights > 0 && directions > 0 ? sqrt(weights) / sqrt(directions) : 1);
}

static void lamb(by_hand *h) {
    lamb_tensor(h, 0, FIRST_TENSOR);
    lamb_tensor(h, FIRST_TENSOR, N);
}

static double sign(double x) {
    return (x > 0) - (x < 0);
}

static void lion(by_hand *h) {
    for (int i = 0; i < N; i++) {
        double mean = h->a[i];
        mix(&mean, get(h, "beta1"), h->g[i]);
        h->w[i] -= h->lr * (sign(mean) + get(h, "weight_decay") * h->w[i]);
        mix(&h->a[i], get(h, "beta2"), h->g[i]);
    }
}

static void rprop(by_hand *h) {
    for (int i = 0; i < N; i++) {
        double product = h->g[i] * h->a[i], size = h->t == 1 ? h->lr : h->b[i];
        size *= product > 0 ? get(h, "eta_plus") : product < 0 ? get(h, "eta_minus") : 1;
        h->b[i] = fmin(fmax(size, get(h, "step_min")), get(h, "step_max"));
        h->a[i] = product < 0 ? 0 : h->g[i];
        h->w[i] -= sign(h->a[i]) * h->b[i];
    }
}

/* z in a, v in b, x in c; `direction` of the step of z. */
static void schedulefree(by_hand *h, const double *direction) {
    double beta = get(h, "beta1");
    h->global[0] = fmax(h->global[0], h->lr);
    double weight = pow(h->t, get(h, "r")) * pow(h->global[0], get(h, "weight_lr_power"));
    h->global[1] += weight;
    for (int i = 0; i < N; i++) {
        double share = weight / h->global[1];
        double z = h->t == 1 ? h->w[i] : h->a[i], x = h->t == 1 ? h->w[i] : h->c[i];
        h->a[i] = z - h->lr * (direction[i] + get(h, "weight_decay") * h->w[i]);
        h->c[i] = (1 - share) * x + share * h->a[i];
        h->w[i] = (1 - beta) * h->a[i] + beta * h->c[i];
    }
}

static void schedulefree_sgd(by_hand *h) {
    schedulefree(h, h->g);
}

static void schedulefree_adamw(by_hand *h) {
    double direction[N];
    for (int i = 0; i < N; i++) {
        mix(&h->b[i], get(h, "beta2"), h->g[i] * h->g[i]);
        direction[i] = h->g[i] / (sqrt(unbiased(h, "beta2", h->b[i])) + get(h, "eps"));
    }
    schedulefree(h, direction);
}

static const struct {
    const char *key;
    void (*step)(by_hand *h);
} hands[] = {
    {"sgd", sgd},
    {"asgd", asgd},
    {"adagrad", adagrad},
    {"adadelta", adadelta},
    {"rmsprop", rmsprop},
    {"ftrl", ftrl},
    {"adam", adam},
    {"adamw", adam},
    {"adamax", adamax},
    {"nadam", nadam},
    {"radam", radam},
    {"yogi", yogi},
    {"adabelief", adabelief},
    {"lamb", lamb},
    {"lion", lion},
    {"rprop", rprop},
    {"schedulefree_sgd", schedulefree_sgd},
    {"schedulefree_adamw", schedulefree_adamw},
};

static void follow_by_hand(bench *b, void (*step)(by_hand *)) {
    static by_hand h;
    h = (by_hand){.row = &b->row->about, .p = b->p};
    for (int i = 0; i < N; i++) {
        b->w[i] = (float)(i - 3) / 2;
        h.w[i] = (double)b->w[i];
    }
    for (int t = 1; t <= STEPS; t++) {
        h.t = t;
        h.lr = t > 6 ? 0.02 : 0.05;
        for (int i = 0; i < N; i++) {
            b->g[i] = (float)((i * 5 + t * 3) % 11 - 5) / 3;
            h.g[i] = (double)b->g[i];
        }
        step(&h);
        take_step(b, h.lr, 0);
        for (int i = 0; i < N; i++)
            assert_near((double)b->w[i], h.w[i], 2e-5, 2e-6);
    }
    if (!b->row->averaged)
        return;
    float averaged[N];
    b->row->averaged(&b->step, averaged);
    for (int i = 0; i < N; i++)
        assert_near((double)averaged[i], h.c[i], 2e-5, 2e-6);
}

/* With everything at its default; with one flag or choice changed at a time, and the parameters
 * that are off by default turned on. */
static void follow_variants(int32_t row, void (*step)(by_hand *)) {
    static bench b;
    const tt_descriptor *about = &tt_optimizers[row].about;
    for (int32_t turned = -1; turned < about->n_params; turned++) {
        tt_kind kind = turned < 0 ? TT_KIND_FLAG : about->params[turned].kind;
        if (kind != TT_KIND_FLAG && kind != TT_KIND_CHOICE)
            continue;
        for (int on = 0; on < 2; on++) {
            set_up(&b, row, N, two_tensors, 2);
            if (turned >= 0)
                b.p[turned] = 1 - b.p[turned];
            if (on) {
                row_set(about, b.p, "weight_decay", 0.1);
                row_set(about, b.p, "momentum", 0.9);
                row_set(about, b.p, "dampening", 0.3);
                row_set(about, b.p, "lr_decay", 0.01);
                row_set(about, b.p, "initial_accumulator", 0.5);
                row_set(about, b.p, "t0", 4);
                row_set(about, b.p, "momentum_decay", 0.5);
                row_set(about, b.p, "beta2", 0.8);
                row_set(about, b.p, "eps", 0.01);
                row_set(about, b.p, "l1", 0.1);
                row_set(about, b.p, "l2", 0.2);
                row_set(about, b.p, "l2_shrinkage", 0.05);
                row_set(about, b.p, "beta", 0.3);
                row_set(about, b.p, "r", 1);
            }
            follow_by_hand(&b, step);
        }
    }
}

static void optimizers_follow_steps_by_hand(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_optimizer_family.n_rows; r++) {
        const tt_optimizer *row = &tt_optimizers[r];
        size_t i = 0;
        assert_string_equal(row->about.params[0].key, "lr");
        while (i < sizeof hands / sizeof hands[0] && strcmp(hands[i].key, row->about.key) != 0)
            i++;
        if (i < sizeof hands / sizeof hands[0])
            follow_variants(r, hands[i].step);
        else if (!row->full_batch && !row->scratch_size)
            fail_msg("no steps by hand for %s", row->about.key);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(optimizers_follow_steps_by_hand),
};

RUN_TESTS(tests)
