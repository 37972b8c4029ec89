// A person whose file says which rows are for training, validation and test.

import { expect, test } from "./fixtures.js";
import {
  axeFindings,
  button,
  choose,
  csv,
  field,
  messagesOf,
  open,
  statusOf,
  train,
} from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

const PARTS = ["train", "Train", "train", "val", "test"];

/** @param {string} fifth what the last of five rows is called */
const flats = (fifth = "test") =>
  csv("area,rooms,part,price", 100, (i) => {
    const part = i % 5 === 4 ? fifth : PARTS[i % 5];
    return [40 + ((i * 37) % 101), 1 + (i % 6), part, 3 * (40 + ((i * 37) % 101)) + i].join(",");
  });

/** @param {Page} page @param {string} [text] */
async function openFlats(page, text = flats()) {
  await open(page);
  await choose(page, "flats.csv", text);
  await expect(page.locator(".file-line")).toContainText("flats.csv");
}

/** @param {Page} page */
async function splitByColumn(page) {
  await field(page, "split.method").selectOption("part");
  await field(page, "split.part").selectOption("part");
}

test("test rows neither train nor validate, and are scored at the end", async ({ page }) => {
  await openFlats(page);
  await expect(page.getByText("inputs after encoding")).toContainText("80 rows train");
  await splitByColumn(page);
  await expect(page.getByRole("checkbox", { name: "Use part as a feature" })).not.toBeChecked();
  await expect(page.getByText("inputs after encoding")).toHaveText(
    "60 rows train, 20 validate, 20 are held out as a test; 2 inputs after encoding.",
  );
  await train(page);
  const results = page.locator(".report");
  const rows = results.getByRole("combobox", { name: "Rows of the report" });
  await expect(rows.getByRole("option")).toHaveText([
    "on validation rows",
    "on training rows",
    "on test rows",
  ]);
  const scores = results.locator(".tiles");
  const validation = await scores.textContent();
  await rows.selectOption({ label: "on test rows" });
  const hint = results.getByText("Look at them once, at the end");
  await expect(hint).toBeVisible();
  await expect(scores).not.toHaveText(validation ?? "");
  await field(page, "split.method").selectOption("random");
  await button(page, "Train again").click();
  await expect(statusOf(page)).toContainText("Finished");
  await expect(hint).toBeHidden();
  await expect(rows).toHaveValue("validation");
});

test("an unknown word is told with its column and line, and can be named", async ({ page }) => {
  await openFlats(page, flats("Extra"));
  await splitByColumn(page);
  await expect(messagesOf(page)).toContainText(
    'The word "Extra" of "part" (line 6) names no part.',
  );
  await field(page, "split.test_words").fill("test, extra");
  await field(page, "split.test_words").blur();
  await expect(page.getByText("inputs after encoding")).toContainText("20 are held out as a test");
});

test("the data doctor offers the split that the column names", async ({ page }) => {
  await openFlats(page);
  await button(page, "Look at the data").click();
  const dialog = page.getByRole("dialog", { name: /^Data: / });
  await expect(dialog).toContainText("“part” names the part of each row");
  await button(page, "Split as the column says").click();
  await expect(dialog).not.toContainText("“part” names the part of each row");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/split\.method=part&split\.part=part/);
});

test.describe("to assistive technology", () => {
  test.use({ bypassCSP: true });

  test("the fields of the split by a column have no faults", async ({ page }) => {
    await openFlats(page);
    await splitByColumn(page);
    await expect(field(page, "split.test_words")).toBeVisible();
    expect(await axeFindings(page, ".card:has([name='split.method'])")).toEqual([]);
  });
});
