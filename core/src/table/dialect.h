#ifndef TT_DIALECT_H
#define TT_DIALECT_H

#include <stdbool.h>
#include <stdint.h>

/* How a file of delimited text is written. Characters are ASCII; 0 stands for none. */
typedef struct tt_dialect {
    char delimiter; /* a run of spaces counts as one when it is a space */
    char quote;
    char escape;  /* takes the meaning from the character behind it; quotes double in any case */
    char comment; /* a line that begins with it is left out */
    int32_t skip; /* lines above the table */
} tt_dialect;

#endif
