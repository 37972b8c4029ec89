import { t } from "../text/i18n.js";
import { formatNumber } from "../text/format.js";
import { indexOfLowest } from "./curve.js";
import {
  hiddenWidths,
  morePenalty,
  noDropout,
  STRONG_DROPOUT,
  strongestDropout,
} from "./trials.js";

/** @import { Find } from "./facts.js" */

const LEAST = 0.02;

/**
 * A mean over n rows is known to about 1 / sqrt(n) of itself where losses of rows vary as much as
 * they are large, as they mostly do.
 * @param {number} n
 */
const margin = (n) => Math.max(LEAST, 1 / Math.sqrt(n));

/** "Beat the baseline first": Karpathy, "A recipe for training neural networks", 2019. @type {Find} */
export function baseline(facts) {
  const { run, judged, epochs, baselines, atRest } = facts;
  const scored = baselines.filter(({ loss }) => Number.isFinite(loss));
  const low = indexOfLowest(judged);
  if (!atRest || scored.length === 0 || low < 0 || hiddenWidths(facts).length === 0) {
    return null;
  }
  const rival = scored.reduce((a, b) => (b.loss < a.loss ? b : a));
  const rows = run.dataset.n_validation || run.dataset.n_training;
  if (!(judged[low] - rival.loss > margin(rows) * Math.abs(rival.loss))) {
    return null;
  }
  const values = {
    rival: rival.label,
    theirs: formatNumber(rival.loss),
    ours: formatNumber(judged[low]),
    n: rows,
  };
  const { settings } = rival;
  return {
    from: epochs[low],
    text: t(
      "A simpler model does better: the lowest loss is {ours}, that of “{rival}” {theirs}.",
      values,
    ),
    why: t(
      "Both are judged on the same {n} rows, and the difference is more than what so few rows leave to chance. More layers help only where there is something that the simple model cannot see.",
      values,
    ),
    trials: [
      ...(settings ? [{ label: rival.label, settings }] : []),
      strongestDropout(facts) >= STRONG_DROPOUT ? noDropout() : morePenalty(facts),
    ],
  };
}
