/* Trains a network on a CSV file: the whole library in about a page.
 *
 *   train FILE.cfg [key=value ...] [--history FILE.csv] [--model FILE]
 *   train FILE.cfg [key=value ...] --cross-validate
 *
 * The .cfg file names the CSV (data.file, beside it) and the settings; key=value pairs override
 * them. Prints a line an epoch, the final metrics and the hash of the weights, and keeps the
 * model for predict; or the scores of each fold, and their mean, deviation and 95 % interval. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cross-validate.h"
#include "load.h"

static void write_history(FILE *file, const double *row) {
    for (int32_t c = 0; c < tt_n_history_columns(); c++)
        fprintf(file, "%.9g%c", row[c], c + 1 < tt_n_history_columns() ? ',' : '\n');
}

static void print_row(const double *row) {
    static const char *const shown[] = {"epoch", "training_loss", "validation_loss",
                                        "validation_metric", "learning_rate"};
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        for (int32_t c = 0; c < tt_n_history_columns(); c++)
            if (strcmp(tt_history_column(c)->key, shown[i]) == 0)
                printf(i == 0 ? "%6.6g" : "  %14.6g", row[c]);
    printf("\n");
}

static void train(tt_trainer *trainer, FILE *history) {
    tt_error error;
    tt_status status;
    tt_progress progress;
    double rows[TT_MAX_WAITING * TT_MAX_HISTORY_COLUMNS];
    tt_trainer_progress(trainer, &progress);
    printf("%6s  %14s  %14s  %14s  %14s\n", "epoch", "training loss", "validation",
           tt_trainer_metric(trainer)->key, "learning rate");
    do {
        status = tt_trainer_run(trainer, progress.total_steps, 100000, &error);
        int32_t n = tt_trainer_take_history(trainer, rows, TT_MAX_WAITING);
        for (int32_t i = 0; i < n; i++) {
            const double *row = rows + i * tt_n_history_columns();
            print_row(row);
            if (history)
                write_history(history, row);
        }
    } while (status == TT_OK);
    if (status == TT_DIVERGED)
        fprintf(stderr, "%s\n", error.message);
    if (status == TT_STOPPED_EARLY)
        printf("stopped early\n");
}

static void print_report(tt_trainer *trainer, tt_part part) {
    tt_error error;
    tt_report *report = tt_report_new(trainer, part, &error);
    if (!report)
        die(&error);
    printf("\n%s, %lld rows\n", tt_part_key(part), (long long)tt_report_n_rows(report));
    printf("  %-18s  %.6g\n", tt_trainer_loss(trainer)->label, tt_report_loss(report));
    for (int32_t i = 0; i < tt_report_n_metrics(report); i++) {
        double value;
        const tt_descriptor *metric = tt_report_metric(report, i, &value);
        printf("  %-18s  %.6g\n", metric->label, value);
    }
    tt_report_free(report);
}

static void write_model(const tt_trainer *trainer, const char *path) {
    tt_error error;
    tt_model *model = tt_model_new(trainer, TT_PRESENT, &error);
    if (!model)
        die(&error);
    size_t size = tt_model_size(model);
    char *bytes = malloc(size);
    FILE *file = open_file(path, "wb");
    if (bytes)
        tt_model_save(model, bytes);
    if (!bytes || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    free(bytes);
    tt_model_free(model);
}

/* What the arguments ask for besides settings. */
typedef struct options {
    const char *history_path, *model_path;
    bool cross_validate;
} options;

static void train_once(const tt_table *table, const tt_config *config, const options *wanted) {
    tt_error error;
    tt_dataset *dataset = tt_dataset_new(table, config, &error);
    if (!dataset)
        die(&error);
    tt_trainer *trainer = tt_trainer_new(dataset, config, &error);
    if (!trainer)
        die(&error);
    FILE *history = wanted->history_path ? open_file(wanted->history_path, "w") : NULL;
    for (int32_t c = 0; history && c < tt_n_history_columns(); c++)
        fprintf(history, "%s%c", tt_history_column(c)->key,
                c + 1 < tt_n_history_columns() ? ',' : '\n');
    train(trainer, history);
    print_report(trainer,
                 tt_dataset_n_rows(dataset, TT_VALIDATION) > 0 ? TT_VALIDATION : TT_TRAINING);
    if (tt_dataset_n_rows(dataset, TT_TEST) > 0)
        print_report(trainer, TT_TEST);
    printf("weights %016llx\n", (unsigned long long)tt_trainer_hash(trainer));
    if (history)
        fclose(history);
    if (wanted->model_path)
        write_model(trainer, wanted->model_path);
    tt_trainer_free(trainer);
    tt_dataset_free(dataset);
}

/* Takes the options out of the arguments. */
static options take_options(int *argc, char **argv) {
    options found = {0};
    int n = 0;
    for (int i = 0; i < *argc; i++) {
        if (strcmp(argv[i], "--history") == 0 && i + 1 < *argc)
            found.history_path = argv[++i];
        else if (strcmp(argv[i], "--model") == 0 && i + 1 < *argc)
            found.model_path = argv[++i];
        else if (strcmp(argv[i], "--cross-validate") == 0)
            found.cross_validate = true;
        else
            argv[n++] = argv[i];
    }
    *argc = n;
    return found;
}

int main(int argc, char **argv) {
    const options wanted = take_options(&argc, argv);
    if (argc < 2) {
        fprintf(stderr,
                "usage: %s FILE.cfg [key=value ...] [--history FILE.csv] [--model FILE]\n"
                "       %s FILE.cfg [key=value ...] --cross-validate\n",
                argv[0], argv[0]);
        return EXIT_FAILURE;
    }
    tt_config *config = read_settings(argv[1], argc - 2, argv + 2);
    tt_table *table = read_table(config, argv[1]);
    if (wanted.cross_validate)
        cross_validate(table, config);
    else
        train_once(table, config, &wanted);
    tt_table_free(table);
    tt_config_free(config);
    return EXIT_SUCCESS;
}
