/** Tables of other formats as the bytes of a CSV file, piece by piece. */

/** How `csvParts` writes: nothing of it is left to be found out. @type {[string, string][]} */
export const WRITTEN = [
  ["data.delimiter", "comma"],
  ["data.quote", "double"],
  ["data.escape", "none"],
  ["data.comment", "none"],
  ["data.charset", "utf-8"],
];

const CHARACTERS_A_PART = 1 << 18;

const SECOND_MS = 1000;

/** In UTC, without a time of day at midnight; missing where there is no such date. @param {Date} date */
function dateText(date) {
  if (Number.isNaN(date.getTime())) {
    return "";
  }
  // Spreadsheets keep a share of the day, from which a full second may come out a millisecond short.
  const second = Math.round(date.getTime() / SECOND_MS) * SECOND_MS;
  const isFull = Math.abs(date.getTime() - second) <= 1;
  const text = new Date(isFull ? second : date).toISOString();
  return text.replace(/(T00:00:00)?\.000Z$|Z$/, "");
}

/** A value in one cell; null and undefined are missing. @param {unknown} value */
function cellText(value) {
  if (value === null || value === undefined) {
    return "";
  }
  if (value instanceof Date) {
    return dateText(value);
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Blanks at its ends are kept in quotes only. @param {string} text */
const quoted = (text) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @param {unknown[]} row */
function rowText(row) {
  const text = row.map((value) => quoted(cellText(value))).join(",");
  // A blank line would be no row at all.
  return text === "" ? '""\n' : `${text}\n`;
}

/**
 * @param {Iterable<unknown[]> | AsyncIterable<unknown[]>} rows the names first; an empty one becomes a
 *     blank line
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* csvParts(rows) {
  const encoder = new TextEncoder();
  let text = "";
  for await (const row of rows) {
    text += row.length > 0 ? rowText(row) : "\n";
    if (text.length >= CHARACTERS_A_PART) {
      yield encoder.encode(text);
      text = "";
    }
  }
  yield encoder.encode(text);
}
