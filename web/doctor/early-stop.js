import { t } from "../text/i18n.js";
import { formatCount, formatNumber, formatPercent } from "../text/format.js";
import { endLevel, indexOfLowest, noiseOf } from "./curve.js";
import { stopEarly } from "./trials.js";

/** @import { Find } from "./facts.js" */

/** The default of early stopping here and a usual one (Prechelt, "Early stopping - but when?", 1998, weighs others). */
const PATIENCE = 10;
/** Stopping in the last quarter saves little. */
const WORTH = 0.75;
const GAIN = 0.03;
const NOISES = 2;

/** The row at which waiting for a lower loss would have ended. @param {Float64Array} losses @param {Float64Array} epochs */
function stopOf(losses, epochs) {
  let low = 0;
  for (let i = 1; i < losses.length; i++) {
    if (losses[i] < losses[low]) {
      low = i;
    } else if (epochs[i] - epochs[low] >= PATIENCE) {
      return i;
    }
  }
  return -1;
}

/** @type {Find} */
export function earlyStop(facts) {
  const { validation, epochs } = facts;
  const trials = stopEarly(facts);
  const stop = stopOf(validation, epochs);
  const last = epochs.at(-1) ?? 0;
  if (!facts.atRest || trials.length === 0 || stop < 0 || epochs[stop] > WORTH * last) {
    return null;
  }
  const low = indexOfLowest(validation.subarray(0, stop + 1));
  const [end, noise] = [endLevel(validation), noiseOf(validation)];
  const missed = validation[low] - validation[indexOfLowest(validation)];
  const gain = end - validation[low];
  if (missed > noise || !(gain > Math.max(GAIN * Math.abs(end), NOISES * noise))) {
    return null;
  }
  const values = {
    stop: formatCount(epochs[stop]),
    epoch: formatCount(epochs[low]),
    low: formatNumber(validation[low]),
    end: formatNumber(end),
    gain: formatPercent(gain / Math.abs(end)),
    saved: formatCount(last - epochs[stop]),
    patience: PATIENCE,
  };
  return {
    from: epochs[low],
    text: t(
      "Early stopping would have helped: a validation loss of {low} (epoch {epoch}) instead of {end}, {gain} lower and {saved} epochs sooner.",
      values,
    ),
    why: t(
      "Played through on this curve: after {patience} epochs without a lower validation loss the run would have ended at epoch {stop} with the weights of epoch {epoch}.",
      values,
    ),
    trials,
  };
}
