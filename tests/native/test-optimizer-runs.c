/* Every optimizer on a convex problem and at the edge of numbers; what is special about Muon and
 * L-BFGS. */

#include "optimizer-bench.h"

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
                for (int k = 0; k < b.row->n_slots; k++)
                    for (int i = 0; i < N; i++)
                        assert_int_not_equal(fpclassify(b.slot[k][i]), FP_SUBNORMAL);
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

/* A narrow valley at 0.3, before a wall at 1: the first point inside the bracket from 0 to 1 lies
 * lower than 0, but on the slope behind the valley, so that 0 becomes the other end. */
static double valley_before_a_wall(bench *b) {
    double x = (double)b->w[0], smooth = sqrt((x - 0.3) * (x - 0.3) + 1e-4);
    b->g[0] = (float)((x - 0.3) / smooth + 4 * pow(x, 19));
    return smooth + 0.2 * pow(x, 20);
}

static void lbfgs_turns_back_to_a_valley_it_has_crossed(void **state) {
    (void)state;
    static bench b;
    const tt_span span = {0, 1, 1, true, true};
    float tried[4];
    set_up(&b, row_named(&tt_optimizer_family, "lbfgs"), 1, &span, 1);
    for (int t = 0; t < 4; t++) {
        take_step(&b, 1, valley_before_a_wall(&b));
        tried[t] = b.w[0];
    }
    assert_near((double)tried[0], 1, 1e-2, 0);
    assert_true(tried[1] > 0.4f && tried[1] < 1);
    assert_true(tried[2] > 0 && tried[2] < tried[1]);
    for (int t = 0; t < 30; t++)
        take_step(&b, 1, valley_before_a_wall(&b));
    assert_near((double)b.w[0], 0.3, 0, 1e-3);
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
    cmocka_unit_test(optimizers_come_down_a_bowl),
    cmocka_unit_test(a_rate_of_zero_moves_nothing),
    cmocka_unit_test(optimizers_stay_finite),
    cmocka_unit_test(muon_makes_steps_orthogonal),
    cmocka_unit_test(muon_follows_its_polynomial),
    cmocka_unit_test(muon_leaves_the_rest_to_adamw),
    cmocka_unit_test(lbfgs_goes_down_a_valley),
    cmocka_unit_test(lbfgs_turns_back_to_a_valley_it_has_crossed),
    cmocka_unit_test(lbfgs_begins_again_when_the_loss_changes),
};

RUN_TESTS(tests)
