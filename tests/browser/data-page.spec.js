// A person with a file of their own: what is in it, how was it read, what may be wrong with it?

import { expect, test } from "./fixtures.js";
import { axeFindings, button, choose, csv, field, open } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/** Flats with an identifier, an outlier, towns of one row, and missing cells. */
const FLATS = csv("id;town;rooms;area;income;price", 300, (i) => {
  const town = i < 5 ? `Village ${i}` : ["Paris", "Lyon", "Nice"][i % 3];
  const area = 40 + ((i * 37) % 101);
  const income = i === 50 ? 99_999_999 : 20_000 + ((i * 7919) % 30_000);
  return [i + 1, town, 1 + ((i * 5) % 6), i % 20 === 3 ? "" : area, income, 3000 * area + i].join(
    ";",
  );
});

/** @param {Page} page */
const dialog = (page) => page.getByRole("dialog", { name: /^Data: / });

/** @param {Page} page */
const doctor = (page) => dialog(page).getByRole("region", { name: "Data doctor" });

/** @param {Page} page */
async function look(page) {
  await button(page, "Look at the data").click();
  await expect(dialog(page)).toBeVisible({ timeout: 20_000 });
}

/** @param {Page} page @param {string} [text] */
async function lookAt(page, text = FLATS) {
  await open(page);
  await choose(page, "flats.csv", text);
  await expect(page.locator(".file-line")).toContainText("flats.csv");
  await look(page);
}

/** The row of a column. @param {Page} page @param {string} name */
const row = (page, name) =>
  dialog(page)
    .getByRole("region", { name: "Columns of the file, with what they hold" })
    .getByRole("row")
    .filter({ has: page.getByRole("button", { name, exact: true }) });

/** Names of the columns in the order in which they are listed. @param {Page} page */
const listed = (page) => dialog(page).locator(".column-link").allTextContents();

test("every column is described, with its relation to the target", async ({ page }) => {
  await lookAt(page);
  await expect(dialog(page)).toContainText("300 rows, 6 columns");
  await expect(row(page, "area").getByRole("cell")).toHaveText([
    "",
    "",
    "5.0 %",
    "101",
    "40",
    /^6\d/,
    /^9\d|^8\d/,
    /^11\d/,
    "140",
    /^9\d|^8\d/,
    /^2\d|^3\d/,
    /^r 0?\.?[\d.]+$|^r 1$/,
  ]);
  await expect(row(page, "town")).toContainText(/Paris 3\d\.\d %/);
  await expect(row(page, "town")).toContainText("η²");
  await expect(row(page, "price")).toContainText("target");
  await expect(row(page, "area").locator(".distribution rect")).toHaveCount(24);
});

test("the first visit's example can be looked at before anything was trained", async ({ page }) => {
  await open(page);
  await look(page);
  await expect(dialog(page)).toContainText("Nothing looks wrong");
  const target = dialog(page).getByRole("region", { name: /^Target: / });
  await expect(target).toContainText(/\d+ · \d+\.\d %|on average/);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(button(page, "Look at the data")).toBeFocused();
});

test("the doctor's finding is cured by one press, and undone by another", async ({ page }) => {
  await lookAt(page);
  await expect(doctor(page)).toContainText("Looks like a row number or an identifier: id.");
  await expect(doctor(page)).toContainText("Values far out of line in income");
  await doctor(page).getByRole("button", { name: "Leave out" }).click();
  await expect(doctor(page)).not.toContainText("identifier: id");
  await expect(row(page, "id")).toContainText("left out");
  await doctor(page).getByRole("button", { name: "Undo" }).click();
  await expect(doctor(page)).toContainText("identifier: id");
  await expect(row(page, "id")).not.toContainText("left out");
});

test("the card of the data says how many things there are to check", async ({ page }) => {
  await open(page);
  await choose(page, "flats.csv", FLATS);
  const found = page.getByRole("button", { name: /^\d things to check$/ });
  await expect(found).toBeVisible();
  await found.click();
  await expect(doctor(page).getByRole("listitem")).not.toHaveCount(0);
});

