/**
 * A worker of its own for one spreadsheet, because the library reads it in one go: it can be ended in
 * the middle, and its memory is free again. It answers { file, sheet } by { sheets }, and then each
 * message by the next { part } of the CSV, which is undefined at the end; a mistake by { mistake }.
 */

import { UserMistake } from "../wasm.js";
import { openSheet } from "./sheet-table.js";

/** @type {AsyncGenerator<Uint8Array>} */
let parts;

/** @param {{ file: Blob, sheet: string } | null} request */
async function answer(request) {
  if (request !== null) {
    const table = await openSheet(request.file, request.sheet);
    parts = table.parts;
    return { sheets: table.sheets };
  }
  const { value } = await parts.next();
  return { part: value };
}

self.onmessage = async ({ data }) => {
  try {
    self.postMessage(await answer(data));
  } catch (error) {
    const { mistake } =
      error instanceof UserMistake ? error : new UserMistake({ message: `${error}` });
    self.postMessage({ mistake });
  }
};
