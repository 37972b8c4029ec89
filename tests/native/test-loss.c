/* Every loss against its reference in double and the central differences of that, and the
 * references against PyTorch. */

#include "unit.h"

#include "activation.h"
#include "loss.h"

enum { ROWS = 5, OUTPUTS = 4 };

static const tt_loss *find(const char *key) {
    int32_t index = tt_family_find(&tt_loss_family, key);
    assert_true(index >= 0);
    return &tt_losses[index];
}

/* Parameters at their defaults, or all changed, or all as low as they go. */
typedef enum setting { DEFAULTS, CHANGED, LOWEST, N_SETTINGS } setting;

static double changed(const tt_param *param) {
    double value = param->value * 1.5 + 0.05;
    return param->kind == TT_KIND_CHOICE    ? 1
           : param->kind == TT_KIND_FLAG    ? 1 - param->value
           : param->kind == TT_KIND_INTEGER ? param->value + 1
           : value < param->max             ? value
                                            : param->max;
}

static void set(const tt_descriptor *row, setting how, double *p) {
    const double list[] = {OUTPUTS, 0.5, 2, 1.25, 3};
    for (int32_t i = 0; i < row->n_params; i++) {
        const tt_param *param = &row->params[i];
        p[i] = how == CHANGED                                 ? changed(param)
               : how == LOWEST && param->kind == TT_KIND_REAL ? param->min
                                                              : param->value;
        if (param->kind == TT_KIND_REALS && how == CHANGED)
            memcpy(p + i, list, sizeof list);
    }
}

static int32_t targets_of(const tt_loss *row) {
    return row->target == TT_TARGET_CLASS ? 1 : OUTPUTS / (row->outputs_per_target > 1 ? 2 : 1);
}

static float target_at(const tt_loss *row, int i) {
    if (row->target == TT_TARGET_CLASS)
        return (float)(i % OUTPUTS);
    if (row->about.tasks & TT_REGRESSION)
        return (float)((i * 11) % 7) - 1.25f;
    if (row->about.tasks == TT_MULTICLASS)
        return (float)(i % OUTPUTS) / 6; /* the four of a row add up to 1 */
    return (float)(i % 2);
}

/* Outputs of both signs, or all positive where a parameter may ask for a rate or a variance, that
 * have gone through the activation that the loss needs. */
static void fill_case(const tt_loss *row, bool positive, float *z, float *y) {
    const tt_activation *needed = NULL;
    double p[TT_MAX_PARAMS] = {0};
    if (row->output_activation)
        needed = &tt_activations[tt_family_find(&tt_activation_family, row->output_activation)];
    for (int i = 0; i < ROWS * OUTPUTS; i++) {
        z[i] = (float)(((i * 37) % 23) - 11) / 4 + 0.0137f * (float)(i + 1);
        z[i] = positive ? fabsf(z[i]) + 0.3f : z[i];
        y[i] = target_at(row, i);
    }
    if (needed)
        needed->forward(p, ROWS, OUTPUTS, z, z);
}

static double reference_sum(const tt_loss *row, const double *p, const double *z, const float *y) {
    double sum = 0;
    for (int32_t i = 0; i < ROWS; i++)
        sum += row->reference(p, OUTPUTS, z + i * OUTPUTS, y + i * targets_of(row));
    return sum;
}

