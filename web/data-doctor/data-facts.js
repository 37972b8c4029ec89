/**
 * What the rules look at: a table, the data set that the settings make of it, and facts of its rows.
 */
import { joinNames, splitNames, valueOf } from "../settings.js";
import { BY_COLUMN, readSteps, settingOf, writeSteps } from "../steps-by-column.js";

/**
 * @import { ColumnFacts, Diagnosis, Repeats } from "../protocol-data.js"
 * @import { SettingIndex, Values } from "../settings.js"
 * @import { Column, Dataset, Table } from "../state.js"
 */

/**
 * @typedef {object} DataFacts
 * @property {Table} table
 * @property {Dataset} dataset
 * @property {Repeats} repeats
 * @property {ColumnFacts[]} columns that features come from
 * @property {boolean} pixels rows are pictures
 * @property {(key: string) => string} value of a setting
 * @property {(name: string, step: string) => string} stepOf value of a step of the preparation for one
 *     column: its own, or that of all
 */

/** A change of settings that cures it. @typedef {{ label: string, settings: Values }} Fix */

/**
 * @typedef {object} DataFinding
 * @property {string} kind key of the rule
 * @property {string} text what is there, with the numbers
 * @property {string} why why it matters
 * @property {string[]} columns it is about
 * @property {Fix[]} fixes the best first
 */

/** @typedef {(facts: DataFacts) => Omit<DataFinding, "kind"> | null} FindInData */

/** @param {Table} table @param {Diagnosis} diagnosis @param {Values} settings @param {SettingIndex} index @returns {DataFacts} */
export function dataFacts(table, { dataset, repeats, columns }, settings, index) {
  const value = (/** @type {string} */ key) => valueOf(settings, index, key);
  const own = readSteps(value(BY_COLUMN));
  const stepOf = (/** @type {string} */ name, /** @type {string} */ step) =>
    own.get(name)?.[step] ?? value(settingOf(index, step));
  return { table, dataset, repeats, columns, pixels: Boolean(dataset.image), value, stepOf };
}

/** Rows of both parts. @param {Dataset} dataset */
export const countRows = ({ n_training, n_validation }) => n_training + n_validation;

/** Adds columns to those that are left out. @param {DataFacts} facts @param {string[]} names @returns {Values} */
export function leavingOut({ value }, names) {
  const others = splitNames(value("data.ignore")).filter((name) => !names.includes(name));
  return { "data.ignore": joinNames([...others, ...names]) };
}

/** Gives columns one step of their own. @param {DataFacts} facts @param {string[]} names @param {string} step @param {string} value @returns {Values} */
export function withStep(facts, names, step, value) {
  const steps = readSteps(facts.value(BY_COLUMN));
  names.forEach((name) => steps.set(name, { ...steps.get(name), [step]: value }));
  return { [BY_COLUMN]: writeSteps(steps) };
}

/** @param {DataFacts} facts @param {string} name @returns {Column | undefined} */
export const columnOf = ({ table }, name) => table.columns.find((column) => column.name === name);
