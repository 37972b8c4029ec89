/**
 * The row that one wonders about: a row of the table or the typical one, and what was changed in it.
 */
import { computed, signal } from "@preact/signals-core";
import { messageOf } from "../../actions/notices.js";
import { readNumber } from "../does/does-axes.js";
import { follow } from "../parts/follow.js";

/**
 * @import { Cells, ModelColumn } from "../../protocol-model.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/**
 * @typedef {object} WonderedRow
 * @property {() => Cells | null} original by the columns of the model; null before it is known
 * @property {() => Cells | null} cells with the changes
 * @property {() => Cells} truth cells of the targets; none for the typical row
 * @property {() => string} problem
 */

/** @typedef {{ of: string, original: Cells, truth: Cells }} Found */

/** @param {State} state @returns {ModelColumn[]} */
const columnsOf = (state) => state.dataset.value?.columns ?? [];

/** @param {ModelColumn} column */
const typicalCell = ({ coding, median, mode }) =>
  coding === "number" ? String(median) : (mode ?? "");

/** The core reads decimal points; cells that are no number stay as they are. @param {ModelColumn} column @param {string} text */
function plainCell({ coding }, text) {
  const value = readNumber(text);
  return coding !== "number" ||
    text.trim() === "" ||
    Number.isNaN(value) ||
    !Number.isNaN(Number(text))
    ? text
    : String(value);
}

/** @param {State} state */
const baseKey = ({ prepared, why }) => `${prepared.value?.run} ${why.base.value}`;

/** @param {Context} context @returns {Promise<Found | null>} */
async function fetchRow({ state, actions }) {
  const of = baseKey(state);
  const { value: base } = state.why.base;
  const columns = columnsOf(state);
  if (base === "typical") {
    const original = Object.fromEntries(
      columns.map((column) => [column.name, typicalCell(column)]),
    );
    return { of, original, truth: {} };
  }
  const found = await actions.look("tableRows", { rows: [base] });
  if (!found) {
    return null;
  }
  const cell = (/** @type {string} */ name) =>
    found.rows[0].cells[found.columns.indexOf(name)] ?? "";
  const targets = state.dataset.value?.targets ?? [];
  return {
    of,
    original: Object.fromEntries(
      columns.map((column) => [column.name, plainCell(column, cell(column.name))]),
    ),
    truth: Object.fromEntries(targets.map((name) => [name, cell(name)])),
  };
}

/** @param {Context} context @param {() => boolean} isOpen @returns {WonderedRow} */
export function wonderedRow(context, isOpen) {
  const { state } = context;
  const found = signal(/** @type {Found | null} */ (null));
  const problem = signal("");
  const present = computed(() => (found.value?.of === baseKey(state) ? found.value : null));
  const cells = computed(
    () => present.value && { ...present.value.original, ...state.why.changes.value },
  );
  follow(context, {
    wanted: () => isOpen() && present.value === null && state.prepared.value !== null,
    reads: () => baseKey(state),
    gap: () => 0,
    ask: () => fetchRow(context),
    show: (answer) => {
      problem.value = "";
      found.value = answer ?? found.value;
    },
    fail: (error) => (problem.value = messageOf(error)),
  });
  return {
    original: () => present.value?.original ?? null,
    cells: () => cells.value,
    truth: () => present.value?.truth ?? {},
    problem: () => problem.value,
  };
}

/** Puts a cell to another text; back to its own when it is the original one. @param {State} state @param {Cells} original @param {string} name @param {string} text */
export function changeCell({ why }, original, name, text) {
  const { [name]: _, ...others } = why.changes.value;
  why.changes.value = text === original[name] ? others : { ...others, [name]: text };
}
