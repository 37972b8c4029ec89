/**
 * The text of data.by_column: settings of the preparation that hold for some columns only, such as
 * "age, income: scaler=robust missing=median; colour: encoding=ordinal". Pure functions.
 *
 * @import { SettingIndex } from "./settings.js"
 */

/** The setting. */
export const BY_COLUMN = "data.by_column";

/** Settings of one column, by their keys without "data.". @typedef {Record<string, string>} Steps */

/** Own steps of columns by their names. @typedef {Map<string, Steps>} StepsByColumn */

/** A name up to a comma, colon or semicolon, in quotes or not. */
const NAME = /\s*(?:"((?:[^"]|"")*)"\s*|([^,:;]*))([,:;]|$)/y;

/** @param {string} text of the settings of an entry @returns {Steps} */
function readEntry(text) {
  const words = text.split(/\s+/).filter((word) => word.includes("="));
  return Object.fromEntries(
    words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]),
  );
}

/** What of it has the right form; the core says what has not. @param {string} text @returns {StepsByColumn} */
export function readSteps(text) {
  /** @type {StepsByColumn} */
  const steps = new Map();
  /** @type {string[]} */
  let names = [];
  for (let at = 0; at < text.length;) {
    NAME.lastIndex = at;
    const found = NAME.exec(text);
    if (!found) {
      break;
    }
    const [, quoted, plain, stop] = found;
    at = NAME.lastIndex;
    names.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    if (stop === ":") {
      const end = text.indexOf(";", at);
      const entry = readEntry(text.slice(at, end < 0 ? text.length : end));
      names.forEach((name) => steps.set(name, entry));
      at = end < 0 ? text.length : end + 1;
    }
    names = stop === "," ? names : [];
  }
  return steps;
}

/** @param {string} name */
const quote = (name) =>
  /[",:;\r\n]|^\s|\s$|^$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;

/** @param {Steps} steps */
const writeEntry = (steps) =>
  Object.entries(steps)
    .map(([key, value]) => `${key}=${value}`)
    .join(" ");

/** Columns with the same steps together. @param {StepsByColumn} steps @returns {{ names: string[], steps: Steps }[]} */
export function groupSteps(steps) {
  /** @type {Map<string, { names: string[], steps: Steps }>} */
  const groups = new Map();
  for (const [name, own] of steps) {
    const text = writeEntry(own);
    const group = groups.get(text) ?? { names: [], steps: own };
    group.names.push(name);
    groups.set(text, group);
  }
  return [...groups.values()].filter(({ steps: own }) => Object.keys(own).length > 0);
}

/** @param {StepsByColumn} steps */
export const writeSteps = (steps) =>
  groupSteps(steps)
    .map(({ names, steps: own }) => `${names.map(quote).join(", ")}: ${writeEntry(own)}`)
    .join("; ");

/** The key of a setting as a step. @param {string} setting */
export const stepKey = (setting) => setting.replace(/^data\./, "");

/** The setting of a step. @param {SettingIndex} index @param {string} key */
export const settingOf = (index, key) => (index.has(`data.${key}`) ? `data.${key}` : key);

/** The types of columns that a setting may be a step of. @param {SettingIndex} index @param {string} setting @returns {string[]} */
export function stepTypes(index, setting) {
  const info = index.get(setting);
  return info?.param.by_column ?? info?.family?.by_column ?? [];
}

/**
 * Whether a setting does something, beside the others of its column.
 * @param {string} setting
 * @param {string} type of the column
 * @param {(setting: string) => string} value of that column
 */
function matters(setting, type, value) {
  const isOrdinal = value("data.encoding") === "ordinal";
  const [family, row, param] = setting.split(".");
  if (family === "scaler") {
    const isScaled = type !== "category" || isOrdinal;
    return isScaled && (!param || value("scaler") === row);
  }
  if (setting === "data.drop_first") {
    return !isOrdinal;
  }
  return setting !== "data.fill_value" || value("data.missing") === "constant";
}

/**
 * What of the steps does something for a column of that type.
 * @param {Steps} steps
 * @param {string} type
 * @param {SettingIndex} index
 * @param {(setting: string) => string} valueForAll
 */
export function fittingSteps(steps, type, index, valueForAll) {
  const value = (/** @type {string} */ setting) => steps[stepKey(setting)] ?? valueForAll(setting);
  return Object.fromEntries(
    Object.entries(steps).filter(([key]) => {
      const setting = settingOf(index, key);
      return stepTypes(index, setting).includes(type) && matters(setting, type, value);
    }),
  );
}

/**
 * The settings that can be a step of a column of that type, as it is prepared now: those of a scaler
 * only where the column has one of its own.
 * @param {Steps} steps
 * @param {string} type
 * @param {SettingIndex} index
 * @param {(setting: string) => string} valueForAll
 */
export function possibleSteps(steps, type, index, valueForAll) {
  const value = (/** @type {string} */ setting) => steps[stepKey(setting)] ?? valueForAll(setting);
  const isShown = (/** @type {string} */ setting) =>
    stepTypes(index, setting).includes(type) &&
    matters(setting, type, value) &&
    (setting.split(".").length < 3 || steps.scaler !== undefined);
  return [...index.keys()].filter(isShown);
}
