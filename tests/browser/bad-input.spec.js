// What bad input gets: a message with a place and a way out, and a page that stays usable.

import { expect, test } from "./fixtures.js";
import { button, choose, csv, field, messagesOf, open, statusOf, train } from "./page.js";

const BINARY = Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 37) % 256));

/** Files of which nothing can be made: the former file stays. */
const REFUSED = [
  { name: "empty.csv", content: "", says: "empty" },
  { name: "header.csv", content: "a,b,c\n", says: "set “Header” (data.header) to no" },
  { name: "one-row.csv", content: "a,b\n1,2\n", says: "only one row" },
  { name: "quote.csv", content: 'a,b\n1,2\n3,"x\n4,5\n', says: "line 3 never closes" },
  { name: "binary.csv", content: BINARY, says: "binary" },
];

for (const { name, content, says } of REFUSED) {
  test(`${name} is refused and the former file stays`, async ({ page }) => {
    await open(page);
    await choose(page, name, content);
    await expect(messagesOf(page)).toContainText(name);
    await expect(messagesOf(page)).toContainText(says);
    await expect(page.locator('[data-setting="data.file"] .problem')).toContainText(says);
    await expect(page.locator(".file-line")).toContainText("iris.csv 150 rows");
    await expect(page).toHaveURL(/data\.file=iris\.csv/);
    await train(page);
    await expect(messagesOf(page)).toBeEmpty();
  });
}

const words = (/** @type {number} */ i) => (i % 2 ? "x" : "y");

/** Files with something amiss that can be used all the same. */
const USABLE = [
  {
    name: "ragged.csv",
    content: `${csv("a,b", 30, (i) => `${i},${words(i)}`)}\n1\n1,2,3`,
    says: "Line 32",
  },
  { name: "constant.csv", content: csv("a,c,b", 30, (i) => `${i},5,${words(i)}`), says: "c:" },
  { name: "missing.csv", content: csv("a,c,b", 30, (i) => `${i},,${words(i)}`), says: "c:" },
  { name: "rare.csv", content: csv("a,b", 30, (i) => `${i},${i ? words(i) : "z"}`), says: "z" },
  {
    name: "infinite.csv",
    content: csv("a,b", 30, (i) => `${i === 3 ? "inf" : i},${words(i)}`),
    says: "Line 5",
  },
];

for (const { name, content, says } of USABLE) {
  test(`${name} trains, with a remark`, async ({ page }) => {
    await open(page);
    await choose(page, name, content);
    await expect(page.locator(".file-line")).toContainText(name);
    await expect(statusOf(page)).toContainText("Ready");
    await page.locator(".remarks summary").click();
    await expect(page.locator(".remarks li").filter({ hasText: says })).not.toHaveCount(0);
    await train(page);
  });
}

test("a target with one class is named, and another target helps", async ({ page }) => {
  await open(page);
  await choose(
    page,
    "one-class.csv",
    csv("a,b", 30, (i) => `${i},same`),
  );
  await field(page, "data.target").selectOption("b");
  await expect(messagesOf(page)).toContainText('"b"');
  await expect(page.locator('[data-setting="data.target"] .problem')).toBeVisible();
  await expect(field(page, "data.target")).toHaveAttribute("aria-invalid", "true");
  const start = button(page, "Train");
  await expect(start).toBeDisabled();
  await expect(start).toHaveAccessibleDescription(/"b" has the same value in every row/);
  await start.click({ force: true });
  await expect(field(page, "data.target")).toBeFocused();
  await field(page, "data.target").selectOption("a");
  await expect(statusOf(page)).toContainText("Ready");
  await expect(start).toBeEnabled();
  await expect(messagesOf(page)).toBeEmpty();
});

test("no feature left is said beside the columns", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "None" }).click();
  await expect(page.locator('[data-setting~="data.ignore"] .problem:visible')).not.toHaveCount(0);
  await page.getByRole("button", { name: "All" }).click();
  await expect(messagesOf(page)).toBeEmpty();
  await train(page);
});

test("five thousand columns are shown a page at a time", async ({ page }) => {
  const names = Array.from({ length: 5000 }, (_, j) => `c${j}`);
  const row = (/** @type {number} */ i) => names.map((_, j) => (i * j) % 7).join(",");
  await open(page);
  await choose(page, "wide.csv", csv(names.join(","), 20, row));
  await expect(page.locator(".file-line")).toContainText("5,000 columns");
  await expect(statusOf(page)).toContainText("Ready");
  await page.getByLabel("Find a column").fill("c4321");
  await page.getByLabel("Use c4321 as a feature").uncheck();
  await expect(page.getByText("4,998 inputs after encoding")).toBeVisible();
  expect(await page.locator(".column").count()).toBeLessThan(100);
});

test("of many classes those with the most rows are shown", async ({ page }) => {
  const name = (/** @type {number} */ i) => (i % 3 === 0 ? "often" : `k${i % 300}`);
  await open(page);
  await choose(
    page,
    "classes.csv",
    csv("x,y", 3000, (i) => `${i},${name(i)}`),
  );
  await page.getByLabel("Type of y").selectOption("category");
  await field(page, "data.target").selectOption("y");
  await field(page, "train.epochs").fill("1");
  await expect(statusOf(page)).toContainText("Ready");
  await train(page);
  const matrix = page.getByRole("table", { name: "for the 40 of 201 classes with the most rows" });
  await expect(matrix.first().getByRole("row")).toHaveCount(41);
  await expect(matrix.first().getByRole("rowheader", { name: "often" })).toBeVisible();
});

test("markup in names and cells is text", async ({ page }) => {
  const name = "<img src=x onerror=window.hit=1>";
  await open(page);
  await choose(
    page,
    "<b>x.csv",
    csv(`${name},y`, 30, (i) => `${i},${i % 2 ? "<script>window.hit=1</script>" : "b"}`),
  );
  await expect(page.getByLabel(`Use ${name} as a feature`)).toBeVisible();
  await train(page);
  await expect(page.getByRole("rowheader", { name: "<script>" }).first()).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, "hit"))).toBeUndefined();
  await expect(page.locator("img, main script")).toHaveCount(0);
});

test("a value that is no number is refused beside its field", async ({ page }) => {
  await open(page);
  await field(page, "optimizer.adam.lr").fill("quick");
  await expect(page.locator('[data-setting="optimizer.adam.lr"] .problem')).toContainText(
    "needs a number",
  );
  await page.getByLabel("Width of hidden layer 1").fill("5000");
  await expect(page.locator('[data-setting~="model.hidden"] .problem:visible')).toContainText(
    "1024",
  );
});
