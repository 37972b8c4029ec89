// Several columns to predict: numbers, or labels.

import { expect, test } from "./fixtures.js";
import { choose, csv, field, open, train } from "./page.js";

const numbers = csv("x,u,v", 60, (i) => `${i},${2 * i + 0.5},${100 - i * 1.5}`);
const labels = csv("x,hot,wet", 60, (i) => `${i},${i > 30 ? 1 : 0},${i % 20 > 9 ? "yes" : "no"}`);

/** @param {import("@playwright/test").Page} page @param {string} name */
const moreBox = (page, name) => page.locator(".more-targets").getByLabel(name, { exact: true });

test("predicts several numbers and tells each in the results", async ({ page }) => {
  await open(page);
  await choose(page, "numbers.csv", numbers);
  await expect(field(page, "data.target")).toHaveValue("v");
  await page.getByText("Predict more columns").click();
  await moreBox(page, "u").check();
  await expect(page.getByText("Predict more columns (1 more)")).toBeVisible();
  await expect(field(page, "data.task")).toContainText("several numbers");
  await expect(page.locator("li.column.target")).toHaveCount(2);
  await train(page);
  const table = page.getByRole("table", { name: "Each target" });
  await expect(table.getByRole("rowheader")).toHaveText(["v", "u"]);
  const shown = page.getByLabel("Target shown");
  const hint = page.getByText("Predicted against true value of");
  const first = await hint.textContent();
  await shown.selectOption("u");
  await expect(hint).not.toHaveText(first ?? "");
  await moreBox(page, "u").uncheck();
  await expect(page.locator("li.column.target")).toHaveCount(1);
});

test("predicts several labels from a link", async ({ page }) => {
  await open(page);
  await choose(page, "labels.csv", labels);
  await expect(page.locator(".file-line")).toContainText("labels.csv");
  await page.evaluate(() => (location.hash += "&data.target=wet%2Chot"));
  await expect(field(page, "data.task")).toContainText("several labels");
  await train(page);
  const table = page.getByRole("table", { name: "Each label" });
  await expect(table.getByRole("rowheader")).toHaveText(["wet", "hot"]);
  await expect(page.locator(".report .tiles")).toContainText("Hamming loss");
});
