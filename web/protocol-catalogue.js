/**
 * What can be picked, as C describes it.
 */

/**
 * One setting as C describes it; see tt_param in core/include/tabtrain/descriptor.h.
 * @typedef {object} Param
 * @property {string} key last part
 * @property {string} setting the whole flat key, e.g. "optimizer.adam.lr"
 * @property {string} label
 * @property {string} help
 * @property {"real" | "integer" | "flag" | "choice" | "choices" | "reals" | "integers" | "text" | "column" | "columns" | "steps"} kind
 * @property {number} [min]
 * @property {number} [max]
 * @property {boolean} [log_scale]
 * @property {string} default as text, as tt_config_get gives it
 * @property {string[]} [choices]
 * @property {Record<string, string>} [refused] choices that cannot be taken in this browser, and why;
 *     set by the page
 * @property {boolean} [reads_file] says how the file is read: a change asks for reading it again
 * @property {("number" | "date" | "category")[]} [by_column] columns that may have a value of their own
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
 * @property {("number" | "date" | "category")[]} [by_column] as in Param, of the choice and all parameters
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

export {};
