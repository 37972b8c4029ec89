/* The network against its naive twin in double: outputs, and the gradient of every parameter by
 * central differences, for every loss with every activation, with dropout, L1 and L2. */

#include "unit.h"

#include "network.h"
#include "regularizer.h"

enum { ROWS = 9, INPUTS = 5, OUTPUTS = 3, MAX_PARAMETERS = 200 };

static tt_arena arena;
static tt_network network;
static float x[ROWS * INPUTS], y[ROWS * OUTPUTS];

static void defaults(const tt_descriptor *row, double *p) {
    for (int32_t i = 0; i < row->n_params; i++)
        p[i] = row->params[i].value;
}

static void build(const tt_activation *activation, double dropout, int32_t n_hidden) {
    const int32_t widths[] = {7, 4};
    network = (tt_network){.n_inputs = INPUTS, .n_layers = n_hidden + 1};
    for (int32_t l = 0; l < n_hidden; l++) {
        network.layers[l].n_out = widths[l];
        network.layers[l].activation = activation;
        network.layers[l].dropout = dropout;
        defaults(&activation->about, network.layers[l].params);
    }
    network.layers[n_hidden].n_out = OUTPUTS;
    tt_network_lay_out(&network, &arena);
    assert_true(tt_arena_reserve(&arena));
    tt_network_lay_out(&network, &arena);
    tt_random random = tt_random_new(3, TT_FOR_WEIGHTS);
    tt_network_initialize(&network, &tt_initializers[0], NULL, &random);
    for (int64_t i = 0; i < network.n_parameters; i++)
        network.parameters[i] += (float)(i % 7 - 3) * 0.03f + 0.0101f;
    tt_network_touch(&network);
}

static void fill_rows(const tt_loss *loss) {
    for (int i = 0; i < ROWS * INPUTS; i++)
        x[i] = (float)((i * 29) % 17 - 8) / 5;
    for (int i = 0; i < ROWS * OUTPUTS; i++)
        y[i] = loss->target == TT_TARGET_CLASS ? (float)(i % OUTPUTS)
               : loss->link == TT_LINK_SIGMOID ? (float)(i % 2)
                                               : (float)((i * 13) % 9 - 4) / 2;
}

static double penalties(const double *parameters, const double *strength) {
    double sum = 0;
    for (int32_t l = 0; l < network.n_layers; l++)
        for (int64_t i = network.layers[l].weight; i < network.layers[l].bias; i++)
            sum += strength[0] * fabs(parameters[i]) + strength[1] * parameters[i] * parameters[i];
    return sum;
}

static void check_gradient(const tt_loss *loss, const double *strength) {
    static const char *const keys[] = {"l1", "l2"};
    double p[TT_MAX_PARAMS], w[MAX_PARAMETERS], room[64];
    tt_random random = tt_random_new(11, TT_FOR_DROPOUT);
    fill_rows(loss);
    defaults(&loss->about, p);
    assert_true(network.n_parameters <= MAX_PARAMETERS);
    for (int64_t i = 0; i < network.n_parameters; i++)
        w[i] = (double)network.parameters[i];
    memset(network.gradient, 0, (size_t)network.n_parameters * sizeof(float));
    const float *z = tt_network_forward(&network, ROWS, x, &random);
    const tt_rows rows = {ROWS, OUTPUTS, z, y, NULL, 1, network.d_outputs};
    double value = loss->evaluate(p, &rows);
    tt_network_backward(&network, ROWS, x);
    for (int k = 0; k < 2; k++)
        for (int32_t i = 0; i < network.n_spans; i++) {
            const tt_span *span = &network.spans[i];
            const double params[] = {strength[k], 0};
            tt_regularizers[tt_family_find(&tt_regularizer_family, keys[k])].penalty(
                params, span, network.parameters + span->offset, network.gradient + span->offset);
        }
    assert_near(value, tt_network_reference_loss(&network, w, loss, p, ROWS, x, y, room), 2e-6, 0);
    for (int64_t i = 0; i < network.n_parameters; i++) {
        const double h = 1e-6, kept = w[i];
        w[i] = kept + h;
        double up = tt_network_reference_loss(&network, w, loss, p, ROWS, x, y, room) +
                    penalties(w, strength);
        w[i] = kept - h;
        double down = tt_network_reference_loss(&network, w, loss, p, ROWS, x, y, room) +
                      penalties(w, strength);
        w[i] = kept;
        assert_near((double)network.gradient[i], (up - down) / (2 * h), 2e-5, 2e-5);
    }
}

