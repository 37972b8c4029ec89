/**
 * What the worker does once it has nothing else to do, so that a person's first file is read as fast
 * as a later one: engines translate a wasm function quickly first, and well only once it has run
 * often enough.
 */

import { prepareReading } from "./formats/read-ahead.js";
import { Slice } from "./slices.js";

const HEADER = "a,b,c,d,e,f,g,h,y\n";
const PIECES = 8;
const PIECE_ROWS = 500;
const TABLES = 3;

/** Cells of all kinds, as files have them; most are new, because those take longest. @param {number} i */
const line = (i) =>
  `${i},${i / 8},${i}.25e-2,${i % 2 ? "red" : "blue"},"a, ${i}",2024-01-${1 + (i % 31)},${i % 3 ? i : ""},"a ""b"" ${i}",${i / -1000}\n`;

/** The text of so many lines from `first` on. @param {number} first */
const piece = (first) => Array.from({ length: PIECE_ROWS }, (_, i) => line(first + i)).join("");

/** @param {import("./core.js").Core} core @param {Slice} slice */
async function readLines(core, slice) {
  const config = core.newConfig([["data.target", "y"]]);
  const csv = core.newCsvReader(config);
  try {
    csv.feed(core.wasm.encoder.encode(HEADER));
    for (let i = 0; i < PIECES; i++) {
      csv.feed(core.wasm.encoder.encode(piece(i * PIECE_ROWS)));
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

/** @param {import("./core.js").Core} core */
export async function warmUp(core) {
  prepareReading();
  const slice = new Slice();
  for (let i = 0; i < TABLES; i++) {
    await readLines(core, slice);
  }
}
