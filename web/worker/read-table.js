import { openFormat } from "./formats/format.js";
import { Room } from "./room.js";
import { inSlices, Slice } from "./slices.js";

/** @typedef {import("./core.js").Config} Config */
/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../protocol.js").FileKind} FileKind */
/** @typedef {import("./core-table.js").CsvReader} CsvReader */
/** @typedef {import("../protocol.js").Sheets} Sheets */

/** Called with the sheets of a spreadsheet, and what the file is. @typedef {(sheets: Sheets | null, kind: FileKind) => void} OnSheets */

/**
 * @typedef {object} Watch
 * @property {(done: number) => void} [onPart] called with the bytes done, many times a second
 * @property {OnSheets} [onSheets]
 * @property {number} [most] bytes of memory that may be in use
 * @property {AbortSignal} [signal] ends the reading with its reason
 */

/**
 * A file as a table, which the caller frees: a CSV file, or what formats/ makes a CSV of.
 * @param {Core} core
 * @param {Blob} file
 * @param {Config} config changed by what the format of the file settles
 * @param {Watch} [watch]
 */
export async function readTable(core, file, config, watch = {}) {
  const { signal = new AbortController().signal } = watch;
  const format = await openFormat(file, config.get("data.sheet") ?? "", signal);
  try {
    watch.onSheets?.(format.sheets, format.kind);
    format.settings.forEach(([key, value]) => config.set(key, value));
    return await readFormat(core, format, file.size, config, { ...watch, signal });
  } finally {
    format.end?.();
  }
}

/**
 * @param {Core} core
 * @param {import("./formats/format.js").Format} format
 * @param {number} size of the file
 * @param {Config} config
 * @param {Watch & { signal: AbortSignal }} watch
 */
async function readFormat(core, format, size, config, { onPart, most, signal }) {
  const room = new Room(core, most);
  const csv = core.newCsvReader(config);
  const slice = new Slice();
  let done = 0;
  let fed = 0;
  const share = () => Math.max(0, done / size - format.ahead) / (1 - format.ahead);
  const pause = async (/** @type {number} */ now) => {
    done = now;
    room.check(csv, fed, share());
    await slice.rest();
    signal.throwIfAborted();
    onPart?.(done);
  };
  try {
    for await (const part of format.parts(pause)) {
      csv.feed(part);
      fed += part.length;
    }
    await inSlices(() => {
      signal.throwIfAborted();
      onPart?.(done);
      return csv.finishPiece();
    });
    return csv.finish();
  } catch (error) {
    throw room.explain(error, csv, share());
  } finally {
    csv.free();
  }
}
