/**
 * What is told of a run in one line, and how runs differ, are ordered and are searched. Pure
 * functions; nothing here knows the page.
 */
import { valueOf } from "./settings.js";

/**
 * @import { RunRecord } from "./runs.js"
 * @import { SettingIndex } from "./settings.js"
 */

/**
 * @typedef {object} Facts
 * @property {number} best lowest loss at the end of an epoch; NaN before the first
 * @property {number} bestEpoch -1 before the first
 * @property {number} bestMetric at that epoch
 * @property {number} last newest loss
 * @property {number} lastMetric
 * @property {number} epochs done
 * @property {number} seconds
 */

/** The value of a column in the row of a step; NaN without one. @param {RunRecord} run @param {string} key @param {number} step */
function valueAt({ history }, key, step) {
  const at = history.column("step").lastIndexOf(step);
  return at < 0 ? NaN : history.column(key)[at];
}

/** @param {RunRecord} run @returns {Facts} */
export function factsOf(run) {
  const { bestEpoch, bestLoss, stepsPerEpoch, epoch, seconds } = run.progress;
  const known = bestEpoch >= 0;
  return {
    best: known ? bestLoss : NaN,
    bestEpoch,
    bestMetric: known ? valueAt(run, run.metricKey, bestEpoch * stepsPerEpoch) : NaN,
    last: run.history.last(run.lossKey),
    lastMetric: run.history.last(run.metricKey),
    epochs: epoch,
    seconds,
  };
}

/** Whether the loss is that of a target of mean 0 and deviation 1. @param {RunRecord} run @param {SettingIndex} index */
export const isStandardized = ({ dataset, settings }, index) =>
  dataset.task === "regression" && valueOf(settings, index, "data.scale_target") === "1";

/** The file is told apart from the settings. */
const NOT_COMPARED = ["data.file"];

/**
 * Settings that are not the same in all of the runs, in the order of the catalogue.
 * @param {RunRecord[]} runs
 * @param {SettingIndex} index
 */
export function differingKeys(runs, index) {
  const set = new Set(runs.flatMap(({ settings }) => Object.keys(settings)));
  return [...index.keys()].filter((key) => {
    const values = runs.map(({ settings }) => valueOf(settings, index, key));
    return (
      set.has(key) && !NOT_COMPARED.includes(key) && values.some((value) => value !== values[0])
    );
  });
}

/** Settings other than the defaults that all of the runs have. @param {RunRecord[]} runs @param {SettingIndex} index */
export function commonKeys(runs, index) {
  const differing = differingKeys(runs, index);
  const set = new Set(runs.flatMap(({ settings }) => Object.keys(settings)));
  return [...set].filter((key) => !differing.includes(key) && !NOT_COMPARED.includes(key));
}

/**
 * Numbers by size, with those that do not exist at the end either way; texts by the alphabet.
 * @param {string | number} a
 * @param {string | number} b
 * @param {boolean} down
 */
function compareValues(a, b, down) {
  const missing = (/** @type {string | number} */ value) => value === "" || Number.isNaN(value);
  if (missing(a) || missing(b)) {
    return Number(missing(a)) - Number(missing(b));
  }
  const [x, y] = [Number(a), Number(b)];
  const numeric = !Number.isNaN(x) && !Number.isNaN(y);
  const order = numeric ? x - y : String(a).localeCompare(String(b), undefined, { numeric: true });
  return down ? -order : order;
}

/**
 * Pinned runs first, then by a value; equal ones stay in their order.
 * @param {RunRecord[]} runs
 * @param {(run: RunRecord) => string | number} value
 * @param {boolean} down
 */
export function sortRuns(runs, value, down) {
  const keyed = runs.map((run) => ({ run, value: value(run) }));
  keyed.sort(
    (a, b) => Number(b.run.pinned) - Number(a.run.pinned) || compareValues(a.value, b.value, down),
  );
  return keyed.map(({ run }) => run);
}

/**
 * The runs that have every word of a text in their name, note, file or settings.
 * @param {RunRecord[]} runs
 * @param {string} text
 * @param {(run: RunRecord) => string} nameOf
 */
export function filterRuns(runs, text, nameOf) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => {
    const settings = Object.entries(run.settings).map(([key, value]) => `${key}=${value}`);
    const all = [nameOf(run), run.note, run.data.name, run.data.fingerprint, ...settings];
    const searched = all.join("\n").toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}
