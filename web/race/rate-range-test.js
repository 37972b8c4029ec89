/**
 * The learning-rate range test (Smith, 2015): a short run whose rate grows from step to step, and
 * what its loss says of the rate to train with. Pure functions.
 */
import { mergeValues, splitList, valueOf } from "../settings.js";

/** @import { SettingIndex, Values } from "../settings.js" */

export const LOWEST = 1e-7;
export const DECADES = 8;
export const STEPS = 200;

/** Steps at the start, of rates too low to tell anything. */
const WARM = 8;
const MEDIAN_REACH = 2;
const MEAN_REACH = 4;
/** The loss has exploded when it stands above its lowest by so many times that or the fall so far. */
const EXPLODED = 3;
const STEPS_TO_EXPLODE = 12;
/** Falls below this share of the loss tell nothing. */
const LEAST_FALL = 0.02;

/** The first height begins to be left, and is left for good, with these shares of the fall. */
const LEAVING = 0.05;
const LEFT = 0.15;

/** Regularizers that end a run early or judge other weights than those that are trained. */
const LEFT_OUT = ["early_stopping", "ema", "swa"];

/**
 * The settings of the sweep: the present ones with a rate that grows by the same factor every step.
 * @param {Values} settings
 * @param {SettingIndex} index
 * @param {{ rateKey: string, stepsPerEpoch: number, number: number }} sweep number: 1, 2, ... for
 *     other batches from the same first weights
 */
export function sweepSettings(settings, index, { rateKey, stepsPerEpoch, number }) {
  const regularizers = splitList(valueOf(settings, index, "regularizer"));
  const seed = (Number(valueOf(settings, index, "train.seed")) + number - 1) % 2 ** 32;
  return mergeValues(
    settings,
    {
      [rateKey]: String(LOWEST),
      schedule: "exponential",
      "schedule.unit": "step",
      "schedule.warmup": "0",
      "schedule.exponential.gamma": "10",
      "schedule.exponential.decay_steps": String(STEPS / DECADES),
      "schedule.exponential.staircase": "0",
      regularizer: regularizers.filter((key) => !LEFT_OUT.includes(key)).join(","),
      "train.epochs": String(Math.ceil(STEPS / stepsPerEpoch)),
      "train.report_every": "1",
      "train.evaluate_training": "never",
      "train.seed": String(seed),
    },
    index,
  );
}

/**
 * The loss of each step, from means over the batches of an epoch so far.
 * @param {ArrayLike<number>} epochs rows seen, in epochs; one entry a step
 * @param {ArrayLike<number>} means
 */
export function lossesOfSteps(epochs, means) {
  /** @type {number[]} */
  const losses = [];
  let before = { share: 0, sum: 0 };
  let last = 0;
  for (let i = 0; i < epochs.length; i++) {
    const epoch = Math.ceil(epochs[i] - 1e-9) - 1;
    if (epoch > last) {
      before = { share: 0, sum: 0 };
      last = epoch;
    }
    const share = epochs[i] - epoch;
    const sum = means[i] * share;
    losses.push((sum - before.sum) / (share - before.share));
    before = { share, sum };
  }
  return losses;
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number[]} values @param {number} reach @param {(near: number[]) => number} combine */
const slide = (values, reach, combine) =>
  values.map((_, i) => combine(values.slice(Math.max(0, i - reach), i + reach + 1)));

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One curve of several sweeps: a sweep that has ended counts as infinite, as it has diverged. @param {number[][]} sweeps */
function combine(sweeps) {
  const n = Math.max(...sweeps.map(({ length }) => length));
  const at = (/** @type {number} */ i) =>
    median(sweeps.map((losses) => (Number.isFinite(losses[i]) ? losses[i] : Infinity)));
  const all = Array.from({ length: n }, (_, i) => at(i));
  const end = all.findIndex((loss) => !Number.isFinite(loss));
  return end < 0 ? all : all.slice(0, end);
}

/** Single spikes go by the median of neighbours, noise by the mean. @param {number[]} losses */
export function smooth(losses) {
  const steady = slide(losses, MEDIAN_REACH, median);
  return slide(slide(steady, MEAN_REACH, mean), MEAN_REACH, mean);
}

/** @param {number[]} curve smooth */
function threshold(curve) {
  const known = curve.slice(WARM);
  const best = Math.min(...known);
  return best + EXPLODED * Math.max(Math.abs(best), known[0] - best);
}

/** Whether the loss of a sweep has left for good, so that the rest of it can be spared. @param {number[]} losses */
export function hasExploded(losses) {
  if (losses.length < 2 * WARM + STEPS_TO_EXPLODE) {
    return false;
  }
  const curve = smooth(losses.map((loss) => (Number.isFinite(loss) ? loss : Number.MAX_VALUE)));
  const limit = threshold(curve.slice(0, -STEPS_TO_EXPLODE));
  return losses.slice(-STEPS_TO_EXPLODE).every((loss) => !(loss <= limit));
}

/** The last step at which the curve is still at its first height, less a share of the fall. @param {number[]} curve from that height to the lowest @param {number} share */
function departure(curve, share) {
  const low = curve[curve.length - 1];
  const high = median(curve.slice(0, curve.length >> 1));
  return curve.findLastIndex((loss) => loss >= high - share * (high - low));
}

/** Where the curve falls fastest once it has left its first height for good. @param {number[]} curve as above */
function steepest(curve) {
  let best = Math.max(1, departure(curve, LEFT));
  for (let i = best + 1; i < curve.length - 1; i++) {
    if (curve[i + 1] - curve[i - 1] < curve[best + 1] - curve[best - 1]) {
      best = i;
    }
  }
  return best;
}

/** The middle of the fall, as fastai's valley is of the longest one. @param {number[]} curve as above */
const valley = (curve) => Math.round((departure(curve, LEAVING) + curve.length - 1) / 2);

/** Two digits are more than a rate needs. @param {number} rate */
const rounded = (rate) => Number(rate.toPrecision(2));

/** @param {number} step */
export const rateOfStep = (step) => LOWEST * 10 ** ((step * DECADES) / STEPS);

/** @typedef {{ key: "steepest" | "valley" | "minimum", rate: number, step: number }} Suggestion */

/**
 * @typedef {object} Finding
 * @property {number[]} curve smooth loss by step, up to the step where it explodes
 * @property {Suggestion[]} suggestions none where the loss does not fall
 */

/**
 * @param {number[][]} sweeps loss by step of each
 * @returns {Finding}
 */
export function analyse(sweeps) {
  const whole = smooth(combine(sweeps));
  if (whole.length < 2 * WARM) {
    return { curve: whole, suggestions: [] };
  }
  const limit = threshold(whole);
  const curve = whole.slice(0, whole.findLastIndex((loss) => loss <= limit) + 1);
  const known = curve.slice(WARM);
  const lowest = known.indexOf(Math.min(...known));
  const fall = known[0] - known[lowest];
  if (!(fall > LEAST_FALL * Math.abs(known[0])) || lowest < 3) {
    return { curve, suggestions: [] };
  }
  const falling = known.slice(0, lowest + 1);
  const steps = {
    steepest: WARM + steepest(falling),
    valley: WARM + valley(falling),
    minimum: WARM + lowest - STEPS / DECADES,
  };
  const keys = /** @type {Suggestion["key"][]} */ (Object.keys(steps));
  const suggestions = keys.map((key) => ({
    key,
    step: Math.max(0, steps[key]),
    rate: rounded(rateOfStep(Math.max(0, steps[key]))),
  }));
  return { curve, suggestions };
}