static void check_against_reference(const tt_loss *row, setting how) {
    double p[TT_MAX_PARAMS], wide[ROWS * OUTPUTS];
    float z[ROWS * OUTPUTS], y[ROWS * OUTPUTS], dz[ROWS * OUTPUTS];
    set(&row->about, how, p);
    fill_case(row, how == CHANGED, z, y);
    for (int i = 0; i < ROWS * OUTPUTS; i++)
        wide[i] = (double)z[i];
    tt_rows rows = {ROWS, OUTPUTS, z, y, NULL, 0.5f, dz};
    double value = row->evaluate(p, &rows);
    assert_near(value, reference_sum(row, p, wide, y), 2e-6, 0);
    rows.dz = NULL;
    assert_near(row->evaluate(p, &rows), value, 0, 0);
    for (int i = 0; i < ROWS * OUTPUTS; i++) {
        const double kept = wide[i], h = row->output_activation ? 1e-7 : 1e-5;
        wide[i] = kept + h;
        double up = reference_sum(row, p, wide, y);
        wide[i] = kept - h;
        double down = reference_sum(row, p, wide, y);
        wide[i] = kept;
        assert_near((double)dz[i], 0.5 * (up - down) / (2 * h), 1e-5, 1e-6);
    }
}

static void losses_follow_their_reference(void **state) {
    (void)state;
    for (int32_t r = 0; r < tt_loss_family.n_rows; r++)
        for (setting how = DEFAULTS; how < N_SETTINGS; how++)
            check_against_reference(&tt_losses[r], how);
}

