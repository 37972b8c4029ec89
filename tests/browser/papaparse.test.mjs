// The odd files of tests/native/data as PapaParse reads them: each difference is listed here with its
// reason, and none is listed that is no more. Both readers are left to themselves, without settings.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import Papa from "papaparse";
import { Core, UserMistake } from "../../web/worker/core.js";
import { tableRows } from "../../web/worker/core-inspect.js";
import { readTable } from "../../web/worker/read-table.js";
import "./sheet-worker-here.js";

const ROOT = join(import.meta.dirname, "../..");
const DATA = join(ROOT, "tests/native/data");

/** Why files are read in another way. @type {Record<string, string[]>} */
const DIFFERENCES = {
  "A delimiter behind a backslash is part of the cell.": ["backslash-delimiters"],
  "A quote behind a backslash is part of the cell.": ["backslash-quotes"],
  "A line of spaces is blank.": ["blank-lines"],
  "A quote opens a cell behind blanks, too.": ["blanks-before-quotes"],
  "Comments are found without being asked for.": ["comments", "percent-comments"],
  "A line that says sep=; tells the delimiter and is no row.": [
    "sep-line",
    "sep-line-comma-text",
    "sep-line-crlf",
  ],
  "Equal names get a number, and empty ones a name.": ["equal-names"],
  "Lines above the table are left out.": ["lines-above", "padded-title-above", "title-above"],
  "LF, CRLF and CR end a line in one and the same file.": ["mixed-line-breaks"],
  "Single quotes are found.": ["single-quotes"],
  "Spaces are a delimiter, and several of them one.": ["space", "space-aligned"],
  "Blanks around a cell without quotes are no part of it.": [
    "blanks-kept-in-quotes",
    "pipe-spaced",
  ],
  "Numbers with a decimal comma are numbers, not two cells.": [
    "one-column-decimal-comma",
    "semicolon-decimal-comma",
  ],
  "A delimiter that ends every line begins no cell.": [
    "trailing-delimiters",
    "trailing-delimiters-rows-only",
  ],
  "Text behind a closing quote ends neither cell nor record: it is kept, and listed as a problem.":
    ["text-behind-quote", "text-behind-quote-dropped"],
  "Ragged rows are dropped or filled as a setting says, and listed; many of them are a mistake.": [
    "mostly-ragged",
    "ragged",
    "ragged-filled",
    "skip-none-set",
  ],
  "A quote that never closes is a mistake with its line, not a cell with the rest of the file.": [
    "open-quote",
    "quote-none",
  ],
  "A header without rows, and a file without either, is a mistake.": [
    "empty",
    "only-blank-lines",
    "only-header",
  ],
  "The encoding is found.": [
    "utf16-excel-tab",
    "utf16-lone-surrogate",
    "utf16be",
    "utf16be-mark",
    "utf16le",
    "utf16le-mark",
    "utf8-with-a-bad-byte",
    "windows-1252",
  ],
  "Files that are no text are refused.": ["binary", "gzip", "spreadsheet"],
  "NUL bytes are left out of their cells, and listed.": ["nul-byte"],
};

const reasons = new Map(
  Object.entries(DIFFERENCES).flatMap(([reason, names]) => names.map((name) => [name, reason])),
);
const core = await Core.load(await readFile(join(ROOT, "build/wasm/tabtrain.wasm")));
const files = (await readdir(DATA)).filter((name) => name.endsWith(".csv"));
const names = files.map((name) => name.slice(0, -".csv".length));

/** Records as the core has them, that of the names first; null where it refuses. @param {Buffer<ArrayBuffer>} bytes */
async function readByCore(bytes) {
  const config = core.newConfig([]);
  try {
    const table = await readTable(core, new Blob([bytes]), config);
    const { columns, rows } = tableRows(table, [...Array(table.nRows).keys()]);
    const header = table.json(0).dialect.header.value === "yes";
    table.free();
    return [...(header ? [columns] : []), ...rows.map(({ cells }) => cells)];
  } catch (error) {
    assert.ok(error instanceof UserMistake, String(error));
    return null;
  } finally {
    config.free();
  }
}

/** @param {Buffer} bytes @returns {string[][]} */
const readByPapa = (bytes) =>
  Papa.parse(new TextDecoder().decode(bytes), { skipEmptyLines: true }).data;

/** The core tells numbers in their shortest form. @param {string} ours @param {string | undefined} theirs */
const isSameCell = (ours, theirs) =>
  ours === theirs || (ours !== "" && theirs !== "" && Number(ours) === Number(theirs));

/** @param {string[][] | null} ours @param {string[][]} theirs */
const areSame = (ours, theirs) =>
  ours !== null &&
  ours.length === theirs.length &&
  ours.every(
    (record, i) =>
      record.length === theirs[i].length &&
      record.every((cell, j) => isSameCell(cell, theirs[i][j])),
  );

test("every file that is listed is there", () => {
  assert.deepEqual(
    [...reasons.keys()].filter((name) => !names.includes(name)),
    [],
  );
});

for (const name of names) {
  const reason = reasons.get(name);
  test(reason ? `${name}.csv: ${reason}` : `${name}.csv reads as in PapaParse`, async () => {
    const bytes = await readFile(join(DATA, `${name}.csv`));
    const [ours, theirs] = [await readByCore(bytes), readByPapa(bytes)];
    assert.equal(areSame(ours, theirs), reason === undefined, JSON.stringify({ ours, theirs }));
  });
}
