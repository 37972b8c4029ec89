// A person whose columns need different preparation: each by steps of its own.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, choose, csv, open, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/** With missing areas, towns in words, and prices that spread over powers of ten. */
const FLATS = csv("area,town,rooms,price", 200, (i) => {
  const area = i % 20 === 3 ? "" : 40 + ((i * 37) % 101);
  const price = Math.round(Math.exp(5 + ((i * 37) % 101) / 20));
  return [area, ["Paris", "Lyon", "Nice"][i % 3], 1 + ((i * 5) % 6), price].join(",");
});

/** @param {Page} page @param {string} [link] */
async function look(page, link = "") {
  await open(page, link);
  await choose(page, "flats.csv", FLATS);
  await expect(page.locator(".file-line")).toContainText("flats.csv");
  await button(page, "Look at the data").click();
}

/** @param {Page} page @param {string} name */
const steps = (page, name) => page.getByRole("group", { name });

/** @param {Page} page */
const compared = (page) => page.getByRole("region", { name: "Before and after preparing" });

/** Mean, deviation, smallest and largest of an input. @param {Page} page @param {string} name */
const fed = async (page, name) =>
  (
    await compared(page)
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name, exact: true }) })
      .first()
      .getByRole("cell")
      .allTextContents()
  ).slice(-4);

/** @param {Page} page @param {string[]} names */
async function select(page, ...names) {
  for (const name of names) {
    await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
  }
}

test("several columns get a scaler of their own, the others keep theirs", async ({ page }) => {
  await look(page);
  await select(page, "area", "rooms");
  const own = steps(page, "Steps for these 2 columns");
  await own.getByLabel("Scaling").selectOption({ label: "Min-max" });
  await expect.poll(async () => (await fed(page, "rooms")).slice(-2)).toEqual(["0", "1"]);
  expect((await fed(page, "area")).slice(-2)).toEqual(["0", "1"]);
  expect((await fed(page, "price")).slice(0, 2)).toEqual(["0", "1"]);
  await own.getByLabel("Low").fill("-1");
  await own.getByLabel("Low").press("Enter");
  await expect.poll(async () => (await fed(page, "rooms")).slice(-2)).toEqual(["-1", "1"]);
  await expect(compared(page).getByRole("listitem")).toHaveText(
    /area, rooms.*Scaling: Min-max · Low: -1/,
  );
  await expect(page).toHaveURL(/data\.by_column=area/);
  await own.getByRole("button", { name: "As for all columns" }).click();
  await expect.poll(async () => (await fed(page, "rooms")).slice(0, 2)).toEqual(["0", "1"]);
  await expect(page).not.toHaveURL(/by_column/);
});

test("the column that is looked at has its steps beside its numbers", async ({ page }) => {
  await look(page);
  await button(page, "town").click();
  const own = steps(page, "Steps for town alone");
  await expect(own.getByLabel("Scaling")).toHaveCount(0);
  await own.getByLabel("Categories as").selectOption("ordinal");
  await own.getByLabel("Scaling").selectOption({ label: "None" });
  await expect.poll(async () => (await fed(page, "town")).slice(-2)).toEqual(["0", "2"]);
  await own.getByLabel("Categories as").selectOption({ index: 0 });
  await expect(own.getByLabel("Scaling")).toHaveCount(0);
  await expect.poll(async () => (await fed(page, "town=Lyon")).slice(-2)).toEqual(["0", "1"]);
});

test("what differs between the selected columns is told", async ({ page }) => {
  await look(page);
  await select(page, "rooms");
  const one = steps(page, "Steps for this column");
  await one.getByLabel("Scaling").selectOption({ label: "Robust" });
  await select(page, "area");
  const two = steps(page, "Steps for these 2 columns");
  const chosen = two.getByLabel("Scaling").locator("option:checked");
  await expect(chosen).toHaveText("different");
  await two.getByLabel("Scaling").selectOption({ label: "as for all: Standard" });
  await expect(page).not.toHaveURL(/by_column/);
  await select(page, "town");
  const three = steps(page, "Steps for these 3 columns");
  await three.getByLabel("Scaling").selectOption({ label: "Robust" });
  await expect(page).toHaveURL(/by_column=area,\+rooms/);
  await expect(three.getByLabel("Scaling").locator("option:checked")).toHaveText("Robust");
});

test("a bad number is told beside its field, and a column of another type loses its steps", async ({
  page,
}) => {
  await look(page);
  await button(page, "rooms").click();
  const own = steps(page, "Steps for rooms alone");
  await own.getByLabel("Missing numbers").selectOption("constant");
  const constant = own.getByRole("textbox", { name: "Constant" });
  await constant.fill("many");
  await constant.press("Enter");
  await expect(own).toContainText("Constant needs a number");
  await constant.fill("2");
  await constant.press("Enter");
  await expect(page).toHaveURL(/missing%3Dconstant\+fill_value%3D2/);
  await select(page, "rooms");
  await button(page, "As categories").click();
  await expect(page).not.toHaveURL(/by_column/);
});

test("a set-up of a file names steps by its columns, and a run takes them", async ({ page }) => {
  await open(
    page,
    "#data.file=iris.csv&data.target=species&train.epochs=3&data.by_column=petal_width_cm:+scaler=robust",
  );
  await train(page);
  await expect(statusOf(page)).toContainText(/finished|done/i);
  await button(page, "Look at the data").click();
  await expect(compared(page).getByRole("listitem")).toHaveText(/petal_width_cm.*Scaling: Robust/);
});

test("a name that the file lacks is told with the nearest one", async ({ page }) => {
  await page.goto("./#data.file=iris.csv&data.by_column=petal_wdth_cm:+scaler=robust");
  await expect(page.locator('[data-setting="data.by_column"] .problem')).toContainText(
    'no column "petal_wdth_cm"; the nearest name is "petal_width_cm"',
  );
});

test("the fields of steps have no findings of axe", async ({ page }) => {
  await look(page);
  await select(page, "area", "town");
  await expect(steps(page, "Steps for these 2 columns")).toBeVisible();
  expect(await axeFindings(page, "dialog")).toEqual([]);
});
