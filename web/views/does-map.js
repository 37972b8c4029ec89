/**
 * The decision map: what the model predicts over two columns, as shade, with the rows on top. It
 * bends while the network trains.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../i18n.js";
import { className, cssColor, mix, valueColor, whenColorsChange } from "./class-colors.js";
import { zeroLines } from "./contour.js";
import { classFill, dotMarks, valueFill } from "./does-dots.js";
import { largest, readingOf, shownOutput, tell } from "./does-outputs.js";
import { dotsOf, truthOf } from "./does-sample.js";
import { bindText, h, svg, watch } from "./dom.js";
import { follow } from "./follow.js";
import { formatNumber, formatPercent } from "./format.js";
import { BOX, followCursor, HEIGHT, plane, WIDTH } from "./plane.js";
import { rangeOf } from "./scale.js";

/**
 * @import { Axis, MapResult } from "../protocol.js"
 * @import { State } from "../state.js"
 * @import { MapAxis } from "./does-axes.js"
 * @import { Reading } from "./does-outputs.js"
 * @import { Sample } from "./does-sample.js"
 * @import { Context } from "./fields.js"
 * @import { Plane } from "./plane.js"
 */

/** Multiplications that one map may cost: some milliseconds. */
const MOST_PRODUCTS = 6e7;
const MOST_POINTS = 72;
const FEWEST_POINTS = 16;

/** @typedef {{ nx: number, ny: number, reading: Reading, values: number[][] }} Grid [y * nx + x] */

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

/** The range that shades and their key span: of the true values and of those predicted. @param {State} state @param {Grid} grid */
function valueRange(state, { values }) {
  const { column } = truthOf(state, shownOutput(state));
  const target = state.table.value?.columns.find(({ name }) => name === column);
  const seen = [target?.min, target?.max].filter((end) => typeof end === "number");
  return seen.length === 2 ? /** @type {[number, number]} */ (seen) : rangeOf(values.flat());
}

/** The surer, the stronger the colour of the likeliest class. @param {Grid} grid */
function classShade({ reading }) {
  const colors = reading.names.map((_, k) => cssColor(className(k)));
  const card = cssColor("card");
  const even = 1 / reading.names.length;
  return (/** @type {number[]} */ values) => {
    const k = largest(values);
    return mix(card, colors[k], 0.04 + 0.46 * Math.max(0, (values[k] - even) / (1 - even)));
  };
}

/** @param {State} state @param {HTMLCanvasElement} canvas @param {Grid} grid */
function paint(state, canvas, grid) {
  const { nx, ny, reading, values } = grid;
  const ctx = canvas.getContext("2d");
  if (!ctx) {
    return;
  }
  canvas.width = nx;
  canvas.height = ny;
  const [low, high] = valueRange(state, grid);
  const shade =
    reading.names.length > 0
      ? classShade(grid)
      : (/** @type {number[]} */ [value]) => valueColor((value - low) / (high - low || 1));
  const image = ctx.createImageData(nx, ny);
  values.forEach((value, i) => {
    const row = ny - 1 - Math.floor(i / nx);
    image.data.set([...shade(value), 255], 4 * (row * nx + (i % nx)));
  });
  ctx.putImageData(image, 0, 0);
}

