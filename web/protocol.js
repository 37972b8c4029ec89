/**
 * What the page and the worker say to each other. Both sides import this file and nothing else of
 * one another. The page sends commands; the worker answers each with one reply of the same `id`, and
 * sends events while a run is under way.
 *
 * Settings are pairs of texts, [key, value], as in a link or a .cfg file; keys that are absent have
 * their defaults. Texts of C (catalogue, table, data set, report) cross as parsed JSON.
 */

/** @typedef {[key: string, value: string]} Setting */

/**
 * A mistake of the user, or of the file, as the core tells it.
 * @typedef {object} Mistake
 * @property {string} message one or two sentences: what is wrong, and a way out
 * @property {string} key setting the mistake is in, or ""
 * @property {number} line line of the file, from 1; 0 for none
 * @property {number} column column of the table, from 1; 0 for none
 */

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

/** One run of a cross-validation, both counted from 1. @typedef {{ repeat: number, fold: number }} Fold */

/**
 * Commands.
 * @typedef {(
 *   | { id: number, type: "catalogue" }
 *   | { id: number, type: "load", file: Blob, settings: Setting[] }
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
 *   | { id: number, type: "sampleRows", part: "training" | "validation", most: number }
 *   | { id: number, type: "report", part: "training" | "validation" }
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
 *   these packed by gzip; the table before it is kept if this fails
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
 * - diagnose: what the rows tell of the data set that the settings make; a newer one ends it
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
 * Which model: the run's with its present weights or those of its best epoch, or the one that
 * useModel keeps.
 * @typedef {"present" | "best" | "loaded"} Which
 */

/** Texts of cells by the name of their column. @typedef {Record<string, string>} Cells */

/**
 * The values that a column takes: for a number `n` from `low` to `high` (both absent: the range of
 * the training rows), for a category all its levels.
 * @typedef {object} Axis
 * @property {string} column
 * @property {number} n
 * @property {number} [low]
 * @property {number} [high]
 */

/**
 * The row that a map begins with: medians and most frequent levels, a row of the table by number
 * from 0, or cells over the typical ones.
 * @typedef {"typical" | number | Cells} Base
 */

/**
 * What a model expects and gives: JSON of tt_model_json.
 * @typedef {object} ModelInfo
 * @property {"regression" | "binary" | "multiclass" | "multilabel"} task
 * @property {string} loss
 * @property {string} metric
 * @property {number} n_parameters
 * @property {number} n_outputs
 * @property {string[]} targets
 * @property {string[]} outputs what each value of a prediction is of
 * @property {string[]} classes none for regression and labels
 * @property {{ name: string, no: string, yes: string }[]} labels
 * @property {ModelColumn[]} columns
 * @property {string} settings those that are not default, as a .cfg text
 */

/**
 * A column that a model was trained with, as in the JSON of a data set, and what it was like in the
 * training rows.
 * @typedef {object} ModelColumn
 * @property {string} name
 * @property {"number" | "one_hot" | "ordinal" | "date"} coding
 * @property {number | string | null} fill what stands for a missing cell; null for no level
 * @property {boolean} [whole] numbers: all of them are
 * @property {string[]} [parts] dates: what they are as features: "elapsed", "month", ...
 * @property {string} [typical] dates: the median as a text
 * @property {number} [min] numbers, and dates in seconds since 1970-01-01, as the two below
 * @property {number} [max]
 * @property {number} [median]
 * @property {string[]} [levels] categories; the last one is "other" where `other` says so
 * @property {string} [mode] categories: the most frequent level
 * @property {boolean} [other]
 */

/**
 * Cells of a column that were filled in: missing, a word among numbers, or an unknown level.
 * @typedef {object} PredictionNote
 * @property {string} column
 * @property {"missing" | "word" | "unknown"} kind
 * @property {number} count
 * @property {number[]} lines of the first few
 * @property {number | string | null} fill what stands for them; null for no level at all
 * @property {string} message
 */