/* The loss of single rows, by PyTorch 1.13 in double where it has the function. */
static const struct {
    const char *key;
    double p[8];
    int32_t outputs;
    double z[4];
    float y[4];
    double loss;
} known[] = {
    {"mse",
     {0},
     3,
     {-4.1675787, -0.562668264, -21.3619614},
     {-5.96159697, -0.191304967, 11.7500124},
     366.586407},
    {"mse",
     {0},
     3,
     {16.4027081, -17.9343567, -8.41747379},
     {-7.4787097, 0.0902525112, -8.78107929},
     298.446953},
    {"mae",
     {0},
     3,
     {-4.1675787, -0.562668264, -21.3619614},
     {-5.96159697, -0.191304967, 11.7500124},
     11.7591185},
    {"mae", {0}, 1, {2}, {2.5}, 0.5},
    {"huber", {1}, 2, {-2.52810526, 3.05581069}, {-1.5280956, -1.55037701}, 2.30309868},
    {"huber", {0.3}, 2, {-1.188936, 0.132660747}, {-0.685039341, 3.76892805}, 0.576024593},
    {"huber", {1}, 1, {100}, {0}, 99.5},
    {"smooth_l1", {1}, 2, {-1.36921275, 1.8574295}, {-2.03401399, -0.267386049}, 0.922897947},
    {"smooth_l1", {0.25}, 2, {0.456546187, 2.05378056}, {4.30591393, -2.66932297}, 4.16123563},
    {"log_cosh", {0}, 1, {3.05581069}, {3.17019081}, 0.0065271923},
    {"log_cosh", {0}, 1, {10000}, {0}, 9999.30685},
    {"log_cosh", {0}, 1, {0.00100000005}, {0}, 4.99999964e-07},
    {"quantile", {0.5}, 1, {-0.224486664}, {-1.32556176}, 0.550537549},
    {"quantile", {0.9}, 1, {-0.427560836}, {-0.301471323}, 0.113480562},
    {"quantile", {0.9}, 1, {-0.813055336}, {-1.86992478}, 0.105686945},
    {"mape", {0}, 1, {3.51175952}, {2.2669847}, 54.9088319},
    {"msle", {0}, 1, {0.465541422}, {4.31315184}, 1.6588422},
    {"msle", {0}, 1, {4.85827971}, {0.205500767}, 2.49943749},
    {"cosine_similarity", {0}, 2, {3, 4}, {8, 6}, -0.96},
    {"cosine_similarity", {0}, 2, {1, -1}, {-7, 7}, 1},
    {"cosine_similarity", {0}, 2, {1, -1}, {0, 0}, 0},
    {"poisson_nll", {1, 0, 1e-08}, 1, {-1.56035209}, {3}, 4.89111836},
    {"poisson_nll", {0, 0, 1e-08}, 2, {2.83282304, 2.6996634}, {2, 2}, 0.731842359},
    {"poisson_nll", {1, 1, 1e-08}, 1, {0.5}, {3}, 1.91280281},
    {"gaussian_nll", {1, 0, 1e-06}, 2, {-0.231383249, 2.00676632}, {0.302902758}, 0.419387073},
    {"gaussian_nll", {1, 1, 1e-06}, 2, {-0.231383249, 2.00676632}, {0.302902758}, 1.33832561},
    {"gaussian_nll", {0, 0, 1e-06}, 2, {-0.231383249, -0.5}, {0.302902758}, -0.0146767458},
    {"gaussian_nll", {1, 0, 0.01}, 2, {0.5, -1}, {0}, 10.1974149},
    {"gaussian_nll", {0, 0, 0.01}, 2, {0.5, -20}, {0}, 10.1974149},
    {"bce", {0}, 1, {0.304855853}, {0}, 0.36363605},
    {"bce", {0}, 1, {0.193206906}, {1}, 1.64399361},
    {"bce", {0}, 1, {0}, {1}, 100},
    {"bce", {0}, 1, {1.00000001e-07}, {1}, 16.1180956},
    {"bce_with_logits", {0, 0}, 1, {-1.29448664}, {1}, 1.53667842},
    {"bce_with_logits", {0, 1, 2.5}, 1, {-1.05516207}, {1}, 3.38471242},
    {"bce_with_logits", {0, 0}, 1, {-200}, {1}, 200},
    {"hinge", {0}, 1, {-1.06425321}, {1}, 2.06425321},
    {"hinge", {0}, 1, {0.169041023}, {0}, 1.16904102},
    {"hinge", {0}, 1, {200}, {0}, 201},
    {"squared_hinge", {0}, 1, {1.27396929}, {0}, 5.17093634},
    {"squared_hinge", {0}, 1, {-1.68412077}, {0}, 0},
    {"soft_margin", {0}, 1, {-2.03985047}, {1}, 2.16211072},
    {"soft_margin", {0}, 1, {200}, {0}, 200},
    {"multilabel_soft_margin",
     {0},
     4,
     {1.6986258, -2.24549437, 2.28616929, 1.34995198},
     {0, 1, 0, 1},
     1.70656427},
    {"multilabel_soft_margin",
     {0},
     4,
     {-0.929653466, 2.12354398, 2.85987687, -1.33076704},
     {1, 0, 1, 0},
     0.947260424},
    {"binary_focal", {2, 0.25}, 1, {3.79970598}, {0}, 2.74227461},
    {"binary_focal", {2, 0.25}, 1, {0.417605907}, {1}, 0.0199460435},
    {"binary_focal", {2, 0}, 1, {-0.00100000005}, {0}, 0.172988708},
    {"binary_focal", {2, 0}, 1, {-200}, {1}, 200},
    {"cross_entropy", {0, 0}, 3, {-1.74976552, 0.342680395, 1.15303576}, {2}, 0.405177939},
    {"cross_entropy", {0, 0}, 3, {-200, 200, 1}, {0}, 400},
    {"cross_entropy", {0, 0}, 3, {200, 199, -200}, {2}, 400.313262},
    {"cross_entropy",
     {0.1, 0},
     4,
     {5.41369963, 1.2562654, 1.81593895, 1.00765145},
     {3},
     4.32323882},
    {"cross_entropy",
     {0, 3, 0.2, 1, 3},
     3,
     {-1.84067798, 2.59949684, 0.662366033},
     {0},
     0.917012673},
    {"nll", {0}, 3, {-2.60458732, -0.440330058, -1.26498878}, {0}, 2.60458732},
    {"nll", {0}, 3, {-1.55381632, -4.21575832, -0.256442666}, {2}, 0.256442666},
    {"multi_margin",
     {1, 1, 0},
     4,
     {0.147449777, 2.02484035, -0.42688036, 2.31029034},
     {1},
     0.321362495},
    {"multi_margin", {2, 1, 0}, 3, {-0.44031018, -0.33011055, 1.1836946}, {0}, 2.70598144},
    {"categorical_hinge", {0}, 3, {-2.63330364, 0.201970503, -0.407326132}, {1}, 0.390703365},
    {"categorical_hinge", {0}, 3, {2.68696785, -0.883898675, -0.40366891}, {1}, 4.57086653},
    {"softmax_focal", {2, 0}, 3, {-0.855121672, -1.62611067, -2.09142637}, {2}, 1.25129008},
    {"softmax_focal", {2, 0}, 3, {1.658849, 1.38694096, -1.4815011}, {1}, 0.288098869},
    {"softmax_focal", {0, 0}, 2, {200, -200}, {0}, 0},
    {"kl_div",
     {1, 0},
     3,
     {-0.0808907375, -2.56335163, -7.32409191},
     {0.761040449, 0.225534827, 0.0134247178},
     0.0454798838},
    {"kl_div",
     {1, 0},
     4,
     {-2.37655926, -2.87025499, -0.486666828, -1.44488084},
     {0.5, 0.5, 0, 0},
     0.482564987},
    {"kl_div",
     {0, 0},
     4,
     {-2.37655926, -2.87025499, -0.486666828, -1.44488084},
     {0.5, 0.5, 0, 0},
     1.93025995},
};

