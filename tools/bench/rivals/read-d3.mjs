// d3-dsv, which wants the whole text.

import { csvParseRows } from "d3-dsv";
import { answer } from "../answer.mjs";
import { readingCommands } from "../columns.mjs";

/** @param {Blob} file @param {(row: string[]) => void} onRow */
async function readRows(file, onRow) {
  csvParseRows(await file.text(), (/** @type {string[]} */ row) => {
    onRow(row);
    return null;
  });
}

answer(readingCommands(readRows));
