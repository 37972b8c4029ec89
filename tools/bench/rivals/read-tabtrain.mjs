// tabtrain's reader as its page uses it: the file's stream into the module.

import { Core } from "../../../web/worker/core.js";
import { readTable } from "../../../web/worker/read-table.js";
import { warmUp } from "../../../web/worker/warm-up.js";
import { answer } from "../answer.mjs";

/** @typedef {{ type: string, n_missing?: number, mean?: number }} Column of the table's JSON */

const module = fetch(new URL("site/tabtrain.wasm", import.meta.url));
const loaded = module.then((response) => response.arrayBuffer());

/** Features as they are: no scaling, all rows for training. */
const MATRIX = /** @type {[string, string][]} */ ([
  ["scaler", "none"],
  ["split.validation", "0"],
]);

/** @param {any} table of JSON */
function found({ n_rows, columns }) {
  const numbers = columns.filter((/** @type {Column} */ { mean }) => typeof mean === "number");
  const sum = numbers.reduce(
    (/** @type {number} */ total, /** @type {any} */ { mean, n_missing = 0 }) =>
      total + mean * (n_rows - n_missing),
    0,
  );
  return { rows: n_rows, sum };
}

/** A fresh module for each file, whose memory is then its own. @type {Core} */
let core;

answer({
  async warmUp() {
    core = await Core.load(await loaded);
    await warmUp(core);
  },

  /** @param {{ file: File, matrix: boolean }} what */
  async read({ file, matrix }) {
    const memory = core.wasm.memory;
    const before = memory.buffer.byteLength;
    const begin = performance.now();
    const config = core.newConfig(MATRIX);
    const table = await readTable(core, file, config);
    const afterTable = memory.buffer.byteLength;
    if (matrix) {
      core.newDataset(table, config);
    }
    const seconds = (performance.now() - begin) / 1000;
    return { seconds, grown: afterTable - before, ...found(table.json(0)) };
  },
});
