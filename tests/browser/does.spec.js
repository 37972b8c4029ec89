// What the network does: the map and the curve of its predictions, while it trains.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, choose, csv, field, open, openTab, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

const MOONS = "#data.file=moons.csv&data.target=moon&model.hidden=16,16&optimizer.adam.lr=0.01";

/** @param {Page} page */
const map = (page) => page.getByRole("group", { name: /^Prediction over/ });

/** @param {Page} page */
const readOut = (page) => page.locator(".map .read-out");

/** @param {Page} page */
const boundary = (page) => page.locator(".map .boundary").getAttribute("d");

test("the boundary bends while it trains, with the rows on top", async ({ page }) => {
  await open(page, `${MOONS}&train.epochs=200000`);
  await button(page, "Train").click();
  await openTab(page, "What it does");
  await expect(page.locator(".map .plane .disc")).toHaveCount(250);
  await expect(page.locator(".map .plane .diamond")).not.toHaveCount(0);
  const before = await boundary(page);
  await expect(async () => expect(await boundary(page)).not.toBe(before)).toPass();
  await button(page, "Pause").click();
});

test("tells the classes apart where the moons are", async ({ page }) => {
  await open(page, `${MOONS}&train.epochs=150`);
  await train(page);
  await openTab(page, "What it does");
  await expect(map(page)).toHaveAccessibleName(
    /^Prediction over x and y\. Likeliest over the map: (upper|lower) \d/,
  );
  await map(page).evaluate((element) => element.scrollIntoView({ block: "center" }));
  const box = await page.locator(".map .plane .frame").boundingBox();
  const at = (/** @type {number} */ x, /** @type {number} */ y) =>
    page.mouse.move(
      (box?.x ?? 0) + x * (box?.width ?? 0),
      (box?.y ?? 0) + (1 - y) * (box?.height ?? 0),
    );
  await at(0.35, 0.95);
  await expect(readOut(page)).toContainText(/: upper (9\d\.\d|100\.0) %/);
  await at(0.65, 0.05);
  await expect(readOut(page)).toContainText(/: lower (9\d\.\d|100\.0) %/);
});

test("is read by keyboard", async ({ page }) => {
  await open(page, `${MOONS}&train.epochs=5`);
  await train(page);
  await openTab(page, "What it does");
  await expect(readOut(page)).toContainText("Point at the map");
  await map(page).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(readOut(page)).toContainText(/x -?[\d.]+, y -?[\d.]+: (upper|lower) \d+\.\d %/);
});

test("rests while another view is open", async ({ page }) => {
  await open(page, `${MOONS}&train.epochs=200000`);
  await button(page, "Train").click();
  await openTab(page, "What it does");
  await expect(page.locator(".map .boundary")).toHaveAttribute("d", /M/);
  await openTab(page, "Rewind and check");
  await page.waitForTimeout(500);
  const before = await boundary(page);
  await page.waitForTimeout(600);
  expect(await boundary(page)).toBe(before);
  await button(page, "Pause").click();
});

test("any two columns, with the others typical or as in a row", async ({ page }) => {
  await open(page, "#data.file=iris.csv&train.epochs=40");
  await train(page);
  await openTab(page, "What it does");
  await page.getByLabel("Column across").selectOption("petal_length_cm");
  await page.getByLabel("Column upwards").selectOption("petal_width_cm");
  await expect(map(page)).toHaveAccessibleName(/petal_length_cm and petal_width_cm\. Likeliest/);
  const typical = await map(page).getAttribute("aria-label");
  await page.getByLabel("Values of the other columns").selectOption("those of row");
  await page.getByLabel("Row of the table").fill("119");
  await page.getByLabel("Row of the table").press("Enter");
  await expect(map(page)).not.toHaveAccessibleName(typical ?? "");
  await expect(map(page)).toHaveAccessibleName(/Likeliest/);
});

