// A person who wants to see what becomes of their columns before the network gets them.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, choose, csv, open } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/** With missing areas, towns in words, and prices that spread over powers of ten. */
const FLATS = csv("area,town,rooms,price", 200, (i) => {
  const area = i % 20 === 3 ? "" : 40 + ((i * 37) % 101);
  const price = Math.round(Math.exp(5 + ((i * 37) % 101) / 20));
  return [area, ["Paris", "Lyon", "Nice"][i % 3], 1 + ((i * 5) % 6), price].join(",");
});

/** @param {Page} page */
async function look(page) {
  await open(page);
  await choose(page, "flats.csv", FLATS);
  await expect(page.locator(".file-line")).toContainText("flats.csv");
  await button(page, "Look at the data").click();
}

/** @param {Page} page */
const card = (page) => page.getByRole("region", { name: "Before and after preparing" });

/** Cells of the first line of a column: numbers in the file, then those of the input. @param {Page} page @param {string} name */
const cells = (page, name) =>
  card(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name }).first() })
    .first()
    .getByRole("cell");

/** Mean, deviation, smallest and largest. @param {Page} page @param {string} name */
const fed = async (page, name) => (await cells(page, name).allTextContents()).slice(-4);

test("numbers, words and the target are shown before and after", async ({ page }) => {
  await look(page);
  await expect(card(page)).toContainText("The 160 training rows, which everything is fitted on");
  await expect(
    card(page).getByRole("rowheader", { name: /^area.* missing, filled in/ }),
  ).toBeVisible();
  expect((await fed(page, "rooms")).slice(0, 2)).toEqual(["0", "1"]);
  expect((await fed(page, "price")).slice(0, 2)).toEqual(["0", "1"]);
  await expect(card(page).getByRole("rowheader", { name: "town=Lyon" })).toBeVisible();
  expect((await fed(page, "town=Lyon")).slice(-2)).toEqual(["0", "1"]);
});

test("a change of a step shows at once", async ({ page }) => {
  await look(page);
  await card(page).getByLabel("Scaling").selectOption("minmax");
  await expect.poll(async () => (await fed(page, "rooms")).slice(-2)).toEqual(["0", "1"]);
  const before = await fed(page, "price");
  await card(page).getByLabel("Logarithm of target").check();
  await expect.poll(() => fed(page, "price")).not.toEqual(before);
  await expect(page).toHaveURL(
    /scaler=minmax.*data\.log_target=1|data\.log_target=1.*scaler=minmax/,
  );
});

test("the columns that are selected are compared", async ({ page }) => {
  await look(page);
  await expect(card(page).getByRole("rowheader", { name: "town=Lyon" })).toBeVisible();
  await page.getByRole("checkbox", { name: "Select rooms" }).check();
  await expect(card(page).getByRole("rowheader", { name: "town=Lyon" })).toHaveCount(0);
  await expect(card(page).getByRole("rowheader", { name: /^(rooms|price)/ })).toHaveCount(4);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("nothing of the columns has to be pushed sideways to be read", async ({ page }) => {
    await look(page);
    await expect(card(page).getByRole("rowheader", { name: "town=Lyon" })).toBeVisible();
    for (const name of ["Columns before and after", /^Columns of the file/]) {
      const region = page.getByRole("region", { name });
      expect(await region.evaluate((e) => e.scrollWidth - e.clientWidth)).toBe(0);
    }
    const largest = (await cells(page, "rooms").all())[4];
    await expect(largest).toHaveText("6");
    await expect(largest).toHaveCSS("display", "block");
  });
});

test.describe("to assistive technology", () => {
  test.use({ bypassCSP: true });

  test("the comparison has no faults", async ({ page }) => {
    await look(page);
    await expect(card(page).getByRole("table")).toBeVisible();
    expect(await axeFindings(page, "section[aria-labelledby='data-prepared']")).toEqual([]);
  });
});
