// The network, drawn: its weights live, its knobs below their columns.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, open, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page */
const picture = (page) => page.getByRole("group", { name: /^Network with layers of/ });

/** @param {Page} page */
const readOut = (page) => page.locator("#network .read-out");

/** There once the weights are. @param {Page} page */
const alive = (page) => page.locator("#network").getByText("positive weight", { exact: true });

/** How strong each line is drawn. @param {Page} page */
const strengths = (page) =>
  page
    .locator("#network .line")
    .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).strokeWidth).join(" "));

test("the first weights are drawn before any core is loaded", async ({ page }) => {
  await open(page);
  await expect(alive(page)).toBeVisible();
  expect(page.workers()).toHaveLength(0);
  expect(new Set((await strengths(page)).split(" ")).size).toBeGreaterThan(20);
});

test("the weights move while it trains", async ({ page }) => {
  await open(page, "#data.file=digits.csv&data.target=digit&train.epochs=5000");
  await button(page, "Train").click();
  await expect(alive(page)).toBeVisible();
  const before = await strengths(page);
  await expect(async () => expect(await strengths(page)).not.toBe(before)).toPass();
  await button(page, "Pause").click();
  await expect(statusOf(page)).toContainText("Paused");
});

test("a line and a unit are read off by pointer and by keyboard", async ({ page }) => {
  await open(page, "#data.file=moons.csv&data.target=moon&model.hidden=3&train.epochs=5");
  await train(page);
  await expect(alive(page)).toBeVisible();
  await picture(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(readOut(page)).toContainText(
    /hidden layer 1, unit 1, bias -?[\d.]+.*Strongest from input [xy]: -?[\d.]+/,
  );
  await page.keyboard.press("Shift+ArrowDown");
  await expect(readOut(page)).toContainText(
    /From input x to hidden layer 1, unit 1: weight -?[\d.]+/,
  );
  const line = page.locator("#network .line").first();
  const box = await line.boundingBox();
  await page.mouse.move(
    (box?.x ?? 0) + (box?.width ?? 0) / 2,
    (box?.y ?? 0) + (box?.height ?? 0) / 2,
  );
  await expect(readOut(page)).toContainText(/From input x to hidden layer 1, unit 1/);
});

test("what is read off is the weight itself", async ({ page }) => {
  await open(page, "#data.file=sine.csv&data.target=y&model.hidden=&train.epochs=1");
  await train(page);
  await expect(alive(page)).toBeVisible();
  await picture(page).focus();
  await page.keyboard.press("ArrowDown");
  const [, bias, weight] =
    /bias (-?[\d.e-]+)\..*input x: (-?\d+\.\d+)/.exec((await readOut(page).textContent()) ?? "") ??
    [];
  await page.keyboard.press("Shift+ArrowDown");
  await expect(readOut(page)).toContainText(`weight ${weight}`);
  expect(Number(bias)).not.toBeNaN();
});

test("layers are added between columns, shaped and removed", async ({ page }) => {
  await open(page, "#data.file=moons.csv&data.target=moon&model.hidden=4,6");
  await page.getByRole("button", { name: "Add a hidden layer before hidden layer 2" }).click();
  await expect(page).toHaveURL(/model\.hidden=4,4,6/);
  await expect(picture(page)).toHaveAccessibleName(
    "Network with layers of 2, 4, 4, 6, 1 units, inputs first",
  );
  await page.getByRole("button", { name: "Raise units of hidden layer 2" }).click();
  await expect(page).toHaveURL(/model\.hidden=4,5,6/);
  await page.getByLabel("Normalization of hidden layer 3").selectOption("batch");
  await expect(page).toHaveURL(/model\.norm=none,none,batch/);
  await page.getByLabel("Dropout of hidden layer 1").fill("0.2");
  await expect(page).toHaveURL(/model\.dropout=0\.2,0,0/);
  await page.getByRole("button", { name: "Remove hidden layer 1" }).click();
  await expect(page).toHaveURL(/model\.hidden=5,6/);
  await expect(page).toHaveURL(/model\.norm=none,batch/);
  await train(page);
  await expect(statusOf(page)).toContainText("Finished");
});

test("of wide layers some units are drawn, and it says so", async ({ page }) => {
  await open(page, "#data.file=digits.csv&data.target=digit&model.hidden=128");
  await expect(picture(page).getByText("8 of 128")).toBeVisible();
  await expect(picture(page).getByText("8 of 64")).toBeVisible();
});

for (const [width, colorScheme] of /** @type {const} */ ([
  [1440, "light"],
  [390, "dark"],
])) {
  test.describe(`at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme, bypassCSP: true });

    test("axe finds nothing in the network", async ({ page }) => {
      await open(page, "#data.file=moons.csv&data.target=moon&train.epochs=2&model.hidden=8,8,8");
      await train(page);
      await picture(page).scrollIntoViewIfNeeded();
      await expect(alive(page)).toBeVisible();
      expect(await axeFindings(page, "#network")).toEqual([]);
    });
  });
}
