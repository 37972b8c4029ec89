// Why the model predicts what it does: what-if, partial dependence, permutation importance.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, choose, csv, open, openTab, statusOf, train } from "./page.js";
import { ended, open as openSession } from "./worker-session.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page */
const answer = (page) => page.locator(".why-answer");

/** What the report of the same run says of a row of the table, and the true class. @param {string} example @param {import("../../web/protocol.js").Setting[]} settings */
async function reported(example, settings) {
  const { prepare, run, events, send } = await openSession(example);
  const { dataset } = await prepare(settings);
  run("end");
  await ended(events);
  const { predictions, rows, nOutputs, targets } = await send("report", { part: "validation" });
  const values = [...predictions.subarray(0, nOutputs)];
  return { row: rows[0] + 1, values, target: targets[0], dataset };
}

/** y = 3 a + b + 10 on every row; c is of no use. */
const LINE = csv("a,b,c,y", 242, (i) => {
  const [a, b, c] = [(i % 11) - 5, (Math.floor(i / 11) % 11) - 5, (i * 7) % 13];
  return `${a},${b},${c},${3 * a + b + 10}`;
});

const LINEAR = "model.hidden=&optimizer.adam.lr=0.1&train.epochs=60&data.task=regression";

/** A linear model of LINE. @param {Page} page */
async function trainLine(page) {
  await page.goto(`./#data.file=slope.csv&data.target=y&${LINEAR}`);
  await expect(statusOf(page)).toHaveText("Waiting for slope.csv");
  await choose(page, "slope.csv", LINE);
  await expect(statusOf(page)).toContainText("Ready");
  await train(page);
  await openTab(page, "Why");
}

test("an unchanged row is predicted as in the report", async ({ page }) => {
  await open(page, "#data.file=iris.csv&train.epochs=12");
  await train(page);
  const { row, values, target, dataset } = await reported("iris", [["train.epochs", "12"]]);
  await openTab(page, "Why");
  await page.getByLabel("Begin with", { exact: true }).selectOption("row of the table");
  await page.getByLabel("Row to begin with").fill(String(row));
  await page.keyboard.press("Enter");
  await expect(page.locator("#panel-why")).toContainText(
    `In the table: species ${dataset.classes[target].name}.`,
  );
  const cells = answer(page).locator("td:nth-of-type(2)");
  await expect(cells).toHaveText(values.map((share) => `${(100 * share).toFixed(1)} %`));
});

test("the prediction follows the sliders, and says what changed", async ({ page }) => {
  await trainLine(page);
  await expect(answer(page)).toContainText(/^.*y10/);
  await page.getByLabel("Value of a", { exact: true }).fill("4");
  await page.keyboard.press("Enter");
  await expect(answer(page)).toContainText(/22|21\.9\d/);
  await expect(page.locator(".why-change")).toContainText(
    /^Changed: a from 0 to 4\. The prediction/,
  );
  const slider = page.getByRole("slider", { name: "b" });
  await slider.focus();
  await page.keyboard.press("End");
  await expect(answer(page)).toContainText(/y(27|26\.9\d+)/);
  await button(page, "Put a back").click();
  await expect(answer(page)).toContainText(/y(15|14\.9\d+|15\.0\d+)/);
  await button(page, "Undo all changes").click();
  await expect(page.locator(".why-change")).toHaveText("Move a slider: the prediction follows.");
});

test("categories are chosen from their levels", async ({ page }) => {
  await open(page);
  const extra = [0, 20, 60, 0];
  const rows = csv("size,colour,price", 120, (i) => {
    const k = i % extra.length;
    return `${i % 10},${["red", "green", "blue", "red"][k]},${i * 0.037 + extra[k]}`;
  });
  await choose(page, "prices.csv", rows);
  await expect(page.locator(".file-line")).toContainText("prices.csv");
  await expect(statusOf(page)).toContainText("Ready");
  await train(page);
  await openTab(page, "Why");
  await page.getByLabel("colour", { exact: true }).selectOption("blue");
  await expect(page.locator(".why-change")).toContainText("colour from red to blue");
  const dependence = page.getByRole("group", { name: /^Partial dependence of price on colour/ });
  await expect(dependence).toHaveAccessibleName(
    /where colour = red; highest, .*, where colour = blue/,
  );
  await expect(dependence.locator("rect.bar")).toHaveCount(3);
});

test("partial dependence of a linear model is its slope", async ({ page }) => {
  await trainLine(page);
  await page.getByLabel("Column looked at").selectOption("a");
  const chart = page.getByRole("group", { name: /^Partial dependence of y on a\./ });
  await expect(chart).toHaveAccessibleName(/lowest/);
  const name = (await chart.getAttribute("aria-label")) ?? "";
  const [, low, high] = name.match(/lowest, (-?[\d.]+), .* highest, (-?[\d.]+),/) ?? [];
  expect(Number(high) - Number(low)).toBeCloseTo(30, 0);
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("#panel-why .read-out").last()).toContainText(/a = .*: .* on average/);
});

test("importance ranks columns by what the model needs", async ({ page }) => {
  await trainLine(page);
  await page.getByLabel("Shuffles").selectOption("30 shuffles");
  await button(page, "Measure").click();
  await expect(page.locator("#panel-why")).toContainText("The model needs a the most.");
  const rows = page.getByRole("region", { name: "Importance of the columns" }).locator("tbody tr");
  await expect(rows).toHaveCount(3);
  const names = await rows.locator("th").allInnerTexts();
  expect(names.slice(0, 2)).toEqual(["a", "b"]);
  const rises = (await rows.locator("td:nth-of-type(2)").allInnerTexts()).map(Number);
  // Shuffling a column raises the mean square by twice its slope's square times its variance.
  expect(rises[0] / rises[1]).toBeGreaterThan(7);
  expect(rises[0] / rises[1]).toBeLessThan(11.5);
  expect(Math.abs(rises[2])).toBeLessThan(rises[1] / 50);
  await page.getByLabel("Judged by").selectOption({ index: 1 });
  await expect(rows.first().locator("th")).toHaveText("a");
  await page.getByRole("button", { name: "b", exact: true }).click();
  await expect(page.getByLabel("Column looked at")).toHaveValue("b");
});

test("measuring can be cancelled", async ({ page }) => {
  await open(page, "#data.file=digits.csv&train.epochs=2");
  await train(page);
  await openTab(page, "Why");
  await page.getByLabel("Shuffles").selectOption("30 shuffles");
  await button(page, "Measure").click();
  await expect(page.locator("#panel-why")).toContainText(/\d+ of \d\d columns measured/);
  await button(page, "Cancel").click();
  await expect(button(page, "Measure")).toBeVisible();
  await expect(page.locator("#panel-why")).toContainText(/\d+ of \d\d columns measured/);
});

for (const width of [1440, 390]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ bypassCSP: true, viewport: { width, height: 900 }, colorScheme: "dark" });

    test("axe finds nothing in why", async ({ page }) => {
      await open(page);
      await train(page);
      await openTab(page, "Why");
      await button(page, "Measure").click();
      await expect(page.locator("#panel-why")).toContainText("The model needs");
      await page.locator("#panel-why").getByRole("slider").first().press("End");
      await expect(page.locator(".why-change")).toContainText("Changed");
      expect(await axeFindings(page, "#panel-why")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  });
}
