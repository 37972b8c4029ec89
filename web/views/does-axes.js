/**
 * The columns that a map may be drawn over, and how their cells become places on an axis.
 */
import { bandScale, numberScale } from "./scale.js";

/**
 * @import { ModelColumn } from "../protocol.js"
 * @import { State } from "../state.js"
 * @import { Scale } from "./scale.js"
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

/** Columns in the order in which they are proposed: numbers first. @param {State} state @returns {ModelColumn[]} */
export function mapColumns(state) {
  const columns = (state.dataset.value?.columns ?? []).filter(varies);
  const isNumber = (/** @type {ModelColumn} */ { coding }) => coding === "number";
  return [...columns.filter(isNumber), ...columns.filter((column) => !isNumber(column))];
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
