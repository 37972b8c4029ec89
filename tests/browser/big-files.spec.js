// Files that take long to read, or that do not fit into memory, as a person meets them.

import { expect, test } from "./fixtures.js";
import { button, field, messagesOf, open, statusOf, train, unfold } from "./page.js";

const COLUMNS = 5;

/**
 * Chooses a CSV of so many megabytes, which is one megabyte of rows again and again.
 * @param {import("@playwright/test").Page} page
 * @param {string} name
 * @param {number} megabytes
 * @returns {Promise<number>} rows
 */
const chooseLarge = (page, name, megabytes) =>
  page.evaluate(([fileName, n, columns]) => {
    const rows = [];
    for (let size = 0; size < 1e6; size += rows[rows.length - 1].length) {
      const cells = Array.from({ length: columns }, (_, c) => ((rows.length * (c + 7)) % 9973) / 8);
      rows.push(`${cells.join(",")}\n`);
    }
    const names = Array.from({ length: columns }, (_, c) => `c${c}`);
    const block = new Blob(rows);
    const file = new File([`${names.join(",")}\n`, ...Array(n).fill(block)], fileName);
    const files = new DataTransfer();
    files.items.add(file);
    const input = /** @type {HTMLInputElement} */ (document.querySelector("#file"));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
    return rows.length * n;
  }, /** @type {const} */ ([name, megabytes, COLUMNS]));

/** @param {import("@playwright/test").Page} page */
const loadingLine = (page) => page.locator(".source .loading-line");

/** @param {import("@playwright/test").Page} page */
const cancel = (page) => loadingLine(page).getByRole("button", { name: "Cancel" });

test("a file that is being read says how far it is, and Cancel keeps the one before", async ({
  page,
}) => {
  await open(page);
  await train(page);
  const line = await page.locator(".file-line").textContent();
  await chooseLarge(page, "large.csv", 600);
  await expect(loadingLine(page)).toContainText(/Reading large\.csv: \d+ of 600 MB \(\d+%\)/);
  await cancel(page).focus();
  await page.keyboard.press("Enter");
  await expect(loadingLine(page)).toBeHidden();
  await expect(page.locator("#file")).toBeFocused();
  await expect(statusOf(page)).toContainText("Finished");
  await expect(page.locator(".file-line")).toHaveText(line ?? "");
  await expect(messagesOf(page)).toBeEmpty();
  await button(page, "Reset").click();
  await expect(statusOf(page)).toContainText("Ready: 120 training rows");
  await train(page);
});

test("a change of how a file is read can be cancelled, and is then taken back", async ({
  page,
}) => {
  await open(page);
  const rows = await chooseLarge(page, "large.csv", 300);
  const shown = `large.csv ${rows.toLocaleString("en-US")} rows × ${COLUMNS} columns`;
  await expect(page.locator(".file-line")).toContainText(shown, { timeout: 60_000 });
  await expect(statusOf(page)).toContainText("Ready", { timeout: 60_000 });
  await unfold(page);
  await field(page, "data.delimiter").selectOption("pipe");
  await cancel(page).click();
  await expect(field(page, "data.delimiter")).toHaveValue("auto");
  await expect(page.locator(".file-line")).toContainText(shown);
  await expect(statusOf(page)).toContainText("Ready");
});

test("a newer file takes the place of one that is being read", async ({ page }) => {
  await open(page);
  await chooseLarge(page, "large.csv", 600);
  await expect(cancel(page)).toBeVisible();
  await chooseLarge(page, "small.csv", 1);
  await expect(page.locator(".file-line")).toContainText("small.csv");
  await expect(loadingLine(page)).toBeHidden();
  await expect(messagesOf(page)).toBeEmpty();
});

test("a file that does not fit says how much would, and a sample of it is read", async ({
  page,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(navigator, "deviceMemory", { value: 1 / 16 }),
  );
  await open(page);
  const rows = await chooseLarge(page, "large.csv", 60);
  const message = /About ([\d,]+) of about ([\d,]+) rows fit into the memory/;
  await expect(messagesOf(page)).toContainText(message);
  const told = message.exec((await messagesOf(page).textContent()) ?? "") ?? [];
  const [fits, all] = told.slice(1).map((text) => Number(text.replaceAll(",", "")));
  expect(Math.abs(all / rows - 1)).toBeLessThan(0.06);
  await expect(page.locator(".file-line")).toContainText("iris.csv 150 rows");
  await button(page, `Read a sample of about ${fits.toLocaleString("en-US")} rows`).click();
  const sample = new RegExp(
    `large\\.csv ([\\d,]+) rows, a random sample of ${rows.toLocaleString("en-US")} × ${COLUMNS} columns`,
  );
  await expect(page.locator(".file-line")).toContainText(sample);
  const [, read] = sample.exec((await page.locator(".file-line").textContent()) ?? "") ?? [];
  const share = Number(read.replaceAll(",", "")) / fits;
  expect(share).toBeGreaterThan(0.85);
  expect(share).toBeLessThan(1.02);
  await expect(messagesOf(page)).toBeEmpty();
  await expect(statusOf(page)).toContainText("Ready");
  await expect(page).toHaveURL(/data\.sample_share=0\.\d+/);
});
