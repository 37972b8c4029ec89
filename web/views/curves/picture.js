/**
 * What is to be seen of one chart: its curves, thinned for its width, in their colours, and the ends
 * of its axes. It is drawn on a canvas here and written as SVG elsewhere.
 */
import { labelText, t } from "../../text/i18n.js";
import { isShare, runName } from "../../text/format.js";
import { isStandardized } from "../../run-facts.js";
import { drawnRuns } from "./chart-table.js";
import { xRange, yRange } from "./ranges.js";
import { seriesOf } from "./series.js";

/**
 * @import { Range, XAxis } from "../../chart-choices.js"
 * @import { RunRecord } from "../../runs.js"
 * @import { State } from "../../state.js"
 * @import { Columns } from "./thinning.js"
 * @import { Chart, Curve } from "./chart-table.js"
 * @import { Frame, Series } from "./series.js"
 */

/**
 * @typedef {object} Style
 * @property {string} color name of a colour in the style sheet
 * @property {number} width in CSS pixels
 * @property {number} alpha
 * @property {number[]} [dash]
 * @property {boolean} band the extremes of what was thinned are shown
 */

/**
 * @typedef {object} Line
 * @property {RunRecord} run
 * @property {Curve} curve
 * @property {Series} series
 * @property {Style} style
 * @property {Columns} raw
 * @property {Columns | null} smooth
 */

/**
 * @typedef {object} Picture
 * @property {string} title
 * @property {string} xLabel
 * @property {string} yLabel
 * @property {boolean} share the values are shares of one
 * @property {XAxis} axis
 * @property {Range} x
 * @property {Range} fullX ends of the axis without zoom
 * @property {Range} y
 * @property {boolean} cut some values are farther away than the axis of y reaches without zoom
 * @property {boolean} logX
 * @property {boolean} logY
 * @property {boolean} several more than one run is drawn, each in its colour
 * @property {RunRecord[]} runs the current one last
 * @property {Line[]} lines those of the current run last
 * @property {{ label: string, value: number }[]} levels
 */

/** Width of a column of a thinned curve: finer ones look the same and take twice as long. */
const PIXELS = 2;

/** @param {XAxis} axis */
const xLabelOf = (axis) =>
  ({ epoch: t("Epoch"), step: t("Step"), seconds: t("Training time in seconds") })[axis] ?? "";

/** @param {State} state @param {Chart} chart */
function labels(state, chart) {
  const metric = chart.key === "metric" ? state.metric.value : undefined;
  const loss = state.catalogue.value?.families
    .find(({ key }) => key === "loss")
    ?.rows.find(({ key }) => key === state.charted.value?.trainer.loss);
  const named = chart.key === "loss" && loss;
  return {
    title: metric ? labelText(metric.label) : chart.title,
    yLabel: named
      ? lossLabel(state, labelText(loss.label))
      : metric
        ? labelText(metric.label)
        : chart.yLabel,
    share: isShare(metric),
  };
}

/** @param {State} state @param {string} loss */
const lossLabel = ({ index, charted }, loss) =>
  charted.value && isStandardized(charted.value, index.value)
    ? t("{loss} of the standardized target", { loss })
    : t("{loss}, without penalty", { loss });

/**
 * One run has a colour for each curve; among several, each has its own, and what it is compared by
 * is drawn stronger than what stands beside it.
 * @param {RunRecord} run @param {Curve} curve @param {boolean} several @param {boolean} current
 * @returns {Style}
 */
function styleOf(run, curve, several, current) {
  if (!several) {
    return { color: curve.color, width: 2, alpha: 1, dash: curve.dash, band: true };
  }
  const side = curve.side && run.dataset.n_validation > 0;
  const width = (side ? 1 : 1.75) + (current ? 0.75 : 0);
  const color = `run-${run.color}`;
  return { color, width, alpha: side ? 0.55 : 1, dash: curve.dash, band: !side };
}

