/**
 * What the rows of a table and of a data set tell: the part of the C core for JavaScript that
 * core/wasm/exports-data.c exports. As in core.js, no pointer leaves this file.
 */

import { UserMistake } from "./core.js";

/** @typedef {import("./core-trainer.js").Dataset} Dataset */
/** @typedef {import("./core-table.js").Table} Table */

/**
 * @param {Table} table that the data set was made from
 * @param {Dataset} dataset
 * @returns {import("../protocol-data.js").Repeats}
 */
export function repeats({ wasm, pointer }, dataset) {
  return wasm.takeJson(wasm.created(wasm.call.repeats_json(pointer, dataset.pointer, wasm.error)));
}

/** How many columns have facts. @param {Dataset} dataset @returns {number} */
export const countColumns = ({ wasm, pointer }) => wasm.call.n_fact_columns(pointer);

/**
 * @param {Table} table that the data set was made from
 * @param {Dataset} dataset
 * @param {number} first column, of those that countColumns counts
 * @param {number} n
 * @returns {import("../protocol-data.js").ColumnFacts[]}
 */
export function columnFacts({ wasm, pointer }, dataset, first, n) {
  const json = wasm.call.column_facts_json(pointer, dataset.pointer, first, n, wasm.error);
  return wasm.takeJson(wasm.created(json));
}

/**
 * Columns before and after the preparation.
 * @param {Table} table that the data set was made from
 * @param {Dataset} dataset
 * @param {number[]} columns from 0
 * @param {number} bins
 * @returns {import("../protocol-data.js").Prepared}
 */
export function prepared({ wasm, pointer }, dataset, columns, bins) {
  const bytes = new Uint8Array(Int32Array.from(columns).buffer);
  return wasm.withBytes(bytes.length, (copy) => {
    wasm.write(copy, bytes);
    const n = columns.length;
    const { prepared_json: ask } = wasm.call;
    return wasm.takeJson(wasm.created(ask(pointer, dataset.pointer, n, copy, bins, wasm.error)));
  });
}

/**
 * Some training rows as pictures, as they are and as training would change them; null where the rows
 * are no pictures.
 * @param {Dataset} dataset
 * @param {import("./core.js").Config} config
 * @param {number} n
 * @param {number} seed
 * @returns {import("../protocol-data.js").Pictures | null}
 */
export function previewPictures({ wasm, pointer, image }, config, n, seed) {
  if (image === null) {
    return null;
  }
  const nPixels = image.height * image.width;
  const size = n * nPixels * Float32Array.BYTES_PER_ELEMENT;
  return wasm.withBytes(2 * size, (originals) => {
    const changed = originals + size;
    const { picture_preview: preview } = wasm.call;
    const shown = preview(pointer, config.pointer, n, seed, originals, changed, wasm.error);
    if (shown < 0) {
      throw new UserMistake(wasm.mistake());
    }
    return {
      image,
      n: shown,
      originals: wasm.floats(originals, shown * nPixels),
      changed: wasm.floats(changed, shown * nPixels),
    };
  });
}

/**
 * Rows drawn at random, ascending.
 * @param {Table} table
 * @param {number} n
 * @param {number} seed
 * @returns {number[]}
 */
export function drawRows({ wasm, pointer }, n, seed) {
  return wasm.withBytes(n * Uint32Array.BYTES_PER_ELEMENT, (out) =>
    Array.from(wasm.integers(out, wasm.call.table_draw_rows(pointer, n, seed, out))),
  );
}
