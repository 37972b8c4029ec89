/**
 * Looking inside a run's network: the part of the C core for JavaScript that core/wasm/
 * exports-inspect.c exports. As in core.js, no pointer leaves this file.
 */

/** @typedef {import("./core.js").Trainer} Trainer */
/** @typedef {import("./core.js").Part} Part */

/**
 * Histograms and units by layer over the first rows of a part.
 * @param {Trainer} trainer
 * @param {{ part: Part, rows: number, bins: number }} what
 * @returns {import("../protocol.js").Inspection}
 */
export function inspect({ wasm, pointer }, { part, rows, bins }) {
  const which = part === "validation" ? 1 : 0;
  const json = wasm.call.trainer_inspection_json(pointer, which, rows, bins, wasm.error);
  return wasm.takeJson(wasm.created(json));
}

/**
 * The arithmetic of one parameter on the first training rows.
 * @param {Trainer} trainer
 * @param {{ tensor: number, row: number, column: number, rows: number }} what
 * @returns {import("../protocol.js").Explanation}
 */
export function explain({ wasm, pointer }, { tensor, row, column, rows }) {
  const json = wasm.call.trainer_explain_json(pointer, tensor, row, column, rows, wasm.error);
  return wasm.takeJson(wasm.created(json));
}