test("columns are found, sorted and changed together", async ({ page }) => {
  await lookAt(page);
  await dialog(page).getByRole("button", { name: "Missing" }).click();
  expect((await listed(page))[0]).toBe("area");
  await dialog(page).getByRole("button", { name: "With the target" }).click();
  await expect(async () => expect((await listed(page))[0]).toBe("area")).toPass();
  await dialog(page).getByRole("button", { name: "Column ", exact: false }).first().click();
  expect(await listed(page)).toEqual(["area", "id", "income", "price", "rooms", "town"]);

  await dialog(page).getByRole("searchbox").fill("o");
  expect(await listed(page)).toEqual(["income", "rooms", "town"]);
  await page.getByLabel("Select all columns that are shown").check();
  const bar = page.getByRole("group", { name: "Selected columns" });
  await expect(bar).toContainText("3 columns selected");
  await bar.getByRole("button", { name: "Leave out" }).click();
  for (const name of ["income", "rooms", "town"]) {
    await expect(row(page, name)).toContainText("left out");
  }
  await bar.getByRole("button", { name: "Use" }).click();
  await bar.getByRole("button", { name: "As categories" }).click();
  await expect(page.getByLabel("Type of rooms").last()).toHaveValue("category");
  await bar.getByRole("button", { name: "Type as found" }).click();
  await expect(page.getByLabel("Type of rooms").last()).toHaveValue("number");
});

test("numbers with few values become categories in one press", async ({ page }) => {
  await lookAt(page);
  await dialog(page)
    .getByRole("button", { name: "Take the number with few values for a category" })
    .click();
  await expect(page.getByLabel("Type of rooms").last()).toHaveValue("category");
  await expect(row(page, "rooms")).toContainText(/1 16\.7 %/);
});

test("a column at a closer look shows the target in each level", async ({ page }) => {
  await lookAt(page);
  await row(page, "town").getByRole("button", { name: "town" }).click();
  const levels = dialog(page).getByRole("region", { name: "Levels of town" });
  await expect(levels).toContainText("Mean of price");
  await expect(levels.getByRole("row", { name: /^Paris/ })).toContainText(/\d{3},\d{3}$/);
  await row(page, "area").getByRole("button", { name: "area" }).click();
  await expect(
    dialog(page).getByRole("img", { name: /^Histogram of area: 285 values from 40 to 140/ }),
  ).toBeVisible();
});

test("rows are drawn anew, with their lines in the file", async ({ page }) => {
  await lookAt(page);
  const rows = dialog(page).getByRole("region", { name: "Rows", exact: true });
  await expect(rows).toContainText("The first 20 of 300 rows");
  await button(page, "Draw other rows").click();
  await expect(rows).toContainText("20 of 300 rows, drawn at random (seed 1).");
  const cells = () => rows.getByRole("row").nth(1).getByRole("cell").allTextContents();
  await expect(async () => expect(await cells()).toHaveLength(7)).toPass();
  const [line, id] = await cells();
  expect(Number(line)).toBe(Number(id) + 1);
  await button(page, "Draw other rows").click();
  await expect(async () => expect(await cells()).not.toEqual([line, id])).toPass();
  await rows.getByRole("button", { name: "First rows" }).click();
  await expect(rows).toContainText("The first 20 of 300 rows");
});

test("a file that was read wrongly is read again at once", async ({ page }) => {
  await lookAt(
    page,
    csv("a|b;c|d;y|z", 30, (i) => `${i}|1;${i % 7}|2;${i % 3}|3`),
  );
  const delimiter = dialog(page).getByLabel("Delimiter");
  await expect(delimiter.locator("option").first()).toHaveText(/^(pipe|semicolon) \(found\)$/);
  await delimiter.selectOption("semicolon");
  await expect(row(page, "a|b")).toBeVisible();
  await delimiter.selectOption("pipe");
  await expect(row(page, "b;c")).toBeVisible();
  await button(page, "As found").click();
  await expect(delimiter).toHaveValue("auto");
});