/**
 * Predictions are values in the file's units, the probability of the second of two classes, of each
 * class, or of each label.
 * @typedef {object} Predicted
 * @property {number} nRows
 * @property {string[]} columns that the predictions add
 * @property {PredictionNote[]} notes
 * @property {number} nProblems of the file
 * @property {any[]} problems the first of them, as in a table's JSON
 * @property {Blob} csv the file's columns and the predictions
 * @property {{ columns: string[], rows: PredictedRow[] }} first the first rows
 * @property {TargetScores[]} scores for each target that the file has
 */

/**
 * A row as it was read and what is predicted of it.
 * @typedef {object} PredictedRow
 * @property {number} line of the file it starts in, from 1
 * @property {string[]} cells "" for a missing one
 * @property {(number | string)[]} predicted for each target a number, a class, or the word of a label
 * @property {number[]} probabilities of each class or label; none of numbers
 */

/**
 * How right the predictions of a target are on the rows where it is known.
 * @typedef {object} TargetScores
 * @property {string} target
 * @property {number} nRows
 * @property {Record<string, number | null>} metrics by the key of the catalogue
 */

/**
 * @typedef {object} WhatIf
 * @property {number[]} values one for each output
 * @property {PredictionNote[]} notes
 */

/** The points of an axis: numbers, or the names of levels. @typedef {number[] | string[]} Points */

/**
 * @typedef {object} MapResult
 * @property {Points} x
 * @property {Points} y none where no second axis was asked for
 * @property {number} nOutputs
 * @property {Float64Array} predictions (y, x, outputs), or (x, outputs)
 */

/**
 * @typedef {object} SweepResult
 * @property {Points} points
 * @property {number} nOutputs
 * @property {number} nLines
 * @property {Float64Array} mean partial dependence: (points, outputs)
 * @property {Float64Array} lines of the single rows: (lines, points, outputs)
 * @property {Uint32Array} rows training rows of the lines, from 0
 */

/**
 * See tt_importance_result in core/include/tabtrain/importance.h.
 * @typedef {object} ImportanceResult
 * @property {string} column
 * @property {"training" | "validation"} part
 * @property {number} nRows
 * @property {number} nShuffles
 * @property {number} loss
 * @property {number} metric
 * @property {number} lossRise
 * @property {number} lossRiseDeviation
 * @property {number} metricDrop
 * @property {number} metricDropDeviation
 */

/**
 * Replies, in `result` of { id, ok: true, result } or as { id, ok: false, mistake }.
 * @typedef {object} Results
 * @property {Catalogue} catalogue
 * @property {{ table: any }} load JSON of tt_table_json, and `sheets`: Sheets, or null
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

/**
 * The sheets of a spreadsheet, and the one that was read, from 0. A parameter of the file's type,
 * "...; sheet=1", asks for another one.
 * @typedef {{ names: string[], chosen: number }} Sheets
 */

/**
 * @typedef {object} Prepared
 * @property {number} run number of this run, one more than the last; events carry it
 * @property {any} dataset JSON of tt_dataset_json
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
 * @property {Uint8Array} bytes
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
 * Inside the network; see tt_inspection in core/include/tabtrain/inspect.h.
 * @typedef {object} Inspection
 * @property {"training" | "validation"} part
 * @property {number} n_rows rows it is over
 * @property {LayerInspection[]} layers
 */

/**
 * @typedef {object} LayerInspection
 * @property {string} name "hidden 1", "output"
 * @property {string} activation key; "" for none
 * @property {number} n_in
 * @property {number} n_out
 * @property {Histogram} weights
 * @property {Histogram} gradients of the weights
 * @property {Histogram} before inputs of the activation
 * @property {Histogram} after its outputs
 * @property {number | null} gradient_norm of all the layer's tensors together
 * @property {number} n_dead units that are 0 on every row
 * @property {number} n_saturated units that are saturated on every row
 * @property {{ mean: (number | null)[], zeros: number[], saturated: (number | null)[] }} units by
 *     unit; shares of the rows; `saturated` is null where the activation has no limit
 */

/**
 * Equal bins from lowest to highest; null where there is no finite value.
 * @typedef {object} Histogram
 * @property {number} n finite values
 * @property {number} n_not_finite others
 * @property {number | null} lowest
 * @property {number | null} highest
 * @property {number | null} mean
 * @property {number | null} deviation
 * @property {number[]} counts
 */

