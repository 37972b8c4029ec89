// Files that are no CSV through the worker: what they hold becomes the table that a CSV would give.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { UserMistake } from "../../web/worker/core.js";
import { JsonScanner } from "../../web/worker/formats/json-scanner.js";
import "./sheet-worker-here.js";
import { open } from "./worker-session.js";

const GARDEN = await readFile(join(import.meta.dirname, "garden.xlsx"));

const { load, events, prepare } = await open();

/** @param {BlobPart[]} parts */
const read = async (...parts) => (await load(new Blob(parts))).table;

/** @param {any} table */
const types = ({ columns }) =>
  columns.map((/** @type {any} */ { name, type }) => `${name}: ${type}`).join(", ");

/** What is wrong with a file. @param {BlobPart[]} parts */
async function mistakeIn(...parts) {
  try {
    await read(...parts);
  } catch (error) {
    assert.ok(error instanceof UserMistake, String(error));
    return error.mistake;
  }
  return assert.fail("the file was read");
}

const CSV = 'size,name,place.city\n1.5,"Bob, Jr.",Rome\n-2e-7,"say ""hi""",\n3,Cy,Oslo\n';
const RECORDS = [
  { size: 1.5, name: "Bob, Jr.", place: { city: "Rome" } },
  { size: -2e-7, name: 'say "hi"' },
  { size: 3, name: "Cy", place: { city: "Oslo" } },
];
const LINES = RECORDS.map((record) => JSON.stringify(record)).join("\n");

const SAME_TABLE = {
  "a JSON list": [JSON.stringify(RECORDS)],
  "a JSON list over many lines": [JSON.stringify(RECORDS, null, 2)],
  "a JSON list with a byte order mark": [`\ufeff${JSON.stringify(RECORDS)}`],
  "a JSON list in UTF-16": [Buffer.from(`\ufeff${JSON.stringify(RECORDS)}`, "utf16le")],
  "records line by line": [LINES],
  "records line by line, the last one ended": [`${LINES}\n`],
  "a packed CSV": [gzipSync(CSV)],
  "a packed JSON list": [gzipSync(JSON.stringify(RECORDS))],
  "packed records line by line": [gzipSync(LINES)],
};

for (const [title, parts] of Object.entries(SAME_TABLE)) {
  test(`${title} gives the table of the CSV`, async () => {
    const { columns, rows, n_rows } = await read(CSV);
    const table = await read(...parts);
    assert.deepEqual(table.columns, columns);
    assert.deepEqual(table.rows, rows);
    assert.equal(table.n_rows, n_rows);
    assert.equal(table.n_problems, 0);
  });
}

test("JSON keeps each value as it is", async () => {
  const records = [
    { "#1": 0.1 + 0.2, words: " a\nb", yes: true, list: [1, "x"], last: null },
    { "#1": 5e-324, words: "sep=;", yes: false, list: [], later: 7 },
  ];
  const table = await read(JSON.stringify(records));
  assert.equal(
    types(table),
    "#1: number, words: category, yes: category, list: category, last: number, later: number",
  );
  assert.deepEqual(table.rows, [
    ["0.30000000000000004", " a\nb", "true", '[1,"x"]', "", ""],
    ["5e-324", "sep=;", "false", "[]", "", "7"],
  ]);
});

test("a record of nothing but missing values stays a row", async () => {
  const { rows } = await read('[{"a":1},{"a":null},{"a":NaN},{"a":4}]');
  assert.deepEqual(rows, [["1"], [""], [""], ["4"]]);
});

test("records are the same however the text is cut", () => {
  const text = '[{"a":"}\\"]{","b":[{"c":1}]},\n {"a":"\\\\","b":{}} ]';
  const whole = JSON.parse(text);
  for (let first = 0; first <= text.length; first++) {
    for (const second of [first, first + 1, text.length]) {
      const scanner = new JsonScanner();
      const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
      const records = pieces.flatMap((piece) => [...scanner.take(piece)]);
      scanner.finish();
      assert.deepEqual(records, whole);
    }
  }
});

const REFUSED = {
  '{"data":[{"a":1}],"more":2}': [0, /single record \(data, more\), not a list/],
  "[[1,2],[3,4]]": [1, /list of lists/],
  '["a","b"]': [1, /list of texts/],
  "[1, 2, 3]": [1, /list of numbers/],
  "[ ]": [0, /empty list/],
  '[{"a":1},\n{"a":2},\nnull]': [3, /In line 3 there is "null]"/],
  '[{"a":1}]\n{"a":2}': [2, /In line 2 there is/],
  '[{"a":1},\n\n{"a":\'x\'}]': [3, /begins in line 3 is not valid JSON/],
  '[{"a":1},\n{"a":2': [2, /complete\?/],
  '[{"a":1},\n{"a":2}': [2, /complete\?/],
  [`[{"a":${"[".repeat(200)}`]: [1, /values within values/],
};

