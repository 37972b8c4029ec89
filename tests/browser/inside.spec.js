// What goes on inside the network, and the arithmetic of any one weight.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, open, openTab, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page */
const heatMap = (page) => page.getByRole("group", { name: /^Heat map of the weights/ });

/** @param {Page} page */
const readOut = (page) => page.locator("#panel-inside .read-out");

/** A number set like in a textbook: "−1.2 · 10⁻⁵", perhaps in brackets. @param {string} text */
function parseNumber(text) {
  const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const plain = text
    .replaceAll("−", "-")
    .replaceAll("⁻", "-")
    .replaceAll(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(raised.indexOf(digit)));
  const [, factor, power = "0"] = plain.match(/(-?[\d.]+)(?: · 10(-?\d+))?/) ?? [];
  return Number(factor) * 10 ** Number(power);
}

/** Numbers of a column of the table of terms. @param {Page} page @param {number} column from 1 */
async function termColumn(page, column) {
  const texts = await page.locator(`.terms tbody td:nth-of-type(${column})`).allTextContents();
  return texts.map(parseNumber);
}

/** The last lines of the two derivations. @param {Page} page */
async function gradients(page) {
  const results = page.locator(".derivations .formula > span:last-child strong");
  return [
    parseNumber(await results.nth(0).innerText()),
    parseNumber(await results.nth(1).innerText()),
  ];
}

/** @param {Page} page */
async function stepOnce(page) {
  await button(page, "Step").click();
  await expect(statusOf(page)).toContainText("Paused");
  await openTab(page, "Inside");
  await expect(readOut(page)).toContainText(/: -?\d/);
}

test("the terms of a weight add up to its gradient, and a difference agrees", async ({ page }) => {
  await open(page, "#data.file=iris.csv&train.batch_size=20");
  await stepOnce(page);
  await page.getByLabel("Layer", { exact: true }).selectOption("Output layer");
  await page.getByLabel("Unit", { exact: true }).selectOption("virginica");
  await page.getByLabel("Input", { exact: true }).selectOption("unit 3");
  await page.getByLabel("Kind of parameter").selectOption("bias");
  await expect(readOut(page)).toContainText("Output layer: bias of virginica");
  await page.getByText("All terms", { exact: true }).click();
  await expect(page.locator(".terms tbody tr")).toHaveCount(20);
  await expect.poll(() => termColumn(page, 2)).toEqual(Array.from({ length: 20 }, () => 1));
  const deltas = await termColumn(page, 1);
  const [byHand, byDifference] = await gradients(page);
  expect(deltas.reduce((sum, delta) => sum + delta, 0) / 20).toBeCloseTo(byHand, 4);
  expect(byDifference).toBeCloseTo(byHand, 5);
  expect(byHand).not.toBe(0);
  await expect(page.locator(".derivations")).toContainText("the two agree");
});

test("products of a weight are those of its two factors, and a penalty is added", async ({
  page,
}) => {
  await open(
    page,
    "#data.file=iris.csv&train.batch_size=16&regularizer=l2&regularizer.l2.strength=0.5",
  );
  await stepOnce(page);
  await page.getByText("All terms", { exact: true }).click();
  await expect(page.locator(".terms tbody tr")).toHaveCount(16);
  const [deltas, inputs, products] = [
    await termColumn(page, 1),
    await termColumn(page, 2),
    await termColumn(page, 3),
  ];
  products.forEach((product, i) => expect(product).toBeCloseTo(deltas[i] * inputs[i], 3));
  const sum = products.reduce((all, product) => all + product, 0);
  const [byHand] = await gradients(page);
  const weight = parseNumber(await page.locator(".weight-value").innerText());
  expect(Math.abs(weight)).toBeGreaterThan(0.05);
  expect(byHand - sum / 16).toBeCloseTo(2 * 0.5 * weight, 2);
});

test("plain gradient descent takes the rate times the gradient off the weight", async ({
  page,
}) => {
  await open(page, "#data.file=iris.csv&optimizer=sgd&optimizer.sgd.lr=0.1&train.batch_size=0");
  await stepOnce(page);
  const step = page.locator(".derivations > div").nth(2);
  await expect(step).toContainText("SGD takes the rate, 0.1, times the gradient");
  const value = parseNumber(await page.locator(".weight-value").innerText());
  const [gradient] = await gradients(page);
  const next = parseNumber(await step.locator("strong").innerText());
  expect(next).toBeCloseTo(value - 0.1 * gradient, 3);
});

