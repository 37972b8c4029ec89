// The curves: several runs on one chart, what is read off it, and how it is shown.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, test } from "./fixtures.js";
import { button, field, lossSummary, open, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const SHORT = "#data.file=iris.csv&train.epochs=100";

/** @param {Page} page @param {string} rate */
async function trainWithRate(page, rate) {
  await field(page, "optimizer.adam.lr").fill(rate);
  await button(page, "Reset").click();
  await expect(statusOf(page)).toContainText("Ready");
  await train(page);
}

/** @param {Page} page */
const chart = (page) => page.getByRole("group", { name: /Arrow keys read values/ });

/** @param {Page} page */
const legend = (page) => page.locator(".chart.large .keys");

/** @param {Page} page @param {string} name */
const runRow = (page, name) =>
  page.getByRole("table", { name: "Values of the runs" }).getByRole("row", { name });

/** @param {Page} page */
const smoothing = (page) => page.getByRole("slider", { name: /^Smoothing/ });

/** What is read at both ends of the axis of x. @param {Page} page */
async function placesAtTheEnds(page) {
  await chart(page).focus();
  await page.keyboard.press("Home");
  const first = await legend(page).locator("> .value").textContent();
  await page.keyboard.press("End");
  return [first, await legend(page).locator("> .value").textContent()];
}

test("draws runs beside one another and lists their values", async ({ page }) => {
  await open(page, SHORT);
  await train(page);
  await expect(runRow(page, "Run 1")).toBeHidden();
  await trainWithRate(page, "0.002");
  await expect(runRow(page, "Run 2")).toContainText("current");
  await expect(runRow(page, "Run 1")).toContainText("100");
  await expect(lossSummary(page)).toContainText("2 runs are drawn");
  await page.getByRole("checkbox", { name: "Run 1", exact: true }).uncheck();
  await expect(lossSummary(page)).not.toContainText("2 runs are drawn");
  await page.locator("#example").selectOption("wine.csv");
  await expect(runRow(page, "Run 1")).toBeHidden();
  await expect(
    page.getByText("2 runs with other data or another loss are not drawn."),
  ).toBeVisible();
});

test("reads values by keyboard, also on logarithmic axes", async ({ page }) => {
  await open(page, SHORT);
  await train(page);
  await expect(legend(page)).toContainText("epoch 100");
  await chart(page).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(legend(page)).toContainText("epoch 99");
  await page.getByLabel("Log y").check();
  await expect(legend(page)).toContainText("epoch 99");
  await page.getByLabel("Log x").check();
  expect(await placesAtTheEnds(page)).toEqual(["epoch 1", "epoch 100"]);
});

test("reads values under the pointer and by touch", async ({ page }) => {
  await open(page, SHORT);
  await train(page);
  await chart(page).hover({ position: { x: 70, y: 100 } });
  await expect(legend(page)).toContainText(/epoch [0-9]training/);
  await page.mouse.move(0, 0);
  await expect(legend(page)).toContainText("epoch 100");
  const box = await chart(page).boundingBox();
  const [clientX, clientY] = [(box?.x ?? 0) + 70, (box?.y ?? 0) + 100];
  const touch = { pointerType: "touch", pointerId: 7, clientX, clientY, bubbles: true };
  await page.locator(".chart.large .u-over").dispatchEvent("pointerdown", touch);
  await expect(legend(page)).toContainText(/epoch [0-9]training/);
});

test("counts along x in epochs, steps or seconds", async ({ page }) => {
  await open(page, SHORT);
  await train(page);
  const across = page.getByLabel("Across");
  await across.selectOption("Step");
  await expect(legend(page)).toContainText("step 400");
  await across.selectOption("Seconds");
  await expect(legend(page)).toContainText(/[\d.]+ seconds/);
});

test("zooms and pans, and keeps the view while it trains", async ({ page }) => {
  await open(page, "#data.file=digits.csv&data.target=digit&train.epochs=5000");
  await button(page, "Train").click();
  await expect(statusOf(page)).toHaveText("Training");
  await expect(lossSummary(page)).toContainText(/Epoch \d\d/);
  const box = await page.locator(".chart.large .u-over").boundingBox();
  const [left, top] = [box?.x ?? 0, (box?.y ?? 0) + 100];
  await page.mouse.move(left + 20, top);
  await page.mouse.down();
  await page.mouse.move(left + 60, top + 4, { steps: 4 });
  await page.mouse.up();
  await expect(button(page, "Reset zoom")).toBeVisible();
  const before = await placesAtTheEnds(page);
  const text = await lossSummary(page).textContent();
  await expect(lossSummary(page)).not.toHaveText(text ?? "");
  expect(await placesAtTheEnds(page)).toEqual(before);
  await page.keyboard.press("Shift+ArrowRight");
  expect(await placesAtTheEnds(page)).not.toEqual(before);
  await page.keyboard.press("0");
  await expect(button(page, "Reset zoom")).toBeHidden();
});

test("zooms by keyboard and is reset by a double click", async ({ page }) => {
  await open(page, SHORT);
  await train(page);
  await chart(page).focus();
  await page.keyboard.press("+");
  const [first, last] = await placesAtTheEnds(page);
  expect(first).toMatch(/^epoch (9|10|11)$/);
  expect(last).toMatch(/^epoch (89|90|91)$/);
  await page.keyboard.press("-");
  await expect(button(page, "Reset zoom")).toBeHidden();
  await page.keyboard.press("+");
  await page.locator(".chart.large .u-over").dblclick();
  await expect(button(page, "Reset zoom")).toBeHidden();
});

test("enlarges a small chart and remembers the choices", async ({ page }) => {
  await open(page, SHORT);
  await train(page);
  await page.getByRole("button", { name: /^Learning rate/ }).click();
  await page.getByLabel("From zero").check();
  await smoothing(page).fill("0.5");
  await expect(chart(page)).toHaveAccessibleName(/^Learning rate/);
  await page.reload();
  await expect(chart(page)).toHaveAccessibleName(/^Learning rate/);
  await expect(page.getByLabel("From zero")).toBeChecked();
  await expect(smoothing(page)).toHaveValue("0.5");
});

test("tells in words where the loss was lowest", async ({ page }) => {
  await open(page, "#data.file=diabetes.csv&data.target=progression&train.epochs=200");
  await train(page);
  await expect(lossSummary(page)).toContainText(/Epoch 200: Training loss [\d.]+, Validation loss/);
  await expect(lossSummary(page)).toContainText(
    /Validation loss was lowest at epoch \d+: 0\.\d+; now/,
  );
});

test("lists what was changed while it trained", async ({ page }) => {
  await open(page, "#data.file=digits.csv&data.target=digit&train.epochs=5000");
  await button(page, "Train").click();
  await expect(lossSummary(page)).toContainText(/Epoch [1-9]/);
  await field(page, "optimizer.adam.lr").fill("0.0005");
  await expect(page.locator(".changes")).toContainText(
    /Epoch [\d.]+: Learning rate 0.001 → 0.0005/,
  );
});

test("shows the numbers as a table, thinned when there are many", async ({ page }) => {
  await open(page, "#data.file=iris.csv&train.epochs=1000");
  await train(page);
  await button(page, "Show as table").click();
  const table = page.getByRole("table", { name: "Loss" });
  await expect(table.getByRole("row")).toHaveCount(1 + 167);
  await expect(table.getByRole("row").last()).toContainText("1000");
  await expect(page.getByText("1,001 points; the table shows 167 of them.")).toBeVisible();
  await button(page, "Hide table").click();
  await expect(table).toBeHidden();
});

test("saves the chart as SVG and PNG that open", async ({ page }) => {
  await open(page, SHORT);
  await train(page);
  await trainWithRate(page, "0.002");
  const saved = async (/** @type {string} */ name) => {
    const waiting = page.waitForEvent("download");
    await button(page, name).click();
    const download = await waiting;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const svg = await saved("Save SVG");
  expect(svg.name).toBe("tabtrain-loss.svg");
  const texts = await page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
    return [...parsed.querySelectorAll("text, parsererror")].map((text) => text.textContent);
  }, svg.bytes.toString());
  expect(texts).toEqual(
    expect.arrayContaining(["Loss", "Epoch", "Run 1, training", "Run 2, validation"]),
  );
  const png = await saved("Save PNG");
  const [width, height] = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)];
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  expect([width, height > 1000]).toEqual([1920, true]);
});

test("a phone folds the options away", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, SHORT);
  await expect(smoothing(page)).toBeHidden();
  await button(page, "Chart options").click();
  await expect(smoothing(page)).toBeVisible();
});

test("axe finds nothing in the curves of two runs", async ({ browser, site }) => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const page = await browser.newPage({ baseURL: site, bypassCSP: true, colorScheme });
    await open(page, SHORT);
    await train(page);
    await trainWithRate(page, "0.002");
    await button(page, "Show as table").click();
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const { violations } = await Reflect.get(window, "axe").run(".curves");
      return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes[0].target}`);
    });
    expect(found).toEqual([]);
    await page.close();
  }
});
