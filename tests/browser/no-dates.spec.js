// A person whose file has codes and numbers that look like dates.

import { expect, test } from "./fixtures.js";
import { button, choose, csv, open, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

const PARTS = csv("code,made,weight", 120, (i) =>
  [20240101 + (i % 28), `2024-03-${String(1 + (i % 28)).padStart(2, "0")}`, (i * 37) % 101].join(
    ",",
  ),
);

/** @param {Page} page */
async function look(page) {
  await open(page);
  await choose(page, "parts.csv", PARTS);
  await expect(page.locator(".file-line")).toContainText("parts.csv");
  await button(page, "Look at the data").click();
}

/** @param {Page} page @param {string} name */
const type = (page, name) => page.getByRole("dialog").getByLabel(`Type of ${name}`);

/** @param {import("@playwright/test").Locator} select */
const choices = (select) => select.locator("option").allTextContents();

test("eight digits become numbers, and dates again", async ({ page }) => {
  await look(page);
  await expect(type(page, "code")).toHaveValue("date");
  expect(await choices(type(page, "code"))).toEqual(["number", "date", "category", "text"]);
  expect(await choices(type(page, "made"))).toEqual(["date", "category", "text"]);
  await type(page, "code").selectOption("number");
  await expect(page).toHaveURL(/data\.not_dates=code/);
  await expect(type(page, "code")).toHaveValue("number");
  await expect(page.getByRole("dialog")).toContainText("20,240,000");
  await type(page, "code").selectOption("date");
  await expect(page).not.toHaveURL(/not_dates/);
  await expect(type(page, "code")).toHaveValue("date");
});

test("dates become texts, and what was found by one press", async ({ page }) => {
  await look(page);
  await type(page, "made").selectOption("text");
  await expect(page).toHaveURL(/data\.texts=made/);
  await expect(type(page, "made")).toHaveValue("category");
  await page.getByRole("checkbox", { name: "Select made" }).check();
  await button(page, "Type as found").click();
  await expect(page).not.toHaveURL(/data\.texts/);
  await expect(type(page, "made")).toHaveValue("date");
});

test("the closer look says that a column has no dates, and a run takes it so", async ({ page }) => {
  await look(page);
  await page.getByRole("dialog").getByRole("button", { name: "code", exact: true }).click();
  await page.getByRole("checkbox", { name: "These are no dates" }).check();
  await expect(type(page, "code")).toHaveValue("number");
  await expect(page.getByRole("checkbox", { name: "These are no dates" })).toBeChecked();
  await page.keyboard.press("Escape");
  await train(page);
});
