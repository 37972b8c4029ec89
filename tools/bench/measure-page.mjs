// The real page while it trains the widest network: is its own thread free, and how soon is Pause
// obeyed?

import { writeFile } from "node:fs/promises";
import { taskTimes } from "../longest-task.mjs";
import { datasetText } from "./csv-text.mjs";
import { makeData } from "./data.mjs";
import { settingsOf } from "./settings.mjs";
import { TRAINING } from "./workloads.mjs";

/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {{ workload: string, longestTask: number, tasks: number, pauses: number[] }} PageResult milliseconds */

const WORKLOAD = "W5";
const WATCHED_SECONDS = 3;
const PRESSES = 9;

/** @param {Page} page @param {RegExp} text */
const untilStatus = (page, text) =>
  page.locator("#status", { hasText: text }).waitFor({ timeout: 120_000 });

/** @param {Page} page @param {string} site @param {string} path of the file */
async function openReady(page, site, path) {
  const name = path.split("/").pop();
  const keys = [...settingsOf(TRAINING[WORKLOAD]), ["data.file", name ?? ""], ["own", "1"]];
  await page.goto(`${site}#${new URLSearchParams(keys)}`);
  await untilStatus(page, /Waiting for/);
  await page.setInputFiles("#file", path);
  await untilStatus(page, /Ready/);
}

/**
 * Presses Pause within the page, and waits until the page says that training has stopped.
 * @param {Page} page
 * @returns {Promise<number>} milliseconds
 */
function timeOfPause(page) {
  return page.evaluate(async () => {
    const status = /** @type {HTMLElement} */ (document.querySelector("#status"));
    const paused = new Promise((resolve) => {
      const look = () => status.textContent?.includes("Paused") && resolve(performance.now());
      new MutationObserver(look).observe(status, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
    const begin = performance.now();
    /** @type {HTMLButtonElement} */ (document.querySelector("#train")).click();
    return /** @type {number} */ (await paused) - begin;
  });
}

/** @param {Page} page */
async function pauses(page) {
  const all = [];
  for (let i = 0; i < PRESSES; i++) {
    // Not in step with the worker's slices.
    await page.waitForTimeout(400 + 37 * i);
    all.push(await timeOfPause(page));
    await page.locator("#train").click();
    await untilStatus(page, /^Training/);
  }
  return all;
}

/**
 * @param {import("@playwright/test").Browser} browser
 * @param {string} site address
 * @param {string} scratch folder for the file
 * @returns {Promise<PageResult>}
 */
export async function measurePage(browser, site, scratch) {
  const path = `${scratch}/wide.csv`;
  await writeFile(path, [...datasetText(makeData(TRAINING[WORKLOAD]))].join(""));
  const page = await browser.newPage();
  try {
    await openReady(page, site, path);
    await page.locator("#train").click();
    await untilStatus(page, /^Training/);
    const times = await taskTimes(browser, page, () => page.waitForTimeout(1000 * WATCHED_SECONDS));
    return {
      workload: WORKLOAD,
      longestTask: Math.max(...times),
      tasks: times.length,
      pauses: await pauses(page),
    };
  } finally {
    await page.close();
  }
}
