// Odd files through the worker's reader: those of tests/native/data give what they give natively, and
// those of csv-spectrum what its own tables say.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Core, UserMistake } from "../../web/worker/core.js";
import { tableRows } from "../../web/worker/core-inspect.js";
import { readTable } from "../../web/worker/read-table.js";
import "./sheet-worker-here.js";

/** @typedef {import("../../web/worker/core-table.js").Table} Table */

const ROOT = join(import.meta.dirname, "../..");
const DATA = join(ROOT, "tests/native/data");
const SPECTRUM = dirname(fileURLToPath(import.meta.resolve("csv-spectrum")));

/** Formats that only the worker reads, and what it says of these two damaged files. */
const READ_HERE_ONLY = new Map([
  ["gzip", "cannot be unpacked"],
  ["spreadsheet", "not a spreadsheet"],
]);

/** What tables of csv-spectrum have wrong: this one's file holds another telephone number. */
const CORRECTIONS = new Map([["location_coordinates", { "Contact Phone Number": "2095257564" }]]);

const core = await Core.load(await readFile(join(ROOT, "build/wasm/tabtrain.wasm")));

/**
 * @template T
 * @param {Buffer<ArrayBuffer>} bytes
 * @param {string} cfg
 * @param {(table: Table) => T} use
 */
async function read(bytes, cfg, use) {
  const config = core.newConfig([]);
  config.read(cfg);
  const table = await readTable(core, new Blob([bytes]), config).finally(() => config.free());
  try {
    return use(table);
  } finally {
    table.free();
  }
}

/** @param {Table} table */
const allRows = (table) => tableRows(table, [...Array(table.nRows).keys()]);

/** @param {string} text */
const visible = (text) => text.replaceAll("\n", "\\n").replaceAll("\r", "\\r");

/** A table in the form of tests/native/test-odd-files.c. @param {Table} table */
function describe(table) {
  const { dialect, problems } = table.json(0);
  const keys = ["delimiter", "quote", "escape", "comment", "skip", "header", "charset"];
  const { columns, rows } = allRows(table);
  const lines = [
    `read as ${keys.map((key) => dialect[key].value).join(" ")}`,
    `columns ${columns.map(visible).join(" | ")}`,
    ...rows.map(({ line, cells }) => `${line}: ${cells.map(visible).join(" | ")}`),
    ...problems.map(
      (/** @type {{ kind: string, line: number, column: number }} */ { kind, line, column }) =>
        `problem ${kind} ${line} ${column}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

/** @param {unknown} error */
function describeMistake(error) {
  assert.ok(error instanceof UserMistake, String(error));
  const { line, column, message } = error.mistake;
  return `error ${line} ${column} ${message}\n`;
}

const names = (await readdir(DATA)).filter((n) => n.endsWith(".csv")).map((n) => n.slice(0, -4));

test("there are odd files", () => assert.ok(names.length >= 60));

for (const name of names) {
  test(`${name}.csv reads as it does natively`, async () => {
    const bytes = await readFile(join(DATA, `${name}.csv`));
    const cfg = await readFile(join(DATA, `${name}.cfg`), "utf8").catch(() => "");
    const result = await read(bytes, cfg, describe).catch(describeMistake);
    const own = READ_HERE_ONLY.get(name);
    if (own) {
      assert.ok(result.startsWith("error") && result.includes(own), result);
    } else {
      assert.equal(result, await readFile(join(DATA, `${name}.txt`), "utf8"));
    }
  });
}

/** One record a row, by the names of the columns. @param {Table} table */
function toRecords(table) {
  const { columns, rows } = allRows(table);
  return rows.map(({ cells }) => Object.fromEntries(cells.map((cell, i) => [columns[i], cell])));
}

for (const file of await readdir(join(SPECTRUM, "csvs"))) {
  const name = file.replace(/\.csv$/, "");
  test(`csv-spectrum: ${name}`, async () => {
    const [csv, json] = await Promise.all([
      readFile(join(SPECTRUM, "csvs", file)),
      readFile(join(SPECTRUM, "json", `${name}.json`), "utf8"),
    ]);
    const records = await read(csv, "data.header = yes\n", toRecords);
    const wanted = [JSON.parse(json)].flat();
    assert.deepEqual(
      records,
      wanted.map((record) => ({ ...record, ...CORRECTIONS.get(name) })),
    );
  });
}
