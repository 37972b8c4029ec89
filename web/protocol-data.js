/**
 * What is told of the columns and rows of a table.
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
 * Columns before and after the preparation, in the training rows: JSON of tt_prepared_json, see
 * core/include/tabtrain/describe.h.
 * @typedef {object} Prepared
 * @property {number} n_rows
 * @property {PreparedColumn[]} columns in the order asked for
 *
 * @typedef {object} PreparedColumn
 * @property {number} index from 0
 * @property {string} name
 * @property {"feature" | "target" | "none"} use
 * @property {number} n_missing
 * @property {Distribution | null} before null for words; dates count in seconds since 1970-01-01
 * @property {number} n_after inputs of the network, or targets; none of classes
 * @property {({ name: string } & Distribution)[]} after the first of them
 *
 * @typedef {object} Distribution
 * @property {number} min
 * @property {number} max
 * @property {number} mean
 * @property {number} deviation
 * @property {Histogram} histogram
 *
 * @typedef {{ low: number, high: number, counts: number[] }} Histogram equal bins
 */

/**
 * Facts about the rows of a data set; see core/include/tabtrain/diagnose.h.
 * @typedef {object} Diagnosis
 * @property {any} dataset JSON of tt_dataset_json, with `image`: Image, or null
 * @property {Repeats} repeats
 * @property {ColumnFacts[]} columns
 *
 * @typedef {object} Repeats
 * @property {number} n_repeated rows that are the same as one before
 * @property {number} n_shared validation rows that are the same as a training row
 * @property {number} n_shared_test test rows that are the same as a row of another part
 * @property {RepeatExample[]} examples of the repeated rows
 * @property {RepeatExample[]} test_examples of the test rows
 *
 * @typedef {{ row: number, line: number, same_as: number, same_line: number }} RepeatExample rows from
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
 * Rows that are pictures: JSON of tt_image_json, see core/include/tabtrain/image.h.
 * @typedef {object} Image
 * @property {number} height
 * @property {number} width
 * @property {boolean} set by the setting data.image, not found
 * @property {number} low of the pixels of the training rows
 * @property {number} high
 * @property {(string | null)[]} columns of the pixels, row by row; null for one that was left out
 */

/**
 * Pictures one after the other, in the values of the file; the same rows twice.
 * @typedef {object} Pictures
 * @property {Image} image
 * @property {number} n
 * @property {Float32Array} originals
 * @property {Float32Array} changed
 */

/** Different values of a column are counted up to here: TT_MAX_DISTINCT of the core. */
export const MOST_DISTINCT = 1000;
