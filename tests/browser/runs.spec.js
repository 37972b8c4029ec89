// Runs are kept, told apart, gone on with and forked.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { decodeProject, encodeProject } from "../../web/actions/project.js";
import { expect, test } from "./fixtures.js";
import { button, choose, field, open, openTab, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The line of a run in the table. @param {Page} page @param {number} number */
const line = (page, number) => page.locator(`.runs-table tr[data-run="${number}"]`);

/** Names of the runs from top to bottom. @param {Page} page */
const names = (page) => page.locator(".runs-table .run-name").allTextContents();

/** Trains once more with another value of a setting. @param {Page} page @param {string} key @param {string} value */
async function trainWith(page, key, value) {
  await field(page, key).fill(value);
  await button(page, "Train again").click();
  await expect(statusOf(page)).toContainText(/Finished|Stopped early|Diverged/);
}

/** The hash of the weights that the page shows. @param {Page} page */
async function hashOf(page) {
  await openTab(page, "Rewind and check");
  const code = page.locator("#results code");
  await expect(code).toHaveText(/^[0-9a-f]{16}$/);
  return code.textContent();
}

/** Unfolds a run. @param {Page} page @param {string} name */
const more = (page, name) =>
  page.getByRole("button", { name: `More about ${name}`, exact: true }).click();

test("every run is kept with what differs and what came of it", async ({ page }) => {
  await open(page, "#train.epochs=12");
  await train(page);
  await trainWith(page, "optimizer.adam.lr", "0.1");
  await trainWith(page, "optimizer.adam.lr", "0.00001");
  await expect(line(page, 1)).toContainText("iris.csv");
  await expect(line(page, 2).locator(".differs")).toHaveText("0.1");
  await expect(line(page, 1).locator("[data-label='Epochs done']")).toHaveText("12");
  const losses = await page.locator(".runs-table [data-label='Best loss']").allTextContents();
  expect(losses).toEqual(losses.toSorted((a, b) => Number(a) - Number(b)));
  await button(page, "Best loss").click();
  const falling = await page.locator(".runs-table [data-label='Best loss']").allTextContents();
  expect(falling).toEqual(losses.toReversed());
  await page.getByText("The same in all of these runs").click();
  await expect(page.locator(".runs")).toContainText("Epochs 12");
});

test("runs are named, noted, pinned, searched and told apart", async ({ page }) => {
  await open(page, "#train.epochs=8");
  await train(page);
  await trainWith(page, "optimizer.adam.lr", "0.1");
  await button(page, "Run 1").click();
  await page.getByLabel("New name of Run 1").fill("the first");
  await page.keyboard.press("Enter");
  await expect(button(page, "the first")).toBeFocused();
  await more(page, "the first");
  await page.getByLabel("Note").fill("slow but steady");
  await button(page, "Pin").click();
  expect((await names(page))[0]).toContain("the first");
  await page.getByLabel("Filter runs").fill("STEADY");
  await expect(page.locator(".runs-table [data-run]")).toHaveCount(1);
  await page.getByLabel("Filter runs").fill("lr=0.1");
  expect(await names(page)).toEqual(["Run 2"]);
  await page.getByLabel("Filter runs").fill("");
  await page.getByLabel("Select the first").check();
  await page.getByLabel("Select Run 2").check();
  const differences = page.getByRole("region", { name: "What differs" });
  await expect(differences.getByRole("row", { name: /^Learning rate/ })).toContainText("0.1");
  await expect(differences.getByRole("row", { name: /^Epochs done/ })).toContainText("8");
});

test("a run that is deleted can be brought back", async ({ page }) => {
  await open(page, "#train.epochs=8");
  await train(page);
  await trainWith(page, "optimizer.adam.lr", "0.1");
  await more(page, "Run 1");
  await button(page, "Delete").click();
  await expect(line(page, 1)).toHaveCount(0);
  await button(page, "Undo").click();
  await expect(line(page, 1)).toHaveCount(1);
  await expect(button(page, "Undo")).toHaveCount(0);
});

test("the settings of a run come back into the form", async ({ page }) => {
  await open(page, "#train.epochs=8");
  await train(page);
  await trainWith(page, "optimizer.adam.lr", "0.1");
  await more(page, "Run 1");
  await button(page, "Use its settings").click();
  await expect(field(page, "optimizer.adam.lr")).not.toHaveValue("0.1");
  await expect(page).not.toHaveURL(/lr=0\.1/);
});

test("two branches go on from the same point, and one left alone ends as if unforked", async ({
  page,
}) => {
  await open(page, "#train.epochs=30");
  await train(page);
  const whole = await hashOf(page);
  await more(page, "Run 1");
  await page.getByLabel("Epoch to fork Run 1 at").selectOption("10");
  await button(page, "Fork").click();
  await expect(statusOf(page)).toContainText("Paused");
  const fork = await hashOf(page);
  expect(fork).not.toBe(whole);
  await more(page, "Run 2");
  await expect(page.locator(".run-details")).toContainText("Forked from Run 1 at epoch 10.");
  await button(page, "Continue from epoch 10").click();
  await expect(statusOf(page)).toContainText("Finished");
  expect(await hashOf(page)).toBe(whole);
  await more(page, "Run 1");
  await page.getByLabel("Epoch to fork Run 1 at").selectOption("10");
  await button(page, "Fork").click();
  await expect(statusOf(page)).toContainText("Paused");
  await expect.poll(() => hashOf(page)).toBe(fork);
  await field(page, "optimizer.adam.lr").fill("0.2");
  await button(page, "Train").click();
  await expect(statusOf(page)).toContainText("Finished");
  expect(await hashOf(page)).not.toBe(whole);
  await expect(line(page, 3)).toContainText("30");
});

test("a run goes on where it was left, and a finished one beyond its end", async ({ page }) => {
  await open(page, "#train.epochs=20");
  await train(page);
  const whole = await hashOf(page);
  await button(page, "Reset").click();
  await expect(statusOf(page)).toContainText("Ready");
  for (let epoch = 0; epoch < 3; epoch++) {
    await button(page, "Step epoch").click();
    await expect(statusOf(page)).toContainText(`step ${8 * (epoch + 1)}`);
  }
  await field(page, "train.epochs").fill("10");
  await button(page, "Train").click();
  await expect(statusOf(page)).toContainText("Finished");
  await more(page, "Run 2");
  await button(page, "Continue from epoch 3").click();
  await expect(statusOf(page)).toContainText("Finished after 160 steps");
  await expect.poll(() => hashOf(page)).toBe(whole);
  await more(page, "Run 3");
  await page.getByLabel("Epochs to train Run 3 in all").fill("20");
  await button(page, "Continue to this epoch").click();
  await expect(statusOf(page)).toContainText("Finished after 160 steps");
  await expect.poll(() => hashOf(page)).toBe(whole);
});

test("a run of a race can be gone on with", async ({ page }) => {
  await open(page, "#train.epochs=6");
  await train(page);
  await openTab(page, "Race");
  await button(page, "Start the race").click();
  await expect(page.getByRole("status").filter({ hasText: /done|finished|over/i })).toBeVisible();
  await openTab(page, "Runs");
  await page.locator(".runs-table tr[data-run='2'] .run-more button").click();
  await page.locator(".run-details input[type='text']").fill("9");
  await button(page, "Continue to this epoch").click();
  await expect(line(page, 2).locator("[data-label='Epochs done']")).toHaveText("9");
});

test("a hundred runs are searched at once", async ({ page }) => {
  await open(page, "#train.epochs=5");
  await train(page);
  await button(page, "Save…").click();
  const waiting = page.waitForEvent("download");
  await button(page, "Project").click();
  const bytes = await readFile(await (await waiting).path());
  const project = await decodeProject(new Blob([bytes]));
  const [run] = project.runs;
  const runs = Array.from({ length: 100 }, (_, i) => ({
    ...run,
    description: { ...run.description, id: `run-${i}`, number: i + 2, name: `try ${i}` },
  }));
  const many = Buffer.from(await encodeProject({ ...project, runs }).arrayBuffer());
  await button(page, "Close").click();
  await choose(page, "many.tabtrain", many);
  await expect(page.locator(".runs-table [data-run]")).toHaveCount(101);
  await page.getByLabel("Filter runs").fill("try 77");
  await expect(page.locator(".runs-table [data-run]")).toHaveCount(1);
});

for (const [width, colorScheme] of /** @type {const} */ ([
  [1440, "light"],
  [390, "dark"],
])) {
  test.describe(`${width} pixels, ${colorScheme}`, () => {
    // axe is put into the page by evaluation, which the page's policy would forbid.
    test.use({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });

    test("axe finds nothing in runs and dialogs, and nothing is too wide", async ({ page }) => {
      await open(page, "#train.epochs=6");
      await train(page);
      await trainWith(page, "optimizer.adam.lr", "0.1");
      await more(page, "Run 1");
      await page.getByLabel("Select Run 1").check();
      await page.getByLabel("Select Run 2").check();
      await page.evaluate(axe);
      const look = async () => {
        const found = await page.evaluate(async () => {
          const { violations } = await Reflect.get(window, "axe").run();
          return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes[0].target}`);
        });
        expect(found).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      };
      await look();
      await button(page, "Save…").click();
      await look();
      await button(page, "Close").click();
      await button(page, "Share…").click();
      await page.getByText("Lock or hide cards").click();
      await look();
      await button(page, "Close").click();
      await button(page, "Delete").click();
      await expect(button(page, "Undo")).toBeVisible();
      await look();
    });
  });
}
