import { openFormat } from "./formats/format.js";

/** @typedef {import("./core.js").Config} Config */
/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("../protocol.js").FileKind} FileKind */
/** @typedef {import("../protocol.js").Sheets} Sheets */

/** Called with the sheets of a spreadsheet, and what the file is. @typedef {(sheets: Sheets | null, kind: FileKind) => void} OnSheets */

/**
 * A file as a table, which the caller frees: a CSV file, or what formats/ makes a CSV of.
 * @param {Core} core
 * @param {Blob} file
 * @param {Config} config changed by what the format of the file settles
 * @param {(done: number) => void} [onPart] called with the bytes done; what it throws ends the reading
 * @param {OnSheets} [onSheets]
 */
export async function readTable(core, file, config, onPart = () => {}, onSheets = () => {}) {
  const { settings, kind, sheets, parts } = await openFormat(file, config.get("data.sheet") ?? "");
  onSheets(sheets, kind);
  settings.forEach(([key, value]) => config.set(key, value));
  const csv = core.newCsvReader(config);
  try {
    for await (const part of parts(onPart)) {
      csv.feed(part);
    }
    return csv.finish();
  } finally {
    csv.free();
  }
}
