// A person whose rows are pictures: are they seen as such, and what does augmentation make of them?

import { expect, test } from "./fixtures.js";
import { axeFindings, button, field, open, openTab, train } from "./page.js";

/** @typedef {import("@playwright/test").Locator} Locator */
/** @typedef {import("@playwright/test").Page} Page */

const DIGITS = "#data.file=digits.csv&data.target=digit&model.hidden=16";

/** @param {Page} page */
const augmentation = (page) => page.getByRole("region", { name: "Augmentation" });

/** @param {Page} page */
const preview = (page) => page.getByRole("table", { name: "What the network sees" });

/** What is drawn, as texts to compare. @param {Locator} canvases @returns {Promise<string[]>} */
const drawn = (canvases) =>
  canvases.evaluateAll((all) => all.map((canvas) => Reflect.get(canvas, "toDataURL").call(canvas)));

/** @param {Page} page */
async function lookAtData(page) {
  await button(page, "Look at the data").click();
  const pictures = page.getByRole("region", { name: "Pictures" });
  await expect(pictures.getByRole("img").first()).toBeVisible();
  return pictures;
}

test("digits are seen as pictures, class by class", async ({ page }) => {
  await open(page, DIGITS);
  const pictures = await lookAtData(page);
  await expect(pictures).toContainText("64 columns look like 8 × 8 pixels");
  await expect(pictures).toContainText("with values from 0 to 16");
  await expect(pictures.getByRole("rowheader")).toHaveText([..."0123456789"]);
  const sevens = pictures
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: "7" }) });
  await expect(sevens.getByRole("img").first()).toHaveAccessibleName(/^Line \d+: 7$/);
  const before = await drawn(sevens.getByRole("img"));
  expect(before.length).toBeGreaterThan(3);
  expect(new Set(before).size).toBe(before.length);
  await button(page, "Draw other pictures").click();
  await expect.poll(() => drawn(sevens.getByRole("img"))).not.toEqual(before);
});

test("the size of the pictures can be corrected", async ({ page }) => {
  await open(page, DIGITS);
  const pictures = await lookAtData(page);
  const size = pictures.getByLabel("Picture size");
  await expect(size).toHaveAttribute("placeholder", "8x8 (found)");
  await size.fill("4x16");
  await size.press("Tab");
  await expect(pictures).toContainText("64 columns are taken as 4 × 16 pixels");
  await size.fill("5x5");
  await size.press("Tab");
  await expect(pictures).toContainText("Pictures of 5 x 5 have 25 pixels");
  await size.fill("none");
  await size.press("Tab");
  await expect(pictures.getByRole("img")).toHaveCount(0);
  await size.fill("");
  await size.press("Tab");
  await expect(pictures).toContainText("64 columns look like 8 × 8 pixels");
});

test("augmented pictures are shown before any training, and anew at will", async ({ page }) => {
  await open(page, DIGITS);
  await expect(preview(page)).toBeHidden();
  await augmentation(page).getByLabel("Shifts and rotations", { exact: true }).check();
  const row = (/** @type {string} */ name) =>
    preview(page)
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name, exact: true }) })
      .getByRole("img");
  await expect(row("as it is")).toHaveCount(8);
  const originals = await drawn(row("as it is"));
  const changed = await drawn(row("changed"));
  expect(changed).not.toEqual(originals);
  await button(page, "Change them anew").click();
  await expect.poll(() => drawn(row("changed"))).not.toEqual(changed);
  expect(await drawn(row("as it is"))).toEqual(originals);
  await field(page, "augmentation.affine.shift").fill("0");
  await field(page, "augmentation.affine.rotation").fill("0");
  await expect.poll(() => drawn(row("changed"))).toEqual(originals);
});

test("rows that are no pictures cannot be shifted, which is said at once", async ({ page }) => {
  await open(page);
  await augmentation(page).getByLabel("Shifts and rotations", { exact: true }).check();
  await expect(augmentation(page)).toContainText("is for rows that are pictures");
  await expect(preview(page)).toBeHidden();
});

test("a run on augmented pictures shows them wherever its rows are shown", async ({ page }) => {
  await open(page, `${DIGITS}&train.epochs=4&augmentation=noise,affine`);
  await train(page);
  await page.locator(".confusion td.hit button").first().click();
  const picked = page.getByRole("region", { name: /^Rows of 0 predicted as 0/ });
  await expect(picked.getByRole("img").first()).toHaveAccessibleName(/^Picture of line \d+$/);
  await openTab(page, "Inside");
  const weights = page.getByRole("img", { name: /^Weights from the pixels to unit/ });
  await expect(weights).toHaveCount(16);
  await expect.poll(async () => new Set(await drawn(weights)).size).toBe(16);
  await openTab(page, "Why");
  await expect(page.getByRole("img", { name: "Picture of this row" })).toBeVisible();
  await openTab(page, "Predict");
  await button(page, "Predict the present file").click();
  const predicted = page.getByRole("region", { name: "First predicted rows" });
  await expect(predicted.getByRole("img").first()).toHaveAccessibleName("Picture of line 2");
});

for (const [width, colorScheme] of /** @type {[number, "light" | "dark"][]} */ ([
  [1440, "dark"],
  [390, "light"],
])) {
  test.describe(`${width} pixels wide, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 844 }, colorScheme, bypassCSP: true });

    test("axe finds nothing, and nothing is too wide", async ({ page }) => {
      await open(page, `${DIGITS}&augmentation=affine`);
      await expect(preview(page).getByRole("img")).toHaveCount(16);
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const pictures = await lookAtData(page);
      await pictures.scrollIntoViewIfNeeded();
      expect(await axeFindings(page, ".picture-card")).toEqual([]);
      const box = await pictures.boundingBox();
      expect(box?.width).toBeLessThanOrEqual(width);
    });
  });
}
