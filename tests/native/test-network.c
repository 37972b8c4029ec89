/* The network against its naive twin in double: outputs, and the gradient of every parameter by
 * central differences, for every loss with every activation, with dropout, L1 and L2. */

#include "unit.h"

#include "network.h"
#include "regularizer.h"

enum { ROWS = 9, INPUTS = 5, OUTPUTS = 3, MAX_PARAMETERS = 250 };

/* What a network is built of. */
typedef struct shape {
    const tt_activation *activation, *output;
    tt_norm norm;
    double dropout;
    int32_t n_hidden, block;
} shape;

static tt_arena kept, scratch;
static tt_network network;
static float x[ROWS * INPUTS], y[ROWS * OUTPUTS];

static const tt_activation *activation_of(const char *key) {
    return &tt_activations[tt_family_find(&tt_activation_family, key)];
}

static const tt_loss *loss_of(const char *key) {
    return &tt_losses[tt_family_find(&tt_loss_family, key)];
}

static void defaults(const tt_descriptor *row, double *p) {
    for (int32_t i = 0; i < TT_MAX_PARAMS; i++)
        p[i] = 0;
    for (int32_t i = 0; i < row->n_params; i++)
        p[i] = row->params[i].value;
}

static void shape_layers(const shape *form) {
    const int32_t widths[] = {7, form->block ? 7 : 4};
    network = (tt_network){.n_inputs = INPUTS,
                           .n_layers = form->n_hidden + 1,
                           .chunk_rows = ROWS,
                           .norm_epsilon = 1e-5,
                           .norm_momentum = 0.1};
    for (int32_t l = 0; l < form->n_hidden; l++) {
        tt_layer *layer = &network.layers[l];
        layer->n_out = widths[l];
        layer->activation = form->activation;
        layer->norm = form->norm;
        layer->dropout = form->dropout;
        layer->block = l == 1 ? form->block : 0;
        defaults(&form->activation->about, layer->params);
    }
    tt_layer *last = &network.layers[form->n_hidden];
    last->n_out = OUTPUTS;
    last->activation = form->output;
    if (form->output)
        defaults(&form->output->about, last->params);
}

static void build(const shape *form) {
    shape_layers(form);
    tt_network_lay_out(&network, &kept, &scratch);
    assert_true(tt_arena_reserve(&kept) && tt_arena_reserve(&scratch));
    tt_network_lay_out(&network, &kept, &scratch);
    assert_true(network.n_parameters <= MAX_PARAMETERS);
    tt_random random = tt_random_new(3, TT_FOR_WEIGHTS);
    double weights[TT_MAX_PARAMS];
    defaults(&tt_initializers[0].about, weights);
    tt_network_initialize(&network, &tt_initializers[0], weights, &random);
    for (int64_t i = 0; i < network.n_parameters; i++)
        network.parameters[i] += (float)(i % 7 - 3) * 0.03f + 0.0101f;
    tt_network_touch(&network);
}

static void tear_down(void) {
    tt_arena_free(&kept);
    tt_arena_free(&scratch);
}

static void fill_rows(const tt_loss *loss) {
    for (int i = 0; i < ROWS * INPUTS; i++)
        x[i] = (float)((i * 29) % 17 - 8) / 5;
    for (int i = 0; i < ROWS * OUTPUTS; i++)
        y[i] = loss->target == TT_TARGET_CLASS     ? (float)(i % OUTPUTS)
               : loss->about.tasks & TT_REGRESSION ? (float)((i * 13) % 9 - 4) / 2 + 0.3f
                                                   : (float)(i % 2);
}

static double penalties(const double *parameters, const double *strength) {
    double sum = 0;
    for (int32_t l = 0; l < network.n_layers; l++)
        for (int64_t i = network.layers[l].weight; i < network.layers[l].bias; i++)
            sum += strength[0] * fabs(parameters[i]) + strength[1] * parameters[i] * parameters[i];
    return sum;
}

/* What the last batch has left must not show: every byte 0xff is a NaN. */
static void clear_gradient(void) {
    memset(network.gradient, 0xff, (size_t)network.n_parameters * sizeof(float));
    tt_network_clear_gradient(&network);
}

