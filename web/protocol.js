/**
 * What the page and the worker say to each other. Both sides import this file, and those whose names
 * begin like its own, and nothing else of one another. The page sends commands; the worker answers each with one reply of the same `id`, and
 * sends events while a run is under way.
 *
 * Settings are pairs of texts, [key, value], as in a link or a .cfg file; keys that are absent have
 * their defaults. Texts of C (catalogue, table, data set, report) cross as parsed JSON.
 */

/**
 * @import { Catalogue } from "./protocol-catalogue.js"
 * @import { Described, Diagnosis, Pictures, Prepared as PreparedColumns, TableRows } from "./protocol-data.js"
 * @import { Autopsy, Explanation, Inspection } from "./protocol-inside.js"
 * @import { Axis, Base, Cells, ImportanceResult, MapResult, ModelInfo, Predicted, SweepResult, WhatIf, Which } from "./protocol-model.js"
 */

/** @typedef {[key: string, value: string]} Setting */

/**
 * A mistake of the user, or of the file, as the core tells it.
 * @typedef {object} Mistake
 * @property {string} message one or two sentences: what is wrong, and a way out
 * @property {string} key setting the mistake is in, or ""
 * @property {number} line line of the file, from 1; 0 for none
 * @property {number} column column of the table, from 1; 0 for none
 * @property {Fits} [fits] where the file is too big for the memory there is
 */

/** How many of its rows fit, about, and the data.sample_share that reads as many. @typedef {{ rows: number, of: number, share: number }} Fits */

/**
 * Where the run is; see tt_progress in core/include/tabtrain/trainer.h.
 * @typedef {object} Progress
 * @property {"ready" | "running" | "paused" | "finished" | "stopped_early" | "diverged"} phase
 * @property {number} step
 * @property {number} totalSteps
 * @property {number} stepsPerEpoch
 * @property {number} epoch full epochs done
 * @property {number} rowsSeen
 * @property {number} bestEpoch -1 before the first epoch has ended
 * @property {number} bestLoss
 * @property {number} batchLoss
 * @property {number} learningRate
 * @property {number} seconds spent in training so far, pauses left out
 * @property {number[]} keptEpochs ends of epochs that the run can go back to
 */

/** Rows of the data set; test rows are there with split.method part only. @typedef {"training" | "validation" | "test"} Part */

/** One run of a cross-validation, both counted from 1. @typedef {{ repeat: number, fold: number }} Fold */

