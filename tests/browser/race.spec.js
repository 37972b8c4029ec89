// Settings race side by side: "which optimizer suits this table?"

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test } from "./fixtures.js";
import { button, field, open, openTab, statusOf, train } from "./page.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page */
const board = (page) => page.locator("#panel-race .board tbody tr");

/** @param {Page} page */
const verdict = (page) => page.locator("#panel-race .verdict");

/** @param {Page} page */
async function openRace(page) {
  await train(page);
  await openTab(page, "Race");
}

/** @param {Page} page @param {string} key @param {string} values */
async function vary(page, key, values) {
  await page.getByLabel("Vary", { exact: true }).selectOption(key);
  await page.getByRole("textbox", { name: /^Values of/ }).fill(values);
}

/** A machine may have other things to do. @param {Page} page */
const decided = (page) => expect(verdict(page)).not.toBeEmpty({ timeout: 30_000 });

/** Rank, name and score of every setting. @param {Page} page */
const standings = async (page) =>
  (await board(page).allInnerTexts()).map((row) => row.split("\t").slice(0, 3).join(" "));

/** @param {Page} page @param {number} cores */
async function pretendCores(page, cores) {
  await page.addInitScript((n) => {
    Object.defineProperty(navigator, "hardwareConcurrency", { get: () => n, configurable: true });
  }, cores);
}

test("optimizers race on the same start, and the table says whether one is better", async ({
  page,
}) => {
  await open(page);
  await openRace(page);
  await expect(page.getByText(/12 runs, about/)).toBeVisible();
  await button(page, "Start the race").click();
  await decided(page);
  await expect(verdict(page)).toContainText(/wins|too close to call/);
  await expect(board(page)).toHaveCount(4);
  await expect(board(page).last()).toContainText("SGD");
  await expect(board(page).first()).toContainText("±");
});

test("the same race gives the same numbers however many workers there are", async ({ page }) => {
  const results = [];
  for (const cores of [2, 4]) {
    await pretendCores(page, cores);
    await page.goto("about:blank");
    await open(page);
    await openRace(page);
    await vary(page, "rate", "0.1x, 1x, 3x");
    await button(page, "Start the race").click();
    await decided(page);
    await expect(board(page)).toHaveCount(3);
    results.push(await standings(page));
  }
  expect(results[1]).toEqual(results[0]);
});

test("one seed names no winner, and asks for more", async ({ page }) => {
  await open(page);
  await openRace(page);
  await page.getByLabel("Seeds").fill("1");
  await vary(page, "model.hidden", "none; 4; 16,16");
  await button(page, "Start the race").click();
  await decided(page);
  await expect(verdict(page)).toContainText("one seed cannot tell a lead from chance");
  await button(page, "Race again with 3 seeds").click();
  await expect(verdict(page)).not.toContainText("one seed", { timeout: 30_000 });
  await decided(page);
  await expect(verdict(page)).toContainText(/wins|too close to call/);
  await expect(board(page)).toHaveCount(3);
});

test("a setting of the table is taken over with one click", async ({ page }) => {
  await open(page);
  await openRace(page);
  await page.getByLabel("Seeds").fill("1");
  await vary(page, "rate", "0.004, 0.008");
  await button(page, "Start the race").click();
  await decided(page);
  await button(page, "Use 0.004").click();
  await expect(field(page, "optimizer.adam.lr")).toHaveValue("0.004");
  await expect(button(page, "In use: 0.004")).toBeVisible();
  await expect(page.locator("#panel-race .used")).toContainText(
    "Set: Learning rate 0.004. Press Train for a run with it",
  );
  await field(page, "optimizer.adam.lr").fill("0.02");
  await expect(button(page, "Use 0.004")).toBeVisible();
  await expect(page.locator("#panel-race .used")).toBeHidden();
});

test("each setting is told how it stands beside the best one", async ({ page }) => {
  await open(page);
  await openRace(page);
  await vary(page, "rate", "1x, 0.0001x");
  await button(page, "Start the race").click();
  await decided(page);
  await expect(verdict(page)).toContainText("0.01 wins: it beats 0.000001.");
  await expect(board(page).last()).toContainText(/worse by [\d.]+ ± [\d.]+/);
  await expect(board(page).first()).not.toContainText("worse");
});