test("puts the two most useful columns on the axes", async ({ page }) => {
  await open(page, "#data.file=iris.csv&train.epochs=100");
  await train(page);
  await openTab(page, "What it does");
  await button(page, "Most useful two").click();
  await expect(map(page)).toHaveAccessibleName(/petal_.* and petal_/);
});

test("the number of a row is not proposed as an axis, and wide marks keep clear of the names", async ({
  page,
}) => {
  await open(page);
  const content = csv(
    "number,size,width,price",
    60,
    (i) => `${i + 1},${(i * 7919) % 13},${100_000 + 10_000 * ((i * 31) % 11)},${500_000 + i}`,
  );
  await choose(page, "houses.csv", content);
  await expect(field(page, "data.target")).toHaveValue("price");
  await train(page);
  await openTab(page, "What it does");
  await expect(map(page)).toHaveAccessibleName(/^Prediction over size and width/);
  const name = await page.locator(".map .axis", { hasText: "width" }).boundingBox();
  const marks = await page.locator(".map text:not(.axis)", { hasText: "K" }).all();
  expect(marks.length).toBeGreaterThan(1);
  for (const mark of marks) {
    const box = await mark.boundingBox();
    expect(box?.x).toBeGreaterThan((name?.x ?? 0) + (name?.width ?? 0));
  }
});

test("a fitted curve over one column, with the rows", async ({ page }) => {
  await open(page, "#data.file=sine.csv&data.target=y&model.hidden=32,32&train.epochs=60");
  await train(page);
  await openTab(page, "What it does");
  await expect(map(page)).toHaveAccessibleName(/^Prediction over x\. The prediction goes from/);
  await expect(page.locator(".map .plane .disc")).toHaveCount(240);
  await map(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(readOut(page)).toContainText(/x -?[\d.]+: y -?[\d.]+/);
});

test("a surface for a number over two columns", async ({ page }) => {
  await open(page, "#data.file=diabetes.csv&data.target=progression&train.epochs=20");
  await train(page);
  await openTab(page, "What it does");
  await page.getByLabel("Column across").selectOption("bmi");
  await expect(map(page)).toHaveAccessibleName(/over bmi and .*The prediction goes from \d/);
  await expect(page.locator(".map .value-bar")).toBeVisible();
});

test("a category stands in bands, each label by itself", async ({ page }) => {
  const kinds = ["ash", "birch", "cedar"];
  const rows = csv("kind,size,tall,old", 90, (i) =>
    [kinds[i % 3], i % 17, i % 3 === 2 ? "yes" : "no", i % 17 > 8 ? "yes" : "no"].join(","),
  );
  await open(page);
  await choose(page, "trees.csv", rows);
  await expect(page.locator(".file-line")).toContainText("trees.csv");
  await page.evaluate(() => (location.hash += "&data.target=tall,old&train.epochs=60"));
  await train(page);
  await openTab(page, "What it does");
  await expect(map(page)).toHaveAccessibleName(/^Prediction over size and kind\. .*not tall \d/);
  await expect(page.locator(".map .plane text", { hasText: "birch" })).toBeVisible();
  await map(page).focus();
  await page.keyboard.press("ArrowUp");
  await expect(readOut(page)).toContainText(/size [\d.]+, kind birch: not tall \d+/);
  await page.getByLabel("Target shown").selectOption("old");
  await expect(map(page)).toHaveAccessibleName(/not old \d/);
});

for (const [width, colorScheme] of /** @type {const} */ ([
  [1440, "light"],
  [390, "dark"],
])) {
  test.describe(`at ${width} pixels, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme, bypassCSP: true });

    test("axe finds nothing in the map", async ({ page }) => {
      await open(page, "#data.file=iris.csv&train.epochs=3");
      await train(page);
      await openTab(page, "What it does");
      await expect(map(page)).toHaveAccessibleName(/Likeliest/);
      expect(await axeFindings(page, ".tabbed")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  });
}
