/**
 * The columns that a map may be drawn over, and how their cells become places on an axis.
 */
import { MOST_DISTINCT } from "../../protocol-data.js";
import { bandScale, numberScale } from "../parts/scale.js";

/**
 * @import { ModelColumn } from "../../protocol-model.js"
 * @import { State } from "../../state.js"
 * @import { Scale } from "../parts/scale.js"
 */

/**
 * @typedef {object} MapAxis
 * @property {ModelColumn} column
 * @property {Scale} scale
 * @property {(text: string) => number} place of a cell; NaN for none
 */

const PAD = 0.06;

/** A cell as a number, with a decimal point or comma. @param {string} text */
export function readNumber(text) {
  const value = text.trim() === "" ? NaN : Number(text);
  return Number.isNaN(value) ? Number.parseFloat(text.replace(",", ".")) : value;
}

/** @param {ModelColumn} column @returns {MapAxis} */
export function axisOf(column) {
  const { coding, min = 0, max = 1, levels = [] } = column;
  if (coding !== "number") {
    return { column, scale: bandScale(levels), place: (text) => levels.indexOf(text) };
  }
  const pad = (max - min || 1) * PAD;
  return { column, scale: numberScale(min - pad, max + pad), place: readNumber };
}

/** Whether predictions can change along a column. @param {ModelColumn} column */
const varies = ({ coding, min = 0, max = 0, levels = [] }) =>
  coding === "number" ? max > min : levels.length > 1;

/** Whether a column may name its rows: whole numbers that are all different. @param {State} state @param {ModelColumn} column */
function namesRows({ table }, { name }) {
  const { n_rows: rows = 0, columns = [] } = table.value ?? {};
  const column = columns.find((other) => other.name === name);
  if (!column?.whole || column.min === null || column.max === null) {
    return false;
  }
  // What is not counted is sure to differ only where whole numbers have no gap.
  return rows > MOST_DISTINCT
    ? column.n_distinct >= MOST_DISTINCT && column.max - column.min + 1 === rows
    : column.n_distinct === rows;
}

/** Columns in the order in which they are proposed: numbers first, what names rows last. @param {State} state @returns {ModelColumn[]} */
export function mapColumns(state) {
  const columns = (state.dataset.value?.columns ?? []).filter(varies);
  const rank = (/** @type {ModelColumn} */ column) =>
    column.coding !== "number" ? 1 : namesRows(state, column) ? 2 : 0;
  return columns.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * The columns of the axes: as chosen, or the first that are proposed.
 * @param {State} state
 * @returns {{ x: MapAxis | null, y: MapAxis | null }} y is null for a curve over x
 */
export function chosenAxes(state) {
  const columns = mapColumns(state);
  const named = (/** @type {string | null} */ name) =>
    columns.find((column) => column.name === name);
  const x = named(state.map.x.value) ?? columns.find(({ name }) => name !== state.map.y.value);
  const y =
    state.map.y.value === null
      ? undefined
      : (named(state.map.y.value) ?? columns.find((column) => column !== x));
  return { x: x ? axisOf(x) : null, y: y && y !== x ? axisOf(y) : null };
}
