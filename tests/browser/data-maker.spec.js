// A person without a file: points in a shape, or drawn by hand, and a network that learns them.

import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.js";
import { axeFindings, button, open, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page */
const maker = (page) => page.getByRole("dialog", { name: "Make data" });

/** @param {Page} page */
const pad = (page) => maker(page).getByRole("application", { name: "Plane to draw on" });

/** @param {Page} page */
const told = (page) => maker(page).getByRole("status");

/** @param {Page} page */
const summary = (page) => maker(page).locator("#maker-summary");

/** @param {Page} page */
async function openMaker(page) {
  await open(page);
  await button(page, "Make data…").click();
  await expect(maker(page)).toBeVisible();
}

/** @param {Page} page @param {string} name */
const pick = (page, name) => maker(page).getByText(name, { exact: true }).click();

/** A place on the plane, in shares of the picture from its upper left corner. @param {Page} page @param {number} x @param {number} y */
async function placeOf(page, x, y) {
  const box = await pad(page).boundingBox();
  if (!box) {
    throw new Error("the plane is not on the page");
  }
  return { x: box.x + x * box.width, y: box.y + y * box.height };
}

/** @param {Page} page @param {number} x @param {number} y */
async function tap(page, x, y) {
  const place = await placeOf(page, x, y);
  await page.mouse.click(place.x, place.y);
}

/** @param {Page} page @param {[number, number]} from @param {[number, number]} to */
async function drag(page, from, to) {
  const [start, end] = [await placeOf(page, ...from), await placeOf(page, ...to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 8 });
  await page.mouse.up();
}

/** What would be saved. @param {Page} page */
async function savedRows(page) {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    maker(page).getByRole("button", { name: "Save CSV" }).click(),
  ]);
  const text = await readFile(await file.path(), "utf8");
  return { name: file.suggestedFilename(), rows: text.trimEnd().split("\n") };
}

test("moons at a click, and a network that tells them apart", async ({ page }) => {
  await openMaker(page);
  await expect(summary(page)).toHaveText("400 points in all: lower 200, upper 200.");
  await maker(page).getByLabel("Rows", { exact: true }).fill("300");
  await expect(summary(page)).toHaveText("300 points in all: lower 150, upper 150.");
  await button(page, "Use these points").click();
  await expect(maker(page)).toBeHidden();
  await expect(page.locator(".file-line")).toContainText("moons.csv");
  await expect(page.locator(".file-line")).toContainText("300 rows × 3 columns");
  await expect(statusOf(page)).toContainText("Ready");
  await train(page);
});

test("the same recipe gives the same file, another seed another one", async ({ page }) => {
  await openMaker(page);
  await pick(page, "Blobs");
  const first = await savedRows(page);
  expect(first.name).toBe("blobs.csv");
  expect(first.rows[0]).toBe("x,y,blob");
  await maker(page).getByRole("button", { name: "Roll again" }).click();
  await expect(maker(page).getByLabel("Random seed", { exact: true })).toHaveValue("2");
  expect((await savedRows(page)).rows).not.toEqual(first.rows);
  await maker(page).getByLabel("Random seed", { exact: true }).fill("1");
  expect((await savedRows(page)).rows).toEqual(first.rows);
});

test("more noise is more spread", async ({ page }) => {
  await openMaker(page);
  await pick(page, "Straight line");
  const noise = maker(page).getByLabel("Noise", { exact: true });
  const offLine = async () => {
    const { rows } = await savedRows(page);
    const cells = rows.slice(1).map((row) => row.split(",").map(Number));
    return Math.max(...cells.map(([x, y]) => Math.abs(y - 2 * x - 1)));
  };
  await noise.fill("0");
  expect(await offLine()).toBeLessThan(0.001);
  await noise.fill("10");
  expect(await offLine()).toBeGreaterThan(10);
});

test("numbers that cannot be are told beside their field", async ({ page }) => {
  await openMaker(page);
  const rows = maker(page).getByLabel("Rows", { exact: true });
  await rows.fill("3");
  await expect(maker(page)).toContainText("Rows: a whole number from 10 to 2,000.");
  await expect(rows).toHaveAttribute("aria-invalid", "true");
  await expect(summary(page)).toContainText("400 points");
  await rows.press("ArrowUp");
  await expect(summary(page)).toContainText("450 points");
  await expect(rows).toHaveAttribute("aria-invalid", "false");
});

