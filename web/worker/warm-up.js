/**
 * What the worker does once it has nothing else to do, so that a person's first file is read as fast
 * as a later one: engines translate a wasm function quickly first, and well only once it has run
 * often enough.
 */

import { prepareReading } from "./formats/read-ahead.js";
import { Slice } from "./slices.js";

/** Cells of all kinds, as files have them. */
const HEADER = "a,b,c,d,e,f,g,h,y\n";
const ROWS =
  '1,2.5,-3.25e2,red,"a, b",2024-01-31,,"a ""b"" c",0.125\n7,,12.125,blue,"c, d",2023-11-05,x 1,plain,-1.5\n';
const PIECE_ROWS = ROWS.repeat(500);
const PIECES = 10;

/** @param {import("./core.js").Core} core */
export async function warmUp(core) {
  prepareReading();
  const config = core.newConfig([["data.target", "y"]]);
  const csv = core.newCsvReader(config);
  const slice = new Slice();
  try {
    csv.feed(core.wasm.encoder.encode(HEADER));
    for (let i = 0; i < PIECES; i++) {
      csv.feed(core.wasm.encoder.encode(PIECE_ROWS));
      await slice.rest();
    }
    const table = csv.finish();
    core.newDataset(table, config).free();
    table.free();
  } finally {
    csv.free();
    config.free();
  }
}
