/**
 * What is asked of a model, and what it answers.
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
 * @property {import("./protocol-data.js").Image | null} image where rows are pictures
 * @property {string} settings those that are not default, as a .cfg text
 */

/**
 * A column that a model was trained with, as in the JSON of a data set, and what it was like in the
 * training rows.
 * @typedef {object} ModelColumn
 * @property {string} name
 * @property {string | null} scaler key of its row; null for what is not scaled
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

export {};
