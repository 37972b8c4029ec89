#ifndef TABTRAIN_H
#define TABTRAIN_H

/* The whole library:
 *
 *   config  = tt_config_new()               settings: key = value
 *   csv     = tt_csv_new(config)            bytes in, any chunks
 *   table   = tt_csv_finish(csv)            typed columns
 *   dataset = tt_dataset_new(table, config) encoded, scaled, split
 *   trainer = tt_trainer_new(dataset, config)
 *             tt_trainer_run(trainer, ...)  steps; history rows out
 *   report  = tt_report_new(trainer, ...)   predictions and metrics
 *   model   = tt_model_new(trainer, ...)    to keep, to predict other tables, to ask questions
 *
 * examples/train.c is a whole program in about a page. */

#include "tabtrain/autopsy.h"
#include "tabtrain/baseline.h"
#include "tabtrain/config.h"
#include "tabtrain/cross-validation.h"
#include "tabtrain/dataset.h"
#include "tabtrain/describe.h"
#include "tabtrain/descriptor.h"
#include "tabtrain/diagnose.h"
#include "tabtrain/error.h"
#include "tabtrain/explain.h"
#include "tabtrain/image.h"
#include "tabtrain/importance.h"
#include "tabtrain/inspect.h"
#include "tabtrain/model.h"
#include "tabtrain/picture-preview.h"
#include "tabtrain/probe.h"
#include "tabtrain/table.h"
#include "tabtrain/trainer.h"

#endif
