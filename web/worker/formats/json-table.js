/**
 * JSON records as a table: a list of them, or one after the other (NDJSON). Values within values get
 * a column of their own, as in "place.city"; lists become their JSON text.
 */

import { UserMistake } from "../core.js";
import { csvParts, WRITTEN } from "./csv-text.js";
import { JsonScanner } from "./json-scanner.js";

/** @typedef {import("./file-bytes.js").FileBytes} FileBytes */
/** @typedef {import("./file-bytes.js").OnPart} OnPart */
/** @typedef {import("./json-scanner.js").JsonRecord} JsonRecord */

const SHOWN_KEYS = 5;

/** The file is read twice: for the names of its columns, and then for the rows. */
const NAMES_SHARE = 0.5;

/**
 * Whether a text begins as JSON does; one in brackets can be the name of a CSV column.
 * @param {string} text without a byte order mark
 */
export const beginsAsJson = (text) =>
  /^\s*(\{\s*["}]|\[\s*([[{\]"]|(-?\d[\d.eE+-]*|null|true|false)\s*,\s*[^[\s]))/.test(text);

/** @param {Uint8Array} head the first bytes of a file */
export function charsetOf([first, second]) {
  if (first === 0xff && second === 0xfe) {
    return "utf-16le";
  }
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** @param {unknown} value @returns {value is JsonRecord} */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Names of columns and their values.
 * @param {JsonRecord} record
 * @param {string} [prefix]
 * @returns {Generator<[name: string, value: unknown]>}
 */
function* cells(record, prefix = "") {
  for (const [key, value] of Object.entries(record)) {
    if (isRecord(value)) {
      yield* cells(value, `${prefix}${key}.`);
    } else {
      yield [prefix + key, value];
    }
  }
}

/**
 * @param {FileBytes} file
 * @param {string} charset
 * @param {JsonScanner} scanner
 * @param {OnPart} onPart
 */
async function* records(file, charset, scanner, onPart) {
  const decoder = new TextDecoder(charset);
  for await (const part of file.parts(onPart)) {
    yield* scanner.take(decoder.decode(part, { stream: true }));
  }
  yield* scanner.take(decoder.decode());
  scanner.finish();
}

/** @param {string[]} keys */
function refuseOne(keys) {
  const shown = keys.slice(0, SHOWN_KEYS).join(", ");
  throw new UserMistake({
    message: `This JSON is a single record (${shown}), not a list of records. If the list is in it, save that part as a file.`,
  });
}

/**
 * Names of all columns, in the order in which they first appear.
 * @param {FileBytes} file
 * @param {string} charset
 * @param {OnPart} onPart
 */
async function columnsOf(file, charset, onPart) {
  /** @type {Set<string>} */
  const columns = new Set();
  const scanner = new JsonScanner();
  /** @type {string[]} */
  let keys = [];
  for await (const record of records(file, charset, scanner, onPart)) {
    keys = Object.keys(record);
    for (const [name] of cells(record)) {
      columns.add(name);
    }
  }
  if (!scanner.isList && scanner.nRecords === 1) {
    refuseOne(keys);
  }
  return [...columns];
}

/**
 * @param {FileBytes} file
 * @param {string} charset
 * @param {OnPart} onPart
 */
async function* rows(file, charset, onPart) {
  const columns = await columnsOf(file, charset, (done) => onPart(done * NAMES_SHARE));
  yield columns;
  const places = new Map(columns.map((name, i) => [name, i]));
  const scanner = new JsonScanner();
  const second = (/** @type {number} */ done) =>
    onPart(file.size * NAMES_SHARE + done * (1 - NAMES_SHARE));
  for await (const record of records(file, charset, scanner, second)) {
    const row = new Array(columns.length).fill(null);
    for (const [name, value] of cells(record)) {
      row[/** @type {number} */ (places.get(name))] = value;
    }
    yield row;
  }
}

/**
 * @param {FileBytes} file
 * @param {Uint8Array} head its first bytes
 * @returns {import("./format.js").Format}
 */
export function jsonFormat(file, head) {
  return {
    settings: [...WRITTEN, ["data.header", "yes"], ["data.skip", "0"]],
    kind: "json",
    sheets: null,
    ahead: NAMES_SHARE,
    parts: (onPart) => csvParts(rows(file, charsetOf(head), onPart)),
  };
}
