/**
 * The page as the tests speak of it.
 */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect } from "./fixtures.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page */
export const statusOf = (page) => page.locator("#status");

/** @param {Page} page */
export const messagesOf = (page) => page.getByRole("status", { name: "Messages" });

/** What the large chart shows, in words. @param {Page} page */
export const lossSummary = (page) => page.locator(".chart.large > .visually-hidden");

/** The same once it stands still: it follows a run that has ended. @param {Page} page */
export async function lastLossSummary(page) {
  let last = "";
  const stands = async () => {
    const before = last;
    last = (await lossSummary(page).textContent()) ?? "";
    return last !== "" && last === before;
  };
  await expect.poll(stands, { intervals: [300] }).toBe(true);
  return last;
}

/** @param {Page} page @param {string} name */
export const button = (page, name) => page.getByRole("button", { name, exact: true });

/** The control of a setting. @param {Page} page @param {string} key */
export const field = (page, key) => page.locator(`[name="${key}"]`);

/** Opens a view of a card of several, which may move under the click as other cards fill. @param {Page} page @param {string} name */
export async function openTab(page, name) {
  const tab = page.getByRole("tab", { name, exact: true });
  await expect(async () => {
    await tab.click();
    await expect(tab).toHaveAttribute("aria-selected", "true", { timeout: 1000 });
  }).toPass();
}

/** Unfolds everything that is folded away. @param {Page} page */
export const unfold = (page) =>
  page.locator("details.fold").evaluateAll((folds) => {
    for (const fold of folds) {
      fold.setAttribute("open", "");
    }
  });

/** Opens the page and waits until it can train. @param {Page} page @param {string} [link] fragment */
export async function open(page, link = "") {
  await page.goto(`./${link}`);
  await expect(statusOf(page)).toContainText("Ready");
}

/** Trains to the end. @param {Page} page */
export async function train(page) {
  await button(page, "Train").click();
  await expect(statusOf(page)).toContainText(/Finished|Stopped early|Diverged/);
}

/** @param {Page} page @param {string} name @param {string | Buffer} content */
export async function choose(page, name, content) {
  const buffer = Buffer.isBuffer(content) ? content : Buffer.from(content);
  await page.setInputFiles("#file", { name, mimeType: "text/csv", buffer });
}

/** A CSV with a header. @param {string} header @param {number} n @param {(i: number) => string} row */
export function csv(header, n, row) {
  return [header, ...Array.from({ length: n }, (_, i) => row(i))].join("\n");
}

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds wrong. It is put into the page by evaluation, which the page's policy forbids, so
 * the test needs `bypassCSP`.
 * @param {Page} page
 * @param {string} [part] selector of a part of the page
 * @param {object} [options] of axe.run
 * @returns {Promise<string[]>}
 */
export async function axeFindings(page, part = "html", options = {}) {
  await page.evaluate(axe);
  return page.evaluate(async ([selector, how]) => {
    const { violations } = await Reflect.get(window, "axe").run(selector, how);
    return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes[0].target}`);
  }, /** @type {const} */ ([part, options]));
}
