// What the network has to beat stands beside it.

import { expect, test } from "./fixtures.js";
import { open, train } from "./page.js";

test("a linear model and guesses are scored beside the network, on the same rows", async ({
  page,
}) => {
  await open(page);
  await train(page);
  const rows = page.getByRole("table", { name: /has to beat/ }).locator("tbody tr");
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(0)).toContainText("Network");
  await expect(rows.nth(1)).toContainText("Logistic regression");
  // Three classes of 50 rows: a guess is right for a third of them, and its cross-entropy is ln 3.
  await expect(rows.filter({ hasText: "Class frequencies" })).toContainText("1.099");
  await expect(rows.filter({ hasText: "Majority class" })).toContainText("33.3 %");
  const losses = (await rows.allInnerTexts()).map((row) => Number(row.split("\t")[1]));
  expect(losses[1]).toBeLessThan(0.3);
  await expect(page.locator(".baselines p")).toContainText(/network/i);
});

test("another split has other baselines", async ({ page }) => {
  await open(
    page,
    "#data.file=diabetes.csv&data.target=progression&train.epochs=20&model.hidden=8",
  );
  await train(page);
  const rows = page.getByRole("table", { name: /has to beat/ }).locator("tbody tr");
  await expect(rows.nth(1)).toContainText("Linear regression");
  const before = await rows.nth(1).innerText();
  await page
    .locator('[name="split.seed"]')
    .evaluate((input) => input.closest("details")?.setAttribute("open", ""));
  await page.locator('[name="split.seed"]').fill("5");
  await page.locator('[name="split.seed"]').blur();
  await page.getByRole("button", { name: "Train again" }).click();
  await expect(rows.nth(1)).toContainText("Linear regression");
  await expect(rows.nth(1)).not.toHaveText(before);
});
