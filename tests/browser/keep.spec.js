// What is there again after a reload, a crash, and in another tab.

import { expect, test } from "./fixtures.js";
import { button, choose, csv, field, messagesOf, open, openTab, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/** A run long enough to be interrupted. */
const LONG =
  "#data.file=digits.csv&data.target=digit&model.hidden=128&train.epochs=1500&model.dropout=0.1";

/** @param {Page} page @param {number} number */
const line = (page, number) => page.locator(`.runs-table tr[data-run="${number}"]`);

/** The hash of the weights that the page shows. @param {Page} page */
async function hashOf(page) {
  await openTab(page, "Rewind and check");
  const code = page.locator("#results code");
  await expect(code).toHaveText(/^[0-9a-f]{16}$/);
  return code.textContent();
}

/** The courses of runs that are kept: their phase and the steps of their snapshots. @param {Page} page @returns {Promise<{ phase: string, steps: number[] }[]>} */
const keptCourses = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const request = indexedDB.open("tabtrain");
        request.onsuccess = () => {
          const { result: db } = request;
          if (!db.objectStoreNames.contains("kept")) {
            db.close();
            resolve([]);
            return;
          }
          const all = db.transaction("kept").objectStore("kept").getAll();
          all.onsuccess = () => {
            db.close();
            const courses = all.result.filter(({ snapshots }) => snapshots);
            resolve(
              courses.map(({ progress, snapshots }) => ({
                phase: progress.phase,
                steps: snapshots.map((/** @type {{ step: number }} */ { step }) => step),
              })),
            );
          };
        };
      }),
  );

/** Waits until a run that is under way is kept, with a snapshot to go on from. @param {Page} page */
const untilKept = (page) =>
  expect
    .poll(async () => {
      const courses = await keptCourses(page);
      return courses.some(({ phase, steps }) => phase === "running" && (steps.at(-1) ?? 0) > 0);
    })
    .toBe(true);

/** @param {Page} page */
const finished = (page) => expect(statusOf(page)).toContainText("Finished", { timeout: 60_000 });

/** The final weights of the long run, unbroken and kept. @param {Page} page */
async function unbroken(page) {
  await open(page, LONG);
  await button(page, "Train").click();
  await finished(page);
  const phases = async () => (await keptCourses(page)).map(({ phase }) => phase);
  await expect.poll(phases).toEqual(["finished"]);
  return hashOf(page);
}

test("runs are there after a reload, with names, curves and snapshots", async ({ page }) => {
  await open(page, "#train.epochs=10");
  await train(page);
  await field(page, "optimizer.adam.lr").fill("0.1");
  await button(page, "Train again").click();
  await expect(line(page, 2)).toContainText("Finished");
  await button(page, "Run 1").click();
  await page.getByLabel("New name of Run 1").fill("slow");
  await page.keyboard.press("Enter");
  const before = await line(page, 1).textContent();
  await expect
    .poll(async () => (await keptCourses(page)).map(({ steps }) => steps.at(-1)))
    .toEqual([80, 80]);
  await page.reload();
  await expect(line(page, 1)).toContainText("slow");
  await expect(line(page, 1)).toHaveText(before ?? "");
  await button(page, "More about slow").click();
  await page.getByLabel("Epochs to train slow in all").fill("12");
  await button(page, "Continue to this epoch").click();
  await expect(statusOf(page)).toContainText("Finished after 96 steps");
});

test("a run that was cut short by a reload resumes to the same bits", async ({ page }) => {
  const hash = await unbroken(page);
  await button(page, "Train again").click();
  await expect(statusOf(page)).toContainText("Training");
  await untilKept(page);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Resume/ })).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: /^Resume \(epoch [\d,]+\)$/ }).click();
  await finished(page);
  expect(await hashOf(page)).toBe(hash);
});

test("a worker that is killed in the middle costs seconds and not a bit", async ({ page }) => {
  const hash = await unbroken(page);
  await button(page, "Train again").click();
  await untilKept(page);
  await page.workers()[0].evaluate(() => {
    setTimeout(() => {
      throw new Error("killed");
    });
  });
  await expect(messagesOf(page)).toContainText("the run goes on from epoch", {
    timeout: 30_000,
  });
  await finished(page);
  expect(await hashOf(page)).toBe(hash);
});