static void check_gradient(const tt_loss *loss, const double *strength) {
    static const char *const keys[] = {"l1", "l2"};
    double p[TT_MAX_PARAMS], w[MAX_PARAMETERS], room[4 * ROWS * 8];
    tt_random random = tt_random_new(11, TT_FOR_DROPOUT);
    fill_rows(loss);
    defaults(&loss->about, p);
    assert_true(tt_network_reference_room(&network, ROWS) <= sizeof room / sizeof room[0]);
    for (int64_t i = 0; i < network.n_parameters; i++)
        w[i] = (double)network.parameters[i];
    clear_gradient();
    const float *z = tt_network_forward(&network, ROWS, x, &random);
    const tt_rows rows = {ROWS, OUTPUTS, z, y, NULL, 1, network.d_outputs};
    double value = loss->evaluate(p, &rows);
    tt_network_backward(&network, ROWS, x);
    for (int k = 0; k < 2; k++)
        for (int32_t i = 0; i < network.n_spans; i++) {
            const tt_span *span = &network.spans[i];
            const double params[TT_MAX_PARAMS] = {strength[k]};
            tt_regularizers[tt_family_find(&tt_regularizer_family, keys[k])].penalty(
                params, span, network.parameters + span->offset, network.gradient + span->offset);
        }
    assert_near(value, tt_network_reference_loss(&network, w, loss, p, ROWS, x, y, room), 2e-6,
                1e-6);
    for (int64_t i = 0; i < network.n_parameters; i++) {
        const double h = 1e-6, at = w[i];
        w[i] = at + h;
        double up = tt_network_reference_loss(&network, w, loss, p, ROWS, x, y, room) +
                    penalties(w, strength);
        w[i] = at - h;
        double down = tt_network_reference_loss(&network, w, loss, p, ROWS, x, y, room) +
                      penalties(w, strength);
        w[i] = at;
        assert_near((double)network.gradient[i], (up - down) / (2 * h), 2e-5, 2e-5);
    }
}

static const double none[] = {0, 0}, both[] = {0.02, 0.03};

static void check_shape(const tt_loss *loss, const shape *form) {
    build(form);
    check_gradient(loss, form->dropout > 0 ? both : none);
    tear_down();
}

/* The activation that makes outputs what the loss needs, if it needs any. Losses of values alone
 * have logarithms and exponentials, which magnify rounding unless their outputs are tame. */
static const tt_activation *needed(const tt_loss *loss) {
    if (loss->about.tasks == TT_REGRESSION)
        return activation_of("sigmoid");
    return loss->output_activation ? activation_of(loss->output_activation) : NULL;
}

static void gradients_agree_for_every_loss_and_activation(void **state) {
    (void)state;
    for (int32_t l = 0; l < tt_loss_family.n_rows; l++)
        for (int32_t a = 0; a < tt_activation_family.n_rows; a++)
            for (int32_t n_hidden = 0; n_hidden <= 2; n_hidden++)
                for (int dropout = 0; dropout < 2; dropout++) {
                    const tt_loss *loss = &tt_losses[l];
                    if (loss->outputs_per_target > 1)
                        continue;
                    check_shape(loss, &(shape){.activation = &tt_activations[a],
                                               .output = needed(loss),
                                               .dropout = dropout ? 0.3 : 0,
                                               .n_hidden = n_hidden});
                }
}

static void gradients_agree_for_every_normalization_and_block(void **state) {
    (void)state;
    const char *const keys[] = {"tanh", "relu", "prelu", "gelu"};
    for (int k = 0; k < 4; k++)
        for (int32_t norm = TT_NORM_NONE; norm <= TT_NORM_LAYER; norm++)
            for (int32_t block = 0; block <= 1; block++)
                for (int dropout = 0; dropout < 2; dropout++)
                    check_shape(loss_of("mse"), &(shape){.activation = activation_of(keys[k]),
                                                         .norm = (tt_norm)norm,
                                                         .dropout = dropout ? 0.3 : 0,
                                                         .n_hidden = 2,
                                                         .block = block});
}

static void gradients_agree_through_output_activations(void **state) {
    (void)state;
    for (int32_t a = 0; a < tt_activation_family.n_rows; a++)
        check_shape(loss_of("mse"), &(shape){.activation = activation_of("tanh"),
                                             .output = &tt_activations[a],
                                             .n_hidden = 1});
}

static void import_and_export_are_inverse_and_out_by_in(void **state) {
    (void)state;
    build(&(shape){.activation = activation_of("prelu"), .norm = TT_NORM_BATCH, .n_hidden = 1});
    float values[MAX_PARAMETERS], again[MAX_PARAMETERS];
    for (int i = 0; i < MAX_PARAMETERS; i++)
        values[i] = (float)i;
    tt_network_import(&network, values, network.parameters);
    tt_network_export(&network, network.parameters, again);
    assert_memory_equal(again, values, (size_t)network.n_parameters * sizeof(float));
    for (int o = 0; o < 7; o++)
        assert_true(network.parameters[2 * 7 + o] == values[o * INPUTS + 2]);
    tear_down();
}

