import { t } from "../text/i18n.js";
import { formatNumber } from "../text/format.js";
import { endLevel, indexOfLowest, levelOf } from "./curve.js";
import { moreEpochs } from "./trials.js";

/** @import { Facts, Finding } from "./facts.js" */

/** A fall over the last fifth that is worth more epochs. */
const STILL_FALLING = 0.05;

/** What is said of a run that no rule finds anything in. @param {Facts} facts @returns {Finding} */
export function healthy(facts) {
  const { training, judged, epochs } = facts;
  const low = indexOfLowest(judged);
  const end = endLevel(judged);
  const values = {
    start: formatNumber(training[0]),
    end: formatNumber(endLevel(training)),
    epoch: formatNumber(epochs[low]),
    low: formatNumber(judged[low]),
    now: formatNumber(end),
  };
  const falling = levelOf(judged, 0.75, 0.85) - end > STILL_FALLING * Math.abs(end);
  return {
    kind: "healthy",
    from: epochs[low],
    to: epochs.at(-1) ?? 0,
    text: falling
      ? t("Looks healthy, and the loss is still falling: {now} by now.", values)
      : t("Looks healthy: the loss was lowest at epoch {epoch}, {low}, and is {now} now.", values),
    why: t(
      "The training loss fell from {start} to {end} without climbing, the validation loss did not turn away from it, and no sign of the other troubles was found.",
      values,
    ),
    trials: falling && facts.run.progress.phase === "finished" ? [moreEpochs(facts, 2)] : [],
  };
}
