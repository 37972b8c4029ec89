// A person whose rows are not all alike: some count more, some belong together, some come later.

import { expect, test } from "./fixtures.js";
import { button, choose, csv, field, messagesOf, open, statusOf } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/** Patients with ten rows each, of which few are ill. */
const TRIAL = csv("day,patient,importance,dose,age,outcome", 240, (i) => {
  const day = new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10);
  const [dose, age] = [1 + ((i * 7) % 9), 20 + ((i * 13) % 60)];
  const luck = Math.sin(i * 12.9898) * 43758.5453;
  const outcome = luck - Math.floor(luck) < 0.04 * dose ? "ill" : "well";
  return [day, `p${i % 24}`, i % 3 === 0 ? 2 : 0.5, dose, age, outcome].join(",");
});

/** @param {Page} page */
async function openTrial(page) {
  await open(page);
  await choose(page, "trial.csv", TRIAL);
  await expect(page.locator(".file-line")).toContainText("trial.csv");
}

/** @param {Page} page */
const parts = (page) => page.getByText("after encoding");

/** @param {Page} page @param {string} name */
const feature = (page, name) => page.getByRole("checkbox", { name: `Use ${name} as a feature` });

test("a column says what each row counts, and is no feature then", async ({ page }) => {
  await openTrial(page);
  await field(page, "data.weights").selectOption("importance");
  await expect(feature(page, "importance")).not.toBeChecked();
  await expect(feature(page, "importance")).toBeDisabled();
  await expect(page.locator(".column-name", { hasText: "importance" })).toHaveAttribute(
    "data-mark",
    "weights",
  );
  await field(page, "data.weights").selectOption("patient");
  await expect(messagesOf(page)).toContainText("Line 2 of the column of weights");
  await field(page, "data.weights").selectOption("day");
  await expect(messagesOf(page)).toContainText('"day" holds dates');
  await field(page, "data.weights").selectOption("importance");
  await expect(messagesOf(page)).toBeEmpty();
});

test("with balanced classes the rare one is found more often", async ({ page }) => {
  test.setTimeout(180_000);
  await openTrial(page);
  await feature(page, "patient").uncheck();
  await feature(page, "day").uncheck();
  await field(page, "train.epochs").fill("15");
  const ill = page.locator("table.classes tr", { hasText: "ill" }).first();
  const recall = async () => Number.parseFloat(await ill.getByRole("cell").nth(1).innerText()) || 0;
  await button(page, "Train").click();
  await expect(statusOf(page)).toContainText("Finished");
  await expect(ill).toBeVisible();
  const before = await recall();
  await field(page, "data.class_weight").selectOption("balanced");
  await button(page, "Train again").click();
  await expect.poll(recall, { timeout: 60_000 }).toBeGreaterThan(before);
});

test("rows of a patient stay together, and patients are dealt to folds", async ({ page }) => {
  await openTrial(page);
  await field(page, "split.method").selectOption("group");
  await expect(messagesOf(page)).toContainText("needs the column that tells the groups");
  await field(page, "split.group").selectOption("patient");
  await expect(parts(page)).toContainText("190 rows train, 50 validate");
  await expect(feature(page, "patient")).toBeDisabled();
  await field(page, "split.folds").fill("4");
  await expect(parts(page)).toContainText("180 rows train, 60 validate");
});

test("the last rows in time judge, and folds are not offered", async ({ page }) => {
  await openTrial(page);
  await field(page, "split.method").selectOption("order");
  await expect(field(page, "split.folds")).toBeHidden();
  await expect(field(page, "split.order").locator("option:checked")).toHaveText("as in the file");
  await field(page, "split.order").selectOption("day");
  await expect(parts(page)).toContainText("192 rows train, 48 validate");
});