static void chunks_add_up_to_the_bits_of_one_pass(void **state) {
    (void)state;
    const tt_loss *loss = loss_of("mse");
    tt_random random = tt_random_new(1, TT_FOR_DROPOUT);
    float whole[MAX_PARAMETERS];
    fill_rows(loss);
    build(&(shape){.activation = activation_of("relu"), .norm = TT_NORM_LAYER, .n_hidden = 2});
    size_t bytes = (size_t)network.n_parameters * sizeof(float);
    const float *z = tt_network_forward(&network, ROWS, x, &random);
    const tt_rows all = {ROWS, OUTPUTS, z, y, NULL, 1, network.d_outputs};
    loss->evaluate(NULL, &all);
    memset(network.gradient, 0, bytes);
    tt_network_backward(&network, ROWS, x);
    memcpy(whole, network.gradient, bytes);
    clear_gradient();
    for (int first = 0; first < ROWS; first += 3) {
        z = tt_network_forward(&network, 3, x + first * INPUTS, &random);
        const tt_rows some = {3, OUTPUTS, z, y + first * OUTPUTS, NULL, 1, network.d_outputs};
        loss->evaluate(NULL, &some);
        tt_network_backward(&network, 3, x + first * INPUTS);
    }
    for (int32_t s = 0; s < network.n_spans; s++)
        if (network.spans[s].weight)
            assert_memory_equal(network.gradient + network.spans[s].offset,
                                whole + network.spans[s].offset,
                                (size_t)tt_span_size(&network.spans[s]) * sizeof(float));
    tear_down();
}

static void dropout_keeps_the_mean_and_is_off_for_evaluation(void **state) {
    (void)state;
    build(&(shape){.activation = activation_of("tanh"), .dropout = 0.4, .n_hidden = 1});
    tt_random random = tt_random_new(5, TT_FOR_DROPOUT);
    fill_rows(loss_of("mse"));
    double passed = 0;
    enum { PASSES = 400 };
    for (int pass = 0; pass < PASSES; pass++) {
        tt_network_forward(&network, ROWS, x, &random);
        for (int i = 0; i < ROWS * 7; i++) {
            float mask = network.layers[0].mask[i];
            assert_true(mask == 0 || mask == (float)(1 / 0.6));
            assert_true(network.layers[0].output[i] == network.layers[0].active[i] * mask);
            passed += (double)mask;
        }
    }
    double n = PASSES * ROWS * 7;
    assert_near(passed / n, 1, 0, 4 * sqrt(0.4 / 0.6 / n));
    float first[ROWS * OUTPUTS];
    memcpy(first, tt_network_forward(&network, ROWS, x, NULL), sizeof first);
    assert_memory_equal(tt_network_forward(&network, ROWS, x, NULL), first, sizeof first);
    tear_down();
}

/* After many passes over the same rows the running statistics are those of the rows, and evaluation
 * differs from training only by the unbiased variance. */
static void batch_normalization_evaluates_by_running_statistics(void **state) {
    (void)state;
    build(&(shape){.activation = activation_of("linear"), .norm = TT_NORM_BATCH, .n_hidden = 1});
    tt_random random = tt_random_new(5, TT_FOR_DROPOUT);
    const tt_layer *layer = &network.layers[0];
    float training[ROWS * 7];
    fill_rows(loss_of("mse"));
    for (int pass = 0; pass < 400; pass++)
        tt_network_forward(&network, ROWS, x, &random);
    memcpy(training, layer->normal, sizeof training);
    tt_network_forward(&network, ROWS, x, NULL);
    for (int i = 0; i < ROWS * 7; i++)
        assert_near((double)layer->normal[i], (double)training[i] * sqrt((ROWS - 1.0) / ROWS), 1e-4,
                    1e-5);
    tear_down();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(gradients_agree_for_every_loss_and_activation),
    cmocka_unit_test(gradients_agree_for_every_normalization_and_block),
    cmocka_unit_test(gradients_agree_through_output_activations),
    cmocka_unit_test(import_and_export_are_inverse_and_out_by_in),
    cmocka_unit_test(chunks_add_up_to_the_bits_of_one_pass),
    cmocka_unit_test(dropout_keeps_the_mean_and_is_off_for_evaluation),
    cmocka_unit_test(batch_normalization_evaluates_by_running_statistics),
};

RUN_TESTS(tests)