/** @param {State} state @param {Chart} chart @param {RunRecord[]} runs */
function visibleSeries(state, chart, runs) {
  const hidden = state.charts.hidden.value;
  const curves = chart.curves.filter(({ key }) => !hidden.has(key));
  return runs.flatMap((run) =>
    curves
      .map((curve) => ({ run, curve, series: seriesOf(run, curve) }))
      .filter(({ series }) => series.exists),
  );
}

/** A run that grew beyond all bounds tells nothing of the scale of the others. @param {Line[]} lines */
function scaleGiving(lines) {
  const steady = lines.filter(({ run }) => run.progress.phase !== "diverged");
  return (steady.length > 0 ? steady : lines).map(({ raw }) => raw);
}

/** @param {State} state @param {Chart} chart */
function levelsOf(state, chart) {
  const measure = chart.key;
  if (measure !== "loss" && measure !== "metric") {
    return [];
  }
  return state.baselines.value
    .map((baseline) => ({ label: labelText(baseline.label), value: baseline[measure] }))
    .filter(({ value }) => Number.isFinite(value));
}

/** Whether the scale leaves out what a curve has within its part of x. @param {Line[]} lines @param {Range} x @param {Range} y */
function leavesOut(lines, [from, to], [bottom, top]) {
  return lines.some(({ raw: { length, xs, low, high } }) => {
    for (let i = 0; i < length; i++) {
      if (xs[i] >= from && xs[i] <= to && (low[i] < bottom || high[i] > top)) {
        return true;
      }
    }
    return false;
  });
}

/**
 * @param {State} state
 * @param {Chart} chart
 * @param {{ owner: object, width: number, zoomed: boolean }} options who draws it, on how many
 *     pixels; whether the zoomed part is shown, or all
 * @returns {Picture | null} null while there is no run
 */
export function pictureOf(state, chart, { owner, width, zoomed }) {
  const { charts, charted: current } = state;
  if (!current.value || current.value.history.length === 0) {
    return null;
  }
  const [axis, logX, logY] = [charts.xAxis.value, charts.logX.value, charts.logY.value];
  const runs = chart.own ? [current.value] : drawnRuns(state.runs.value, current.value);
  const several = runs.length > 1;
  const all = visibleSeries(state, chart, runs);
  const options = { axis, log: logX, growing: state.begun.value && !state.ended.value };
  const places = runs.map((run) => seriesOf(run, chart.curves[0]).xs(axis));
  const fullX = xRange(places, current.value, options);
  const x = (zoomed && charts.zoomX.value) || fullX;
  /** @type {Frame} */
  const frame = {
    from: x[0],
    to: x[1],
    columns: Math.max(50, Math.ceil(width / PIXELS)),
    logX,
    positive: logY,
  };
  const weight = chart.exact ? 0 : charts.smoothing.value;
  const lines = all.map(({ run, curve, series }) => ({
    ...{ run, curve, series },
    style: styleOf(run, curve, several, run === current.value),
    ...series.thinned(owner, axis, frame, weight),
  }));
  const levels = levelsOf(state, chart);
  const values = levels.map(({ value }) => value);
  const y =
    (zoomed && charts.zoomY.value) ||
    yRange(scaleGiving(lines), x, values, {
      log: logY,
      fromZero: charts.fromZero.value,
      outliers: charts.outliers.value,
    });
  const cut = !logY && !charts.zoomY.value && leavesOut(lines, x, y);
  const xLabel = xLabelOf(axis);
  return {
    ...labels(state, chart),
    ...{ xLabel, axis, x, fullX, y, cut, logX, logY, several, runs, lines, levels },
  };
}

/** The name of a curve where several runs are drawn, or of one run. @param {Picture} picture @param {Line} line */
export const lineLabel = ({ several }, { run, curve }) =>
  several ? t("{run}, {curve}", { run: runName(run), curve: curve.label }) : curve.label;
