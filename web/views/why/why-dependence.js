/**
 * Partial dependence: the mean prediction as one column changes, over a thin line for each of some
 * rows.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { axisOf, mapColumns } from "../does/does-axes.js";
import { shownOutput } from "../does/does-outputs.js";
import { h, rebuild, svg, watch } from "../parts/dom.js";
import { follow } from "../parts/follow.js";
import { formatNumber } from "../../text/format.js";
import { linePath } from "../parts/plane.js";
import { rangeOf } from "../parts/scale.js";
import { lineChart, nearestPoint, placesOf } from "./why-chart.js";
import { followedSelect, followedValue, shownClass } from "./why-outputs.js";

/**
 * @import { SweepResult } from "../../protocol-model.js"
 * @import { State } from "../../state.js"
 * @import { MapAxis } from "../does/does-axes.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Plane } from "../parts/plane.js"
 */

const POINTS = 40;
/** Multiplications that one answer may cost: some milliseconds. */
const MOST_PRODUCTS = 6e7;
const LINES = { most: 60, least: 8 };
const SEED = 1;
/** Half of the width that a level has. */
const HALF_BAR = 0.34;

/** @typedef {{ places: number[], mean: number[], lines: number[][] }} Curves */

/** The column that is looked at. @param {State} state @returns {MapAxis | null} */
export function lookedColumn(state) {
  const columns = mapColumns(state);
  const column = columns.find(({ name }) => name === state.why.column.value) ?? columns[0];
  return column ? axisOf(column) : null;
}

/** @param {State} state */
export function columnSelect(state) {
  const names = computed(() => mapColumns(state).map(({ name }) => name));
  const select = h("select", {
    "aria-label": t("Column looked at"),
    onchange: () => (state.why.column.value = select.value),
  });
  watch(() => select.replaceChildren(...names.value.map((name) => h("option", {}, name))));
  watch(() => {
    names.value;
    select.value = lookedColumn(state)?.column.name ?? "";
  });
  return h("label", { class: "inline" }, t("along"), select);
}

/** @param {State} state */
function linesFor(state) {
  const n = MOST_PRODUCTS / POINTS / (state.prepared.value?.trainer.n_parameters ?? 1);
  return Math.round(Math.max(LINES.least, Math.min(LINES.most, n)));
}

/** @param {State} state @param {MapAxis} axis @param {SweepResult} sweep @returns {Curves} */
function curvesOf(state, axis, { points, nOutputs, nLines, mean, lines }) {
  const { read } = followedValue(state);
  const places = placesOf(axis, points);
  const along = (/** @type {Float64Array} */ all, /** @type {number} */ line) =>
    places.map((_, i) => read(all, line * places.length + i, nOutputs));
  return {
    places,
    mean: along(mean, 0),
    lines: Array.from({ length: nLines }, (_, line) => along(lines, line)),
  };
}

/** @param {Plane} chart @param {Curves} curves */
function drawLines(chart, { places, mean, lines }) {
  const path = (/** @type {string} */ kind, /** @type {number[]} */ ys) =>
    svg("path", { class: kind, d: linePath(chart, places, ys) });
  return [...lines.map((ys) => path("ice", ys)), path("curve", mean)];
}

/** @param {Plane} chart @param {Curves} curves */
function drawBars(chart, { places, mean, lines }) {
  return places.flatMap((place, i) => {
    const x = chart.x(place - HALF_BAR);
    const width = chart.x(place + HALF_BAR) - x;
    const [top, bottom] = [mean[i], 0].map(chart.y).sort((a, b) => a - b);
    const dots = lines.map((ys, line) => {
      const spread = (((line * 0.618034) % 1) - 0.5) * HALF_BAR;
      return svg("circle", {
        class: "ice-dot",
        cx: chart.x(place + spread),
        cy: chart.y(ys[i]),
        r: 1.6,
      });
    });
    return [svg("rect", { class: "bar", x, y: top, width, height: bottom - top }), ...dots];
  });
}

