import { t } from "../text/i18n.js";
import { formatNumber, formatPercent } from "../text/format.js";
import { endLevel, levelOf, noiseOf } from "./curve.js";
import { fallingRate, largerBatches, rateTimes } from "./trials.js";

/** @import { Find } from "./facts.js" */

/** Noise from epoch to epoch, as shares of a guess's loss and of the present one. */
const OF_A_GUESS = 0.015;
const OF_THE_LOSS = 0.1;
/** A curve that falls by more than so many times its noise in its later half is under way. */
const UNDER_WAY = 4;
/** Of so few rows a gradient is mostly chance. */
const SMALL_BATCH = 8;

/**
 * The noise of the weights goes with rate / batch size (Smith and Le, "A Bayesian perspective on
 * generalization and stochastic gradient descent", 2018, section 4).
 * @type {Find}
 */
export function noisy(facts) {
  const { judged, scale, epochs, run } = facts;
  const [noise, level] = [noiseOf(judged), endLevel(judged)];
  const underWay = levelOf(judged, 0.5, 0.65) - level > UNDER_WAY * noise;
  if (underWay || !(noise > OF_A_GUESS * scale && noise > OF_THE_LOSS * Math.abs(level))) {
    return null;
  }
  const size = Number(facts.value("train.batch_size")) || run.dataset.n_training;
  const small = size <= SMALL_BATCH;
  const values = {
    n: size,
    share: formatPercent(noise / Math.abs(level)),
    noise: formatNumber(noise, 2),
    level: formatNumber(level),
  };
  return {
    from: epochs[epochs.length >> 1],
    text: small
      ? t(
          "The curve is noisy because batches have only {n} rows: the loss jumps by about {share} from one epoch to the next.",
          values,
        )
      : t(
          "The curve is noisy for its learning rate: the loss jumps by about {share} from one epoch to the next.",
          values,
        ),
    why: t(
      "The noise around the smooth curve is {noise} at a loss of {level}; it grows with the rate divided by the batch size. Smaller steps or larger batches calm it.",
      values,
    ),
    trials: [
      ...(small ? [largerBatches(facts)] : []),
      ...fallingRate(facts),
      rateTimes(facts, 0.3),
    ],
  };
}
