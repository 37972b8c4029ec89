/**
 * The decision map: what the model predicts over two columns, as shade, with the rows on top. It
 * bends while the network trains.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { whenColorsChange } from "../parts/class-colors.js";
import { classFill, dotMarks, valueFill } from "./does-dots.js";
import { classKey, dotKey, valueKey } from "./does-keys.js";
import { largest, readingOf, shownOutput, tell } from "./does-outputs.js";
import { dotsOf } from "./does-sample.js";
import { boundaryPath, paint, valueRange } from "./does-shade.js";
import { bindText, h, svg, watch } from "../parts/dom.js";
import { follow } from "../parts/follow.js";
import { formatNumber, formatPercent } from "../../text/format.js";
import { followCursor, plane } from "../parts/plane.js";
import { rangeOf } from "../parts/scale.js";

/**
 * @import { Signal } from "@preact/signals-core"
 * @import { Axis, MapResult } from "../../protocol-model.js"
 * @import { State } from "../../state.js"
 * @import { MapAxis } from "./does-axes.js"
 * @import { Sample } from "./does-sample.js"
 * @import { Grid } from "./does-shade.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Plane } from "../parts/plane.js"
 */

/** A place in shares of the box. @typedef {{ x: number, y: number }} Cursor */

/** Multiplications that one map may cost: some milliseconds. */
const MOST_PRODUCTS = 6e7;
const MOST_POINTS = 72;
const FEWEST_POINTS = 16;

/** Points on a side of the map: fewer for a large network. @param {State} state */
export function pointsFor(state) {
  const n = Math.sqrt(MOST_PRODUCTS / (state.prepared.value?.trainer.n_parameters ?? 1));
  return Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, Math.floor(n)));
}

/** The middles of n cells. @param {MapAxis} axis @param {number} n @returns {Axis} */
export function cellsOf({ column, scale }, n) {
  const half = (scale.high - scale.low) / n / 2;
  return { column: column.name, n, low: scale.low + half, high: scale.high - half };
}

/** @param {State} state @param {MapResult} result @returns {Grid} */
function gridOf(state, { x, y, nOutputs, predictions }) {
  const reading = readingOf(state, nOutputs);
  const n = x.length * y.length;
  const values = Array.from({ length: n }, (_, i) => reading.read(predictions, i));
  return { nx: x.length, ny: y.length, reading, values };
}

