/* Compares the core with reference results of PyTorch, scikit-learn and Keras:
 *
 *     golden_check [-x CATEGORY] FOLDER ...
 *
 * Reads every JSON file of the folders (the format is described in tests/native/goldens), runs each
 * case through the core's own functions, and says for each file how many cases passed, failed and
 * are unsupported, with the worst error of each kind of number, and why a case did not pass. An
 * error is |a - b| / (|b| + largest |b| * absolute / relative tolerance). Exits with 1 when a case
 * failed, or is unsupported and not marked optional. -x leaves a category out. */

#include "golden.h"

#include <dirent.h>
#include <stdio.h>

static const struct category {
    const char *name;
    golden_check *check;
    const char *needs; /* what every case has */
} categories[] = {
    {"activations", check_activation, "activation x expected"},
    {"defaults", check_default, ""},
    {"initializers", check_initializer, "fan_in fan_out expected.std"},
    {"keras", check_keras, "kind"},
    {"lbfgs", check_lbfgs, "x y config expected.optimum_weight expected.optimum_loss"},
    {"losses", check_loss, "input target expected"},
    {"metrics", check_metric, "kind y_true expected"},
    {"optimizer_runs", check_run, "data config.layers config.batching init expected.loss"},
    {"optimizers", check_optimizer, "optimizer.type sequence expected.params"},
    {"preprocessing", check_preprocessing, "config"},
    {"quality", check_quality, "data model config expected.mean"},
    {"regularization", check_regularization, "kind"},
    {"runs", check_run, "data config.layers config.batching init expected.loss"},
    {"schedules", check_schedule, "schedule config expected.lr"},
    {"sklearn_runs", check_sklearn_run, "data layers config init expected.loss_curve"},
};

typedef struct counts {
    int passed, failed, unsupported, missing; /* missing: unsupported and not optional */
} counts;

static void add_counts(counts *total, const counts *more) {
    total->passed += more->passed;
    total->failed += more->failed;
    total->unsupported += more->unsupported;
    total->missing += more->missing;
}

static const struct category *find_category(const char *name) {
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++)
        if (strcmp(categories[i].name, name) == 0)
            return &categories[i];
    return NULL;
}

static void end_case(golden *g, counts *sums) {
    const char *id = golden_text(g->json, "id");
    bool optional = cJSON_IsTrue(golden_at(g->json, "optional"));
    if (g->failed)
        printf("    failed %s: %s\n", id, g->reason);
    else if (g->unsupported)
        printf("    unsupported %s%s: %s\n", optional ? "(optional) " : "", id, g->reason);
    sums->failed += g->failed;
    sums->unsupported += !g->failed && g->unsupported;
    sums->missing += !g->failed && g->unsupported && !optional;
    sums->passed += golden_is_open(g);
    tt_config_free(g->config);
    while (g->room) {
        void *before = *(void **)g->room;
        free(g->room);
        g->room = before;
    }
}

static counts check_cases(const cJSON *file, const cJSON *cases) {
    counts sums = {0};
    const struct category *category = find_category(golden_text(file, "category"));
    golden common = {0};
    golden_check_tensors(&common, golden_at(file, "shared"));
    for (const cJSON *json = cases ? cases->child : NULL; json; json = json->next) {
        golden g = {.json = json, .shared = golden_at(file, "shared"), .config = tt_config_new()};
        golden_check_tensors(&g, json);
        if (common.failed)
            golden_fail(&g, "%s", common.reason);
        if (!category)
            golden_unsupported(&g, "no such category: \"%s\"", golden_text(file, "category"));
        else if (golden_is_open(&g) && golden_needs(&g, category->needs))
            category->check(&g);
        end_case(&g, &sums);
    }
    return sums;
}

static char *read_text(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0, room = 0;
    while (file && !feof(file) && !ferror(file)) {
        room += 1 << 20;
        text = realloc(text, room + 1);
        if (!text)
            abort();
        size += fread(text + size, 1, room - size, file);
        text[size] = 0;
    }
    if (file)
        fclose(file);
    return text;
}

/* A file that cannot be read, or holds no case, is a failure: silence would look like success. */
static counts check_file(const char *folder, const char *name, const char *without) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *text = read_text(path);
    cJSON *file = text ? cJSON_Parse(text) : NULL;
    free(text);
    cJSON *made = file && !golden_at(file, "cases") ? default_cases(file) : NULL;
    const cJSON *cases = made ? made : golden_at(file, "cases");
    if (*without && strcmp(golden_text(file, "category"), without) == 0) {
        printf("%s: left out\n", name);
        cJSON_Delete(made);
        cJSON_Delete(file);
        return (counts){0};
    }
    counts sums = check_cases(file, cases);
    if (sums.passed + sums.failed + sums.unsupported == 0) {
        printf("    failed: %s holds no cases\n", path);
        sums.failed = 1;
    }
    char *worst = golden_take_worst();
    printf("%s: %d passed, %d failed, %d unsupported;%s\n", name, sums.passed, sums.failed,
           sums.unsupported, worst && *worst ? worst : " no numbers");
    fflush(stdout);
    free(worst);
    cJSON_Delete(made);
    cJSON_Delete(file);
    return sums;
}

static int is_json(const struct dirent *entry) {
    size_t size = strlen(entry->d_name);
    return size > 5 && strcmp(entry->d_name + size - 5, ".json") == 0;
}

static counts check_folder(const char *folder, const char *without) {
    counts total = {0};
    struct dirent **entries;
    int n = scandir(folder, &entries, is_json, alphasort);
    if (n <= 0) {
        printf("    failed: there is no JSON file in %s\n", folder);
        total.failed = 1;
    }
    for (int i = 0; i < n; i++) {
        counts sums = check_file(folder, entries[i]->d_name, without);
        add_counts(&total, &sums);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    return total;
}

int main(int count, char **arguments) {
    counts total = {0};
    bool leaves_out = count > 2 && strcmp(arguments[1], "-x") == 0;
    int first = leaves_out ? 3 : 1;
    for (int i = first; i < count; i++) {
        counts sums = check_folder(arguments[i], leaves_out ? arguments[2] : "");
        add_counts(&total, &sums);
    }
    if (first >= count)
        fprintf(stderr, "golden_check [-x CATEGORY] FOLDER ...\n");
    printf("%d passed, %d failed, %d unsupported (%d of them optional)\n", total.passed,
           total.failed, total.unsupported, total.unsupported - total.missing);
    return first >= count || total.failed > 0 || total.missing > 0;
}
