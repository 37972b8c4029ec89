/**
 * The report on numbers: predicted against true, residuals, and the rows with the largest ones.
 */
import { signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { h, rebuild, svg } from "../parts/dom.js";
import { formatCount, formatNumber } from "../../text/format.js";
import { chartFrame, linePath, plane } from "../parts/plane.js";
import { rowsPanel } from "./report-rows.js";
import { scroll, targetTable } from "./report-scores.js";
import { numberScale, rangeOf } from "../parts/scale.js";

/**
 * @import { Report } from "../../protocol.js"
 * @import { Summary } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Picked } from "./report-rows.js"
 * @import { Plane } from "../parts/plane.js"
 */

const MOST_POINTS = 3000;
const N_BINS = 24;
const N_WORST = 20;
const PAD = 0.05;

/** Of one target. @typedef {{ predictions: Float32Array, targets: Float32Array, residuals: Float32Array }} Values */

/** @param {Report} report @param {number} target @returns {Values} */
function valuesOf({ predictions, targets, nOutputs, nTargets }, target) {
  const column = (/** @type {Float32Array} */ values, /** @type {number} */ width) =>
    values.filter((_, i) => i % width === target);
  const predicted = column(predictions, nOutputs);
  const truth = column(targets, nTargets);
  return {
    predictions: predicted,
    targets: truth,
    residuals: predicted.map((value, i) => value - truth[i]),
  };
}

/** Many dots as one path, which is quick to draw. @param {Plane} plane @param {Float32Array} xs @param {Float32Array} ys */
function dotsPath({ x, y }, xs, ys) {
  const stride = Math.ceil(xs.length / MOST_POINTS);
  let path = "";
  for (let i = 0; i < xs.length; i += stride) {
    if (Number.isFinite(xs[i]) && Number.isFinite(ys[i])) {
      path += `M${x(xs[i]).toFixed(1)} ${y(ys[i]).toFixed(1)}h0`;
    }
  }
  return svg("path", { class: "dots", d: path });
}

/** @param {Values} values */
function truthChart({ predictions, targets }) {
  const [low, high] = rangeOf([...rangeOf(targets), ...rangeOf(predictions)], PAD);
  const scale = numberScale(low, high);
  const chart = plane({ x: scale, y: scale, xName: t("true"), yName: t("predicted") });
  chart.content.append(
    svg("path", { class: "guide", d: linePath(chart, [low, high], [low, high]) }),
    dotsPath(chart, targets, predictions),
  );
  const text = t(
    "Predicted against true value of {n} rows, from {low} to {high}; a perfect model has every dot on the dashed line.",
    { n: targets.length, low: formatNumber(low), high: formatNumber(high) },
  );
  return [
    chartFrame(t("Predicted against true"), text, chart.root),
    h("p", { class: "hint" }, text),
  ];
}

/** @param {Float32Array} values @param {number} low @param {number} high */
function countBins(values, low, high) {
  const counts = new Array(N_BINS).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * N_BINS);
    if (Number.isFinite(bin)) {
      counts[Math.min(N_BINS - 1, Math.max(0, bin))]++;
    }
  }
  return counts;
}

/** @param {Values} values */
function residualHistogram({ residuals }) {
  const [low, high] = rangeOf(residuals);
  const top = high > low ? high : low + 1;
  const counts = countBins(residuals, low, top);
  const chart = plane({
    x: numberScale(low, top),
    y: numberScale(0, Math.max(...counts) * 1.05),
    xName: t("predicted − true"),
    yName: t("rows"),
  });
  const edge = (/** @type {number} */ i) => chart.x(low + (i / N_BINS) * (top - low));
  const bars = counts.map((count, i) =>
    svg("rect", {
      class: "bar",
      x: edge(i) + 0.5,
      y: chart.y(count),
      width: Math.max(0, edge(i + 1) - edge(i) - 1),
      height: chart.y(0) - chart.y(count),
    }),
  );
  const most = Math.max(...counts);
  chart.content.append(
    ...bars,
    svg("path", { class: "guide", d: linePath(chart, [0, 0], [0, most * 2]) }),
  );
  const mean = residuals.reduce((sum, value) => sum + value, 0) / residuals.length;
  const text = t("Residuals from {low} to {high}, on average {mean}.", {
    low: formatNumber(low),
    high: formatNumber(high),
    mean: formatNumber(mean, 3),
  });
  return [chartFrame(t("Residuals"), text, chart.root), h("p", { class: "hint" }, text)];
}

/** @param {Values} values */
function residualChart({ predictions, residuals }) {
  const [low, high] = rangeOf(predictions, PAD);
  const chart = plane({
    x: numberScale(low, high),
    y: numberScale(...rangeOf(residuals, PAD)),
    xName: t("predicted"),
    yName: t("predicted − true"),
  });
  chart.content.append(
    svg("path", { class: "guide", d: linePath(chart, [low, high], [0, 0]) }),
    dotsPath(chart, predictions, residuals),
  );
  const text = t("A fan or a bow in the residuals tells of something that the model misses.");
  return [
    chartFrame(t("Residuals against predicted"), text, chart.root),
    h("p", { class: "hint" }, text),
  ];
}

/** The rows that are furthest off, worst first. @param {Values} values @returns {Picked} */
function pickWorst({ predictions, targets, residuals }) {
  const rows = Array.from(residuals, (_, i) => i)
    .sort((a, b) => Math.abs(residuals[b]) - Math.abs(residuals[a]))
    .slice(0, N_WORST);
  return {
    title: t("Rows with the largest errors"),
    rows,
    head: [t("True"), t("Predicted"), t("Residual")],
    tell: (row) =>
      [targets[row], predictions[row], residuals[row]].map((value) => formatNumber(value)),
  };
}

/** @param {Context} context @param {Report} report */
export function valueDetail(context, report) {
  const summary = /** @type {Summary} */ (report.summary);
  const names = (summary.targets ?? []).map(({ name }) => name);
  const target = signal(0);
  const picked = signal(/** @type {Picked | null} */ (null));
  const select = h(
    "select",
    { "aria-label": t("Target shown"), onchange: () => (target.value = select.selectedIndex) },
    names.map((name) => h("option", {}, name)),
  );
  const worst = h(
    "button",
    { type: "button", onclick: () => (picked.value = pickWorst(valuesOf(report, target.value))) },
    t("Show the {n} rows with the largest errors", {
      n: formatCount(Math.min(N_WORST, report.rows.length)),
    }),
  );
  const charts = h("div", { class: "score-curves" });
  rebuild(
    charts,
    () => target.value,
    (index) => {
      picked.value = null;
      const values = valuesOf(report, index);
      return [truthChart, residualHistogram, residualChart].map((make) =>
        h("div", {}, make(values)),
      );
    },
  );
  return [
    names.length > 1 && scroll(targetTable(context, summary), t("Scores of each target")),
    h("div", { class: "does-controls" }, names.length > 1 && select, worst),
    rowsPanel(context, report, picked),
    charts,
  ];
}
