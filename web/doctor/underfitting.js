import { t } from "../text/i18n.js";
import { formatNumber, formatPercent } from "../text/format.js";
import { endLevel, levelOf } from "./curve.js";
import {
  hiddenWidths,
  lessPenalty,
  noDropout,
  STRONG_DROPOUT,
  strongestDropout,
  widerNetwork,
} from "./trials.js";

/**
 * @import { Facts, Find } from "./facts.js"
 * @import { Trial } from "./trials.js"
 */

/** Shares of the loss of a guess: still that high, and hardly falling over the last quarter. */
const HIGH = 0.5;
const FLAT = 0.03;
/** A validation loss above the training loss by more is a gap: another illness. */
const GAP = 1.15;
/** Fewer parameters a training row leave room for more. */
const FEW_PARAMETERS = 0.1;
/** Weights that a penalty has pressed to less of their first size. */
const PRESSED = 0.5;

/**
 * What holds the network back. A loss that stays high without any of these may be all that the
 * columns can tell, so nothing is said then.
 * @param {Facts} facts
 * @returns {{ cause: string, trial: Trial }[]}
 */
function brakesOf(facts) {
  const { run, column, value } = facts;
  const norms = column("weight_norm");
  const penalized = /\bl[12]\b/.test(value("regularizer"));
  const few = run.trainer.n_parameters < FEW_PARAMETERS * run.dataset.n_training;
  const brakes = [
    penalized &&
      (norms.at(-1) ?? NaN) < PRESSED * norms[0] && {
        cause: t("the penalty has pressed the weights towards zero"),
        trial: lessPenalty(facts),
      },
    strongestDropout(facts) >= STRONG_DROPOUT && {
      cause: t("dropout leaves few units at work"),
      trial: noDropout(),
    },
    (few || hiddenWidths(facts).length === 0) && {
      cause: t("the network is too small"),
      trial: widerNetwork(facts),
    },
  ];
  return brakes.filter((brake) => brake !== false);
}

/**
 * Goodfellow, Bengio and Courville, Deep Learning, 2016, section 5.2: a training error that stays
 * high, with little gap to the validation error.
 * @type {Find}
 */
export function underfitting(facts) {
  const { training, judged, scale, epochs } = facts;
  const [before, end] = [levelOf(training, 0.7, 0.8), endLevel(training)];
  const brakes = brakesOf(facts);
  const high = end > HIGH * scale && endLevel(judged) < GAP * end;
  if (brakes.length === 0 || !high || before - end > FLAT * scale) {
    return null;
  }
  const values = {
    end: formatNumber(end),
    guess: formatNumber(scale),
    cause: brakes[0].cause,
    flat: formatPercent(FLAT),
  };
  return {
    from: epochs[Math.floor(0.7 * epochs.length)],
    text: t(
      "It underfits: the training loss has come to rest at {end}, where a guess has {guess}: {cause}.",
      values,
    ),
    why: t(
      "Training and validation loss agree, both are more than half of what a guess has, and neither has fallen by {flat} of that in the last quarter of the run.",
      values,
    ),
    trials: brakes.map(({ trial }) => trial),
  };
}
