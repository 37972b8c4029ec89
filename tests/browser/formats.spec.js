// Files that are no CSV, as a person brings them in.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "./fixtures.js";
import { axeFindings, button, choose, csv, messagesOf, open, statusOf, train } from "./page.js";
import { spreadsheet } from "./spreadsheet.js";

const GARDEN = await readFile(join(import.meta.dirname, "garden.xlsx"));
const kinds = ["rose", "tulip"];
const RECORDS = Array.from({ length: 30 }, (_, i) => ({ size: { cm: i / 4 }, kind: kinds[i % 2] }));

const FILES = [
  { name: "records.json", content: JSON.stringify(RECORDS) },
  { name: "records.jsonl", content: RECORDS.map((record) => JSON.stringify(record)).join("\n") },
  { name: "records.json.gz", content: gzipSync(JSON.stringify(RECORDS)) },
  {
    name: "table.csv.gz",
    content: gzipSync(csv("size.cm,kind", 30, (i) => `${i / 4},${kinds[i % 2]}`)),
  },
];

for (const { name, content } of FILES) {
  test(`${name} opens and trains`, async ({ page }) => {
    await open(page);
    await choose(page, name, content);
    await expect(page.locator(".file-line")).toContainText(`${name} 30 rows × 2 columns`);
    await train(page);
    await expect(messagesOf(page)).toBeEmpty();
  });
}

test("a spreadsheet opens, and another of its sheets can be chosen", async ({ page }) => {
  await open(page);
  await choose(page, "garden.xlsx", GARDEN);
  await expect(page.locator(".file-line")).toContainText(
    "garden.xlsx 40 rows × 6 columns, Excel sheet",
  );
  const sheet = page.getByLabel("Sheet", { exact: true });
  await expect(sheet.locator("option:checked")).toHaveText("Orders");
  expect(await axeFindings(page, ".source")).toEqual([]);
  await sheet.selectOption("Flowers");
  await expect(page.locator(".file-line")).toContainText("garden.xlsx 30 rows × 2 columns");
  await expect(sheet.locator("option:checked")).toHaveText("Flowers");
  await expect(page).toHaveURL(/data\.sheet=Flowers/);
  await train(page);
});

test("an empty sheet is refused, and the one before stays", async ({ page }) => {
  await open(page);
  await choose(page, "garden.xlsx", GARDEN);
  const sheet = page.getByLabel("Sheet", { exact: true });
  await sheet.selectOption("Empty");
  await expect(messagesOf(page)).toContainText('The sheet "Empty" is empty');
  await expect(sheet.locator("option:checked")).toHaveText("Orders");
  await expect(page.locator(".file-line")).toContainText("40 rows");
});

/** Counts the workers that a worker ends from now on. */
function countEndedWorkers() {
  Object.assign(self, { endedWorkers: 0 });
  class Counted extends Worker {
    terminate() {
      super.terminate();
      Object.assign(self, { endedWorkers: Reflect.get(self, "endedWorkers") + 1 });
    }
  }
  Object.assign(self, { Worker: Counted });
}

test("a large spreadsheet that is being read can be left: its worker ends, and the trainer is free", async ({
  page,
}) => {
  await open(page);
  await train(page);
  const [trainer] = page.workers();
  await trainer.evaluate(countEndedWorkers);
  const file = { name: "large.xlsx", mimeType: "", buffer: spreadsheet(300_000, 6) };
  await page.setInputFiles("#file", file);
  const line = page.locator(".source .loading-line");
  await expect(line).toContainText("Reading large.xlsx");
  const ended = () => trainer.evaluate(() => Reflect.get(self, "endedWorkers"));
  expect(await ended()).toBe(0);
  await line.getByRole("button", { name: "Cancel" }).click();
  await expect(line).toBeHidden();
  expect(await ended()).toBe(1);
  await expect(page.locator(".file-line")).toContainText("iris.csv");
  await button(page, "Reset").click();
  await expect(statusOf(page)).toContainText("Ready");
});

test("JSON that is no list of records says what it is", async ({ page }) => {
  await open(page);
  await choose(page, "answer.json", JSON.stringify({ data: RECORDS, next: null }));
  await expect(messagesOf(page)).toContainText("single record (data, next)");
  await expect(page.locator(".file-line")).toContainText("iris.csv");
  await expect(statusOf(page)).toContainText("Ready");
});

test("a table copied as HTML alone can be pasted", async ({ page }) => {
  await open(page);
  await button(page, "Paste…").click();
  await page.locator("#paste").evaluate(
    (area, rows) => {
      const cells = (/** @type {string[]} */ row) => row.map((cell) => `<td>${cell}</td>`).join("");
      const clipboardData = new DataTransfer();
      const lines = rows.map((row) => `<tr>${cells(row)}</tr>`).join("");
      clipboardData.setData("text/html", `<table>${lines}</table>`);
      area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
    },
    [["size", "kind"], ...RECORDS.map(({ size, kind }) => [String(size.cm), `<b>${kind}</b>\n`])],
  );
  await expect(page.locator("#paste")).toHaveValue(/^size\tkind\n0\trose\n0.25\ttulip\n/);
  await button(page, "Use this table").click();
  await expect(page.locator(".file-line")).toContainText("pasted.csv 30 rows × 2 columns, tab");
});
