// A link to data that the page made: whoever opens it has the same points, without a file.

import { expect, test } from "./fixtures.js";
import { button, field, messagesOf, open, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page */
const maker = (page) => page.getByRole("dialog", { name: "Make data" });

/** Makes moons of another seed and opens them. @param {Page} page @param {(page: Page) => Promise<void>} [edit] */
async function makeMoons(page, edit = async () => {}) {
  await open(page);
  await button(page, "Make data…").click();
  await maker(page).getByText("Moons", { exact: true }).click();
  await maker(page).getByRole("textbox", { name: "Random seed" }).fill("7");
  await maker(page).getByRole("textbox", { name: "Random seed" }).blur();
  await edit(page);
  await maker(page).getByRole("button", { name: "Use these points" }).click();
  await expect(page.locator(".file-line")).toContainText("moons.csv");
  await expect(statusOf(page)).toContainText("Ready");
}

/** @param {Page} page */
const fingerprint = (page) => new URL(page.url()).hash.match(/fingerprint=([0-9a-f]{16})/)?.[1];

test("the receiver of a link has the same points and trains on them", async ({ page, browser }) => {
  await makeMoons(page);
  await expect(page).toHaveURL(/made=moons,400,[0-9.]+,7/);
  await button(page, "Share…").click();
  await expect(page.getByRole("dialog", { name: "Share" })).toContainText(
    "by it the page makes the same points again",
  );
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(statusOf(other)).toContainText("Ready");
  await expect(other.locator(".file-line")).toContainText("moons.csv 400 rows × 3 columns");
  await expect(messagesOf(other)).toBeEmpty();
  expect(fingerprint(other)).toBe(fingerprint(page));
  await field(other, "train.epochs").fill("2");
  await train(other);
  await other.context().close();
});

test("points that were drawn by hand stay a file of one's own", async ({ page }) => {
  await makeMoons(page, async () => {
    const pad = maker(page).getByRole("application");
    await pad.click({ position: { x: 60, y: 60 } });
  });
  await expect(page).toHaveURL(/own=1/);
  expect(page.url()).not.toContain("made=");
});

test("a link whose data cannot be made says so", async ({ page }) => {
  await page.goto("./#data.file=moons.csv&own=1&made=moons,5,0.1,1");
  await expect(messagesOf(page)).toContainText("cannot be made: moons,5,0.1,1");
  await page.goto("./#data.file=x.csv&own=1&made=stars,50,0.1,1");
  await expect(messagesOf(page)).toContainText("cannot be made: stars,50,0.1,1");
});
