// Without a mouse: single letters do what the buttons do, and everything can be reached.

import { expect, test } from "./fixtures.js";
import { button, field, open, statusOf } from "./page.js";

test("letters train, step, go back, and open the lists", async ({ page }) => {
  await open(page);
  await page.keyboard.press("s");
  await expect(statusOf(page)).toContainText("Paused at step 1");
  await page.keyboard.press("e");
  await expect(statusOf(page)).toContainText("Paused at step 8");
  await page.keyboard.press("r");
  await expect(statusOf(page)).toContainText("Ready");
  await page.keyboard.press("t");
  await expect(statusOf(page)).toContainText("Finished");
  await page.keyboard.press("l");
  const lessons = page.getByRole("dialog", { name: "Lessons" });
  await expect(lessons).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(lessons).toBeHidden();
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(list.getByRole("row", { name: /Train or pause/ })).toBeVisible();
  await page.keyboard.press("t");
  await expect(statusOf(page)).toContainText("Finished");
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
});

test("T pauses a run", async ({ page }) => {
  await open(page, "#data.file=digits.csv&data.target=digit&train.epochs=5000");
  await page.keyboard.press("t");
  await expect(statusOf(page)).toHaveText("Training");
  await page.keyboard.press("t");
  await expect(statusOf(page)).toContainText("Paused at step");
});

test("letters are letters while one types, and with Control", async ({ page }) => {
  await open(page);
  await field(page, "train.epochs").focus();
  await page.keyboard.press("s");
  await page.keyboard.press("t");
  await field(page, "train.epochs").fill("60");
  await page.locator("h1").click();
  await page.keyboard.press("Control+s");
  await expect(statusOf(page)).toContainText("Ready");
});

test("letters can be switched off, and stay so", async ({ page }) => {
  await open(page);
  await page.keyboard.press("?");
  await page.getByLabel("Use single letters as shortcuts").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("s");
  await page.reload();
  await expect(statusOf(page)).toContainText("Ready");
  await page.keyboard.press("s");
  await page.keyboard.press("?");
  await expect(page.getByLabel("Use single letters as shortcuts")).not.toBeChecked();
  await expect(statusOf(page)).toContainText("Ready");
});

test("the first Tab reaches the link to the run, and Enter goes there", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the run" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(button(page, "Train")).toBeFocused();
});

test("whoever opens a panel by key is back at its button afterwards", async ({ page }) => {
  await open(page);
  await button(page, "Learn: Adam").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Adam" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(button(page, "Learn: Adam")).toBeFocused();
});
