/** Reads .xlsx files: the only use of the library. */

import readXlsxFile from "read-excel-file/universal";

/**
 * Cells are texts, numbers, booleans, dates, or null.
 * @typedef {{ name: string, rows: unknown[][] }} Sheet
 */

/**
 * @param {Blob} file
 * @returns {Promise<Sheet[] | null>} null for something else than a spreadsheet
 */
export async function readWorkbook(file) {
  try {
    const sheets = await readXlsxFile(file, { trim: false });
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data }));
  } catch {
    return null;
  }
}
