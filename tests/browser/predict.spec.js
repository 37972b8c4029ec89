// Predict: the rows of a file, by the run or by a model that was kept.

import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.js";
import { axeFindings, button, choose, csv, open, openTab, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

const COLOURS = ["red", "green", "blue"];

/** Prices that hang on the colour and a little on the size. */
const PRICES = csv("size,colour,price", 120, (i) => {
  const k = i % COLOURS.length;
  return `${i % 10},${COLOURS[k]},${20 * k + (i % 10)}`;
});

/** Other columns, another order, a missing cell, an unknown colour. */
const NEW_ROWS = "colour,id,size\ngreen,a-1,3\npink,a-2,4\nblue,a-3,\n";

/** @param {Page} page */
const panel = (page) => page.locator("#panel-predict");

/** @param {Page} page @param {string} name @param {string} content */
const predict = (page, name, content) =>
  page
    .getByLabel("CSV file with rows to predict")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(content) });

/** @param {Page} page @param {string} name of the button */
async function saved(page, name) {
  const waiting = page.waitForEvent("download");
  await button(page, name).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** @param {Page} page */
async function trainPrices(page) {
  await open(page);
  await choose(page, "prices.csv", PRICES);
  await expect(page.locator(".file-line")).toContainText("prices.csv");
  await expect(statusOf(page)).toContainText("Ready");
  await train(page);
  await openTab(page, "Predict");
}

test("new rows in another order, with what did not fit, and a CSV to take away", async ({
  page,
}) => {
  await trainPrices(page);
  await expect(panel(page)).toContainText(
    "The file needs these columns, in any order: size, colour.",
  );
  await predict(page, "new.csv", NEW_ROWS);
  await expect(panel(page)).toContainText("3 rows of new.csv, predicted by the best epoch of Run");
  const remarks = panel(page).locator(".remarks li");
  await expect(remarks.filter({ hasText: "colour: 1 cell with an unknown level" })).toHaveText(
    /in line 3\./,
  );
  await expect(remarks.filter({ hasText: "size: 1 missing cell" })).toHaveText(/in line 4\./);
  await expect(panel(page).locator("tbody tr")).toHaveCount(3);
  const { name, bytes } = await saved(page, "Download the rows with predictions");
  expect(name).toBe("new-predicted.csv");
  const lines = bytes.toString().trim().split("\r\n");
  expect(lines[0]).toBe("colour,id,size,predicted_price");
  expect(lines[1]).toMatch(/^green,a-1,3,-?\d/);
  expect(lines).toHaveLength(4);
  await expect(panel(page).locator("tbody tr").first()).toContainText("a-1");
});

test("a file with the target is scored as in the results", async ({ page }) => {
  await open(page, "#data.file=iris.csv&split.validation=0&train.epochs=20");
  await train(page);
  const told = await page
    .locator("#panel-results .tile", { hasText: "Accuracy" })
    .first()
    .locator("dd")
    .textContent();
  await openTab(page, "Predict");
  await panel(page).getByLabel("Predicted by").selectOption("this run, present weights");
  await button(page, "Predict the present file").click();
  await expect(panel(page)).toContainText("The file has species: scores over 150 rows.");
  await expect(panel(page).locator(".tile").first().locator("dd")).toHaveText(String(told));
  await expect(panel(page).locator("tbody tr")).toHaveCount(20);
});

test("a missing column is named, and the next file is predicted", async ({ page }) => {
  await trainPrices(page);
  await predict(page, "wrong.csv", "size,shade\n1,red\n");
  await expect(panel(page).getByRole("alert")).toContainText('no column "colour"');
  await predict(page, "right.csv", "size,colour\n1,red\n");
  await expect(panel(page)).toContainText("1 row of right.csv");
  await expect(panel(page).getByRole("alert")).toHaveCount(0);
  await button(page, "Predict one row").click();
  await expect(page.getByRole("heading", { name: "What if?" })).toBeVisible();
});

test("a file dropped on Predict is predicted and leaves the data alone", async ({ page }) => {
  await trainPrices(page);
  const files = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
    return transfer;
  }, NEW_ROWS);
  await page.dispatchEvent(".predict-drop", "dragenter", { dataTransfer: files });
  await page.dispatchEvent(".predict-drop", "drop", { dataTransfer: files });
  await expect(panel(page)).toContainText("3 rows of dropped.csv");
  await expect(page.locator(".file-line")).toContainText("prices.csv");
  await expect(page.locator("html")).not.toHaveClass(/dropping/);
});

test("a kept model predicts the same on a page that has not trained", async ({ page }) => {
  await trainPrices(page);
  await predict(page, "new.csv", NEW_ROWS);
  const here = await saved(page, "Download the rows with predictions");
  await button(page, "Save…").click();
  const model = await saved(page, "Model of the best epoch");
  await page.goto("about:blank");
  await open(page, "#data.file=iris.csv");
  await choose(page, "prices.model", model.bytes);
  await expect(panel(page).getByLabel("Predicted by")).toHaveValue("loaded");
  await predict(page, "new.csv", NEW_ROWS);
  await expect(panel(page)).toContainText("3 rows of new.csv, predicted by prices.model.");
  const there = await saved(page, "Download the rows with predictions");
  expect(there.bytes.equals(here.bytes)).toBe(true);
});

test("a file that is no model is refused", async ({ page }) => {
  await open(page);
  await train(page);
  await openTab(page, "Predict");
  await page
    .getByLabel("Model file")
    .setInputFiles({ name: "a.model", mimeType: "", buffer: Buffer.from("nothing") });
  await expect(panel(page).getByRole("alert")).toContainText("not a model");
});

for (const width of [1440, 390]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ bypassCSP: true, viewport: { width, height: 900 }, colorScheme: "dark" });

    test("axe finds nothing in predict", async ({ page }) => {
      await open(page);
      await train(page);
      await openTab(page, "Predict");
      await button(page, "Predict the present file").click();
      await expect(panel(page)).toContainText("scores over 150 rows");
      expect(await axeFindings(page, "#panel-predict")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  });
}