test("points drawn, moved, erased and brought back by mouse", async ({ page }) => {
  await openMaker(page);
  await pick(page, "Draw classes");
  await expect(summary(page)).toHaveText("No points yet. Tap the plane to add one.");
  await tap(page, 0.3, 0.3);
  await maker(page).locator(".maker-tool", { hasText: "b" }).click();
  await tap(page, 0.7, 0.3);
  await tap(page, 0.7, 0.6);
  await expect(summary(page)).toHaveText("3 points in all: a 1, b 2, c 0.");
  const before = (await savedRows(page)).rows;
  await drag(page, [0.3, 0.3], [0.5, 0.5]);
  await expect(told(page)).toHaveText(/^Moved: a at x -?[\d.]+, y -?[\d.]+\.$/);
  const { name, rows } = await savedRows(page);
  expect(name).toBe("points.csv");
  expect(rows[1]).not.toBe(before[1]);
  expect(rows.slice(2)).toEqual(before.slice(2));

  await maker(page).getByText("Eraser", { exact: true }).click();
  await drag(page, [0.7, 0.25], [0.7, 0.65]);
  await expect(told(page)).toHaveText("Erased 2 points.");
  await expect(summary(page)).toHaveText("1 point in all: a 1, b 0, c 0.");
  await button(page, "Undo").click();
  await expect(summary(page)).toHaveText("3 points in all: a 1, b 2, c 0.");
  await page.keyboard.press("ControlOrMeta+z");
  expect((await savedRows(page)).rows).toEqual(before);
  await button(page, "Redo").click();
  expect((await savedRows(page)).rows).toEqual(rows);
  await button(page, "Remove all").click();
  await expect(summary(page)).toHaveText("No points yet. Tap the plane to add one.");
  await button(page, "Undo").click();
  await expect(summary(page)).toContainText("3 points");
});

test("too few points are not used, and why is said", async ({ page }) => {
  await openMaker(page);
  await pick(page, "Draw a curve");
  await tap(page, 0.4, 0.4);
  await button(page, "Use these points").click();
  await expect(told(page)).toHaveText(
    "Draw 10 points at least: some to train on, others to check with.",
  );
  await expect(maker(page)).toBeVisible();
});

test("a curve by hand is learnt as values, and is still there for more", async ({ page }) => {
  await openMaker(page);
  await pick(page, "Draw a curve");
  for (let i = 0; i < 12; i++) {
    await tap(page, 0.2 + 0.06 * i, 0.5 + 0.3 * Math.sin(i));
  }
  await button(page, "Use these points").click();
  await expect(page.locator(".file-line")).toContainText("curve.csv");
  await expect(page.locator(".file-line")).toContainText("12 rows × 2 columns");
  await train(page);
  await expect(page.locator("#results")).toContainText("R²");
  await button(page, "Make data…").click();
  await expect(summary(page)).toHaveText("12 points in all.");
  await tap(page, 0.5, 0.9);
  await button(page, "Use these points").click();
  await expect(page.locator(".file-line")).toContainText("13 rows");
});

test("points by keyboard alone", async ({ page }) => {
  await openMaker(page);
  await pick(page, "Draw classes");
  await pad(page).focus();
  await page.keyboard.press("3");
  await expect(told(page)).toHaveText("c");
  await page.keyboard.press("ArrowRight");
  await expect(told(page)).toHaveText(/^x 0\.\d+, y 0$/);
  await page.keyboard.press("Enter");
  await expect(told(page)).toHaveText(/^Added: c at x 0\.\d+, y 0\.$/);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await expect(summary(page)).toHaveText("2 points in all: a 0, b 0, c 2.");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(told(page)).toHaveText(/^c at x/);
  await page.keyboard.press("Delete");
  await expect(told(page)).toHaveText(/^Removed: c/);
  await page.keyboard.press("Delete");
  await expect(told(page)).toHaveText("There is no point here.");
  await expect(summary(page)).toHaveText("1 point in all: a 0, b 0, c 1.");
  await page.keyboard.press("Escape");
  await expect(maker(page)).toBeHidden();
  await expect(button(page, "Make data…")).toBeFocused();
});

test("drawing while a run trains loses neither", async ({ page }) => {
  await open(page, "#data.file=digits.csv&data.target=digit&train.epochs=20000");
  await button(page, "Train").click();
  await button(page, "Make data…").click();
  await pick(page, "Draw classes");
  for (let i = 0; i < 5; i++) {
    await tap(page, 0.2 + 0.12 * i, 0.4);
  }
  await expect(summary(page)).toContainText("5 points");
  await maker(page).getByRole("button", { name: "Close" }).click();
  await expect(button(page, "Pause")).toBeVisible();
  await button(page, "Make data…").click();
  await expect(summary(page)).toContainText("5 points");
});

test.describe("with fingers", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("a tap adds a point, and nothing is wider than the screen", async ({ page }) => {
    await openMaker(page);
    await pick(page, "Draw classes");
    await pad(page).scrollIntoViewIfNeeded();
    const place = await placeOf(page, 0.5, 0.5);
    await page.touchscreen.tap(place.x, place.y);
    await expect(summary(page)).toHaveText("1 point in all: a 1, b 0, c 0.");
    const [inner, outer] = await maker(page).evaluate((dialog) => [
      dialog.scrollWidth,
      dialog.clientWidth,
    ]);
    expect(inner).toBe(outer);
    await expect(button(page, "Use these points")).toBeInViewport();
  });
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme, bypassCSP: true });

    test("axe finds nothing", async ({ page }) => {
      await openMaker(page);
      expect(await axeFindings(page, "dialog.maker")).toEqual([]);
    });
  });
}
