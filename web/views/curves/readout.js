/**
 * The legend, which is also the read-out: each curve of one run, or each of several runs, with its
 * value at the cursor or its newest one. Runs and curves are switched off and on here.
 */
import { t } from "../../text/i18n.js";
import { bindText, h, rebuild, showWhen, watch } from "../parts/dom.js";
import { formatNumber, formatPercent, runName } from "../../text/format.js";
import { drawnRuns } from "./chart-table.js";
import { seriesOf } from "./series.js";

/**
 * @import { RunRecord } from "../../runs.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Chart, Curve } from "./chart-table.js"
 * @import { Point } from "./series.js"
 */

/** @type {Record<string, (x: string) => string>} */
const PLACES = {
  epoch: (x) => t("epoch {x}", { x }),
  step: (x) => t("step {x}", { x }),
  seconds: (x) => t("{x} seconds", { x }),
};

/** @param {State} state @param {RunRecord} run @param {Curve} curve @returns {Point | null} */
function pointAt({ charts }, run, curve) {
  const series = seriesOf(run, curve);
  const axis = charts.xAxis.value;
  const x = charts.cursor.value;
  return x === null ? series.newest(axis) : series.near(axis, x);
}

/** Curves of the chart that any run has. @param {State} state @param {Chart} chart */
function knownCurves(state, chart) {
  const runs = drawnRuns(state.runs.value, state.charted.value);
  return chart.curves.filter((curve) => runs.some((run) => seriesOf(run, curve).exists));
}

/** @param {State} state @param {Chart} chart */
const isOverlaid = ({ runs, charted }, chart) =>
  !chart.own && drawnRuns(runs.value, charted.value).length > 1;

/** @param {State} state @param {Curve} curve */
function toggleCurve({ charts }, { key }) {
  const hidden = new Set(charts.hidden.value);
  if (!hidden.delete(key)) {
    hidden.add(key);
  }
  charts.hidden.value = hidden;
}

/** A stroke as the curve is drawn. @param {Curve} curve @param {boolean} several */
function sample({ color, dash, side }, several) {
  const kind = several ? (side ? "pale" : "") : color;
  return h("i", { class: `${kind} ${dash ? "dashed" : ""}`, "aria-hidden": "true" });
}

/** The curves of a chart, with the values of the current run. @param {Context} context @param {Chart} chart @param {Curve[]} curves @param {boolean} several */
function curveKeys({ state }, chart, curves, several) {
  const place = h("span", { class: "value" });
  bindText(place, () => {
    state.drawn.value;
    const current = state.charted.value;
    const point = current && curves[0] && pointAt(state, current, curves[0]);
    return point ? PLACES[state.charts.xAxis.value](formatNumber(point.x)) : "";
  });
  const keys = curves.map((curve) => {
    const value = h("span", { class: "value" });
    bindText(value, () => {
      state.drawn.value;
      const current = state.charted.value;
      const y = current && !several ? pointAt(state, current, curve)?.y : null;
      const share = chart.key === "metric" && state.metric.value?.share;
      return several ? "" : share ? formatPercent(y) : formatNumber(y);
    });
    const content = [sample(curve, several), curve.label, " ", value];
    if (curves.length === 1) {
      return h("span", { class: "key" }, content);
    }
    const button = h(
      "button",
      { type: "button", class: "key", onclick: () => toggleCurve(state, curve) },
      content,
    );
    watch(() => {
      button.setAttribute("aria-pressed", String(!state.charts.hidden.value.has(curve.key)));
    });
    return button;
  });
  return [place, keys];
}

/** The legend of the large chart. @param {Context} context @param {() => Chart} chart */
export function mountKeys(context, chart) {
  const { state } = context;
  const root = h("span", { class: "keys" });
  rebuild(
    root,
    () => {
      state.drawn.value;
      const shown = chart();
      const keys = knownCurves(state, shown).map(({ key }) => key);
      return [shown.key, isOverlaid(state, shown), ...keys].join();
    },
    () => curveKeys(context, chart(), knownCurves(state, chart()), isOverlaid(state, chart())),
  );
  return root;
}