/** Where two classes are equally likely. @param {Plane} plane @param {Grid} grid @param {{ x: MapAxis, y: MapAxis }} axes */
function boundaryPath({ x, y }, { nx, ny, reading, values }, axes) {
  const cell = (
    /** @type {MapAxis} */ { scale },
    /** @type {number} */ n,
    /** @type {number} */ i,
  ) => scale.low + ((i + 0.5) / n) * (scale.high - scale.low);
  const n = reading.names.length === 2 ? 1 : reading.names.length;
  const lines = Array.from({ length: n }, (_, k) =>
    zeroLines(
      (i, j) => {
        const all = values[j * nx + i];
        const others = all.filter((_p, other) => other !== k);
        return all[k] - Math.max(...others);
      },
      nx,
      ny,
    ),
  ).flat();
  const place = (/** @type {number} */ i, /** @type {number} */ j) =>
    `${x(cell(axes.x, nx, i)).toFixed(1)} ${y(cell(axes.y, ny, j)).toFixed(1)}`;
  return lines.map(([x1, y1, x2, y2]) => `M${place(x1, y1)}L${place(x2, y2)}`).join("");
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

/** A place on an axis in words. @param {MapAxis} axis @param {number} share */
export function tellPlace({ column, scale }, share) {
  const value = scale.low + share * (scale.high - scale.low);
  const text = scale.names ? scale.names[Math.round(value)] : formatNumber(value, 3);
  return `${column.name} ${text}`;
}

/** The shades of a value with what they stand for. @param {State} state @param {Grid} grid */
function valueKey(state, grid) {
  const [low, high] = valueRange(state, grid);
  const target = state.dataset.value?.targets[shownOutput(state)] ?? "";
  return [
    h("span", {}, target),
    h("span", {}, formatNumber(low, 3)),
    h("i", { class: "value-bar" }),
    h("span", {}, formatNumber(high, 3)),
  ];
}

/** @param {Reading} reading */
export function classKey({ names }) {
  return names.map((name, k) => {
    const swatch = h("i", { class: "swatch" });
    swatch.style.background = `var(--${className(k)})`;
    return h("span", { class: "key" }, swatch, name);
  });
}

/** What the two kinds of dots are. @param {State} state */
export function dotKey(state) {
  return [
    h("span", { class: "key" }, h("i", { class: "dot" }), t("training row")),
    (state.dataset.value?.n_validation ?? 0) > 0 &&
      h("span", { class: "key" }, h("i", { class: "diamond" }), t("validation row")),
  ];
}

/** @param {HTMLCanvasElement} canvas put behind the box of a chart */
function placeBehind(canvas) {
  canvas.style.left = `${(100 * BOX.left) / WIDTH}%`;
  canvas.style.top = `${(100 * BOX.top) / HEIGHT}%`;
  canvas.style.width = `${(100 * BOX.width) / WIDTH}%`;
  canvas.style.height = `${(100 * BOX.height) / HEIGHT}%`;
}

/**
 * @param {Context} context
 * @param {{ x: MapAxis, y: MapAxis }} axes
 * @param {{ isOpen: () => boolean, sample: () => Sample | null }} looked
 */
export function mountMap(context, axes, { isOpen, sample }) {
  const { state, actions } = context;
  const chart = plane({
    x: axes.x.scale,
    y: axes.y.scale,
    xName: axes.x.column.name,
    yName: axes.y.column.name,
  });
  const bands = axes.x.scale.names !== null || axes.y.scale.names !== null;
  const canvas = h("canvas", { class: bands ? "shade bands" : "shade", "aria-hidden": "true" });
  placeBehind(canvas);
  const boundary = svg("path", { class: "boundary" });
  const dots = svg("g", {});
  const here = svg("circle", { class: "here", r: 5 });
  chart.content.append(boundary, dots, here);
  const frame = h(
    "div",
    { class: "plane-frame", role: "group", tabindex: "0" },
    canvas,
    chart.root,
  );
  const grid = signal(/** @type {Grid | null} */ (null));
  const cursor = signal(/** @type {{ x: number, y: number } | null} */ (null));
  const said = h("p", { class: "hint read-out", role: "status" });
  const keys = h("p", { class: "hint map-keys" });

  const draw = () => {
    if (grid.value) {
      paint(state, canvas, grid.value);
      boundary.setAttribute("d", boundaryPath(chart, grid.value, axes));
    }
  };
  watch(draw);
  whenColorsChange(draw);
  watch(() => {
    const names = t("Prediction over {x} and {y}.", {
      x: axes.x.column.name,
      y: axes.y.column.name,
    });
    frame.setAttribute("aria-label", grid.value ? `${names} ${summary(grid.value)}` : names);
  });
  const known = computed(() => grid.value !== null);
  watch(() => {
    const now = known.value && grid.peek();
    const isValue = now && now.reading.names.length === 0;
    keys.replaceChildren(
      ...(now ? (isValue ? valueKey(state, now) : classKey(now.reading)) : []),
      ...dotKey(state).filter((key) => key !== false),
    );
  });
  watch(() => {
    const rows = sample();
    const now = known.value && grid.peek();
    const marks = rows && now ? dotsOf(state, rows, axes, shownOutput(state)) : [];
    const isValue = now && now.reading.names.length === 0;
    const fill = isValue ? valueFill(valueRange(state, now)) : classFill;
    dots.replaceChildren(...dotMarks(chart, marks, fill));
  });
  followCursor(frame, chart.root, (at) => (cursor.value = at));
  watch(() => {
    const at = cursor.value;
    here.toggleAttribute("hidden", at === null);
    here.setAttribute("cx", String(BOX.left + (at?.x ?? 0) * BOX.width));
    here.setAttribute("cy", String(BOX.top + (1 - (at?.y ?? 0)) * BOX.height));
  });
  bindText(said, () => {
    const at = cursor.value;
    const now = grid.value;
    if (!at || !now) {
      return now ? t("Point at the map, or use the arrow keys, to read the prediction.") : "";
    }
    const i = Math.min(now.nx - 1, Math.floor(at.x * now.nx));
    const j = Math.min(now.ny - 1, Math.floor(at.y * now.ny));
    return t("{x}, {y}: {prediction}", {
      x: tellPlace(axes.x, at.x),
      y: tellPlace(axes.y, at.y),
      prediction: tell(state, now.reading, now.values[j * now.nx + i]),
    });
  });
  follow(context, {
    wanted: isOpen,
    reads: () => state.prepared.value,
    ask: async () => {
      const n = pointsFor(state);
      const result = await actions.look("map", {
        which: "present",
        x: cellsOf(axes.x, n),
        y: cellsOf(axes.y, n),
        base: state.map.base.value,
      });
      return result && gridOf(state, result);
    },
    show: (answer) => (grid.value = answer ?? grid.value),
  });
  return h("figure", { class: "plane-chart map" }, frame, keys, said);
}
