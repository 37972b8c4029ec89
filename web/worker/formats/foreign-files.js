/** Files that hold no table that can be read, but that people bring: what to do instead. */

import { UserMistake } from "../core.js";

/** Of an .xls file, as of other documents of its time. */
const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0];

/** @typedef {{ is: (head: Uint8Array, text: string) => boolean, message: string }} Foreign */

/** @type {Foreign[]} */
const FOREIGN = [
  {
    is: (_, text) => text.startsWith("%PDF-"),
    message:
      "This is a PDF document. Copy its table into a spreadsheet, save that as CSV, and choose the new file.",
  },
  {
    is: (_, text) => /^\s*<(!doctype html|html|head|table)\b/i.test(text),
    message:
      "This is a web page. Open it, copy the table that is in it, and press Paste… here; or save the table as CSV.",
  },
  {
    is: (head) => OLD_OFFICE.every((byte, place) => head[place] === byte),
    message:
      "This is a document of an old Office version (.xls). Open it there and save it as .xlsx or CSV.",
  },
];

/** Fails where a file is known to be something else. @param {Uint8Array} head its first bytes @param {string} text the same, decoded */
export function refuseForeign(head, text) {
  const foreign = FOREIGN.find(({ is }) => is(head, text));
  if (foreign) {
    throw new UserMistake({ message: foreign.message });
  }
}