test("a full batch step is the one that was worked out", async ({ page }) => {
  await open(page, "#data.file=iris.csv&optimizer=sgd&optimizer.sgd.lr=0.1&train.batch_size=0");
  await stepOnce(page);
  const foretold = await page.locator(".derivations > div").nth(2).locator("strong").innerText();
  await button(page, "Step").click();
  await expect(page.locator(".weight-value")).toContainText(foretold);
});

test("the heat map is read and picked by keys and by pointer", async ({ page }) => {
  await open(page);
  await stepOnce(page);
  await expect(heatMap(page)).toHaveAccessibleName(
    /Weights of Hidden layer 1, 8 by 4\. The largest/,
  );
  await heatMap(page).focus();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowLeft");
  }
  await expect(readOut(page)).toContainText(
    "Hidden layer 1: weight from sepal_length_cm to unit 1:",
  );
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(readOut(page)).toContainText("weight from sepal_width_cm to unit 2:");
  await expect(page.getByLabel("Input", { exact: true })).toHaveValue("sepal_width_cm");
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press("ArrowRight");
  }
  await expect(readOut(page)).toContainText("bias of unit 2");
  const canvas = heatMap(page).locator("canvas").first();
  const box = await canvas.boundingBox();
  await canvas.click({ position: { x: (box?.width ?? 0) * 0.9, y: (box?.height ?? 0) * 0.95 } });
  await expect(readOut(page)).toContainText("weight from petal_width_cm to unit 8:");
});

test("dead units are counted and listed", async ({ page }) => {
  await open(page, "#data.file=iris.csv&optimizer=sgd&optimizer.sgd.lr=20&train.epochs=4");
  await train(page);
  await openTab(page, "Inside");
  const dead = page
    .getByRole("region", { name: "How the layers fare" })
    .getByRole("row", { name: "Hidden layer 2" })
    .locator("td")
    .nth(2);
  await expect(dead).toHaveText(/^[1-9]\d?$/);
  await page.getByLabel("Layer", { exact: true }).selectOption("Hidden layer 2");
  await page.getByText("Units of Hidden layer 2", { exact: true }).click();
  const marked = page.getByRole("region", { name: "Units" }).getByRole("row", { name: /dead/ });
  await expect(marked).toHaveCount(Number(await dead.innerText()));
  await expect(marked.first()).toContainText("100.0 %");
});

test("histograms are kept while it trains, newest in front", async ({ page }) => {
  await open(page, "#data.file=digits.csv");
  await stepOnce(page);
  const first = page.locator(".histograms figure").first();
  await expect(first.getByRole("img")).toHaveAccessibleName(/^Hidden layer 1 at epoch 0: mean/);
  await train(page);
  await expect(first.getByRole("img")).toHaveAccessibleName(
    /^Hidden layer 1 at epoch \d\d+: mean .* At epoch 0: mean/,
  );
  expect(await first.locator(".ridge").count()).toBeGreaterThan(1);
  await page.getByLabel("over time").uncheck();
  await expect(first.locator(".ridge")).toHaveCount(1);
  await page.getByLabel("Values in the histograms").selectOption("Outputs of the activations");
  await page.getByText("As a table").click();
  const row = page
    .getByRole("region", { name: "Numbers of the histograms" })
    .getByRole("row")
    .nth(1);
  await expect(row.locator("td").nth(0)).toHaveText((256 * 16).toLocaleString("en"));
  await expect(row.locator("td").nth(1)).toHaveText("0");
});

for (const width of [1440, 390]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ bypassCSP: true, viewport: { width, height: 900 }, colorScheme: "dark" });

    test("axe finds nothing inside", async ({ page }) => {
      await open(page);
      await stepOnce(page);
      await page.getByText("All terms", { exact: true }).click();
      await page.getByText("Units of Hidden layer 1", { exact: true }).click();
      await page.getByText("As a table").click();
      expect(await axeFindings(page, "#panel-inside")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  });
}