test("what was wrong in the file is listed with its line", async ({ page }) => {
  const lines = FLATS.split("\n");
  lines.splice(10, 0, "7;oops");
  await lookAt(page, lines.join("\n"));
  const problems = dialog(page).locator("details").filter({ hasText: "1 problem in the file" });
  await expect(problems.getByRole("row").nth(1)).toContainText(/^11.*2 cells/);
  await problems.getByLabel("Ragged rows").selectOption("fill");
  await expect(dialog(page)).toContainText("301 rows, 6 columns");
});

test("dates and decimal commas are told with a cell that shows it", async ({ page }) => {
  await lookAt(
    page,
    csv("day;size;y", 60, (i) => `${1 + (i % 28)}.${1 + (i % 12)}.2024;${i},${i % 10}5;${i % 2}`),
  );
  await expect(row(page, "day").getByRole("combobox")).toHaveValue("date");
  await expect(row(page, "day")).toContainText(/2024-01-\d\d.*2024-12-\d\d/);
  await row(page, "day").getByRole("button", { name: "day" }).click();
  await expect(dialog(page)).toContainText(/Dates, as in \d+\.\d+\.2024\./);
  await row(page, "size").getByRole("button", { name: "size" }).click();
  await expect(dialog(page)).toContainText(/decimal comma, as in \d+,\d+\./);
  await page.getByLabel("Keep the cells as they are written").check();
  await expect(row(page, "size").getByRole("combobox")).not.toHaveValue("number");
  await page.getByLabel("Keep the cells as they are written").uncheck();
  await expect(row(page, "size").getByRole("combobox")).toHaveValue("number");
});

test("5,000 columns are listed, sorted and searched", async ({ page }) => {
  const names = Array.from({ length: 5000 }, (_, j) => `c${j}`);
  const text = csv([...names, "y"].join(","), 30, (i) =>
    [...names.map((_, j) => (i * (j + 3)) % 17), i % 2].join(","),
  );
  await lookAt(page, text);
  await expect(dialog(page)).toContainText("30 rows, 5,001 columns");
  expect((await listed(page)).length).toBeLessThan(60);
  await expect(row(page, "c0").locator(".distribution rect").first()).toBeAttached();
  await dialog(page)
    .locator(".column-view")
    .evaluate((view) => (view.scrollTop = view.scrollHeight));
  await expect(row(page, "y")).toBeVisible();
  await expect(row(page, "c4999").locator(".distribution rect").first()).toBeAttached();
  await dialog(page).getByRole("searchbox").fill("c123");
  await expect(dialog(page)).toContainText("11 of 5,001 columns");
});

test("a run under way goes on while the data is looked at", async ({ page }) => {
  await open(page, "#data.file=digits.csv&data.target=digit&train.epochs=20000");
  await button(page, "Train").click();
  await look(page);
  await expect(
    row(page, await firstColumn(page))
      .locator(".distribution rect")
      .first(),
  ).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(button(page, "Pause")).toBeVisible();
  await expect(field(page, "train.epochs")).toHaveValue("20000");
});

/** @param {Page} page */
const firstColumn = async (page) => (await listed(page))[0];

for (const [name, width, colorScheme, lang] of /** @type {const} */ ([
  ["a desk in light", 1440, "light", "en"],
  ["a phone in dark", 390, "dark", "en"],
  ["a desk in dark, in Chinese", 1440, "dark", "zh-CN"],
  ["a phone in light, in Chinese", 390, "light", "zh-CN"],
])) {
  test.describe(name, () => {
    test.use({
      viewport: { width, height: 844 },
      colorScheme,
      locale: lang,
      bypassCSP: true,
      reducedMotion: "reduce",
    });

    test("axe finds nothing on the page of the data, and nothing is too wide", async ({ page }) => {
      await page.goto("./");
      await page.locator("#example option").nth(1).waitFor({ state: "attached" });
      await choose(page, "flats.csv", FLATS);
      await page.locator(".data-found").click();
      const opened = page.locator("dialog.data-page");
      await opened.locator(".data-finding").first().waitFor();
      await opened.getByRole("checkbox").nth(1).check();
      await opened.locator(".column-link").nth(1).click();
      await opened.locator(".level-table").waitFor();
      expect(await axeFindings(page, "dialog.data-page")).toEqual([]);
      expect(await opened.evaluate((e) => e.scrollWidth - e.clientWidth)).toBe(0);
    });
  });
}
