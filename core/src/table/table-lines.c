#include <assert.h>
#include <stdlib.h>

#include "table-store.h"

bool tt_table_note_line(tt_table *table, int64_t line) {
    int64_t n = table->n_line_shifts, offset = line - table->n_rows;
    if (n > 0 && table->line_shifts[n - 1].offset == offset)
        return true;
    if (n == table->line_shift_capacity) {
        int64_t capacity = n > 0 ? 2 * n : 16;
        tt_line_shift *shifts =
            realloc(table->line_shifts, (size_t)capacity * sizeof *table->line_shifts);
        if (!shifts)
            return false;
        table->line_shifts = shifts;
        table->line_shift_capacity = capacity;
    }
    table->line_shifts[table->n_line_shifts++] = (tt_line_shift){table->n_rows, offset};
    return true;
}

int64_t tt_table_line(const tt_table *table, int64_t row) {
    assert(row >= 0 && row < table->n_rows);
    int64_t low = 0, high = table->n_line_shifts;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (table->line_shifts[middle].row <= row)
            low = middle;
        else
            high = middle;
    }
    return row + table->line_shifts[low].offset;
}
