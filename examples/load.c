#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const tt_error *error) {
    if (error->key[0])
        fprintf(stderr, "%s: ", error->key);
    if (error->line > 0)
        fprintf(stderr, "line %lld: ", (long long)error->line);
    fprintf(stderr, "%s\n", error->message);
    exit(EXIT_FAILURE);
}

FILE *open_file(const char *path, const char *mode) {
    FILE *file = fopen(path, mode);
    if (!file) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    return file;
}

tt_config *read_settings(const char *cfg_path, int n_pairs, char **pairs) {
    static char text[1 << 16];
    tt_error error;
    tt_config *config = tt_config_new();
    FILE *file = open_file(cfg_path, "rb");
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    if (tt_config_read(config, text, size, &error) != TT_OK)
        die(&error);
    for (int i = 0; i < n_pairs; i++) {
        char *equals = strchr(pairs[i], '=');
        if (!equals) {
            fprintf(stderr, "expected key=value, found %s\n", pairs[i]);
            exit(EXIT_FAILURE);
        }
        *equals = 0;
        if (tt_config_set(config, pairs[i], equals + 1, &error) != TT_OK)
            die(&error);
    }
    return config;
}

tt_table *read_table(const tt_config *config, const char *cfg_path) {
    char path[4096];
    const char *slash = strrchr(cfg_path, '/'), *name = tt_config_get(config, "data.file");
    int folder = slash && name[0] != '/' ? (int)(slash + 1 - cfg_path) : 0;
    snprintf(path, sizeof path, "%.*s%s", folder, cfg_path, name);
    return read_csv(config, path);
}

tt_table *read_csv(const tt_config *config, const char *path) {
    static char piece[1 << 16];
    tt_error error;
    FILE *file = open_file(path, "rb");
    tt_csv *csv = tt_csv_new(config, &error);
    if (!csv)
        die(&error);
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        if (tt_csv_feed(csv, piece, n, &error) != TT_OK)
            die(&error);
    fclose(file);
    tt_table *table = tt_csv_finish(csv, &error);
    if (!table)
        die(&error);
    tt_csv_free(csv);
    for (int32_t i = 0; i < tt_table_n_problems(table) && i < TT_MAX_PROBLEMS; i++)
        fprintf(stderr, "%s: line %lld: %s\n", path, (long long)tt_table_problem(table, i)->line,
                tt_table_problem(table, i)->message);
    return table;
}
