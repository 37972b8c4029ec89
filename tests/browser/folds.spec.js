// "How far can the validation score be trusted?"

import { expect, test } from "./fixtures.js";
import { button, open, openTab, train } from "./page.js";

/** @param {import("@playwright/test").Page} page @param {number} row @param {number} column */
const cell = async (page, row, column) =>
  (await page.locator(".folds tbody tr").nth(row).locator("td").nth(column).innerText()).trim();

test("every fold judges once, and the mean has an interval", async ({ page }) => {
  await open(page);
  await train(page);
  await openTab(page, "Cross-validation");
  await page.locator("#panel-folds").getByLabel("Folds", { exact: true }).fill("4");
  await expect(page.getByText("5 runs")).toBeVisible();
  await button(page, "Cross-validate").click();
  await expect(page.locator("#panel-folds .verdict")).toContainText("The plain split", {
    timeout: 30_000,
  });
  await expect(page.locator(".folds tbody tr")).toHaveCount(4);
  const losses = [];
  for (let row = 0; row < 4; row++) {
    losses.push(Number(await cell(page, row, 0)));
  }
  expect(new Set(losses).size).toBe(4);
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / 4;
  const foot = page.locator(".folds tfoot tr");
  expect(Number(await foot.nth(0).locator("td").first().innerText())).toBeCloseTo(mean, 3);
  const [low, high] = (await foot.nth(2).locator("td").first().innerText())
    .split(" – ")
    .map(Number);
  // 150 rows in 4 folds: 37 or 38 judge and the others train.
  const squares = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0);
  const reach = 3.182446 * Math.sqrt(squares / 3) * Math.sqrt(1 / 4 + 38 / 112);
  expect((high - low) / 2 / reach).toBeCloseTo(1, 1);
});

test("a fold is the one that its settings give by hand", async ({ page }) => {
  const link = "#data.file=iris.csv&data.target=species&train.epochs=15&model.hidden=8";
  await open(page, link);
  await train(page);
  await openTab(page, "Cross-validation");
  await page.locator("#panel-folds").getByLabel("Folds", { exact: true }).fill("3");
  await page.locator("#panel-folds").getByLabel("Repeats", { exact: true }).fill("2");
  await button(page, "Cross-validate").click();
  await expect(page.locator("#panel-folds .verdict")).not.toBeEmpty({ timeout: 30_000 });
  const last = page.locator(".folds tbody tr").last();
  await expect(last).toContainText("Repeat 2, fold 3");
  const loss = await last.locator("td").first().innerText();
  await page.goto("about:blank");
  await open(
    page,
    `${link}&split.folds=3&split.repeats=2&split.fold=3&split.seed=1&model.seed=1&train.seed=1`,
  );
  await train(page);
  await expect(page.getByRole("table", { name: /has to beat/ })).toContainText(loss);
});
