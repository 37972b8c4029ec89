import { UserMistake } from "./core.js";

/** @typedef {import("./core.js").Config} Config */
/** @typedef {import("./core.js").Core} Core */

/**
 * The next bytes of a file; undefined at its end.
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 */
async function next(reader) {
  try {
    return (await reader.read()).value;
  } catch (error) {
    throw new UserMistake({ message: `The file cannot be read: ${error}. Choose it once more.` });
  }
}

/**
 * A CSV file as a table, which the caller frees.
 * @param {Core} core
 * @param {Blob} file
 * @param {Config} config
 * @param {(done: number) => void} [onPart] called with the bytes done; what it throws ends the reading
 */
export async function readTable(core, file, config, onPart = () => {}) {
  const csv = core.newCsvReader(config);
  const reader = file.stream().getReader();
  try {
    let done = 0;
    for (let part = await next(reader); part; part = await next(reader)) {
      csv.feed(part);
      done += part.length;
      onPart(done);
    }
    return csv.finish();
  } finally {
    csv.free();
    reader.cancel().catch(() => {});
  }
}
