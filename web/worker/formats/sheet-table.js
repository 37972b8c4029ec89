/** A sheet of a spreadsheet as a table. */

import { UserMistake } from "../wasm.js";
import { csvParts } from "./csv-text.js";
import { readWorkbook } from "./workbook.js";

/** @typedef {import("./workbook.js").Sheet} Sheet */

/** The sheet to read, from 0. @param {string} asked "" for the first that is not empty @param {Sheet[]} sheets */
function chosenSheet(asked, sheets) {
  if (asked === "") {
    const first = sheets.findIndex(({ rows }) => rows.length > 0);
    return Math.max(0, first);
  }
  const found = sheets.findIndex(({ name }) => name === asked);
  if (found < 0) {
    const names = sheets.map(({ name }) => `"${name}"`).join(", ");
    throw new UserMistake({
      key: "data.sheet",
      message: `The spreadsheet has no sheet "${asked}". Choose one of ${names}.`,
    });
  }
  return found;
}

/** @param {Blob} file @returns {Promise<Sheet[]>} */
async function readSheets(file) {
  const sheets = await readWorkbook(file);
  if (sheets === null || sheets.length === 0) {
    throw new UserMistake({
      message:
        "This ZIP archive is not a spreadsheet (.xlsx) that can be read. Choose a CSV file that is in it, or save the sheet as CSV.",
    });
  }
  return sheets;
}

/** @param {unknown} value */
const isFilled = (value) => value !== null && value !== "";

/** Places of the columns that are not empty from top to bottom. @param {unknown[][]} rows */
function filledColumns(rows) {
  /** @type {Set<number>} */
  const filled = new Set();
  for (const row of rows) {
    row.forEach((value, place) => isFilled(value) && filled.add(place));
  }
  return [...filled].sort((a, b) => a - b);
}

/**
 * Rows without empty columns; an empty row is []. A title above the table stays as short as it is,
 * by which the CSV reader knows it.
 * @param {unknown[][]} rows
 */
function* filledRows(rows) {
  const places = filledColumns(rows);
  let isAbove = true;
  for (const row of rows) {
    const cells = places.map((place) => row[place]);
    const nFilled = cells.filter(isFilled).length;
    isAbove &&= nFilled < Math.min(2, places.length);
    yield isAbove || nFilled === 0 ? cells.slice(0, cells.findLastIndex(isFilled) + 1) : cells;
  }
}

/**
 * @param {Blob} file
 * @param {string} sheet to read; "" for the first that is not empty
 * @returns {Promise<{ sheets: import("../../protocol.js").Sheets, parts: AsyncGenerator<Uint8Array> }>}
 *     its parts are bytes of a CSV
 */
export async function openSheet(file, sheet) {
  const sheets = await readSheets(file);
  const chosen = chosenSheet(sheet, sheets);
  const { name, rows } = sheets[chosen];
  if (rows.length === 0) {
    throw new UserMistake({ message: `The sheet "${name}" is empty. Choose another one.` });
  }
  return {
    sheets: { names: sheets.map((each) => each.name), chosen },
    parts: csvParts(filledRows(rows)),
  };
}
