/**
 * Rows of the table that are drawn over what the model predicts.
 */
import { signal } from "@preact/signals-core";
import { readNumber } from "./does-axes.js";
import { follow } from "../parts/follow.js";

/**
 * @import { TableRows } from "../../protocol-data.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { MapAxis } from "./does-axes.js"
 */

/** @typedef {{ training: TableRows, validation: TableRows, of: object }} Sample */

/** More dots than this hide the map. */
const MOST_ROWS = 250;

/** The rows of the current run, fetched when somebody looks. @param {Context} context @param {() => boolean} isOpen */
export function sampleOf(context, isOpen) {
  const { state, actions } = context;
  const sample = signal(/** @type {Sample | null} */ (null));
  const present = () => (sample.value?.of === state.prepared.value ? sample.value : null);
  follow(context, {
    wanted: () => isOpen() && present() === null,
    reads: () => state.prepared.value,
    ask: async () => {
      const of = state.prepared.value;
      const most = MOST_ROWS;
      const training = await actions.look("sampleRows", { part: "training", most });
      const validation = await actions.look("sampleRows", { part: "validation", most });
      return of && training && validation ? { training, validation, of } : null;
    },
    show: (answer) => (sample.value = answer ?? sample.value),
  });
  return present;
}

/**
 * A row as a dot: its places on the axes and what it truly is, a class index or a value.
 * @typedef {{ x: number, y: number, truth: number, isValidation: boolean }} Dot
 */

/** What a cell of the target says: a class or label by its index, or a number. @param {State} state @param {number} output @returns {{ column: string, read: (text: string) => number }} */
export function truthOf(state, output) {
  const { task = "regression", targets = [], classes = [] } = state.dataset.value ?? {};
  if (task === "regression") {
    return { column: targets[output] ?? "", read: readNumber };
  }
  const names = classes.map(({ name }) => name);
  const classOf = (/** @type {string} */ text) =>
    names.includes(text) ? names.indexOf(text) : NaN;
  return task === "multilabel"
    ? { column: targets[output] ?? "", read: (text) => labelIndex(state, output, text) }
    : { column: targets[0] ?? "", read: classOf };
}

/** The second level of a label in order is its yes. @param {State} state @param {number} output @param {string} text */
function labelIndex(state, output, text) {
  const name = state.dataset.value?.targets[output];
  const number = readNumber(text);
  const levels = state.table.value?.columns.find((column) => column.name === name)?.levels ?? [];
  return Number.isNaN(number) ? [...levels].sort().indexOf(text) : Number(number > 0);
}

/** Spreads dots within their band, the same way each time. @param {MapAxis} axis @param {number} i */
const spread = (axis, i) => (axis.scale.names ? (((i * 0.618034) % 1) - 0.5) * 0.7 : 0);

/** @param {State} state @param {Sample} sample @param {{ x: MapAxis, y: MapAxis | null }} axes @param {number} output @returns {Dot[]} */
export function dotsOf(state, sample, { x, y }, output) {
  const truth = truthOf(state, output);
  return [sample.training, sample.validation].flatMap(({ columns, rows }, part) => {
    const at = (/** @type {string} */ name) => columns.indexOf(name);
    const [atX, atY, atTruth] = [at(x.column.name), at(y?.column.name ?? ""), at(truth.column)];
    return rows.map(({ cells }, i) => ({
      x: x.place(cells[atX]) + spread(x, i),
      y: y ? y.place(cells[atY]) + spread(y, i * 7) : NaN,
      truth: truth.read(cells[atTruth] ?? ""),
      isValidation: part === 1,
    }));
  });
}
