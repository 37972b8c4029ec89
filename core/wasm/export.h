#ifndef TT_EXPORT_H
#define TT_EXPORT_H

/* The linker exports no static functions, so exported ones have external names that no one else
 * uses: js_ and the name by which JavaScript calls them. */
#define EXPORT(name) __attribute__((used, export_name(#name)))

#endif
