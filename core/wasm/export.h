#ifndef EXPORT_H
#define EXPORT_H

/* What the files of exports begin with. */

#include <stdlib.h>
#include <string.h>

#include "tabtrain/tabtrain.h"

/* The linker exports no static functions, so these have external names that no one else uses. */
#define EXPORT(name) __attribute__((used, export_name(#name)))

#endif
