// Results: from a score to the rows behind it, curves of probabilities, thresholds and residuals.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, choose, csv, open, train } from "./page.js";

const BINARY = "#data.file=moons.csv&data.target=moon&model.hidden=&train.epochs=5";

/** @typedef {import("@playwright/test").Page} Page */

/** The four counts that the matrix shows, row by row. @param {Page} page */
const matrix = async (page) =>
  (await page.locator(".confusion tbody td").allTextContents()).map(Number);

test("a cell of the confusion matrix leads to its rows", async ({ page }) => {
  await open(page, "#data.file=iris.csv&train.epochs=10");
  await train(page);
  const cell = page.locator(".confusion tbody td button").first();
  const n = Number(await cell.textContent());
  const name = (await cell.getAttribute("aria-label")) ?? "";
  const [, truth, predicted] = /rows? of (\w+) predicted as (\w+)/.exec(name) ?? [];
  await cell.click();
  await expect(
    page.getByRole("heading", { name: `Rows of ${truth} predicted as ${predicted}` }),
  ).toBeVisible();
  const rows = page.locator(".picked-rows tbody tr");
  await expect(rows).toHaveCount(n);
  const species = await rows.evaluateAll((all) =>
    all.map((row) => row.lastElementChild?.textContent),
  );
  expect(new Set(species)).toEqual(new Set([truth]));
  await expect(rows.first().locator(".told").nth(1)).toHaveText(predicted);
  await button(page, "Close").click();
  await expect(rows).toHaveCount(0);
});

test.describe("forty classes", () => {
  test.use({ bypassCSP: true });

  test("stand in a matrix that stays within its card", async ({ page }) => {
    await open(page);
    const kinds = csv("x,y,kind", 400, (i) => `${i % 8},${(i * 37) % 101},kind number ${i % 40}`);
    await choose(page, "kinds.csv", kinds);
    await expect(page.locator(".file-line")).toContainText("kinds.csv");
    await train(page);
    const matrix = page.getByRole("region", { name: "Confusion matrix" });
    await expect(matrix.getByRole("columnheader")).toHaveCount(40);
    const card = page.locator("#results");
    const [inner, outer] = [await matrix.boundingBox(), await card.boundingBox()];
    expect(inner?.width).toBeLessThanOrEqual(outer?.width ?? 0);
    expect(inner?.height).toBeLessThan(700);
    expect(await axeFindings(page, "#results")).toEqual([]);
  });
});

test("curves of each class against the rest, with a table behind", async ({ page }) => {
  await open(page, "#data.file=iris.csv&train.epochs=60");
  await train(page);
  await expect(page.getByRole("img", { name: /^ROC\. Area under the curve [01]/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Precision and recall\. Average/ })).toBeVisible();
  await expect(
    page.getByRole("img", { name: /^Calibration\. Expected calibration error 0/ }),
  ).toBeVisible();
  const text = page.locator(".score-curves .hint").nth(1);
  await page.getByLabel("Class of the curves").selectOption("virginica");
  await expect(text).toContainText("Average precision");
  await page.locator(".score-curves summary").first().click();
  await expect(page.locator(".score-curves table").first()).toContainText("false positive rate");
});

test("the threshold moves the confusion matrix, and the costs the best threshold", async ({
  page,
}) => {
  await open(page, BINARY);
  await train(page);
  const slider = page.locator("#threshold");
  const said = page.locator(".threshold [role=status]");
  await expect(page.locator(".confusion tbody td")).toHaveCount(4);
  const half = await matrix(page);
  await slider.fill("0");
  await expect(said).toContainText("recall 100.0 %");
  const [rejections, falsePositives, misses, hits] = await matrix(page);
  expect([rejections, misses]).toEqual([0, 0]);
  expect(falsePositives + hits).toBe(half.reduce((a, b) => a + b, 0));
  await expect(said).toContainText(`False positives: ${falsePositives}.`);
  await page.getByLabel("Cost of a false negative").fill("50");
  await button(page, "Use the best threshold").click();
  const low = Number(await slider.inputValue());
  await page.getByLabel("Cost of a false negative").fill("1");
  await page.getByLabel("Cost of a false positive").fill("50");
  await button(page, "Use the best threshold").click();
  expect(Number(await slider.inputValue())).toBeGreaterThan(low);
  await expect(
    page.getByRole("img", { name: /^Lowest cost [\d.e-]+ at threshold 0\.\d/ }),
  ).toBeVisible();
});

test("residuals of a number, and the rows with the largest", async ({ page }) => {
  await open(page, "#data.file=diabetes.csv&data.target=progression&train.epochs=10");
  await train(page);
  await expect(
    page.getByRole("img", { name: /^Predicted against true value of 8\d rows/ }),
  ).toBeVisible();
  await expect(page.getByRole("img", { name: /^Residuals from -\d+/ })).toBeVisible();
  await page.getByRole("button", { name: /rows with the largest errors/ }).click();
  const residuals = page.locator(".picked-rows tbody tr td:nth-of-type(3)");
  await expect(residuals).toHaveCount(20);
  const sizes = (await residuals.allTextContents()).map((text) => Math.abs(Number(text)));
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  const [truth, predicted, residual] = await page
    .locator(".picked-rows tbody tr:first-child .told")
    .allTextContents();
  expect(Number(predicted) - Number(truth)).toBeCloseTo(Number(residual), 0);
});

for (const [width, colorScheme] of /** @type {const} */ ([
  [1440, "dark"],
  [390, "light"],
])) {
  test.describe(`at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme, bypassCSP: true });

    test("axe finds nothing in the results", async ({ page }) => {
      await open(page, BINARY);
      await train(page);
      await page.locator(".confusion tbody td button").first().click();
      await expect(page.locator(".picked-rows tbody tr").first()).toBeVisible();
      await page.locator(".score-curves summary").first().click();
      expect(await axeFindings(page, ".tabbed")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  });
}
