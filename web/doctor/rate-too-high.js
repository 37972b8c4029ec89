import { t } from "../text/i18n.js";
import { formatNumber } from "../text/format.js";
import { noiseOf, smooth } from "./curve.js";
import { clipNorm, fallingRate, rateTimes } from "./trials.js";

/** @import { Facts, Find } from "./facts.js" */

/**
 * Gradient descent climbs where the rate is above 2 / curvature (Goodfellow, Bengio and Courville,
 * Deep Learning, 2016, sections 4.3 and 8.3; Smith 2018, "A disciplined approach", section 3), so a
 * TRAINING loss that climbs is the sign. These are shares of the loss of a guess, and far above what
 * a healthy run shows between epochs.
 */
const SHOT_UP = 1.5;
const CLIMBED = 0.2;
const NOISES = 6;
const THROWN = 0.1;

/** The epoch from which the loss climbed for at least two rows. @param {Facts} facts */
function climbOf({ training, scale }) {
  const least = Math.max(CLIMBED * scale, NOISES * noiseOf(training));
  const ys = smooth(training);
  let low = 1;
  for (let i = 2; i < ys.length; i++) {
    low = ys[i] < ys[low] ? i : low;
    if (ys[i] - ys[low] > least && (ys[i + 1] ?? -Infinity) - ys[low] > least) {
      return { low, peak: ys.subarray(low).reduce((a, b) => Math.max(a, b)) };
    }
  }
  return null;
}

/** Said of a loss that is thrown about; empty of one that is not. @param {Facts} facts */
function jumpsOf({ column, scale }) {
  const noise = noiseOf(column("training_loss"));
  return noise > THROWN * scale
    ? t(
        "The learning rate is too high: at {rate} the training loss jumps by about {noise} from one epoch to the next, where a guess has {guess}.",
        {
          rate: formatNumber(column("learning_rate").at(-1)),
          noise: formatNumber(noise, 2),
          guess: formatNumber(scale),
        },
      )
    : "";
}

/** @type {Find} */
export function rateTooHigh(facts) {
  const { training, scale, epochs } = facts;
  const rate = facts.column("learning_rate");
  const highest = training.subarray(1).reduce((a, b) => Math.max(a, b), -Infinity);
  const trials = [rateTimes(facts, 0.1), clipNorm(facts), ...fallingRate(facts)];
  const why = t(
    "A training loss climbs when steps jump over the valley they should go down. Counted: {shot} times the loss of the start or of a guess, a climb of a fifth of that loss and of {noises} times the noise, or jumps of a tenth of it.",
    { shot: SHOT_UP, noises: NOISES },
  );
  if (highest > SHOT_UP * Math.max(training[0], scale)) {
    const text = t(
      "The learning rate is too high: at {rate} the training loss shot up from {start} to {peak}.",
      {
        rate: formatNumber(rate[1]),
        start: formatNumber(training[0]),
        peak: formatNumber(highest),
      },
    );
    return { from: epochs[training.indexOf(highest)], text, why, trials };
  }
  const climb = climbOf(facts);
  if (climb === null) {
    const text = jumpsOf(facts);
    return text ? { from: epochs[1], text, why, trials } : null;
  }
  const text = t(
    "The learning rate is too high: from epoch {epoch} the training loss climbed from {low} to {peak}, at a rate of {rate}.",
    {
      epoch: formatNumber(epochs[climb.low]),
      low: formatNumber(training[climb.low]),
      peak: formatNumber(climb.peak),
      rate: formatNumber(rate[climb.low]),
    },
  );
  return { from: epochs[climb.low], text, why, trials };
}
