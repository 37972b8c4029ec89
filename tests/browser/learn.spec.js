// Learn: what a choice is for, and an experiment that is set up by a button.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, field, open, statusOf } from "./page.js";

test("an optimizer is explained, and its experiment runs", async ({ page }) => {
  await open(page);
  await button(page, "Learn: Adam").click();
  const panel = page.getByRole("dialog", { name: "Adam" });
  for (const part of ["What it does", "Formula", "When to use it", "Try it now"]) {
    await expect(panel.getByRole("heading", { name: part })).toBeVisible();
  }
  await expect(panel).toContainText("Set the rate to 0.1");
  await panel.getByRole("button", { name: "Apply and train" }).click();
  await expect(panel).toBeHidden();
  await expect(field(page, "optimizer.adam.lr")).toHaveValue("0.1");
  await expect(statusOf(page)).toContainText("Finished");
});

test("the experiment of a main setting is applied without a run", async ({ page }) => {
  await open(page);
  await button(page, "Learn: Hidden layers").click();
  await button(page, "Apply only").click();
  await expect(page.getByLabel("Width of hidden layer 2")).toHaveValue("128");
  await expect(statusOf(page)).toContainText("Ready");
});

test("a brake stays on when the experiment of another is applied", async ({ page }) => {
  await open(page);
  await page.getByLabel("Early stopping", { exact: true }).check();
  await page.getByLabel("L2", { exact: true }).check();
  await button(page, "Learn: L2").click();
  await button(page, "Apply only").click();
  await expect(page.getByLabel("Early stopping", { exact: true })).toBeChecked();
  await expect(field(page, "regularizer.l2.strength")).toHaveValue("0.01");
});

test("what a lesson locks cannot be set by an experiment", async ({ page }) => {
  await open(page, "#lesson=scaling");
  await page.locator("#card-optimizer").scrollIntoViewIfNeeded();
  await expect(button(page, "Learn: SGD")).toBeDisabled();
});

test.describe("in both colours", () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`axe finds nothing in a panel in ${colorScheme}`, async ({ browser, site }) => {
      const context = await browser.newContext({ colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(site);
      await button(page, "Learn: Adam").click();
      await expect(page.getByRole("dialog", { name: "Adam" })).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await context.close();
    });
  }
});
