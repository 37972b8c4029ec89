// Schedules are seen before the run, and drawn by hand.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test } from "./fixtures.js";
import { button, field, open } from "./page.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const POINTS = "schedule.polyline.points";

/** @param {import("@playwright/test").Page} page */
const points = (page) => page.locator("#rate-preview .point");

/** @param {import("@playwright/test").Page} page */
const editor = (page) =>
  open(page, "#data.file=iris.csv&data.target=species&train.epochs=100&schedule=polyline");

test("a schedule is drawn with its axes, and the momentum where it moves it", async ({ page }) => {
  await open(page, "#data.file=iris.csv&data.target=species&schedule=cosine&train.epochs=80");
  const picture = page.locator("#rate-preview .schedule-frame svg");
  await expect(picture).toHaveCount(1);
  await expect(picture).toContainText("epoch");
  await expect(picture.locator("text", { hasText: /^80$/ })).toHaveCount(1);
  await field(page, "schedule").selectOption("one_cycle");
  await expect(picture).toHaveCount(2);
  await expect(picture.last()).toContainText("momentum");
});

test("points follow the pointer, and the text and the rates follow the points", async ({
  page,
}) => {
  await editor(page);
  await expect(points(page)).toHaveCount(4);
  const point = points(page).nth(1).locator(".handle");
  // Points are drawn anew when the rates come.
  await expect(() => point.scrollIntoViewIfNeeded({ timeout: 1000 })).toPass();
  const box = await point.boundingBox();
  if (!box) {
    throw new Error("the point is not drawn");
  }
  const before = await field(page, POINTS).inputValue();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 10, y + 25, { steps: 4 });
  await page.mouse.move(x + 20, y + 50, { steps: 4 });
  await page.mouse.up();
  await expect(field(page, POINTS)).not.toHaveValue(before);
  const numbers = (await field(page, POINTS).inputValue()).split(",").map(Number);
  expect(numbers[2]).toBeGreaterThan(12);
  expect(numbers[2]).toBeLessThan(30);
  expect(Number.isInteger(numbers[2])).toBe(true);
  expect(numbers[3]).toBeLessThan(0.9);
  expect(numbers[3]).toBeGreaterThan(0.2);
  await expect(page).toHaveURL(/schedule\.polyline\.points=/);
  await field(page, POINTS).fill("0,1,60,0.5");
  await expect(points(page)).toHaveCount(2);
});

test("by keyboard: move, add and delete", async ({ page }) => {
  await editor(page);
  await points(page).nth(1).focus();
  await page.keyboard.press("ArrowRight");
  await expect(field(page, POINTS)).toHaveValue("0,0.1,11,1,50,0.1,100,0.01");
  await page.keyboard.press("ArrowDown");
  await expect(field(page, POINTS)).toHaveValue("0,0.1,11,0.95,50,0.1,100,0.01");
  await expect(points(page).nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(points(page)).toHaveCount(5);
  await expect(points(page).nth(2)).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(field(page, POINTS)).toHaveValue("0,0.1,11,0.95,50,0.1,100,0.01");
  await expect(points(page).nth(2)).toHaveAttribute("aria-valuetext", /at 50, rate/);
});

test("a double click adds a point, and one on a point removes it", async ({ page }) => {
  await editor(page);
  await expect(points(page)).toHaveCount(4);
  const frame = page.locator("#rate-preview .schedule-frame:visible");
  await frame.dblclick({ position: { x: 230, y: 40 } });
  await expect(points(page)).toHaveCount(5);
  await points(page).nth(0).dblclick();
  await expect(points(page)).toHaveCount(4);
});

test("a named schedule becomes points of one's own", async ({ page }) => {
  await open(
    page,
    "#data.file=iris.csv&data.target=species&train.epochs=100&schedule=step&schedule.step.step_size=50",
  );
  await button(page, "Draw your own").click();
  await expect(field(page, "schedule")).toHaveValue("polyline");
  await expect(field(page, POINTS)).toHaveValue(/^0,1,.*,0\.1$/);
  await page.getByLabel("Log rate").check();
  await expect(points(page).first()).toBeVisible();
});

test.describe("on a phone in the dark", () => {
  test.use({
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    bypassCSP: true,
    reducedMotion: "reduce",
  });

  test("axe finds nothing in the editor", async ({ page }) => {
    await editor(page);
    await expect(points(page)).toHaveCount(4);
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await Reflect.get(window, "axe").run("#rate-preview");
      return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes[0].target}`);
    });
    expect(found).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