static void references_give_known_values(void **state) {
    (void)state;
    int32_t seen = 0;
    for (int32_t r = 0; r < tt_loss_family.n_rows; r++) {
        int32_t n_cases = 0;
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
            if (strcmp(known[k].key, tt_losses[r].about.key) != 0)
                continue;
            double loss =
                tt_losses[r].reference(known[k].p, known[k].outputs, known[k].z, known[k].y);
            assert_near(loss, known[k].loss, 5e-8, 1e-14);
            n_cases++;
        }
        seen += n_cases > 0;
    }
    assert_int_equal(seen, tt_loss_family.n_rows);
}

static void losses_give_known_values(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        float z[4];
        for (int j = 0; j < 4; j++)
            z[j] = (float)known[k].z[j];
        const tt_rows rows = {1, known[k].outputs, z, known[k].y, NULL, 1, NULL};
        assert_near(find(known[k].key)->evaluate(known[k].p, &rows), known[k].loss, 1e-6, 1e-7);
    }
}

static void row_weights_multiply_losses_and_gradients(void **state) {
    (void)state;
    const float weight[ROWS] = {1, 0, 2.5f, 1, 0.5f};
    for (int32_t r = 0; r < tt_loss_family.n_rows; r++) {
        const tt_loss *row = &tt_losses[r];
        double p[TT_MAX_PARAMS], sum = 0;
        float z[ROWS * OUTPUTS], y[ROWS * OUTPUTS], dz[ROWS * OUTPUTS], one[OUTPUTS];
        set(&row->about, CHANGED, p);
        fill_case(row, true, z, y);
        const tt_rows rows = {ROWS, OUTPUTS, z, y, weight, 1, dz};
        double value = row->evaluate(p, &rows);
        for (int i = 0; i < ROWS; i++) {
            const tt_rows single = {1, OUTPUTS, z + i * OUTPUTS, y + i * targets_of(row), NULL,
                                    1, one};
            sum += (double)weight[i] * row->evaluate(p, &single);
            for (int j = 0; j < OUTPUTS; j++)
                assert_near((double)dz[i * OUTPUTS + j], (double)(weight[i] * one[j]), 1e-6, 1e-9);
        }
        assert_near(value, sum, 1e-6, 0);
    }
}