/**
 * The arithmetic of one parameter; see tt_explanation in core/include/tabtrain/explain.h.
 * gradient = sum / weight + penalty, and about difference = (loss_above - loss_below) / (2 step).
 * @typedef {object} Explanation
 * @property {string} name of the tensor
 * @property {number} row
 * @property {number} column
 * @property {number} value
 * @property {Term[]} terms empty for scales, shifts and slopes
 * @property {number | null} sum
 * @property {number} weight
 * @property {number} penalty
 * @property {number} gradient
 * @property {number} step
 * @property {number} loss_above
 * @property {number} loss_below
 * @property {number} difference
 * @property {number} relative_error
 */

/**
 * product = input * delta
 * @typedef {{ row: number, table_row: number, input: number, delta: number, product: number }} Term
 */

/**
 * Why the run diverged; see tt_autopsy in core/include/tabtrain/autopsy.h.
 * @typedef {object} Autopsy
 * @property {number} step
 * @property {number} epoch
 * @property {number} good_step whose weights are back
 * @property {boolean} evaluating
 * @property {"activation" | "loss" | "gradient" | "weight"} origin
 * @property {number} layer from 0
 * @property {string} layer_name
 * @property {string} tensor "" unless a gradient or weight is the origin
 * @property {"training" | "validation"} part
 * @property {number} row of the part; -1 for none
 * @property {number} table_row of the table, from 0; -1 for none
 * @property {number | null} row_loss null where it is not finite
 * @property {number | null} largest |value| of the layer on the rows that failed
 * @property {Vitals[]} vitals the last good steps, oldest first
 */

/**
 * @typedef {object} Vitals
 * @property {number} step
 * @property {number} loss
 * @property {number} gradient_norm
 * @property {number} learning_rate
 * @property {number | null} largest |value| of the autopsy's layer
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
 * Columns at a closer look: JSON of tt_describe_json, see core/include/tabtrain/describe.h.
 * @typedef {object} Described
 * @property {string | null} target the first one; null where the settings do not fit the table
 * @property {"regression" | "binary" | "multiclass" | "multilabel" | null} task
 * @property {string[]} classes of the target, in the order of `target_counts`
 * @property {DescribedColumn[]} columns in the order asked for
 *
 * @typedef {object} DescribedColumn
 * @property {number} index from 0
 * @property {string} name
 * @property {"number" | "date" | "category" | "text"} role what it is used as
 * @property {number} n_values
 * @property {number} n_missing
 * @property {number} n_bad words among numbers
 * @property {number} n_distinct
 * @property {boolean} n_distinct_is_exact false: there are more
 * @property {number | null} min of the numbers, as those below; null without any. Dates count in
 *     seconds since 1970-01-01.
 * @property {number | null} first_quartile
 * @property {number | null} median
 * @property {number | null} third_quartile
 * @property {number | null} max
 * @property {number | null} mean
 * @property {number | null} deviation
 * @property {{ low: number, high: number, counts: number[] } | null} histogram equal bins; one for
 *     each whole number, around it, where they are few
 * @property {DescribedLevel[]} levels the 20 most frequent, of levels or of few distinct numbers
 * @property {number} n_other values that are none of `levels`
 * @property {string[]} first values that are not missing
 * @property {string[]} last
 * @property {Relation | null} relation to the target; null for the target and for text
 *
 * @typedef {object} DescribedLevel
 * @property {string} text
 * @property {number} count
 * @property {number | null} target_mean of a target of numbers
 * @property {number[] | null} target_counts by class, of a target with at most 20
 *
 * @typedef {object} Relation
 * @property {"pearson" | "eta_squared" | "cramers_v"} measure correlation of two numbers, -1 to 1;
 *     share of a number's variance that levels explain, 0 to 1; Cramér's V of two sets of levels
 * @property {number | null} value null where one of the two does not vary
 */

