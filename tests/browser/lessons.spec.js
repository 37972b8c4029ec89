// Lessons: a guess, the runs, and what they show, with most of the page locked.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, choose, field, open, statusOf } from "./page.js";

/** @param {import("@playwright/test").Page} page */
const lessonOf = (page) => page.getByRole("region", { name: "What the learning rate does" });

test("a lesson is opened from the list, asks first, runs, and answers", async ({ page }) => {
  await open(page);
  await button(page, "Lessons").click();
  const list = page.getByRole("dialog", { name: "Lessons" });
  await expect(list.getByRole("listitem")).toHaveCount(12);
  await list.getByRole("link", { name: "What the learning rate does" }).click();
  await expect(list).toBeHidden();
  const lesson = lessonOf(page);
  await expect(lesson).toContainText("What will the run with rate 30 do?");
  await expect(page.getByLabel("Example", { exact: true })).toHaveValue("moons.csv");
  await expect(button(page, "Run: Rate 0.3")).toBeDisabled();
  await lesson.getByLabel("Get to the bottom fastest").check();
  for (const rate of ["0.003", "0.3", "30"]) {
    await button(page, `Run: Rate ${rate}`).click();
    await expect(field(page, "optimizer.sgd.lr")).toHaveValue(rate);
    await expect(statusOf(page)).toContainText("Finished after 400 steps");
    await expect(button(page, `Rate ${rate} ✓`)).toBeEnabled();
  }
  await expect(lesson.getByRole("status")).toContainText("It came out otherwise: Jump about");
  await expect(lesson.getByRole("status")).toContainText("At 30 every step leaps over the valley");
});

test("a lesson locks all but its own card, until it is left", async ({ page }) => {
  await open(page, "#lesson=learning-rate");
  await expect(field(page, "optimizer.sgd.lr")).toBeEnabled();
  for (const key of ["loss", "train.epochs", "schedule", "data.target"]) {
    await expect(field(page, key)).toBeDisabled();
  }
  await expect(page.getByRole("region", { name: /^Loss locked/ })).toBeVisible();
  await button(page, "Leave lesson").click();
  await expect(lessonOf(page)).toBeHidden();
  await expect(field(page, "loss")).toBeEnabled();
  expect(page.url()).not.toContain("lesson");
});

test("leaving a lesson brings back one's own file and settings", async ({ page }) => {
  await open(page);
  await expect(page.getByText("Or drop your own CSV file anywhere on this page.")).toBeVisible();
  await choose(page, "own.csv", "a,b\n1,2\n2,4\n3,6\n4,8\n5,10\n6,12");
  await expect(page.locator(".file-name")).toHaveText("own.csv");
  await field(page, "train.epochs").fill("77");
  await field(page, "train.epochs").press("Tab");
  for (const title of ["Batch size", "What the learning rate does"]) {
    await button(page, "Lessons").click();
    await page.getByRole("dialog").getByRole("link", { name: title }).click();
    await expect(page.getByRole("region", { name: title })).toContainText(
      "Leaving the lesson brings back your file and settings from before.",
    );
  }
  await expect(page.getByLabel("Example", { exact: true })).toHaveValue("moons.csv");
  await expect(page.getByText("Press Train")).toBeHidden();
  await expect(button(page, "Train")).toBeDisabled();
  await lessonOf(page).getByLabel("Get to the bottom fastest").check();
  await expect(button(page, "Train")).toBeEnabled();
  await button(page, "Run: Rate 0.3").click();
  await expect(statusOf(page)).toContainText("Finished after 400 steps");
  await button(page, "Leave lesson").click();
  await expect(lessonOf(page)).toBeHidden();
  await expect(page.locator(".file-name")).toHaveText("own.csv");
  await expect(field(page, "train.epochs")).toHaveValue("77");
  await expect(statusOf(page)).toContainText("Ready");
  await expect(page.locator("#data")).toContainText("6 rows × 2 columns");
});

test("one's own file ends the lesson", async ({ page }) => {
  await open(page, "#lesson=scaling");
  await page.setInputFiles("#file", {
    name: "own.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("a,b\n1,2\n2,4\n3,6\n4,8\n5,10\n6,12"),
  });
  await expect(page.locator(".file-name")).toHaveText("own.csv");
  await expect(button(page, "Leave lesson")).toBeHidden();
});

test("an unknown lesson is named, and the page opens all the same", async ({ page }) => {
  await open(page, "#lesson=alchemy");
  await expect(page.getByText("There is no lesson “alchemy”; it was left out.")).toBeVisible();
});

test("a link locks and hides cards", async ({ page }) => {
  await open(page, "#data.file=iris.csv&data.target=species&lock=optimizer,train&hide=regularizer");
  await expect(field(page, "optimizer")).toBeDisabled();
  await expect(field(page, "train.epochs")).toBeDisabled();
  await expect(field(page, "loss")).toBeEnabled();
  await expect(page.getByRole("heading", { name: "Regularization" })).toBeHidden();
  expect(page.url()).toContain("lock=optimizer,train");
});

test.describe("a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, bypassCSP: true, reducedMotion: "reduce" });

  test("one's own file is chosen at the top of the page", async ({ page }) => {
    await open(page);
    const chosen = page.waitForEvent("filechooser");
    await page.getByText("Choose your CSV").click();
    await (
      await chosen
    ).setFiles({
      name: "own.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("a,b\n1,2\n2,4\n3,6\n4,8\n5,10\n6,12"),
    });
    await expect(page.locator(".file-name")).toHaveText("own.csv");
  });

  test("axe finds nothing in a lesson or in the list of them", async ({ page }) => {
    await open(page, "#lesson=overfitting");
    await page.getByLabel("It falls, and then rises again").check();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await button(page, "More").click();
    await button(page, "Lessons").click();
    await expect(page.getByRole("dialog", { name: "Lessons" })).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });
});
