/**
 * The curves of the run: losses large, metric, rate and norms small below. Drawn at most once a frame.
 */
import { thin } from "../history.js";
import { Chart } from "./chart.js";
import { bindText, h, listen, oncePerFrame, showWhen, watch, whenGone } from "./dom.js";
import { formatMetric, formatNumber, isShare } from "./format.js";

/**
 * @import { State } from "../state.js"
 * @import { Curve } from "./chart.js"
 * @import { Context } from "./fields.js"
 */

/** Points a curve is drawn with; more cannot be told apart on a screen. */
const POINTS = 2000;

/** @type {{ title: string, height: number, curves: Curve[] }[]} */
const CHARTS = [
  {
    title: "Loss",
    height: 320,
    curves: [
      { key: "training_loss", label: "training", color: "training" },
      { key: "validation_loss", label: "validation", color: "validation" },
      { key: "penalty", label: "penalty", color: "penalty", dash: [6, 4] },
    ],
  },
  {
    title: "Metric",
    height: 150,
    curves: [
      { key: "training_metric", label: "training", color: "training" },
      { key: "validation_metric", label: "validation", color: "validation" },
    ],
  },
  {
    title: "Learning rate",
    height: 150,
    curves: [{ key: "learning_rate", label: "rate", color: "rate" }],
  },
  {
    title: "Norms",
    height: 150,
    curves: [
      { key: "gradient_norm", label: "gradient", color: "rate" },
      { key: "weight_norm", label: "weights", color: "penalty" },
    ],
  },
];

/** Room for the run to grow into while it lasts, the whole of it when it is over. @param {State} state @param {number} last newest epoch */
function axisEnd(state, last) {
  const progress = state.progress.value;
  const previous = state.previous.value?.xs.at(-1) ?? 0;
  if (!progress || state.ended.value) {
    return Math.max(last, previous, 1);
  }
  const total = progress.totalSteps / progress.stepsPerEpoch;
  const decade = 10 ** Math.floor(Math.log10(Math.max(last, 1)));
  const round = [1, 2, 5, 10, 20].map((m) => m * decade).find((end) => end >= last * 1.02);
  return Math.max(previous, Math.min(total, Math.max(10, round ?? total)));
}

/** @param {State} state */
function lossSummary(state) {
  const history = state.history.value;
  const progress = state.progress.value;
  if (!progress) {
    return "No run yet.";
  }
  const best =
    progress.bestEpoch < 0
      ? ""
      : ` Lowest loss ${formatNumber(progress.bestLoss)} at epoch ${progress.bestEpoch}.`;
  return (
    `Epoch ${formatNumber(progress.step / progress.stepsPerEpoch)}: ` +
    `training loss ${formatNumber(history.last("training_loss"))}, ` +
    `validation loss ${formatNumber(history.last("validation_loss"))}, ` +
    `penalty ${formatNumber(history.last("penalty"))}.${best}`
  );
}

/** The metric of the run, where the chart is the metric's. @param {State} state @param {string} title */
const metricOf = (state, title) => (title === "Metric" ? state.metric.value : undefined);

/** The newest value of each curve, in words. @param {State} state @param {string} title @param {Curve[]} curves */
function plainSummary(state, title, curves) {
  const history = state.history.value;
  const metric = metricOf(state, title);
  const parts = curves.map(
    ({ key, label }) => `${label} ${formatMetric(metric, history.last(key))}`,
  );
  return `${metric?.label ?? title}: ${parts.join(", ")}.`;
}

/** The penalty is a curve only in a run that has one. @param {Float64Array} ys @param {Curve} curve */
function worthDrawing(ys, { key }) {
  return key === "penalty" && ys.every((y) => !(y > 0))
    ? new Float64Array(ys.length).fill(NaN)
    : ys;
}

/** @param {State} state @param {Chart[]} charts */
function drawAll(state, charts) {
  const progress = state.progress.value;
  const history = state.history.value;
  if (history.length === 0) {
    charts.forEach((chart) => chart.clear());
    return;
  }
  const stepsPerEpoch = progress?.stepsPerEpoch ?? 1;
  const epochs = history.column("step").map((step) => step / stepsPerEpoch);
  const xMax = axisEnd(state, epochs[epochs.length - 1]);
  charts.forEach((chart, i) => {
    const columns = chart.curves.map((curve) => worthDrawing(history.column(curve.key), curve));
    const metric = metricOf(state, CHARTS[i].title);
    const title = metric?.label ?? CHARTS[i].title;
    const share = isShare(metric);
    const summary =
      i === 0 ? lossSummary(state) : plainSummary(state, CHARTS[i].title, chart.curves);
    const best = i === 0 && progress && progress.bestEpoch > 0 ? progress.bestEpoch : null;
    const previous = i === 0 ? state.previous.value : null;
    chart.draw({ ...thin(epochs, columns, POINTS), xMax, best, previous, share, summary, title });
  });
}

/** @param {Chart} chart */
function axisSwitch(chart) {
  const box = h("input", {
    type: "checkbox",
    role: "switch",
    onchange: () => chart.setLog(box.checked),
  });
  return h("label", { class: "switch" }, box, "Log axis");
}

/** What to do first, while there is no curve yet. @param {State} state */
function startHint(state) {
  const first = h("strong");
  bindText(first, () =>
    state.prepared.value ? "Press Train" : "The curves of the run will be drawn here",
  );
  const then = h(
    "p",
    {},
    "The curves show how the error falls. Then change one thing and train again: the run before stays behind the new one.",
  );
  showWhen(then, () => state.prepared.value !== null);
  const hint = h("div", { class: "start-hint" }, first, then);
  showWhen(hint, () => !state.begun.value);
  return hint;
}

/** @param {Context} context */
export function mountCurves({ state }) {
  const charts = CHARTS.map(({ title, curves, height }) => new Chart(title, curves, height));
  const draw = oncePerFrame(() => drawAll(state, charts));
  watch(() => {
    state.drawn.value;
    state.phase.value;
    draw();
  });
  const restyle = oncePerFrame(() => charts.forEach((chart) => chart.plot && chart.restyle()));
  listen(matchMedia("(prefers-color-scheme: dark)"), "change", restyle);
  const themes = new MutationObserver(restyle);
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  whenGone(() => themes.disconnect());
  const [loss, ...small] = charts;
  loss.root.querySelector("figcaption")?.append(axisSwitch(loss));
  return h(
    "section",
    { class: "card curves", "aria-label": "Curves" },
    h("div", { class: "main-chart" }, loss.root, startHint(state)),
    h(
      "div",
      { class: "small-charts" },
      small.map((chart) => chart.root),
    ),
  );
}
