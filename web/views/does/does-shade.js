/**
 * Predictions on a grid as shades, and the lines between the classes.
 */
import { className, cssColor, mix, valueColor } from "../parts/class-colors.js";
import { zeroLines } from "../parts/contour.js";
import { largest, shownOutput } from "./does-outputs.js";
import { truthOf } from "./does-sample.js";
import { rangeOf } from "../parts/scale.js";

/**
 * @import { State } from "../../state.js"
 * @import { MapAxis } from "./does-axes.js"
 * @import { Reading } from "./does-outputs.js"
 * @import { Plane } from "../parts/plane.js"
 */

/** @typedef {{ nx: number, ny: number, reading: Reading, values: number[][] }} Grid [y * nx + x] */

/** The range that shades and their key span: of the true values and of those predicted. @param {State} state @param {Grid} grid */
export function valueRange(state, { values }) {
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
export function paint(state, canvas, grid) {
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
export function boundaryPath({ x, y }, { nx, ny, reading, values }, axes) {
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