static void own_weights_are_those_of_the_targets(void **state) {
    (void)state;
    const double none[] = {0, 0}, weights[] = {0, 3, 0.25, 1, 4};
    const float z[] = {-1.5f, -0.5f, -2}, class = 2;
    const tt_rows row = {1, 3, z, &class, NULL, 1, NULL};
    const tt_loss *ce = find("cross_entropy"), *nll = find("nll");
    assert_near(ce->own_weight(none, &class), 1, 0, 0);
    assert_near(ce->own_weight(weights, &class), 4, 0, 0);
    assert_near(ce->evaluate(weights, &row), 4 * ce->evaluate(none, &row), 1e-6, 0);
    assert_near(nll->own_weight(weights + 1, &class), 4, 0, 0);
    assert_near(nll->evaluate(weights + 1, &row), 8, 1e-6, 0);
}

static void a_list_has_one_item_for_all_or_one_for_each(void **state) {
    (void)state;
    const double none[] = {0}, all[] = {1, 2.5}, first[] = {2, 2.5, 1};
    const float z[] = {0.5f, -1, 2}, y[] = {1, 0, 1};
    const tt_rows rows = {1, 3, z, y, NULL, 1, NULL};
    const tt_loss *loss = find("multilabel_soft_margin");
    double alone[3];
    for (int j = 0; j < 3; j++) {
        const tt_rows one = {1, 1, z + j, y + j, NULL, 1, NULL};
        alone[j] = loss->evaluate(none, &one);
    }
    double sum = alone[0] + alone[1] + alone[2];
    assert_near(loss->evaluate(none, &rows), sum / 3, 1e-6, 0);
    assert_near(loss->evaluate(all, &rows), 2.5 * sum / 3, 1e-6, 0);
    assert_near(loss->evaluate(first, &rows), (sum + 1.5 * alone[0]) / 3, 1e-6, 0);
    assert_int_equal(tt_loss_list_length(loss, first), 2);
    assert_int_equal(tt_loss_list_length(find("mse"), NULL), 0);
    const double p[] = {0, 1, 2.5};
    assert_int_equal(tt_loss_list_length(find("bce_with_logits"), p), 1);
}

static void losses_are_finite_at_outputs_of_200(void **state) {
    (void)state;
    const float outputs[] = {200, -200, 0, 200, -200, 200, -200, 0};
    for (int32_t r = 0; r < tt_loss_family.n_rows; r++) {
        const tt_loss *row = &tt_losses[r];
        double p[TT_MAX_PARAMS], none[TT_MAX_PARAMS] = {0};
        float z[8], y[] = {1, 0, 0, 1, 1, 0, 0, 1}, dz[8];
        set(&row->about, DEFAULTS, p);
        memcpy(z, outputs, sizeof z);
        if (row->output_activation)
            tt_activations[tt_family_find(&tt_activation_family, row->output_activation)].forward(
                none, 2, OUTPUTS, z, z);
        const tt_rows rows = {2, OUTPUTS, z, y, NULL, 1, dz};
        assert_true(isfinite(row->evaluate(p, &rows)));
        for (int i = 0; i < 8; i++)
            assert_true(isfinite(dz[i]));
    }
}

/* Of equal scores every class has the same share, a thousandth, from which its target takes nearly
 * all: in what is left, rounding of the sum of the targets would show. */
static void smoothing_keeps_its_digits_over_many_classes(void **state) {
    (void)state;
    enum { MANY = 1000 };
    static float z[MANY], dz[MANY];
    const tt_loss *row = find("cross_entropy");
    const float y = 7;
    double p[TT_MAX_PARAMS];
    set(&row->about, DEFAULTS, p);
    p[0] = 0.99;
    const tt_rows rows = {1, MANY, z, &y, NULL, 1, dz};
    assert_near(row->evaluate(p, &rows), log(MANY), 1e-5, 0);
    for (int j = 0; j < MANY; j++)
        assert_near((double)dz[j], j == 7 ? -0.00999 : 0.00001, 2e-5, 0);
}

