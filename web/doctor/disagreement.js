import { t } from "../text/i18n.js";
import { formatNumber, formatPercent } from "../text/format.js";
import { endLevel } from "./curve.js";
import { turnOf } from "./overfitting.js";
import { labelSmoothing, morePenalty, stopEarly } from "./trials.js";

/** @import { Find } from "./facts.js" */

/** A gain that is more than the turn of one or two rows. */
const GAIN = 0.005;

/**
 * A loss that rises while more answers are right: a few wrong ones become too sure (Guo, Pleiss, Sun
 * and Weinberger, "On calibration of modern neural networks", 2017, section 3).
 * @type {Find}
 */
export function disagreement(facts) {
  const { run, epochs, column } = facts;
  const share = ["accuracy", "balanced_accuracy", "macro_f1"].includes(run.trainer.metric);
  const turn = turnOf(facts);
  if (!share || turn === null) {
    return null;
  }
  const metric = column("validation_metric");
  const [then, now] = [metric[turn.low], endLevel(metric)];
  if (!(now - then > Math.max(GAIN, 1 / run.dataset.n_validation))) {
    return null;
  }
  const values = {
    epoch: formatNumber(epochs[turn.low]),
    low: formatNumber(turn.lowest),
    high: formatNumber(turn.end),
    then: formatPercent(then),
    now: formatPercent(now),
  };
  return {
    from: epochs[turn.low],
    text: t(
      "Loss and metric disagree from epoch {epoch} on: the validation loss rose from {low} to {high}, yet the metric went up from {then} to {now}.",
      values,
    ),
    why: t(
      "More answers are right, but the wrong ones are given with ever more confidence, and the loss counts confidence. If only right answers count, go by the metric; if the probabilities count, go by the loss.",
    ),
    trials: [...labelSmoothing(facts), morePenalty(facts), ...stopEarly(facts)],
  };
}
