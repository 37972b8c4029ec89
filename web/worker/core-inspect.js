/**
 * Looking inside a run's network: the part of the C core for JavaScript that core/wasm/
 * exports-inspect.c exports. As in core.js, no pointer leaves this file.
 */

import { PARTS } from "./core-trainer.js";

/** @typedef {import("./core-trainer.js").Trainer} Trainer */
/** @typedef {import("../protocol.js").Part} Part */

/**
 * Histograms and units by layer over the first rows of a part.
 * @param {Trainer} trainer
 * @param {{ part: Part, rows: number, bins: number }} what
 * @returns {import("../protocol-inside.js").Inspection}
 */
export function inspect({ wasm, pointer }, { part, rows, bins }) {
  const which = PARTS.indexOf(part);
  const json = wasm.call.trainer_inspection_json(pointer, which, rows, bins, wasm.error);
  return wasm.takeJson(wasm.created(json));
}

/**
 * The arithmetic of one parameter on the first training rows.
 * @param {Trainer} trainer
 * @param {{ tensor: number, row: number, column: number, rows: number }} what
 * @returns {import("../protocol-inside.js").Explanation}
 */
export function explain({ wasm, pointer }, { tensor, row, column, rows }) {
  const json = wasm.call.trainer_explain_json(pointer, tensor, row, column, rows, wasm.error);
  return wasm.takeJson(wasm.created(json));
}

/**
 * Why the run diverged; null when it has not.
 * @param {Trainer} trainer
 * @returns {import("../protocol-inside.js").Autopsy | null}
 */
export function autopsy({ wasm, pointer }) {
  return wasm.takeJson(wasm.call.trainer_autopsy_json(pointer));
}

/**
 * What guesses that look at no feature would score.
 * @param {Trainer} trainer
 * @returns {import("../protocol.js").Baseline[]}
 */
export function baselines({ wasm, pointer }) {
  return wasm.takeJson(wasm.created(wasm.call.trainer_baselines_json(pointer, wasm.error)));
}

/**
 * Some rows of a table as texts.
 * @param {import("./core-table.js").Table} table
 * @param {number[]} rows from 0
 * @returns {import("../protocol-data.js").TableRows}
 */
export function tableRows({ wasm, pointer }, rows) {
  const bytes = new Uint8Array(Int32Array.from(rows).buffer);
  return wasm.withBytes(bytes.length, (copy) => {
    wasm.write(copy, bytes);
    const json = wasm.call.table_rows_json(pointer, rows.length, copy, wasm.error);
    return wasm.takeJson(wasm.created(json));
  });
}

/**
 * Texts of a column, whole.
 * @param {import("./core-table.js").Table} table
 * @param {number} column from 0
 * @param {number} first row, from 0
 * @param {number} n rows
 * @returns {string[]}
 */
export function tableCells({ wasm, pointer }, column, first, n) {
  return wasm.takeJson(wasm.created(wasm.call.table_cells_json(pointer, column, first, n)));
}

/**
 * Columns at a closer look.
 * @param {import("./core-table.js").Table} table
 * @param {import("./core.js").Config} config
 * @param {number[]} columns from 0
 * @param {number} bins
 * @returns {import("../protocol-data.js").Described}
 */
export function describe({ wasm, pointer }, config, columns, bins) {
  const bytes = new Uint8Array(Int32Array.from(columns).buffer);
  return wasm.withBytes(bytes.length, (copy) => {
    wasm.write(copy, bytes);
    const n = columns.length;
    const json = wasm.call.describe_json(pointer, config.pointer, n, copy, bins, wasm.error);
    return wasm.takeJson(wasm.created(json));
  });
}

/**
 * The table rows of a part, spread evenly over it.
 * @param {import("./core-trainer.js").Dataset} dataset
 * @param {Part} part
 * @param {number} most
 */
export function sampleRows(dataset, part, most) {
  const n = dataset.nRows(part);
  const taken = Math.min(n, most);
  return Array.from({ length: taken }, (_, i) =>
    dataset.sourceRow(part, Math.floor((i * n) / taken)),
  );
}
