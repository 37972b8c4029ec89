/**
 * Where the cells of a heat map stand: the weights, a gap, and a column for each tensor that has one
 * value for each unit; and their names along the sides.
 */
import { svg } from "../parts/dom.js";
import { kindLabel, unitBlocks } from "./inside-layers.js";

/** @import { Block, Layer, Place } from "./inside-layers.js" */

const LARGEST = { width: 52, height: 28 };
const LEAST_HEIGHT = 2;
const MOST_HEIGHT = 360;
const GAP = 8;
const LETTER = 6.2;
const LINE = 13;
const MOST_LETTERS = 14;
const AXIS = 16;

/**
 * @typedef {object} Grid
 * @property {Layer} layer
 * @property {Block[]} blocks that stand beside the weights
 * @property {number} left
 * @property {number} top
 * @property {number} cellWidth
 * @property {number} cellHeight
 * @property {number} right where the blocks beside the weights begin
 * @property {number} blockWidth
 * @property {number} width
 * @property {number} height
 */

/** @param {string} text */
const shorten = (text) =>
  text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text;

/** Names of the data stand there in full, units of hidden layers by their number. @param {string[]} names @param {number[]} shown @param {boolean} named */
const shortNames = (names, shown, named) =>
  shown.map((i) => (named ? shorten(names[i]) : String(i + 1)));

/** @param {string[]} names */
const longest = (names) => LETTER * Math.max(1, ...names.map(({ length }) => length));

/** @param {Layer} layer */
function namesOf({ inputs, units, shownInputs, shownUnits, inputsNamed, unitsNamed }) {
  return {
    columns: shortNames(inputs, shownInputs, inputsNamed),
    rows: shortNames(units, shownUnits, unitsNamed),
  };
}

/** @param {Layer} layer @param {number} room width to fill @returns {Grid} */
export function gridOf(layer, room) {
  const { columns, rows } = namesOf(layer);
  const blocks = unitBlocks(layer);
  const left = AXIS + longest(rows) + 6;
  const top = longest([...columns, ...blocks.map(({ kind }) => kindLabel(kind))]) + 6;
  const gaps = blocks.length > 0 ? GAP : 0;
  const blockWidth = Math.min(LARGEST.width, Math.max(LINE, (room - left) / (columns.length + 8)));
  const free = room - left - gaps - blocks.length * blockWidth;
  const cellWidth = Math.min(LARGEST.width, free / columns.length);
  const fitting = Math.max(LEAST_HEIGHT, MOST_HEIGHT / rows.length);
  const cellHeight = Math.min(LARGEST.height, fitting);
  const right = left + columns.length * cellWidth + gaps;
  return {
    layer,
    blocks,
    left,
    top,
    cellWidth,
    cellHeight,
    right,
    blockWidth,
    width: right + blocks.length * blockWidth,
    height: top + rows.length * cellHeight + AXIS,
  };
}

/** Every name, or every second, third, ... where they are too close. @param {number} size of a cell */
const strideOf = (size) => Math.max(1, Math.ceil(LINE / size));

/** @param {Grid} grid @param {{ from: string, to: string }} titles of the axes */
export function gridNames(grid, { from, to }) {
  const { layer, blocks, left, top, cellWidth, cellHeight, right, blockWidth } = grid;
  const { columns, rows } = namesOf(layer);
  const column = (/** @type {string} */ text, /** @type {number} */ x) =>
    svg("text", { transform: `translate(${x + 4} ${top - 5}) rotate(-90)` }, text);
  const bottom = top + rows.length * cellHeight;
  const middle = (top + bottom) / 2;
  return svg(
    "svg",
    { width: grid.width, height: grid.height, "aria-hidden": "true" },
    columns.map(
      (text, i) => i % strideOf(cellWidth) === 0 && column(text, left + (i + 0.5) * cellWidth),
    ),
    blocks.map(({ kind }, i) => column(kindLabel(kind), right + (i + 0.5) * blockWidth)),
    rows.map(
      (text, i) =>
        i % strideOf(cellHeight) === 0 &&
        svg(
          "text",
          { x: left - 6, y: top + (i + 0.5) * cellHeight + 4, "text-anchor": "end" },
          text,
        ),
    ),
    svg("text", { class: "axis", x: left, y: bottom + AXIS - 3 }, from),
    svg(
      "text",
      {
        class: "axis",
        "text-anchor": "middle",
        transform: `translate(${AXIS - 4} ${middle}) rotate(-90)`,
      },
      to,
    ),
  );
}

/** The parameter under a point. @param {Grid} grid @param {number} at index of the layer @param {{ x: number, y: number }} point @returns {Place | null} */
export function placeAt(grid, at, { x, y }) {
  const { layer, blocks, left, top, cellWidth, cellHeight, right, blockWidth } = grid;
  const row = layer.shownUnits[Math.floor((y - top) / cellHeight)];
  const column = layer.shownInputs[Math.floor((x - left) / cellWidth)];
  const block = blocks[Math.floor((x - right) / blockWidth)];
  if (row === undefined) {
    return null;
  }
  if (column !== undefined) {
    return { layer: at, kind: "weight", row, column };
  }
  return block ? { layer: at, kind: block.kind, row, column: 0 } : null;
}

/** @param {number[]} shown @param {number} wanted @returns {number} the place of the nearest that is shown */
const nearest = (shown, wanted) =>
  shown.reduce(
    (best, i, k) => (Math.abs(i - wanted) < Math.abs(shown[best] - wanted) ? k : best),
    0,
  );

/** The frame around a cell. @param {Grid} grid @param {Place} place @returns {{ x: number, y: number, width: number, height: number } | null} */
export function cellOf(grid, { kind, row, column }) {
  const { layer, blocks, left, top, cellWidth, cellHeight, right, blockWidth } = grid;
  const y = top + nearest(layer.shownUnits, row) * cellHeight;
  if (kind === "weight") {
    const x = left + nearest(layer.shownInputs, column) * cellWidth;
    return { x, y, width: cellWidth, height: cellHeight };
  }
  const i = blocks.findIndex((block) => block.kind === kind);
  return i < 0 ? null : { x: right + i * blockWidth, y, width: blockWidth, height: cellHeight };
}

/** The parameter that an arrow key leads to. @param {Grid} grid @param {Place} place @param {string} key @returns {Place | null} */
export function placeByKey({ layer, blocks }, place, key) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key];
  if (!step) {
    return null;
  }
  const { shownUnits, shownInputs } = layer;
  const within = (/** @type {number} */ i, /** @type {number} */ n) =>
    Math.min(n - 1, Math.max(0, i));
  const row = shownUnits[within(nearest(shownUnits, place.row) + step[0], shownUnits.length)];
  const at =
    place.kind === "weight"
      ? nearest(shownInputs, place.column)
      : shownInputs.length + blocks.findIndex(({ kind }) => kind === place.kind);
  const next = within(at + step[1], shownInputs.length + blocks.length);
  return next < shownInputs.length
    ? { ...place, kind: "weight", row, column: shownInputs[next] }
    : { ...place, kind: blocks[next - shownInputs.length].kind, row, column: 0 };
}
