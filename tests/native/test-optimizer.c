/* Every optimizer against steps worked out in double from its paper, and on a convex problem; what
 * is special about Muon, L-BFGS and the averages. */

#include "family-rows.h"

#include "maths.h"
#include "optimizer.h"

enum { N = 8, STEPS = 12, FIRST_TENSOR = 6 };

/* steps by hand */

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

/* a bench on which a row runs */

enum { MAX_N = 64, MAX_HISTORY = 256, MAX_SCRATCH = 4096 };

typedef struct bench {
    const tt_optimizer *row;
    double p[TT_MAX_PARAMS], scalars[TT_MAX_SCALARS];
    float w[MAX_N], g[MAX_N], state[TT_MAX_SLOTS][MAX_N], history[MAX_HISTORY * MAX_N];
    float scratch[MAX_SCRATCH] __attribute__((aligned(16)));
    float *slot[TT_MAX_SLOTS];
    tt_span span[2];
    tt_step step;
} bench;

static const tt_span two_tensors[] = {{0, 3, 2, true, true}, {FIRST_TENSOR, 1, 2, false, true}};

static void set_up(bench *b, int32_t row, int32_t n, const tt_span *spans, int32_t n_spans) {
    memset(b, 0, sizeof *b);
    b->row = &tt_optimizers[row];
    row_defaults(&tt_optimizer_family, row, b->p);
    for (int i = 0; i < TT_MAX_SLOTS; i++)
        b->slot[i] = i < b->row->n_slots ? b->state[i] : NULL;
    b->step = (tt_step){.n = n,
                        .p = b->p,
                        .g = b->g,
                        .w = b->w,
                        .slot = b->slot,
                        .history = b->history,
                        .scalars = b->scalars,
                        .scratch = b->scratch,
                        .span = spans,
                        .n_spans = n_spans};
    if (b->row->history_length)
        assert_true(b->row->history_length(b->p) <= MAX_HISTORY);
    if (b->row->scratch_size)
        assert_true(b->row->scratch_size(spans, n_spans) <= MAX_SCRATCH);
}

static void take_step(bench *b, double rate, double loss) {
    b->step.t += 1;
    b->step.rate = rate;
    b->step.loss = loss;
    b->row->step(&b->step);
}

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

/* the loss (w - optimum)' H (w - optimum) / 2, with H not diagonal */

static double bowl(bench *b, const float *w) {
    double loss = 0;
    for (int i = 0; i < b->step.n; i++) {
        double here = (double)w[i] - 0.5 + 0.1 * i, slope = (1 + i % 4) * here;
        if (i > 0)
            slope += 0.4 * ((double)w[i - 1] - 0.5 + 0.1 * (i - 1));
        if (i + 1 < b->step.n)
            slope += 0.4 * ((double)w[i + 1] - 0.5 + 0.1 * (i + 1));
        b->g[i] = (float)slope;
        loss += slope * here / 2;
    }
    return loss;
}

static double lowest_loss(bench *b, int steps) {
    float averaged[MAX_N];
    bool constant = b->row->averaged || strcmp(b->row->about.key, "ftrl") == 0;
    double rate = b->p[0], first = bowl(b, b->w);
    for (int t = 0; t < steps; t++) {
        double share = constant ? 1 : 1 - (double)t / steps;
        take_step(b, rate * share, bowl(b, b->w));
    }
    const float *end = b->w;
    if (b->row->averaged) {
        b->row->averaged(&b->step, averaged);
        end = averaged;
    }
    return bowl(b, end) / first;
}

static void optimizers_come_down_a_bowl(void **state) {
    (void)state;
    static bench b;
    for (int32_t r = 0; r < tt_optimizer_family.n_rows; r++) {
        set_up(&b, r, N, two_tensors, 2);
        bool sure_of_itself = b.row->full_batch || strcmp(b.row->about.key, "adadelta") == 0;
        if (!sure_of_itself)
            b.p[0] = strcmp(b.row->about.key, "ftrl") == 0 ? 1 : 0.05;
        row_set(&b.row->about, b.p, "adam_lr", 0.05);
        row_set(&b.row->about, b.p, "weight_decay", 0);
        double left = lowest_loss(&b, 3000);
        if (!(left < 1e-3))
            fail_msg("%s has %g of the loss left", b.row->about.key, left);
    }
}