static void slopes_at_kinks_and_limits(void **state) {
    (void)state;
    const struct {
        const char *key;
        double p[3];
        float z[2], y, slope;
    } cases[] = {
        {"mae", {0}, {2}, 2, 0},
        {"quantile", {0.9}, {2}, 2, 0},
        {"mape", {0}, {2}, 2, 0},
        {"hinge", {0}, {1}, 1, 0},
        {"hinge", {0}, {-1}, 0, 0},
        {"squared_hinge", {0}, {1}, 1, 0},
        {"huber", {2}, {5}, 3, 2},
        {"smooth_l1", {2}, {5}, 3, 1},
        {"multi_margin", {1, 1, 0}, {3, 2}, 0, 0},
        {"categorical_hinge", {0}, {3, 2}, 0, 0},
        {"bce", {0}, {0}, 1, -1e12f},
        {"bce", {0}, {1}, 1, 0},
        {"softmax_focal", {2, 0}, {200, -200}, 0, 0},
        {"gaussian_nll", {1, 0, 0.01}, {0.5f, -1}, 0, 50},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        const tt_loss *row = find(cases[c].key);
        float dz[2];
        const int32_t outputs =
            row->target == TT_TARGET_CLASS || row->outputs_per_target > 1 ? 2 : 1;
        const tt_rows rows = {1, outputs, cases[c].z, &cases[c].y, NULL, 1, dz};
        row->evaluate(cases[c].p, &rows);
        assert_near((double)dz[0], (double)cases[c].slope, 1e-7, 0);
    }
}

static void links_give_predictions(void **state) {
    (void)state;
    float z[] = {0, 2, -200, 1, 1, 1};
    tt_apply_link(TT_LINK_SOFTMAX, 2, 3, z, z);
    assert_near((double)z[0], 1 / (1 + exp(2)), 1e-6, 0);
    assert_near((double)z[1], exp(2) / (1 + exp(2)), 1e-6, 0);
    assert_near((double)z[2], 0, 0, 1e-30);
    assert_near((double)z[4], 1.0 / 3, 1e-7, 0);
    float s[] = {0, 100, -100};
    tt_apply_link(TT_LINK_SIGMOID, 3, 1, s, s);
    assert_true(s[0] == 0.5f && s[1] == 1 && s[2] >= 0 && s[2] < 1e-30f);
    float rate[] = {0, 2, -3};
    tt_apply_link(TT_LINK_EXP, 3, 1, rate, rate);
    assert_near((double)rate[1], exp(2), 1e-6, 0);
    float value[5];
    tt_apply_link(TT_LINK_IDENTITY, 5, 1, z, value);
    assert_memory_equal(value, z, sizeof value);
    const double logarithm[] = {1, 0, 1e-8}, direct[] = {0, 0, 1e-8};
    assert_int_equal(tt_link_of(find("poisson_nll"), logarithm), TT_LINK_EXP);
    assert_int_equal(tt_link_of(find("poisson_nll"), direct), TT_LINK_IDENTITY);
    assert_int_equal(tt_link_of(find("hinge"), NULL), TT_LINK_SIGMOID);
}

static void needed_activations_exist(void **state) {
    (void)state;
    int32_t needy = 0;
    for (int32_t r = 0; r < tt_loss_family.n_rows; r++)
        if (tt_losses[r].output_activation) {
            assert_true(tt_family_find(&tt_activation_family, tt_losses[r].output_activation) >= 0);
            needy++;
        }
    assert_true(needy > 0);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(losses_follow_their_reference),
    cmocka_unit_test(references_give_known_values),
    cmocka_unit_test(losses_give_known_values),
    cmocka_unit_test(row_weights_multiply_losses_and_gradients),
    cmocka_unit_test(own_weights_are_those_of_the_targets),
    cmocka_unit_test(a_list_has_one_item_for_all_or_one_for_each),
    cmocka_unit_test(losses_are_finite_at_outputs_of_200),
    cmocka_unit_test(smoothing_keeps_its_digits_over_many_classes),
    cmocka_unit_test(slopes_at_kinks_and_limits),
    cmocka_unit_test(links_give_predictions),
    cmocka_unit_test(needed_activations_exist),
};

RUN_TESTS(tests)
