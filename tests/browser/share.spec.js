// What is taken away and given to others: files, a project, a link.

import { readFile } from "node:fs/promises";
import { expect, test } from "./fixtures.js";
import { button, choose, csv, field, messagesOf, open, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

const TABLE = csv("a,b", 60, (i) => `${i % 7},${(i * i) % 5}`);

/** @param {Page} page @param {number} number */
const line = (page, number) => page.locator(`.runs-table tr[data-run="${number}"]`);

/** Saves something of the dialog. @param {Page} page @param {string} name of its button */
async function save(page, name) {
  const waiting = page.waitForEvent("download");
  await button(page, name).click();
  const file = await waiting;
  const bytes = await readFile(await file.path());
  return { name: file.suggestedFilename(), bytes, text: bytes.toString("utf8") };
}

/** Two runs, the second with another rate. @param {Page} page */
async function trainTwice(page) {
  await train(page);
  await field(page, "optimizer.adam.lr").fill("0.1");
  await button(page, "Train again").click();
  await expect(line(page, 2)).toContainText("Finished");
}

test("all curves of all runs as CSV and JSON", async ({ page }) => {
  await open(page, "#train.epochs=10");
  await trainTwice(page);
  await button(page, "Save…").click();
  const table = await save(page, "Curves as CSV");
  expect(table.name).toBe("iris-curves.csv");
  const [head, ...rows] = table.text.trim().split("\n");
  expect(head).toMatch(/^run,epoch,step,seconds,/);
  expect(rows).toHaveLength(22);
  expect(rows.filter((row) => row.startsWith("Run 2,"))).toHaveLength(11);
  const { runs } = JSON.parse((await save(page, "Curves as JSON")).text);
  expect(runs).toHaveLength(2);
  expect(runs[1].settings["optimizer.adam.lr"]).toBe("0.1");
  expect(runs[0].curves.validation_loss).toHaveLength(11);
  const column = head.split(",").indexOf("validation_loss");
  expect(Number(rows[10].split(",")[column])).toBe(runs[0].curves.validation_loss[10]);
});

test("settings and model are those of the run", async ({ page }) => {
  await open(page, "#train.epochs=10");
  await train(page);
  await button(page, "Save…").click();
  const settings = await save(page, "Settings");
  expect(settings.name).toBe("iris.cfg");
  expect(settings.text).toContain("train.epochs = 10\n");
  const model = await save(page, "Model of the best epoch");
  expect(model.name).toBe("iris.model");
  expect(model.bytes.length).toBeGreaterThan(300);
});

test("the report opens without a network and without scripts", async ({ page, browser }) => {
  await open(page, "#train.epochs=10");
  await trainTwice(page);
  await button(page, "Save…").click();
  const { name, text } = await save(page, "Report");
  expect(name).toBe("iris-report.html");
  expect(text).not.toContain("<script");
  const context = await browser.newContext({ offline: true, javaScriptEnabled: false });
  const report = await context.newPage();
  await report.setContent(text);
  await expect(report.getByRole("heading", { level: 1 })).toHaveText("Run 2 on iris.csv");
  await expect(report.getByRole("row", { name: /^Accuracy/ }).first()).toBeVisible();
  await expect(report.locator(".conclusion")).toHaveText(
    /^The network predicts species with Accuracy \d+\.\d % on 30 validation rows, at its best epoch, \d+\./,
  );
  await expect(report.getByRole("row", { name: /^Network, best epoch \d+ / })).toBeVisible();
  await expect(report.getByRole("row", { name: /^Network, last epoch \d+ / })).toBeVisible();
  await expect(report.getByRole("row", { name: /^Epochs \d+ .* train\.epochs$/ })).toBeVisible();
  await expect(report.getByRole("row", { name: /^Run 1/ })).toBeVisible();
  await expect(report.getByText("Drawn: Run 1, Run 2.")).toBeVisible();
  expect(await report.locator("svg").count()).toBeGreaterThan(2);
  await context.close();
});

test("a project opens on another machine and says what it lacks", async ({
  page,
  browser,
  site,
}) => {
  await open(page);
  await choose(page, "mine.csv", TABLE);
  await expect(statusOf(page)).toContainText("Ready");
  await field(page, "train.epochs").fill("12");
  await trainTwice(page);
  await button(page, "Run 1").click();
  await page.getByLabel("New name of Run 1").fill("first try");
  await page.keyboard.press("Enter");
  await button(page, "Save…").click();
  const bare = await save(page, "Project");
  expect(bare.name).toMatch(/^mine-\d{4}-\d\d-\d\d\.tabtrain$/);
  await page.getByLabel("with the data").check();
  const whole = await save(page, "Project");

  const context = await browser.newContext({ baseURL: site });
  const other = await context.newPage();
  await open(other);
  await choose(other, bare.name, bare.bytes);
  await expect(statusOf(other)).toHaveText("Waiting for mine.csv");
  await expect(line(other, 1)).toContainText("first try");
  await choose(other, "mine.csv", TABLE);
  await expect(other.getByText("This is the very file")).toBeVisible();
  await other.getByRole("button", { name: "More about first try" }).click();
  await other.getByLabel("Epochs to train first try in all").fill("14");
  await button(other, "Continue to this epoch").click();
  await expect(line(other, 1)).toContainText("14");
  await context.close();

  const third = await browser.newContext({ baseURL: site });
  const full = await third.newPage();
  await open(full);
  await choose(full, whole.name, whole.bytes);
  await expect(full.locator(".file-line")).toContainText("mine.csv 60 rows");
  await expect(line(full, 2)).toContainText("Finished");
  await third.close();
});

test("a project file that is foreign or cut short says so", async ({ page }) => {
  await open(page, "#train.epochs=5");
  await train(page);
  await button(page, "Save…").click();
  const { bytes } = await save(page, "Project");
  await button(page, "Close").click();
  await choose(page, "cut.tabtrain", bytes.subarray(0, bytes.length - 100));
  await expect(messagesOf(page)).toContainText("cut.tabtrain: The project file is damaged");
  await choose(page, "photo.tabtrain", Buffer.from("GIF89a and so on"));
  await expect(messagesOf(page)).toContainText("photo.tabtrain: This is not a project file");
  await expect(line(page, 1)).toContainText("Finished");
});

test("a link locks and hides cards", async ({ page }) => {
  await open(page, "#train.epochs=9");
  await button(page, "Share…").click();
  await page.getByText("Lock or hide cards").click();
  await page.getByLabel("Lock Network").check();
  await page.getByLabel("Hide Preparation").check();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  expect(link).toContain("lock=network");
  await page.goto("about:blank");
  await page.goto(link);
  await expect(statusOf(page)).toContainText("Ready");
  await expect(page.getByLabel("Width of hidden layer 1")).toBeDisabled();
  await expect(page.getByRole("heading", { name: "Preparation" })).toBeHidden();
  await expect(field(page, "train.epochs")).toBeEnabled();
  await expect(page).toHaveURL(/lock=network&hide=preparation/);
  await train(page);
});

test("everything that is kept can be cleared", async ({ page }) => {
  await open(page, "#train.epochs=5");
  await train(page);
  await expect(line(page, 1)).toContainText("Finished");
  await button(page, "Save…").click();
  await button(page, "Clear everything kept").click();
  await button(page, "Yes, delete all runs").click();
  await expect(page.getByText("Nothing is kept any more.")).toBeVisible();
  await page.goto("about:blank");
  await open(page);
  await page.waitForTimeout(800);
  await expect(page.locator(".runs-table [data-run]")).toHaveCount(0);
  await expect(field(page, "train.epochs")).not.toHaveValue("5");
});