static void a_rate_of_zero_moves_nothing(void **state) {
    (void)state;
    static bench b;
    for (int32_t r = 0; r < tt_optimizer_family.n_rows; r++) {
        if (strcmp(tt_optimizers[r].about.key, "rprop") == 0)
            continue;
        set_up(&b, r, N, two_tensors, 2);
        for (int t = 0; t < 3; t++)
            take_step(&b, 0, bowl(&b, b.w));
        for (int i = 0; i < N; i++)
            assert_true(b.w[i] == 0);
    }
}

/* Gradients of zero, and so small that their squares are subnormal. */
static void optimizers_stay_finite(void **state) {
    (void)state;
    static bench b;
    for (int32_t r = 0; r < tt_optimizer_family.n_rows; r++)
        for (int turned = -1; turned < tt_optimizers[r].about.n_params; turned++) {
            set_up(&b, r, N, two_tensors, 2);
            if (turned >= 0 && b.row->about.params[turned].kind != TT_KIND_FLAG)
                continue;
            if (turned >= 0)
                b.p[turned] = 1 - b.p[turned];
            for (int t = 0; t < 6; t++) {
                for (int i = 0; i < N; i++)
                    b.g[i] = t < 2 ? 0 : (float)(i - 3) * 1e-21f;
                take_step(&b, b.p[0], 1);
                for (int i = 0; i < N; i++)
                    assert_true(isfinite(b.w[i]));
            }
        }
}

/* Muon: what the step of a matrix with singular values from 0.1 to 1 becomes has singular values
 * near 1, so that its Gram matrix is near the unit matrix, times max(1, out / in). */
static void check_orthogonal(int32_t n_in, int32_t n_out) {
    static bench b;
    const tt_span span = {0, n_in, n_out, true, true};
    int32_t n = n_in * n_out, small = n_in < n_out ? n_in : n_out;
    set_up(&b, row_named(&tt_optimizer_family, "muon"), n, &span, 1);
    for (int i = 0; i < n; i++)
        b.g[i] = (float)sin(1.7 * i * i + i);
    take_step(&b, 1, 0);
    double scale = n_out > n_in ? (double)n_out / n_in : 1;
    for (int i = 0; i < small; i++)
        for (int j = 0; j < small; j++) {
            double sum = 0;
            for (int k = 0; k < n / small; k++)
                sum += n_in < n_out ? (double)b.w[i * n_out + k] * (double)b.w[j * n_out + k]
                                    : (double)b.w[k * n_out + i] * (double)b.w[k * n_out + j];
            assert_near(sum / scale, i == j, 0, i == j ? 0.56 : 0.4);
        }
}

static void muon_makes_steps_orthogonal(void **state) {
    (void)state;
    check_orthogonal(3, 5);
    check_orthogonal(5, 3);
    check_orthogonal(4, 12);
    check_orthogonal(9, 6);
    check_orthogonal(1, 7);
}

/* A rank-one gradient has one singular value, which five steps of the polynomial take from 1. */
static void muon_follows_its_polynomial(void **state) {
    (void)state;
    static bench b;
    const tt_span span = {0, 2, 3, true, true};
    const double u[] = {0.6, -0.8}, v[] = {2.0 / 3, -1.0 / 3, 2.0 / 3};
    set_up(&b, row_named(&tt_optimizer_family, "muon"), 6, &span, 1);
    for (int i = 0; i < 6; i++)
        b.g[i] = (float)(7 * u[i / 3] * v[i % 3]);
    take_step(&b, 0.1, 0);
    double x = 1;
    for (int i = 0; i < 5; i++)
        x = 3.4445 * x - 4.7750 * pow(x, 3) + 2.0315 * pow(x, 5);
    for (int i = 0; i < 6; i++)
        assert_near((double)b.w[i], -0.1 * sqrt(1.5) * x * u[i / 3] * v[i % 3], 1e-4, 1e-6);
}

