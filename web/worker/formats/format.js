/** What a file holds, found from its first bytes, whatever its name: always a CSV in the end. */

import { FileBytes } from "./file-bytes.js";
import { refuseForeign } from "./foreign-files.js";
import { beginsAsJson, charsetOf, jsonFormat } from "./json-table.js";
import { isArchive, sheetFormat } from "./sheet-format.js";

/** @typedef {import("./file-bytes.js").OnPart} OnPart */
/**
 * @typedef {object} Format
 * @property {import("../../protocol.js").Setting[]} settings that say how the CSV is written, in place
 *     of those of the person
 * @property {import("../../protocol.js").FileKind} kind
 * @property {import("../../protocol.js").Sheets | null} sheets of a spreadsheet
 * @property {number} ahead share of the work that is done before the first bytes of the CSV come
 * @property {(onPart: OnPart) => AsyncIterable<Uint8Array>} parts bytes of the CSV; onPart as in
 *     FileBytes.parts
 * @property {() => void} [end] lets go of what was taken to read it
 */

/**
 * @param {Blob} file
 * @param {string} sheet of a spreadsheet; "" for the first
 * @param {AbortSignal} signal that ends the reading where nothing else can
 * @returns {Promise<Format>}
 */
export async function openFormat(file, sheet, signal) {
  const bytes = await FileBytes.open(file);
  const head = await bytes.head();
  if (isArchive(head)) {
    return sheetFormat(bytes, sheet, signal);
  }
  const text = new TextDecoder(charsetOf(head)).decode(head);
  refuseForeign(head, text);
  if (beginsAsJson(text)) {
    return jsonFormat(bytes, head);
  }
  const parts = (/** @type {OnPart} */ onPart) => bytes.parts(onPart);
  return { settings: [], kind: "csv", sheets: null, ahead: 0, parts };
}