/** @param {State} state @param {RunRecord} run */
function notesOf(state, run) {
  const parent = state.runs.value.find(({ id }) => id === run.parent?.id);
  const fork =
    parent &&
    t("from {run}, epoch {epoch}", {
      run: runName(parent),
      epoch: formatNumber(run.parent?.epoch),
    });
  return [fork, run === state.current.value && t("current")].filter(Boolean).join(" · ");
}

/** One run among several. @param {Context} context @param {Chart} chart @param {Curve[]} curves @param {RunRecord} run */
function runRow({ state, actions }, chart, curves, run) {
  const box = h("input", {
    type: "checkbox",
    disabled: run === state.current.value,
    onchange: () => actions.showRun(run, box.checked),
  });
  watch(() => {
    state.runs.value;
    box.checked = run.shown || run === state.current.value;
  });
  const swatch = h("i", { "aria-hidden": "true" });
  swatch.style.background = `var(--run-${run.color})`;
  const notes = notesOf(state, run);
  const small = notes && h("small", {}, notes);
  const name = h("label", {}, box, swatch, h("span", {}, runName(run)), small);
  const cells = [null, ...curves].map((curve) => {
    const cell = h("td");
    bindText(cell, () => {
      state.drawn.value;
      const point = pointAt(state, run, curve ?? curves.at(-1) ?? chart.curves[0]);
      const share = chart.key === "metric" && state.metric.value?.share;
      const format = curve && share ? formatPercent : formatNumber;
      return format(curve ? point?.y : point?.x);
    });
    return cell;
  });
  const row = h(
    "tr",
    {
      onpointerenter: () => (state.charts.highlight.value = run.id),
      onpointerleave: () => (state.charts.highlight.value = ""),
      onfocusin: () => (state.charts.highlight.value = run.id),
      onfocusout: () => (state.charts.highlight.value = ""),
    },
    h("th", { scope: "row" }, name),
    cells,
  );
  watch(() => row.classList.toggle("raised", state.charts.highlight.value === run.id));
  return row;
}

/** @param {Context} context @param {Chart} chart */
function runTable(context, chart) {
  const { state } = context;
  const runs = listedRuns(state);
  const curves = knownCurves(state, chart);
  const head = [t("Run"), axisName(state.charts.xAxis.value), ...curves.map(({ label }) => label)];
  return h(
    "table",
    { class: "readout" },
    h("caption", { class: "visually-hidden" }, t("Values of the runs")),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((text) => h("th", { scope: "col" }, text)),
      ),
    ),
    h(
      "tbody",
      {},
      runs.map((run) => runRow(context, chart, curves, run)),
    ),
  );
}

/** @param {string} axis */
const axisName = (axis) => ({ step: t("Step"), seconds: t("Seconds") })[axis] ?? t("Epoch");

/** Runs that can be drawn beside the current one, whether they are or not; the newest first. @param {State} state */
function listedRuns({ runs, charted }) {
  const now = charted.value;
  return now
    ? [now, ...runs.value.filter((run) => run !== now && now.isComparable(run)).reverse()]
    : [];
}

/** How many runs stay out of the picture, because their losses mean something else. @param {State} state */
function leftOut(state) {
  return state.charted.value ? state.runs.value.length - listedRuns(state).length : 0;
}

/** The runs below the large chart, where there are several. @param {Context} context @param {() => Chart} chart */
export function mountRunTable(context, chart) {
  const { state } = context;
  const scroller = h("div", {
    class: "scroll readout-scroll",
    role: "region",
    tabindex: "0",
    "aria-label": t("Values of the runs"),
  });
  rebuild(
    scroller,
    () => {
      state.drawn.value;
      const ids = listedRuns(state).map(({ id, name }) => id + name);
      const keys = knownCurves(state, chart()).map(({ key }) => key);
      return [chart().key, state.charts.xAxis.value, ...keys, ...ids].join();
    },
    () => runTable(context, chart()),
  );
  const note = h("p", { class: "hint" });
  bindText(note, () =>
    leftOut(state) > 0
      ? t("{n} runs with other data or another loss are not drawn.", { n: leftOut(state) })
      : "",
  );
  const own = h("p", { class: "hint" }, t("This chart shows the current run only."));
  showWhen(own, () => chart().own === true && listedRuns(state).length > 1);
  showWhen(scroller, () => !chart().own && listedRuns(state).length > 1);
  return [scroller, own, note];
}
