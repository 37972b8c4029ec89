/**
 * What the rules look at: a run, and what is known of its network and its rivals.
 */
import { valueOf } from "../settings.js";

/**
 * @import { Inspection } from "../protocol-inside.js"
 * @import { RunRecord } from "../runs.js"
 * @import { SettingIndex, Values } from "../settings.js"
 * @import { Baseline } from "../state.js"
 * @import { Trial } from "./trials.js"
 */

/**
 * @typedef {object} Facts
 * @property {RunRecord} run
 * @property {boolean} atRest not being trained now
 * @property {number} n rows of the history
 * @property {Float64Array} epochs of these rows
 * @property {Float64Array} training loss, as it is evaluated where that is known
 * @property {Float64Array} validation loss; empty without validation rows
 * @property {Float64Array} judged the loss that tells the quality: one of the two above
 * @property {number} scale a loss that is no achievement: that of the best guess, or of the first
 *     weights
 * @property {(key: string) => Float64Array} column
 * @property {(key: string) => string} value of a setting, in force at the end
 * @property {SettingIndex} index
 * @property {Inspection | null} inspection
 * @property {Baseline[]} baselines
 */

/**
 * What a rule has found.
 * @typedef {object} Finding
 * @property {string} kind key of the rule
 * @property {number} from epoch where it begins
 * @property {number} to epoch that it was seen until
 * @property {string} text one sentence with the numbers
 * @property {string} why how it was decided
 * @property {Trial[]} trials what could be tried, the most promising first
 */

/** @typedef {(facts: Facts) => Omit<Finding, "kind" | "to"> | null} Find */

/** The loss that takes no learning. @param {Float64Array} losses @param {Baseline[]} baselines */
function scaleOf(losses, baselines) {
  const guesses = baselines.filter(({ settings, loss }) => settings === null && loss > 0);
  const first = Math.abs(losses[0]);
  return guesses.length > 0 ? Math.min(...guesses.map(({ loss }) => loss)) : first || 1;
}

/**
 * @param {RunRecord} run
 * @param {SettingIndex} index
 * @param {{ inspection?: Inspection | null, baselines?: Baseline[] }} [more]
 * @returns {Facts}
 */
export function factsFor(run, index, { inspection = null, baselines = [] } = {}) {
  const column = (/** @type {string} */ key) => run.history.column(key);
  const evaluated = column("evaluated_loss");
  const training = Number.isFinite(evaluated.at(-1)) ? evaluated : column("training_loss");
  const validation = run.dataset.n_validation > 0 ? column("validation_loss") : new Float64Array();
  /** @type {Values} */
  const settings = run.settingsAt(run.progress.step);
  return {
    run,
    atRest: run.progress.phase !== "running",
    n: training.length,
    epochs: run.epochs,
    training,
    validation,
    judged: validation.length > 0 ? validation : training,
    scale: scaleOf(column("training_loss"), baselines),
    column,
    value: (key) => valueOf(settings, index, key),
    index,
    inspection,
    baselines,
  };
}