/**
 * Facts about the rows of a data set; see core/include/tabtrain/diagnose.h.
 * @typedef {object} Diagnosis
 * @property {any} dataset JSON of tt_dataset_json
 * @property {Repeats} repeats
 * @property {ColumnFacts[]} columns
 *
 * @typedef {object} Repeats
 * @property {number} n_repeated rows that are the same as one before
 * @property {number} n_shared validation rows that are the same as a training row
 * @property {{ row: number, line: number, same_as: number, same_line: number }[]} examples rows from
 *     0, lines from 1
 *
 * @typedef {object} ColumnFacts null for what cannot be told, or is not of a number
 * @property {string} name
 * @property {boolean} categorical
 * @property {number} n_rows
 * @property {number} n_missing
 * @property {number} n_distinct
 * @property {number} n_top rows with the most frequent value
 * @property {number} n_rare levels with fewer than five rows
 * @property {number} n_rare_rows
 * @property {boolean} whole
 * @property {boolean} in_order
 * @property {number | null} min
 * @property {number | null} first_quartile
 * @property {number | null} median
 * @property {number | null} third_quartile
 * @property {number | null} max
 * @property {number | null} skewness
 * @property {number} n_far values far beyond the quartiles
 * @property {number | null} training_score share of the error that this column alone takes away
 * @property {number | null} validation_score
 * @property {number | null} serial how alike neighbours are in the order of this column
 */

/**
 * Rows of the table as texts, "" for a missing cell.
 * @typedef {object} TableRows
 * @property {string[]} columns
 * @property {{ row: number, line: number, cells: string[] }[]} rows by table row, from 0; the line
 *     of the file it starts in, from 1
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

/**
 * One setting as C describes it; see tt_param in core/include/tabtrain/descriptor.h.
 * @typedef {object} Param
 * @property {string} key last part
 * @property {string} setting the whole flat key, e.g. "optimizer.adam.lr"
 * @property {string} label
 * @property {string} help
 * @property {"real" | "integer" | "flag" | "choice" | "choices" | "reals" | "integers" | "text" | "column" | "columns"} kind
 * @property {number} [min]
 * @property {number} [max]
 * @property {boolean} [log_scale]
 * @property {string} default as text, as tt_config_get gives it
 * @property {string[]} [choices]
 * @property {Record<string, string>} [refused] choices that cannot be taken in this browser, and why;
 *     set by the page
 * @property {boolean} [reads_file] says how the file is read: a change asks for reading it again
 */

/**
 * @typedef {object} Row
 * @property {string} key
 * @property {string} label
 * @property {string} help
 * @property {string} formula
 * @property {string} source paper and year, or ""
 * @property {{ pytorch: string, keras: string, sklearn: string }} names in other libraries, or ""
 * @property {string} differs from those of that name, or ""
 * @property {boolean} share a metric whose value is a share of one
 * @property {boolean} [higher_is_better] of a metric
 * @property {string[]} tasks of "regression", "binary", "multiclass", "multilabel"
 * @property {string[]} auto_tasks tasks for which the choice "auto" of the family picks this row
 * @property {Param[]} params
 */

/**
 * @typedef {object} Family
 * @property {string} key
 * @property {string} label
 * @property {string} help
 * @property {"one" | "any" | "per_layer"} pick
 * @property {string} default choice, e.g. "adam", "auto", "" or "relu"
 * @property {boolean} live
 * @property {Param[]} params shared by all rows
 * @property {Row[]} rows
 */

/**
 * @typedef {object} Group
 * @property {string} key
 * @property {string} label
 * @property {string} help
 * @property {Param[]} params
 */

/**
 * A well-known model by its name.
 * @typedef {object} Preset
 * @property {string} key
 * @property {string} label
 * @property {string} help
 * @property {string} settings text of a .cfg file
 * @property {string[]} tasks it is for
 */

/**
 * @typedef {object} Catalogue
 * @property {Family[]} families
 * @property {Group[]} groups
 * @property {Preset[]} presets
 * @property {{ key: string, label: string, help: string }[]} history columns of a history row
 */

export const MESSAGES_PER_SECOND = 30;

/** Points that the rate of a whole run is drawn with. */
export const RATE_POINTS = 240;
