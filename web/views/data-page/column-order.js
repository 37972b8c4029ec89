/**
 * Which columns are shown, and in which order.
 */
import { typeOf } from "../../state.js";
import { strength } from "./relation.js";

/**
 * @import { Column, State, Table } from "../../state.js"
 * @import { Descriptions } from "./descriptions.js"
 */

/** What a column is sorted by; a text, or a number with NaN for none. @param {State} state @param {Descriptions} descriptions @param {string} key @returns {(column: Column, index: number) => string | number} */
function sortValue(state, descriptions, key) {
  switch (key) {
    case "name":
      return ({ name }) => name.toLowerCase();
    case "type":
      return (column) => typeOf(state, column);
    case "missing":
      return ({ n_missing: n }) => n;
    case "distinct":
      return ({ n_distinct: n }) => n;
    case "relation":
      return (_, index) => strength(descriptions.of(index));
    case "position":
      return (_, index) => index;
    default:
      return (column) => /** @type {any} */ (column)[key] ?? NaN;
  }
}

/** Columns without a value come last, in either direction. @param {string | number} a @param {string | number} b @param {number} sign */
function compare(a, b, sign) {
  if (Number.isNaN(a) || Number.isNaN(b)) {
    return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  }
  return a === b ? 0 : a < b ? -sign : sign;
}

/** @param {State} state @param {Table} table @param {Descriptions} descriptions @returns {number[]} indices of columns */
export function shownColumns(state, table, descriptions) {
  const { key, down } = state.data.sort.value;
  const search = state.data.search.value.toLowerCase();
  const value = sortValue(state, descriptions, key);
  return table.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => column.name.toLowerCase().includes(search))
    .map(({ column, index }) => ({ index, value: value(column, index) }))
    .sort((a, b) => compare(a.value, b.value, down ? -1 : 1) || a.index - b.index)
    .map(({ index }) => index);
}
