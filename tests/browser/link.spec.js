// The whole set-up is in the address.

import { fileURLToPath } from "node:url";
import { expect, test } from "./fixtures.js";
import {
  choose,
  csv,
  field,
  lastLossSummary,
  lossSummary,
  messagesOf,
  open,
  statusOf,
  train,
} from "./page.js";

const WINE = fileURLToPath(new URL("../../examples/wine.csv", import.meta.url));

test("a link brings back the set-up and the same run", async ({ page }) => {
  await open(page);
  await page.locator("#example").selectOption("moons.csv");
  await expect(page).toHaveURL(/data\.file=moons\.csv/);
  await page.getByLabel("Width of hidden layer 1").fill("12");
  await page.getByLabel("Activation of hidden layer 2").selectOption("gelu");
  await field(page, "optimizer").selectOption("sgd");
  await field(page, "optimizer.sgd.momentum").fill("0.9");
  await page.getByLabel("L1", { exact: true }).check();
  await field(page, "train.epochs").fill("20");
  await expect(page).toHaveURL(/train\.epochs=20/);
  await train(page);
  const summary = await lastLossSummary(page);
  const link = new URL(page.url()).hash;
  await page.goto("about:blank");
  await open(page, link);
  await expect(field(page, "optimizer")).toHaveValue("sgd");
  await expect(page.getByLabel("Width of hidden layer 1")).toHaveValue("12");
  await expect(page.getByLabel("Activation of hidden layer 2")).toHaveValue("gelu");
  expect(new URL(page.url()).hash).toBe(link);
  await train(page);
  await expect(lossSummary(page)).toContainText(summary);
});

test("unknown keys and wrong values are named and left out", async ({ page }) => {
  await open(page, "#optimizr=sgd&optimizer.adam.lr=-4&train.epochs=30");
  await expect(messagesOf(page)).toContainText("“optimizr”; did you mean “optimizer”?");
  await expect(messagesOf(page)).toContainText(
    "“Learning rate” (optimizer.adam.lr) = -4 was left out",
  );
  await expect(field(page, "train.epochs")).toHaveValue("30");
  await train(page);
});

test("a link to a file of one's own asks for it and keeps its set-up", async ({ page }) => {
  await page.goto("./#data.file=mine.csv&data.target=a&train.epochs=12");
  await expect(statusOf(page)).toHaveText("Waiting for mine.csv");
  await expect(page.getByText("This link was made with the file mine.csv")).toBeVisible();
  await choose(
    page,
    "mine.csv",
    csv("a,b", 40, (i) => `${i % 3},${i}`),
  );
  await expect(statusOf(page)).toContainText("Ready");
  await expect(field(page, "data.target")).toHaveValue("a");
  await expect(field(page, "train.epochs")).toHaveValue("12");
});

test("a link that was followed is one's own work after a reload", async ({ page, browser }) => {
  const table = csv("a,b", 40, (i) => `${i % 3},${i}`);
  await open(page);
  await choose(page, "mine.csv", table);
  await expect(page).toHaveURL(/fingerprint=/);
  const link = page.url();
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.getByText("This link was made with the file mine.csv")).toBeVisible();
  await choose(other, "mine.csv", table);
  await expect(statusOf(other)).toContainText("Ready");
  await other.reload();
  await expect(other.getByText("You were working on mine.csv")).toBeVisible();
  await other.context().close();
});

test("a file of one's own that is named like an example stays one's own", async ({ page }) => {
  await open(page);
  await page.setInputFiles("#file", WINE);
  await expect(page.locator(".file-line")).toContainText("wine.csv 178 rows × 14 columns");
  await expect(page.locator("#example")).toHaveValue("");
  await expect(page).toHaveURL(/own=1/);
  const link = new URL(page.url()).hash;
  await page.goto("about:blank");
  await page.goto(`./${link}`);
  await expect(statusOf(page)).toHaveText("Waiting for wine.csv");
  await page.setInputFiles("#file", WINE);
  await expect(statusOf(page)).toContainText("Ready");
  expect(new URL(page.url()).hash).toBe(link);
  await page.locator("#example").selectOption("wine.csv");
  await expect(page).not.toHaveURL(/own=1/);
  await expect(page.locator("#example")).toHaveValue("wine.csv");
});

test("names of columns survive commas and quotes", async ({ page }) => {
  await open(page);
  await choose(
    page,
    "odd.csv",
    csv('"a, b","say ""x""",y', 40, (i) => `${i},${-i},${i % 2}`),
  );
  await page.getByLabel("Use a, b as a feature").uncheck();
  await expect(page.getByLabel('Use say "x" as a feature')).toBeChecked();
  await expect(statusOf(page)).toContainText("Ready");
  await expect(page.getByText("1 input after encoding")).toBeVisible();
  await page.getByLabel("Use a, b as a feature").check();
  await expect(page.getByText("2 inputs after encoding")).toBeVisible();
});

test("a changed address opens what it describes", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    location.hash = "#data.file=sine.csv&data.target=y&train.epochs=15";
  });
  await expect(page.locator(".file-line")).toContainText("sine.csv");
  await expect(field(page, "train.epochs")).toHaveValue("15");
  await page.evaluate(() => {
    location.hash = "#data.file=mine.csv&train.epochs=16";
  });
  await expect(statusOf(page)).toHaveText("Waiting for mine.csv");
  await choose(
    page,
    "mine.csv",
    csv("a,b", 40, (i) => `${i % 3},${i}`),
  );
  await expect(statusOf(page)).toContainText("Ready");
  await page.evaluate(() => {
    location.hash = "#data.file=mine.csv&train.epochs=17";
  });
  await expect(field(page, "train.epochs")).toHaveValue("17");
  await expect(page.locator(".file-line")).toContainText("mine.csv 40 rows");
});

test("a short link changes the first example, back to a default too", async ({ page }) => {
  await open(page, "#train.epochs=100&optimizer.adam.lr=0.001");
  await expect(page.locator(".file-line")).toContainText("iris.csv");
  await expect(field(page, "train.epochs")).toHaveValue("100");
  await expect(field(page, "optimizer.adam.lr")).toHaveValue("0.001");
});
