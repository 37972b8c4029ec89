/* Checks the gradient of a configured network: backpropagation against central differences in
 * double.
 *
 *   check FILE.cfg [key=value ...]
 *
 * Prints each tensor with the worst relative error among the values compared, and where it is. Ends
 * with failure when one is above 1e-3. */

#include <stdio.h>
#include <stdlib.h>

#include "load.h"

enum { ROWS = 32, MOST_PER_TENSOR = 200, MOST_TENSORS = 64 };

static bool print_checks(const tt_trainer *trainer, const tt_gradient_check *checks) {
    bool good = true;
    printf("%-16s  %8s  %12s  %12s  %12s  %14s  %14s\n", "tensor", "compared", "worst error", "row",
           "column", "backpropagated", "difference");
    for (int32_t i = 0; i < tt_trainer_n_tensors(trainer); i++) {
        const tt_gradient_check *c = &checks[i];
        good = good && c->worst < 1e-3;
        printf("%-16s  %8lld  %12.3g  %12d  %12d  %14.6g  %14.6g\n", c->name,
               (long long)c->n_checked, c->worst, (int)c->row, (int)c->column, c->backpropagated,
               c->difference);
    }
    return good;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: %s FILE.cfg [key=value ...]\n", argv[0]);
        return EXIT_FAILURE;
    }
    tt_error error;
    tt_gradient_check checks[MOST_TENSORS];
    tt_config *config = read_settings(argv[1], argc - 2, argv + 2);
    tt_table *table = read_table(config, argv[1]);
    tt_dataset *dataset = tt_dataset_new(table, config, &error);
    if (!dataset)
        die(&error);
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    if (!trainer ||
        tt_trainer_check_gradient(trainer, ROWS, MOST_PER_TENSOR, checks, &error) != TT_OK)
        die(&error);
    bool good = print_checks(trainer, checks);
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
    tt_table_free(table);
    tt_config_free(config);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
