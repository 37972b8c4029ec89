#ifndef TT_DATA_GROUP_H
#define TT_DATA_GROUP_H

#include "tabtrain/descriptor.h"

/* The settings of the group "data", which are more than those of all other groups. */
extern const tt_group tt_data_group;

#endif
