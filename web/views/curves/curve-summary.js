/**
 * What a chart shows, in words.
 */
import { labelText, language, t } from "../../text/i18n.js";
import { formatCount, formatNumber, formatPercent, runName } from "../../text/format.js";

/**
 * @import { RunRecord } from "../../runs.js"
 * @import { State } from "../../state.js"
 * @import { Line, Picture } from "./picture.js"
 */

/** The name of a curve as the catalogue has it. @param {State} state @param {Line} line */
function nameOf(state, { curve }) {
  const column = state.catalogue.value?.history.find(({ key }) => key === curve.key);
  return column ? labelText(column.label) : curve.label;
}

/** @param {string[]} texts */
const list = (texts) =>
  new Intl.ListFormat(language.value, { type: "conjunction", style: "narrow" }).format(texts);

/** The newest value of each curve of the run that is looked at. @param {State} state @param {Picture} picture */
function newest(state, { lines, share, axis }) {
  const run = /** @type {RunRecord} */ (state.charted.value);
  const epoch = run.progress.step / run.progress.stepsPerEpoch;
  const values = lines
    .filter((line) => line.run === run)
    .map((line) => {
      const value = line.series.newest(axis)?.y;
      const text = share ? formatPercent(value) : formatNumber(value);
      return t("{name} {value}", { name: nameOf(state, line), value: text });
    });
  return values.length > 0
    ? t("Epoch {epoch}: {values}.", { epoch: formatNumber(epoch), values: list(values) })
    : t("Epoch {epoch}: no values yet.", { epoch: formatNumber(epoch) });
}

/** How the loss that is kept an eye on has gone. @param {State} state @param {RunRecord} run */
function trend(state, run) {
  const { bestEpoch, bestLoss, epoch } = run.progress;
  if (bestEpoch < 0) {
    return "";
  }
  const column = state.catalogue.value?.history.find(({ key }) => key === run.lossKey);
  const texts = {
    name: labelText(column?.label ?? ""),
    epoch: formatCount(bestEpoch),
    value: formatNumber(bestLoss),
    last: formatNumber(run.history.last(run.lossKey)),
  };
  return bestEpoch === epoch
    ? t("{name} is at its lowest.", texts)
    : t("{name} was lowest at epoch {epoch}: {value}; now {last}.", texts);
}

/** Which of several runs has been best. @param {Picture} picture */
function leader({ runs }) {
  const begun = runs.filter(({ progress }) => progress.bestEpoch >= 0);
  const best = begun.reduce(
    (/** @type {RunRecord | null} */ a, b) =>
      a && a.progress.bestLoss <= b.progress.bestLoss ? a : b,
    null,
  );
  return best
    ? t("{n} runs are drawn; the lowest loss is that of {run}: {value} at epoch {epoch}.", {
        n: runs.length,
        run: runName(best),
        value: formatNumber(best.progress.bestLoss),
        epoch: formatCount(best.progress.bestEpoch),
      })
    : "";
}

/** Where the curves of the run that is looked at go. @param {Picture} picture @param {State} state */
function span({ lines, share }, state) {
  const format = share ? formatPercent : formatNumber;
  return lines
    .filter(({ run }) => run === state.charted.value)
    .map((line) => {
      const { low, high, length } = line.raw;
      const values = {
        name: nameOf(state, line),
        low: format(low.subarray(0, length).reduce((a, b) => (b < a ? b : a), Infinity)),
        high: format(high.subarray(0, length).reduce((a, b) => (b > a ? b : a), -Infinity)),
      };
      return t("{name} lies between {low} and {high}.", values);
    })
    .join(" ");
}

/** @param {State} state @param {string} key of the chart @param {Picture | null} picture */
export function summaryOf(state, key, picture) {
  const run = state.charted.value;
  if (!picture || !run) {
    return t("No run yet.");
  }
  const more =
    key === "loss"
      ? [trend(state, run), picture.several && leader(picture)]
      : [span(picture, state)];
  return [newest(state, picture), ...more].filter(Boolean).join(" ");
}