/** How much of the map each class takes, or from where to where the values go. @param {Grid} grid */
function summary({ reading, values }) {
  if (reading.names.length === 0) {
    const [low, high] = rangeOf(values.flat());
    return t("The prediction goes from {low} to {high}.", {
      low: formatNumber(low),
      high: formatNumber(high),
    });
  }
  const counts = reading.names.map(() => 0);
  values.forEach((value) => counts[largest(value)]++);
  const list = counts
    .map((count, k) => ({ count, name: reading.names[k] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .map(({ count, name }) => `${name} ${formatPercent(count / values.length)}`);
  return t("Likeliest over the map: {list}.", { list: list.join(", ") });
}

/** @param {MapAxis} axis @param {number} share of its length */
const valueAt = ({ scale }, share) => scale.low + share * (scale.high - scale.low);

/** A place on an axis in words. @param {MapAxis} axis @param {number} share */
export function tellPlace(axis, share) {
  const { column, scale } = axis;
  const value = valueAt(axis, share);
  const text = scale.names ? scale.names[Math.round(value)] : formatNumber(value, 3);
  return `${column.name} ${text}`;
}

/** @param {HTMLCanvasElement} canvas put behind the box of a chart @param {Plane} chart */
function placeBehind(canvas, { box }) {
  canvas.style.left = `${100 * box.left}%`;
  canvas.style.top = `${100 * box.top}%`;
  canvas.style.width = `${100 * box.width}%`;
  canvas.style.height = `${100 * box.height}%`;
}

/** The cell of a grid under the cursor. @param {Grid} grid @param {Cursor} at */
function cellAt({ nx, ny, values }, at) {
  const i = Math.min(nx - 1, Math.floor(at.x * nx));
  const j = Math.min(ny - 1, Math.floor(at.y * ny));
  return values[j * nx + i];
}

/** @param {Grid | null} grid */
const isValue = (grid) => grid?.reading.names.length === 0;

/** The shades and the boundary, drawn anew with each grid. @param {State} state @param {Plane} chart @param {{ x: MapAxis, y: MapAxis }} axes @param {Signal<Grid | null>} grid */
function drawnShade(state, chart, axes, grid) {
  const bands = axes.x.scale.names !== null || axes.y.scale.names !== null;
  const canvas = h("canvas", { class: bands ? "shade bands" : "shade", "aria-hidden": "true" });
  const boundary = svg("path", { class: "boundary" });
  chart.content.append(boundary);
  placeBehind(canvas, chart);
  const draw = () => {
    if (grid.value) {
      paint(state, canvas, grid.value);
      boundary.setAttribute("d", boundaryPath(chart, grid.value, axes));
    }
  };
  watch(draw);
  whenColorsChange(draw);
  return canvas;
}

/**
 * The rows and the key, which stay as they are while the predictions change.
 * @param {State} state
 * @param {Plane} chart
 * @param {{ x: MapAxis, y: MapAxis }} axes
 * @param {{ grid: Signal<Grid | null>, sample: () => Sample | null }} known
 */
function drawnRows(state, chart, axes, { grid, sample }) {
  const dots = svg("g", {});
  const keys = h("p", { class: "hint map-keys" });
  const known = computed(() => grid.value !== null);
  chart.content.append(dots);
  watch(() => {
    const now = known.value ? grid.peek() : null;
    const rows = now && sample();
    const fill = now && isValue(now) ? valueFill(valueRange(state, now)) : classFill;
    const marks = rows ? dotsOf(state, rows, axes, shownOutput(state)) : [];
    dots.replaceChildren(...dotMarks(chart, marks, fill));
    const shades = now && (isValue(now) ? valueKey(state, now) : classKey(now.reading));
    keys.replaceChildren(...(shades ?? []), ...dotKey(state));
  });
  return keys;
}

/** What is under the cursor, in words. @param {State} state @param {Plane} chart @param {{ x: MapAxis, y: MapAxis }} axes @param {{ grid: Signal<Grid | null>, cursor: Signal<Cursor | null> }} read */
function readOut(state, chart, axes, { grid, cursor }) {
  const here = svg("circle", { class: "here", r: 5 });
  chart.content.append(here);
  watch(() => {
    const at = cursor.value;
    here.toggleAttribute("hidden", at === null);
    here.setAttribute("cx", String(chart.x(valueAt(axes.x, at?.x ?? 0))));
    here.setAttribute("cy", String(chart.y(valueAt(axes.y, at?.y ?? 0))));
  });
  const said = h("p", { class: "hint read-out", role: "status" });
  bindText(said, () => {
    const at = cursor.value;
    const now = grid.value;
    if (!at || !now) {
      return now ? t("Point at the map, or use the arrow keys, to read the prediction.") : "";
    }
    return t("{x}, {y}: {prediction}", {
      x: tellPlace(axes.x, at.x),
      y: tellPlace(axes.y, at.y),
      prediction: tell(state, now.reading, cellAt(now, at)),
    });
  });
  return said;
}

/** Asks for the predictions on the grid. @param {Context} context @param {{ x: MapAxis, y: MapAxis }} axes */
async function askMap({ state, actions }, axes) {
  const n = pointsFor(state);
  const result = await actions.look("map", {
    which: "present",
    x: cellsOf(axes.x, n),
    y: cellsOf(axes.y, n),
    base: state.map.base.value,
  });
  return result && gridOf(state, result);
}

/**
 * @param {Context} context
 * @param {{ x: MapAxis, y: MapAxis }} axes
 * @param {{ isOpen: () => boolean, sample: () => Sample | null }} looked
 */
export function mountMap(context, axes, { isOpen, sample }) {
  const { state } = context;
  const [xName, yName] = [axes.x.column.name, axes.y.column.name];
  const chart = plane({ x: axes.x.scale, y: axes.y.scale, xName, yName });
  const grid = signal(/** @type {Grid | null} */ (null));
  const cursor = signal(/** @type {Cursor | null} */ (null));
  const canvas = drawnShade(state, chart, axes, grid);
  const keys = drawnRows(state, chart, axes, { grid, sample });
  const said = readOut(state, chart, axes, { grid, cursor });
  const frame = h(
    "div",
    { class: "plane-frame", role: "group", tabindex: "0" },
    canvas,
    chart.root,
  );
  watch(() => {
    const names = t("Prediction over {x} and {y}.", { x: xName, y: yName });
    frame.setAttribute("aria-label", grid.value ? `${names} ${summary(grid.value)}` : names);
  });
  followCursor(
    frame,
    chart.root,
    () => chart.box,
    (at) => (cursor.value = at),
  );
  follow(context, {
    wanted: isOpen,
    reads: () => state.prepared.value,
    ask: () => askMap(context, axes),
    show: (answer) => (grid.value = answer ?? grid.value),
  });
  return h("figure", { class: "plane-chart map" }, frame, keys, said);
}
