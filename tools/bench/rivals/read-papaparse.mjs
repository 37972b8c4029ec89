// Papa Parse, streaming a File by itself.

import Papa from "papaparse";
import { answer } from "../answer.mjs";
import { readingCommands } from "../columns.mjs";

/** @param {Blob} file @param {(row: string[]) => void} onRow @returns {Promise<void>} */
function readRows(file, onRow) {
  return new Promise((complete, error) => {
    Papa.parse(file, {
      skipEmptyLines: true,
      chunk: (/** @type {{ data: string[][] }} */ { data }) => data.forEach(onRow),
      complete,
      error,
    });
  });
}

answer(readingCommands(readRows));
