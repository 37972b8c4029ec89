/** A sheet of a spreadsheet as a table; what reads the spreadsheet is loaded only then. */

import { UserMistake } from "../core.js";
import { csvParts, WRITTEN } from "./csv-text.js";

/** @typedef {import("./file-bytes.js").FileBytes} FileBytes */
/** @typedef {import("./workbook.js").Sheet} Sheet */

/** Of a ZIP archive, which an .xlsx file is. @param {Uint8Array} head */
export const isArchive = (head) =>
  [0x50, 0x4b, 0x03, 0x04].every((byte, place) => head[place] === byte);

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
  const { readWorkbook } = await import("./workbook.js").catch((error) => {
    throw new UserMistake({
      message: `What reads spreadsheets could not be fetched (${error.message}). Go online and try again, or save the sheet as CSV.`,
    });
  });
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
 * @param {FileBytes} file
 * @param {string} sheet to read; "" for the first that is not empty
 * @returns {Promise<import("./format.js").Format>}
 */
export async function sheetFormat(file, sheet) {
  const sheets = await readSheets(await file.blob());
  const chosen = chosenSheet(sheet, sheets);
  const { name, rows } = sheets[chosen];
  if (rows.length === 0) {
    throw new UserMistake({ message: `The sheet "${name}" is empty. Choose another one.` });
  }
  return {
    settings: WRITTEN,
    kind: "sheet",
    sheets: { names: sheets.map((sheet) => sheet.name), chosen },
    ahead: 0,
    parts: async function* parts(onPart) {
      for await (const part of csvParts(filledRows(rows))) {
        yield part;
        await onPart(file.size);
      }
    },
  };
}