test("who looks elsewhere is told that the race is over, and led back", async ({ page }) => {
  await open(page);
  await openRace(page);
  await button(page, "Start the race").click();
  await openTab(page, "Runs");
  const offers = page.getByRole("status", { name: "Offers" });
  await expect(offers).toContainText("The race is over.", { timeout: 30_000 });
  await offers.getByRole("button", { name: "Show the race" }).click();
  await expect(verdict(page)).toBeInViewport();
  await expect(offers).toBeEmpty();
});

test("the settings of a race and the runs beside it have colours of their own", async ({
  page,
}) => {
  await open(page);
  await openRace(page);
  await page.getByLabel("Seeds").fill("1");
  await button(page, "Start the race").click();
  await decided(page);
  await button(page, "Train again").click();
  await expect(statusOf(page)).toContainText("Finished");
  await openTab(page, "Runs");
  const dots = page.locator("#panel-runs .run-color");
  await expect(dots).toHaveCount(6);
  const colors = await dots.evaluateAll((all) => all.map((dot) => dot.className));
  expect(new Set(colors).size).toBe(6);
});

test("two choices at once, paused, resumed, and reduced to the best three", async ({ page }) => {
  await open(page, "#data.file=iris.csv&data.target=species&train.epochs=200&model.hidden=32,32");
  await openRace(page);
  await page.getByLabel("Seeds").fill("1");
  await vary(page, "train.batch_size", "8, 16");
  await page.getByLabel("and", { exact: true }).selectOption("activation");
  await expect(page.getByText(/8 runs/)).toBeVisible();
  await button(page, "Start the race").click();
  await button(page, "Pause the race").click();
  const progress = page.locator(".race progress");
  await expect(button(page, "Go on")).toBeVisible();
  await page.waitForTimeout(300);
  const halted = await progress.getAttribute("value");
  await page.waitForTimeout(400);
  expect(await progress.getAttribute("value")).toBe(halted);
  await button(page, "Go on").click();
  await decided(page);
  await expect(board(page)).toHaveCount(8);
  await button(page, "Keep only the best three").click();
  await expect(board(page)).toHaveCount(3);
});

test("a race that is cancelled stops at once and leaves the page ready", async ({ page }) => {
  await open(page, "#data.file=digits.csv&data.target=digit&train.epochs=60");
  await openRace(page);
  await page
    .getByLabel(/^Number of epochs|^Epochs$/)
    .first()
    .fill("5000");
  await button(page, "Start the race").click();
  await expect(board(page).first()).toContainText("running");
  await button(page, "Cancel the race").click();
  await expect(board(page).first()).toContainText("cancelled");
  await expect(button(page, "Start the race")).toBeEnabled();
  await openTab(page, "Runs");
  await expect(page.locator("#panel-runs")).not.toContainText(/training|running/i);
  await openTab(page, "Race");
  await decided(page);
  await expect(verdict(page)).toContainText("No setting came to its end");
});

test("what cannot be tried is told with its way out", async ({ page }) => {
  await open(page);
  await openRace(page);
  await vary(page, "train.batch_size", "8, many");
  await expect(page.getByText("needs a whole number")).toBeVisible();
  await expect(button(page, "Start the race")).toBeDisabled();
});

for (const { width, colorScheme } of /** @type {const} */ ([
  { width: 1440, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
])) {
  test.describe(`${width} pixels, ${colorScheme}`, () => {
    test.use({
      viewport: { width, height: 900 },
      colorScheme,
      bypassCSP: true,
      reducedMotion: "reduce",
    });

    test("axe finds nothing in a race, and it is as wide as the screen", async ({ page }) => {
      await open(page);
      await openRace(page);
      await button(page, "Start the race").click();
      await decided(page);
      await page.getByText("How to read this").click();
      await page.evaluate(axe);
      const found = await page.evaluate(async () => {
        const { violations } = await Reflect.get(window, "axe").run("#panel-race");
        return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes[0].target}`);
      });
      expect(found).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  });
}