/**
 * Commands.
 * @typedef {(
 *   | { id: number, type: "catalogue" }
 *   | { id: number, type: "load", file: Blob, settings: Setting[], least?: number, most?: number }
 *   | { id: number, type: "cancelLoad" }
 *   | { id: number, type: "prepare", settings: Setting[], fold?: Fold }
 *   | { id: number, type: "run", until: "end" | "epoch" | "step" }
 *   | { id: number, type: "pause" }
 *   | { id: number, type: "set", key: string, value: string }
 *   | { id: number, type: "restoreBest" }
 *   | { id: number, type: "rewind", epoch: number }
 *   | { id: number, type: "snapshot", epoch?: number }
 *   | { id: number, type: "resume", settings: Setting[], snapshots: Snapshot[] }
 *   | { id: number, type: "checkGradient" }
 *   | { id: number, type: "parameters", places: number[] }
 *   | { id: number, type: "inspect", part: "training" | "validation", rows: number, bins: number }
 *   | { id: number, type: "explain", tensor: number, row: number, column: number, rows: number }
 *   | { id: number, type: "autopsy" }
 *   | { id: number, type: "baselines" }
 *   | { id: number, type: "tableRows", rows: number[] }
 *   | { id: number, type: "describe", columns: number[], settings: Setting[], bins: number }
 *   | { id: number, type: "drawRows", n: number, seed: number }
 *   | { id: number, type: "diagnose", settings: Setting[] }
 *   | { id: number, type: "prepared", columns: number[], settings: Setting[], bins: number }
 *   | { id: number, type: "pictures", settings: Setting[], n: number, seed: number }
 *   | { id: number, type: "sampleRows", part: "training" | "validation", most: number }
 *   | { id: number, type: "report", part: Part }
 *   | { id: number, type: "preview", settings: Setting[], totalSteps: number, stepsPerEpoch: number, points: number }
 *   | { id: number, type: "model", which: "present" | "best" }
 *   | { id: number, type: "useModel", bytes: Uint8Array }
 *   | { id: number, type: "columnsInfo", which: Which }
 *   | { id: number, type: "predict", which: Which, file: Blob, settings: Setting[] }
 *   | { id: number, type: "whatIf", which: Which, row: Cells }
 *   | { id: number, type: "map", which: Which, x: Axis, y: Axis | null, base: Base }
 *   | { id: number, type: "sweep", which: Which, axis: Axis, rows: number, seed: number }
 *   | { id: number, type: "importance", which: Which, column: string, repeats: number, rows: number, seed: number }
 * )} Command
 *
 * - catalogue: the families, groups and history columns as C prints them
 * - load: reads a file into a table: a CSV file, a sheet of an .xlsx file, JSON records, or one of
 *   these packed by gzip. The table before it is kept if this fails: also if it has less than
 *   `least` rows, or would need more than `most` bytes of memory with all that is there
 * - cancelLoad: ends the reading that is under way, whose command then fails
 * - prepare: settings -> data set -> fresh trainer, evaluated once before any step. Also the reset:
 *   the same settings give the same weights and batches. Ends a run under way. With `fold`, the
 *   settings are those of that run of the cross-validation (tt_config_fold).
 * - run: goes on to the end, or for the rest of the epoch, or for one batch; the reply comes at once
 * - pause: the reply comes when the worker has stopped
 * - set: changes a setting of the run under way (families marked `live` in the catalogue)
 * - rewind: back to the end of a kept epoch, exactly; history rows after it are void
 * - parameters: the present values at some places of the flat array that the tensors lie in
 * - snapshot: what a run needs to go on from here, or from the end of a kept epoch; does not disturb
 *   a run under way
 * - resume: prepares as `prepare` does, with the settings the run began with, and goes on from the
 *   last of the snapshots, with the same bits; the others, ends of epochs before it, can be gone back
 *   to. Live settings are those of the snapshot; train.epochs may be more than it was.
 * - checkGradient: backpropagation against central differences in double; pauses the run
 * - inspect: histograms of weights, gradients and activations and the state of units by layer, over
 *   the first rows of a part; does not disturb a run under way
 * - explain: the gradient of one parameter as a sum over the first training rows (256 at the most),
 *   and by a central difference; does not disturb a run under way
 * - autopsy: why the run diverged; null when it has not
 * - baselines: what guesses that look at no feature score on the rows that judge the run
 * - tableRows: rows of the run's table (from 0, as in Report.rows and Autopsy.table_row) as texts
 * - sampleRows: the same for some rows of a part, spread evenly over it
 * - describe: a closer look at some columns (from 0) of the table that is loaded, as the settings use
 *   them: it reads every row of each, so ask for those that are on the screen
 * - drawRows: up to n rows of the loaded table drawn by a seed, as texts
 * - prepared: columns before and after the preparation, by the data set that the settings make
 * - diagnose: what the rows tell of the data set that the settings make; a newer one ends it
 * - pictures: some training rows as pictures, before and after the augmentations of the settings, drawn
 *   by a seed; null where the rows are no pictures
 * - report: predictions and metrics with the present weights
 * - preview: the learning rate over a whole run, without a trainer
 *
 * Those below ask a model, and leave a run under way as it is:
 * - model: the model as the bytes of a file
 * - useModel: keeps a model from such bytes, to be asked as "loaded"; needs neither file nor run
 * - columnsInfo: what the model expects and gives
 * - predict: reads a CSV file, with the model's own reader settings changed by `settings`, and
 *   predicts each row
 * - whatIf: predicts one row; columns it lacks have their typical value
 * - map: predictions over one or two columns, the others as in the base row
 * - sweep: partial dependence on one column over `rows` training rows, with the line of each row
 * - importance: how much worse the model is with one column shuffled, over at most `rows` validation
 *   rows (training rows where there are none)
 */