static void gradients_agree_with_central_differences(void **state) {
    (void)state;
    const double none[] = {0, 0}, both[] = {0.02, 0.03};
    for (int32_t l = 0; l < tt_loss_family.n_rows; l++)
        for (int32_t a = 0; a < tt_activation_family.n_rows; a++)
            for (int32_t n_hidden = 0; n_hidden <= 2; n_hidden++)
                for (int dropout = 0; dropout < 2; dropout++) {
                    build(&tt_activations[a], dropout ? 0.3 : 0, n_hidden);
                    check_gradient(&tt_losses[l], dropout ? both : none);
                    tt_arena_free(&arena);
                }
}

static void import_and_export_are_inverse_and_out_by_in(void **state) {
    (void)state;
    build(&tt_activations[0], 0, 1);
    float values[MAX_PARAMETERS], again[MAX_PARAMETERS];
    for (int i = 0; i < MAX_PARAMETERS; i++)
        values[i] = (float)i;
    tt_network_import(&network, values);
    tt_network_export(&network, again);
    assert_memory_equal(again, values, (size_t)network.n_parameters * sizeof(float));
    float unit[INPUTS] = {0, 0, 1, 0, 0};
    tt_network_forward(&network, 1, unit, NULL);
    for (int o = 0; o < 7; o++)
        assert_true(network.layers[0].sum[o] == values[o * INPUTS + 2] + values[7 * INPUTS + o]);
    tt_arena_free(&arena);
}

static void chunks_add_up_to_the_bits_of_one_pass(void **state) {
    (void)state;
    const tt_loss *loss = &tt_losses[0];
    float whole[MAX_PARAMETERS];
    fill_rows(loss);
    build(&tt_activations[1], 0, 2);
    size_t bytes = (size_t)network.n_parameters * sizeof(float);
    const float *z = tt_network_forward(&network, ROWS, x, NULL);
    const tt_rows all = {ROWS, OUTPUTS, z, y, NULL, 1, network.d_outputs};
    loss->evaluate(NULL, &all);
    memset(network.gradient, 0, bytes);
    tt_network_backward(&network, ROWS, x);
    memcpy(whole, network.gradient, bytes);
    memset(network.gradient, 0, bytes);
    for (int first = 0, n = 4; first < ROWS; first += n, n = ROWS - first) {
        z = tt_network_forward(&network, n, x + first * INPUTS, NULL);
        const tt_rows some = {n, OUTPUTS, z, y + first * OUTPUTS, NULL, 1, network.d_outputs};
        loss->evaluate(NULL, &some);
        tt_network_backward(&network, n, x + first * INPUTS);
    }
    assert_memory_equal(network.gradient, whole, bytes);
    tt_arena_free(&arena);
}

static void dropout_keeps_the_mean_and_is_off_for_evaluation(void **state) {
    (void)state;
    build(&tt_activations[0], 0.4, 1);
    tt_random random = tt_random_new(5, TT_FOR_DROPOUT);
    fill_rows(&tt_losses[0]);
    double kept = 0;
    enum { PASSES = 400 };
    for (int pass = 0; pass < PASSES; pass++) {
        tt_network_forward(&network, ROWS, x, &random);
        for (int i = 0; i < ROWS * 7; i++) {
            float mask = network.layers[0].mask[i];
            assert_true(mask == 0 || mask == (float)(1 / 0.6));
            assert_true(network.layers[0].dropped[i] == network.layers[0].active[i] * mask);
            kept += (double)mask;
        }
    }
    double n = PASSES * ROWS * 7;
    assert_near(kept / n, 1, 0, 4 * sqrt(0.4 / 0.6 / n));
    float first[ROWS * OUTPUTS];
    memcpy(first, tt_network_forward(&network, ROWS, x, NULL), sizeof first);
    assert_memory_equal(tt_network_forward(&network, ROWS, x, NULL), first, sizeof first);
    tt_arena_free(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(gradients_agree_with_central_differences),
    cmocka_unit_test(import_and_export_are_inverse_and_out_by_in),
    cmocka_unit_test(chunks_add_up_to_the_bits_of_one_pass),
    cmocka_unit_test(dropout_keeps_the_mean_and_is_off_for_evaluation),
};

RUN_TESTS(tests)
