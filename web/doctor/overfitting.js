import { t } from "../text/i18n.js";
import { formatNumber, formatPercent } from "../text/format.js";
import { endLevel, indexOfLowest, noiseOf, smooth } from "./curve.js";
import { moreDropout, morePenalty, stopEarly } from "./trials.js";

/** @import { Facts, Find } from "./facts.js" */

/** A rise is one that the noise does not make, and that matters. */
const NOISES = 3;
const RISE = 0.1;
const OF_A_GUESS = 0.01;
/** How much the training loss has fallen meanwhile. */
const FALL = 0.1;

/**
 * Where the validation loss turned and how far it has risen since; null where it has not.
 * @param {Facts} facts
 */
export function turnOf({ validation, scale }) {
  const ys = smooth(validation);
  const low = indexOfLowest(ys);
  if (low < 0) {
    return null;
  }
  const end = endLevel(validation);
  const least = Math.max(
    NOISES * noiseOf(validation),
    RISE * Math.abs(ys[low]),
    OF_A_GUESS * scale,
  );
  return end - ys[low] > least ? { low, lowest: ys[low], end } : null;
}

/**
 * Validation loss up while training loss goes down: Goodfellow, Bengio and Courville, Deep Learning,
 * 2016, section 5.2 and figure 7.3.
 * @type {Find}
 */
export function overfitting(facts) {
  const { training, epochs } = facts;
  const turn = turnOf(facts);
  const now = endLevel(training);
  if (turn === null || !(training[turn.low] - now > FALL * Math.abs(training[turn.low]))) {
    return null;
  }
  const values = {
    epoch: formatNumber(epochs[turn.low]),
    low: formatNumber(turn.lowest),
    high: formatNumber(turn.end),
    before: formatNumber(training[turn.low]),
    now: formatNumber(now),
    rise: formatPercent(RISE),
    noises: NOISES,
  };
  return {
    from: epochs[turn.low],
    text: t(
      "It overfits from epoch {epoch} on: the validation loss rose from {low} to {high} while the training loss fell from {before} to {now}.",
      values,
    ),
    why: t(
      "From there on the network learns the training rows by heart and not what they have in common. Counted: a rise of more than {rise} and of {noises} times the noise, with a training loss that falls as much.",
      values,
    ),
    trials: [...stopEarly(facts), morePenalty(facts), ...moreDropout(facts)],
  };
}
