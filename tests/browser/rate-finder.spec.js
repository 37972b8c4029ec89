// "Which learning rate?" answered by a sweep on the table at hand.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test } from "./fixtures.js";
import { button, field, lastLossSummary, lossSummary, open, openTab, train } from "./page.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @param {import("@playwright/test").Page} page */
const answers = (page) => page.locator(".answers li");

test("the finder offers several rates, and one click takes one over", async ({ page }) => {
  await open(page);
  await train(page);
  const before = await lastLossSummary(page);
  await openTab(page, "Rate finder");
  await button(page, "Find the rate").click();
  await expect(answers(page)).toHaveCount(3, { timeout: 30_000 });
  const rates = (await answers(page).locator("strong").allInnerTexts()).map(Number);
  rates.forEach((rate) => expect(rate).toBeGreaterThan(1e-4));
  rates.forEach((rate) => expect(rate).toBeLessThan(1));
  await expect(page.getByRole("img", { name: /lowest/ })).toBeVisible();
  expect(await lossSummary(page).textContent()).toBe(before);
  await page
    .getByRole("button", { name: /^Use the rate/ })
    .first()
    .click();
  await expect(field(page, "optimizer.adam.lr")).toHaveValue(String(rates[0]));
  await expect(answers(page).first()).toContainText("in use");
});

test("the rate goes to the optimizer that was tried", async ({ page }) => {
  await open(
    page,
    "#data.file=iris.csv&data.target=species&optimizer=sgd&optimizer.sgd.momentum=0.9",
  );
  await train(page);
  await openTab(page, "Rate finder");
  await button(page, "Find the rate").click();
  await expect(page.getByRole("heading", { name: "Rates for SGD" })).toBeVisible();
  await page
    .getByRole("button", { name: /^Use the rate/ })
    .last()
    .click();
  await expect(page).toHaveURL(/optimizer\.sgd\.lr=/);
});

test("an optimizer without a rate says so", async ({ page }) => {
  await open(page, "#data.file=iris.csv&data.target=species&optimizer=lbfgs&train.epochs=5");
  await train(page);
  await openTab(page, "Rate finder");
  await expect(page.getByText("there is no rate to look for")).toBeVisible();
  await expect(button(page, "Find the rate")).toBeDisabled();
});

test.describe("on a phone in the dark", () => {
  test.use({
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    bypassCSP: true,
    reducedMotion: "reduce",
  });

  test("axe finds nothing in the finder", async ({ page }) => {
    await open(page);
    await train(page);
    await openTab(page, "Rate finder");
    await button(page, "Find the rate").click();
    await expect(answers(page)).toHaveCount(3, { timeout: 30_000 });
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await Reflect.get(window, "axe").run("#panel-rates");
      return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes[0].target}`);
    });
    expect(found).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