test("two tabs leave each other's runs alone", async ({ page, context }) => {
  await open(page, "#train.epochs=1000000");
  await button(page, "Train").click();
  await untilKept(page);
  const other = await context.newPage();
  await open(other, "#train.epochs=10");
  await train(other);
  await expect(line(other, 1)).toContainText("Finished");
  await expect(other.getByRole("button", { name: /^Resume/ })).toHaveCount(0);
  await other.waitForTimeout(600);
  await expect(other.locator(".runs-table [data-run]")).toHaveCount(1);
  await button(page, "Pause").click();
  await expect(line(page, 1)).toContainText("Paused");
  await other.close();
  await page.reload();
  await expect(page.locator(".runs-table [data-run]")).toHaveCount(2);
});

test("a file of one's own comes back only where the person agreed", async ({ page }) => {
  await open(page);
  const table = csv("a,b", 60, (i) => `${i % 7},${(i * i) % 5}`);
  await choose(page, "mine.csv", table);
  await expect(statusOf(page)).toContainText("Ready");
  await expect(page).toHaveURL(/fingerprint=[0-9a-f]{16}/);
  await expect(page.getByLabel(/^Keep this file/)).not.toBeChecked();
  await page.reload();
  await expect(statusOf(page)).toHaveText("Waiting for mine.csv");
  await expect(page.getByText("You were working on mine.csv: choose it again")).toBeVisible();
  await choose(
    page,
    "mine.csv",
    csv("a,b", 60, (i) => `${i % 7},${i % 5}`),
  );
  await expect(page.getByText("This is not the file that was asked for")).toBeVisible();
  await page.evaluate((link) => (location.hash = link), new URL(page.url()).hash);
  await choose(page, "mine.csv", table);
  await page.getByLabel(/^Keep this file/).check();
  await train(page);
  await page.waitForTimeout(300);
  await page.reload();
  await expect(page.locator(".file-line")).toContainText("mine.csv 60 rows");
  await expect(line(page, 1)).toContainText("mine.csv");
  await page.getByLabel(/^Keep this file/).uncheck();
  await page.waitForTimeout(300);
  await page.reload();
  await expect(statusOf(page)).toHaveText("Waiting for mine.csv");
  await expect(page.locator(".chart.large .visually-hidden").first()).toContainText("Epoch");
  await choose(page, "other.csv", table);
  await expect(statusOf(page)).toContainText("Ready");
  await expect(page.getByText(/file that was asked for/)).toHaveCount(1);
  await expect(page.getByText(/file that was asked for/)).toBeHidden();
});

test("runs and a file come back in a browser that keeps no Blob", async ({ page }) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, key) {
      const { snapshots = [] } = value;
      const parts = [value, value.blob, ...snapshots.map((/** @type {any} */ { bytes }) => bytes)];
      if (parts.some((part) => part instanceof Blob)) {
        throw new DOMException("Error preparing Blob/File data", "UnknownError");
      }
      return put.call(this, value, key);
    };
  });
  await open(page);
  await choose(
    page,
    "mine.csv",
    csv("a,b", 60, (i) => `${i % 7},${(i * i) % 5}`),
  );
  await page.getByLabel(/^Keep this file/).check();
  await field(page, "train.epochs").fill("10");
  await train(page);
  const lastSteps = async () => (await keptCourses(page)).map(({ steps }) => steps.at(-1));
  await expect.poll(lastSteps).toEqual([30]);
  await page.reload();
  await expect(page.locator(".file-line")).toContainText("mine.csv 60 rows");
  await expect(messagesOf(page)).toBeEmpty();
  await button(page, "More about Run 1").click();
  await page.getByLabel("Epochs to train Run 1 in all").fill("12");
  await button(page, "Continue to this epoch").click();
  await expect(statusOf(page)).toContainText("Finished after 36 steps");
});

test("the last set-up is there when the page is opened without a link", async ({ page }) => {
  await open(page, "#data.file=moons.csv&train.epochs=15");
  await expect(page.locator(".file-line")).toContainText("moons.csv");
  await field(page, "train.epochs").fill("16");
  await expect(page).toHaveURL(/train\.epochs=16/);
  await page.goto("about:blank");
  await open(page);
  await expect(page.locator(".file-line")).toContainText("moons.csv");
  await expect(field(page, "train.epochs")).toHaveValue("16");
});

test("without room in the browser a message says so, and training goes on", async ({ page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("no room", "QuotaExceededError");
    };
  });
  await open(page, "#train.epochs=10");
  await train(page);
  await expect(page.getByText("This browser cannot keep more (QuotaExceededError)")).toBeVisible();
  await button(page, "Train again").click();
  await expect(line(page, 2)).toContainText("Finished");
});