static void muon_leaves_the_rest_to_adamw(void **state) {
    (void)state;
    static bench b, twin;
    const tt_span spans[] = {{0, 3, 2, true, false}, {FIRST_TENSOR, 1, 2, false, true}};
    set_up(&b, row_named(&tt_optimizer_family, "muon"), N, spans, 2);
    set_up(&twin, row_named(&tt_optimizer_family, "adamw"), N, spans, 2);
    row_set(&b.row->about, b.p, "weight_decay", 0.1);
    row_set(&b.row->about, b.p, "adam_lr", 0.01);
    row_set(&twin.row->about, twin.p, "weight_decay", 0.1);
    row_set(&twin.row->about, twin.p, "beta2", 0.95);
    row_set(&twin.row->about, twin.p, "eps", 1e-10);
    for (int t = 0; t < 9; t++) {
        bowl(&b, b.w);
        bowl(&twin, twin.w);
        take_step(&b, b.p[0] / 2, 0);
        take_step(&twin, 0.005, 0);
    }
    for (int i = 0; i < N; i++)
        assert_near((double)b.w[i], (double)twin.w[i], 1e-6, 1e-7);
}

/* Rosenbrock's valley: curved, and no line search may lead upwards. */
static void lbfgs_goes_down_a_valley(void **state) {
    (void)state;
    static bench b;
    const tt_span span = {0, 1, 2, true, true};
    double last = INFINITY;
    set_up(&b, row_named(&tt_optimizer_family, "lbfgs"), 2, &span, 1);
    b.w[0] = -1.2f, b.w[1] = 1;
    for (int t = 0; t < 80; t++) {
        double x = (double)b.w[0], y = (double)b.w[1];
        float averaged[2];
        b.g[0] = (float)(-400 * x * (y - x * x) - 2 * (1 - x));
        b.g[1] = (float)(200 * (y - x * x));
        take_step(&b, 1, 100 * pow(y - x * x, 2) + pow(1 - x, 2));
        b.row->averaged(&b.step, averaged);
        x = (double)averaged[0], y = (double)averaged[1];
        double iterate = 100 * pow(y - x * x, 2) + pow(1 - x, 2);
        assert_true(iterate <= last);
        last = iterate;
    }
    assert_true(last < 1e-8);
}

static void lbfgs_begins_again_when_the_loss_changes(void **state) {
    (void)state;
    static bench b;
    set_up(&b, row_named(&tt_optimizer_family, "lbfgs"), N, two_tensors, 2);
    for (int t = 0; t < 200; t++)
        take_step(&b, 1, bowl(&b, b.w));
    float old = b.w[2];
    for (int t = 0; t < 200; t++) {
        double loss = bowl(&b, b.w) + 3 * (double)b.w[2];
        b.g[2] += 3;
        take_step(&b, 1, loss);
    }
    assert_true(b.w[2] < old - 0.5f);
    bowl(&b, b.w);
    assert_near((double)b.g[2], -3, 0, 1e-3);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(optimizers_follow_steps_by_hand),
    cmocka_unit_test(optimizers_come_down_a_bowl),
    cmocka_unit_test(a_rate_of_zero_moves_nothing),
    cmocka_unit_test(optimizers_stay_finite),
    cmocka_unit_test(muon_makes_steps_orthogonal),
    cmocka_unit_test(muon_follows_its_polynomial),
    cmocka_unit_test(muon_leaves_the_rest_to_adamw),
    cmocka_unit_test(lbfgs_goes_down_a_valley),
    cmocka_unit_test(lbfgs_begins_again_when_the_loss_changes),
};

RUN_TESTS(tests)