/** @param {MapAxis} axis @param {Curves} curves @param {number} i */
const placeText = ({ scale, column }, { places }, i) =>
  t("{column} = {value}", {
    column: column.name,
    value: scale.names ? scale.names[i] : formatNumber(places[i], 3),
  });

/** @param {State} state @param {MapAxis} axis @param {Curves | null} curves */
function summaryOf(state, axis, curves) {
  const { name, format } = followedValue(state);
  const title = t("Partial dependence of {output} on {column}.", {
    output: name,
    column: axis.column.name,
  });
  if (!curves) {
    return title;
  }
  const { mean } = curves;
  const best = mean.reduce((at, value, i) => (value > mean[at] ? i : at), 0);
  const worst = mean.reduce((at, value, i) => (value < mean[at] ? i : at), 0);
  return `${title} ${t(
    "On average lowest, {low}, where {lowPlace}; highest, {high}, where {highPlace}.",
    {
      low: format(mean[worst]),
      lowPlace: placeText(axis, curves, worst),
      high: format(mean[best]),
      highPlace: placeText(axis, curves, best),
    },
  )}`;
}

/** @param {State} state @param {MapAxis} axis @param {Curves | null} curves @param {number} share */
function readAt(state, axis, curves, share) {
  if (!curves) {
    return "";
  }
  if (Number.isNaN(share)) {
    return t("Point at the chart, or use the arrow keys, to read the mean.");
  }
  const i = nearestPoint(axis, share, curves.places);
  const ys = curves.lines.map((line) => line[i]);
  const { format } = followedValue(state);
  const [low, high] = rangeOf(ys);
  return t("{place}: {mean} on average, {low} to {high} over {n} rows", {
    place: placeText(axis, curves, i),
    mean: format(curves.mean[i]),
    low: format(low),
    high: format(high),
    n: ys.length,
  });
}

/** @param {Context} context @param {MapAxis} axis @param {() => boolean} isOpen */
function dependenceChart(context, axis, isOpen) {
  const { state, actions } = context;
  const curves = signal(/** @type {Curves | null} */ (null));
  const { name, isShare } = followedValue(state);
  follow(context, {
    wanted: isOpen,
    reads: () => state.why.which.value,
    ask: () =>
      actions.look("sweep", {
        which: state.why.which.value,
        axis: { column: axis.column.name, n: POINTS },
        rows: linesFor(state),
        seed: SEED,
      }),
    show: (sweep) => (curves.value = sweep ? curvesOf(state, axis, sweep) : curves.value),
  });
  return lineChart({
    x: axis,
    yName: name,
    isShare,
    range: () => {
      const foot = axis.scale.names ? [0] : [];
      return curves.value && rangeOf([...foot, ...curves.value.mean, ...curves.value.lines.flat()]);
    },
    draw: (chart) => {
      const now = curves.value;
      const bars = now && axis.scale.names;
      return now ? (bars ? drawBars(chart, now) : drawLines(chart, now)) : [];
    },
    summary: () => summaryOf(state, axis, curves.value),
    read: (share) => readAt(state, axis, curves.value, share),
  });
}

/** @param {Context} context @param {() => boolean} isOpen */
export function mountDependence(context, isOpen) {
  const { state } = context;
  const chart = h("div", {});
  const asked = () =>
    JSON.stringify([
      state.prepared.value?.run,
      lookedColumn(state)?.column.name,
      shownClass(state),
      shownOutput(state),
    ]);
  rebuild(chart, asked, () => {
    const axis = lookedColumn(state);
    return axis && dependenceChart(context, axis, isOpen);
  });
  return h(
    "section",
    { class: "view-part", "aria-labelledby": "why-dependence" },
    h("div", { class: "card-head" }, h("h3", { id: "why-dependence" }, t("Along one column"))),
    h("div", { class: "why-controls" }, columnSelect(state), followedSelect(state)),
    h(
      "p",
      { class: "muted" },
      t(
        "Bold: the mean prediction when every row has that value. Thin: single training rows, everything else as it is.",
      ),
    ),
    chart,
  );
}
