/** Spreadsheets: what reads them is fetched when one comes, into a worker of its own. */

import { endWorker, startWorker } from "../../start-worker.js";
import { UserMistake } from "../core.js";
import { WRITTEN } from "./csv-text.js";

/** @typedef {import("./file-bytes.js").FileBytes} FileBytes */
/** @typedef {import("./file-bytes.js").OnPart} OnPart */

/** Of a ZIP archive, which an .xlsx file is. @param {Uint8Array} head */
export const isArchive = (head) =>
  [0x50, 0x4b, 0x03, 0x04].every((byte, place) => head[place] === byte);

/**
 * The answer of the worker of a spreadsheet to one message.
 * @param {Worker} worker
 * @param {{ file: Blob, sheet: string } | null} message
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
function ask(worker, message, signal) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) =>
      data.mistake ? reject(new UserMistake(data.mistake)) : resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(
        new UserMistake({
          message: `What reads spreadsheets could not be fetched (${event.message}). Go online and try again, or save the sheet as CSV.`,
        }),
      );
    };
    signal.onabort = () => reject(signal.reason);
    worker.postMessage(message);
  });
}

/**
 * @param {FileBytes} file
 * @param {string} sheet to read; "" for the first that is not empty
 * @param {AbortSignal} signal
 * @returns {Promise<import("./format.js").Format>}
 */
export async function sheetFormat(file, sheet, signal) {
  const blob = await file.blob();
  signal.throwIfAborted();
  const started = startWorker("sheet-worker.js", import.meta.url);
  const end = () => endWorker(started);
  try {
    const { sheets } = await ask(started.worker, { file: blob, sheet }, signal);
    return {
      settings: WRITTEN,
      kind: "sheet",
      sheets,
      ahead: 0,
      async *parts(onPart) {
        for (;;) {
          const { part } = await ask(started.worker, null, signal);
          if (part === undefined) {
            return;
          }
          yield part;
          await onPart(file.size);
        }
      },
      end,
    };
  } catch (error) {
    end();
    throw error;
  }
}
