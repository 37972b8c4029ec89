// Chromium with the benchmark's page in it.

import { chromium } from "@playwright/test";
import config from "../../playwright.config.js";

/** @typedef {import("@playwright/test").Page} Page */
/** Somebody who answers commands. @typedef {{ ask: (command: string, details?: object) => Promise<any>, end: () => Promise<void> }} Partner */

/** Nothing but what was asked for may take time. */
const QUIET = ["--disable-background-timer-throttling", "--disable-renderer-backgrounding"];

export function launch() {
  const { args = [], ...options } = config.use?.launchOptions ?? {};
  return chromium.launch({ ...options, args: [...args, ...QUIET] });
}

/** @param {import("@playwright/test").Browser} browser @param {string} url */
export async function openPage(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  await page.waitForFunction(() => "bench" in globalThis);
  return page;
}

let started = 0;

/** Starts a worker on the page. @param {Page} page @param {string} script @returns {Promise<Partner>} */
export async function startWorker(page, script) {
  started++;
  const name = `${script} ${started}`;
  await page.evaluate(
    ([own, file]) => Reflect.get(globalThis, "bench").start(own, file),
    [name, script],
  );
  return {
    ask: (command, details = {}) =>
      page.evaluate(
        ([own, what, more]) => Reflect.get(globalThis, "bench").ask(own, what, more),
        /** @type {const} */ ([name, command, details]),
      ),
    end: () => page.evaluate((own) => Reflect.get(globalThis, "bench").end(own), name),
  };
}

/** Why somebody cannot take part, in a line. @param {unknown} error @returns {string} */
export const reasonOf = (error) =>
  String(error instanceof Error ? error.message : error)
    .replace(/^(page\.evaluate: )?(Error: )*/, "")
    .split("\n")[0];
