// The page stays quick while it trains, and trains on while nobody sees it.

import { taskTimes } from "../../tools/longest-task.mjs";
import { expect, test } from "./fixtures.js";
import { openUnwatched } from "./hidden-tab.js";
import { button, open, openTab, train } from "./page.js";

const LONG_TASK_MS = 50;

/** @param {import("@playwright/test").Browser} browser @param {import("@playwright/test").Page} page @param {() => Promise<void>} act */
async function longestTask(browser, page, act) {
  const times = await taskTimes(browser, page, act);
  expect(times.length).toBeGreaterThan(20);
  return Math.max(...times);
}

/**
 * Within the page: whatever asks it from outside takes its time as well.
 * @param {any} start button
 */
async function raceToVerdict(start) {
  start.click();
  while (!document.querySelector(".verdict")?.textContent) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("a busy page has a long task", async ({ page, browser }) => {
  await open(page);
  const longest = await longestTask(browser, page, () =>
    page.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let i = 0; i < 60; i++) {
        await frame();
      }
      let sum = 0;
      for (let i = 0; i < 1e7; i++) {
        sum += Math.sin(i);
      }
      Reflect.set(window, "sum", sum);
    }),
  );
  expect(longest).toBeGreaterThan(LONG_TASK_MS);
});

test("no long task while a race of two runs trains", async ({ page, browser }) => {
  await open(page, "#data.file=iris.csv&data.target=species&train.epochs=1000");
  await train(page);
  await openTab(page, "Race");
  await page.getByLabel("Seeds").fill("1");
  await page.getByLabel("Vary", { exact: true }).selectOption("rate");
  await page.getByRole("textbox", { name: /^Values of/ }).fill("1x, 0.3x");
  await expect(page.getByText(/2 runs/)).toBeVisible();
  const start = await button(page, "Start the race").elementHandle();
  const longest = await longestTask(browser, page, () => page.evaluate(raceToVerdict, start));
  expect(longest).toBeLessThan(LONG_TASK_MS);
});

test("a hidden tab trains to the end", async ({ browser, site }) => {
  const link = "#data.file=digits.csv&data.target=digit&train.epochs=600";
  const tab = await openUnwatched(browser, `${site}${link}`);
  const statusOf = () => tab.evaluate("document.querySelector('#status')?.textContent ?? ''");
  await expect.poll(statusOf).toContain("Ready");
  await tab.evaluate("document.querySelector('#train').click()");
  await expect.poll(statusOf).toContain("Training");
  await tab.hide();
  await expect.poll(() => tab.evaluate("document.visibilityState")).toBe("hidden");
  expect(await statusOf()).toContain("Training");
  await expect.poll(statusOf, { timeout: 60_000 }).toMatch(/Finished|Stopped early/);
  expect(await tab.evaluate("document.visibilityState")).toBe("hidden");
  await tab.close();
});