/**
 * Replies, in `result` of { id, ok: true, result } or as { id, ok: false, mistake }.
 * @typedef {object} Results
 * @property {Catalogue} catalogue
 * @property {{ table: any }} load JSON of tt_table_json, `sheets`: Sheets or null, and `kind`: FileKind
 * @property {null} cancelLoad
 * @property {Prepared} prepare
 * @property {Progress} run
 * @property {Progress} pause
 * @property {null} set
 * @property {Progress} restoreBest
 * @property {Progress} rewind
 * @property {Snapshot} snapshot
 * @property {Prepared} resume
 * @property {{ checks: GradientCheck[] }} checkGradient
 * @property {{ values: Float32Array }} parameters
 * @property {Inspection} inspect
 * @property {Explanation} explain
 * @property {{ autopsy: Autopsy | null }} autopsy
 * @property {{ baselines: Baseline[] }} baselines
 * @property {TableRows} tableRows
 * @property {TableRows} sampleRows
 * @property {Described} describe
 * @property {TableRows} drawRows
 * @property {Diagnosis} diagnose
 * @property {PreparedColumns} prepared
 * @property {Pictures | null} pictures
 * @property {Report} report
 * @property {{ rates: Float64Array, momenta: Float64Array }} preview momenta are NaN where the
 *     schedule leaves the optimizer's own alone
 * @property {{ bytes: Uint8Array }} model
 * @property {ModelInfo} useModel
 * @property {ModelInfo} columnsInfo
 * @property {Predicted} predict
 * @property {WhatIf} whatIf
 * @property {MapResult} map
 * @property {SweepResult} sweep
 * @property {ImportanceResult} importance
 */

/** What a table was read from. @typedef {"csv" | "sheet" | "json"} FileKind */

/**
 * The sheets of a spreadsheet, and the one that was read, from 0; data.sheet asks for another one.
 * @typedef {{ names: string[], chosen: number }} Sheets
 */

/**
 * @typedef {object} Prepared
 * @property {number} run number of this run, one more than the last; events carry it
 * @property {any} dataset JSON of tt_dataset_json, with `image`: Image, or null
 * @property {any} trainer JSON: { loss, metric, n_parameters, tensors: [{ name, shape, offset }] }
 * @property {Progress} progress
 * @property {Float64Array} history the first row, in the order of catalogue.history; none of a run
 *     that is resumed
 * @property {number[]} [weights] all parameters, to four digits: only of the first view, which has
 *     no worker to ask
 */

/**
 * A run as it was after some step; see tt_trainer_save in core/include/tabtrain/trainer.h.
 * @typedef {object} Snapshot
 * @property {number} epoch full epochs done
 * @property {number} step
 * @property {number} milliseconds spent in training until then
 * @property {Blob} bytes which the page hands on and never reads
 */

/**
 * The worst of the compared values of one tensor; see tt_gradient_check in trainer.h.
 * @typedef {object} GradientCheck
 * @property {string} name
 * @property {number} n_checked
 * @property {number} worst relative error
 * @property {number} row
 * @property {number} column
 * @property {number} backpropagated
 * @property {number} difference by central differences
 */

/**
 * @typedef {object} Report
 * @property {any} summary JSON of tt_report_json
 * @property {number} nOutputs
 * @property {number} nTargets
 * @property {Float32Array} predictions (rows, nOutputs)
 * @property {Float32Array} targets (rows, nTargets)
 * @property {Int32Array} rows of the table, from 0
 * @property {string} hash of the weights: 16 hexadecimal digits
 */

/**
 * A guess that looks at no feature; see core/include/tabtrain/baseline.h.
 * @typedef {object} Baseline
 * @property {string} key
 * @property {string} label
 * @property {string} help
 * @property {number | null} loss null where the guess has none
 * @property {number | null} metric
 */

/**
 * Events, at most 30 a second: history rows since the last one (whole rows of doubles, transferred)
 * and the progress; while a file is read, the bytes done so far. `mistake` says why a run diverged.
 * @typedef {(
 *   | { type: "training", run: number, rows: Float64Array, progress: Progress, mistake: Mistake | null }
 *   | { type: "loading", done: number, total: number }
 *   | { type: "failed", message: string }
 * )} Event
 */

export const MESSAGES_PER_SECOND = 30;

/** Points that the rate of a whole run is drawn with. */

export const RATE_POINTS = 240;