for (const [text, [line, says]] of Object.entries(REFUSED)) {
  test(`${text.slice(0, 30).replaceAll("\n", " ")} is refused`, async () => {
    const mistake = await mistakeIn(text);
    assert.match(mistake.message, /** @type {RegExp} */ (says));
    assert.equal(mistake.line, line);
  });
}

test("a packed file that is cut off says so", async () => {
  const { message } = await mistakeIn(gzipSync(CSV).subarray(0, 30));
  assert.match(message, /gzip and cannot be unpacked/);
});

test("documents that hold no table say what to do instead", async () => {
  const pdf = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
  assert.match((await mistakeIn(pdf)).message, /PDF document/);
  for (const page of ["<!DOCTYPE html>\n<html>", "\n<html lang='en'><table>", "<table><tr>"]) {
    assert.match((await mistakeIn(`${page}\na,b\n1,2\n`)).message, /web page/);
  }
  const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  assert.match((await mistakeIn(old)).message, /save it as \.xlsx/);
  assert.equal(types(await read("<b>,html\n1,2\n3,4\n")), "<b>: number, html: number");
});

test("brackets around the names of a CSV do not make it JSON", async () => {
  assert.equal(types(await read("[id],[kind]\n1,x\n2,y\n")), "[id]: number, [kind]: category");
  assert.equal(types(await read("{id},{kind}\n1,x\n2,y\n")), "{id}: number, {kind}: category");
});

test("a spreadsheet gives its first sheet that is not empty", async () => {
  const table = await read(GARDEN);
  assert.deepEqual(table.sheets, { names: ["Empty", "Orders", "Flowers"], chosen: 1 });
  assert.equal(
    types(table),
    "day: date, placed: date, amount: number, paid: category, customer: category, discount: number",
  );
  assert.equal(table.n_rows, 40);
  assert.deepEqual(table.rows.slice(0, 3), [
    ["2024-03-01", "2024-03-01T06:30:00", "0.30000000000000004", "true", "Ann", ""],
    ["2024-03-02", "2024-03-02T07:30:00", "1234567.891", "false", "Bob, Jr.", "0.125"],
    ["2024-03-03", "2024-03-03T08:30:00", "2.5", "false", 'Cy "the boss"', ""],
  ]);
});

test("the sheet that is asked for is read, a title above it left out", async () => {
  const { table } = await load(new Blob([GARDEN]), [["data.sheet", "Flowers"]]);
  assert.equal(table.sheets.chosen, 2);
  assert.equal(types(table), "petal: number, kind: category");
  assert.deepEqual(table.rows[0], ["1", "tulip"]);
  assert.equal(table.n_rows, 30);
});

test("a sheet that is empty and an archive that is no spreadsheet leave the table as it was", async () => {
  const { columns } = await read(CSV);
  const garden = new Blob([GARDEN]);
  await assert.rejects(load(garden, [["data.sheet", "Empty"]]), /The sheet "Empty" is empty/);
  const unknown = await load(garden, [["data.sheet", "Trees"]]).catch(({ mistake }) => mistake);
  assert.equal(unknown.key, "data.sheet");
  assert.match(unknown.message, /no sheet "Trees". Choose one of "Empty", "Orders", "Flowers"/);
  assert.match((await mistakeIn(GARDEN.subarray(0, 2000))).message, /not a spreadsheet/);
  const { dataset } = await prepare([["data.target", "size"]]);
  assert.equal(dataset.target, columns[0].name);
});

test("progress goes up to the size of the file, and a newer file ends the reading", async () => {
  const many = JSON.stringify(Array.from({ length: 100_000 }, (_, i) => ({ x: i, y: i % 7 })));
  events.length = 0;
  const first = load(new Blob([many]));
  const second = load(new Blob([CSV]));
  await assert.rejects(first, /newer command/);
  assert.equal((await second).table.n_rows, 3);
  assert.equal((await read(many)).n_rows, 100_000);
  const done = events.filter((event) => event.type === "loading").map((event) => event.done);
  assert.ok(done.length > 1 && done.every((now, i) => now >= (done[i - 1] ?? 0)), `${done}`);
  assert.ok((done.at(-1) ?? 0) <= many.length);
});

test("what a file is, is told with its table", async () => {
  assert.equal((await read(CSV)).kind, "csv");
  assert.equal((await read(GARDEN)).kind, "sheet");
  assert.equal((await read('[{"a": 1}, {"a": 2}]')).kind, "json");
});
