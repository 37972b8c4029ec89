// A first visit: an example is there, one click trains it, and a file of one's own takes its place.

import {
  choose,
  csv,
  button,
  field,
  lossSummary,
  messagesOf,
  open,
  statusOf,
  train,
} from "./page.js";
import { expect, test } from "./fixtures.js";

test("draws the first point by itself and a curve after one click", async ({ page }) => {
  await page.addInitScript(() => {
    new MutationObserver((_changes, observer) => {
      const text = document.querySelector(".chart.large > .visually-hidden")?.textContent ?? "";
      if (text.startsWith("Epoch 0")) {
        performance.mark("first-point");
        observer.disconnect();
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  await open(page);
  await expect(lossSummary(page)).toContainText("Epoch 0: Training loss");
  const at = await page.evaluate(() => performance.getEntriesByName("first-point")[0].startTime);
  expect(at).toBeLessThan(5000);
  await train(page);
  await expect(lossSummary(page)).toContainText(/Epoch [1-9]/);
  await expect(lossSummary(page)).toContainText(/Validation loss (is at its|was) lowest/);
});

test("shows the scores and restores the best weights", async ({ page }) => {
  await open(page);
  await train(page);
  await expect(page.getByRole("table", { name: /Confusion matrix/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "Each class" }).getByRole("row")).toHaveCount(4);
  const loss = page.locator(".report .tile", { hasText: /^Loss/ }).locator("dd");
  const last = Number(await loss.textContent());
  await page.getByRole("button", { name: /Restore best weights/ }).click();
  await expect(page.getByRole("button", { name: /restored/ })).toBeDisabled();
  await expect.poll(async () => Number(await loss.textContent())).toBeLessThanOrEqual(last);
});

test("reports a regression by R², MAE and RMSE and a picture with words", async ({ page }) => {
  await open(page, "#data.file=diabetes.csv&data.target=progression&train.epochs=10");
  await train(page);
  for (const name of ["R²", "MAE", "RMSE"]) {
    await expect(page.locator(".report .tile", { hasText: name })).toBeVisible();
  }
  await expect(page.getByRole("img", { name: /Predicted against true value of/ })).toBeVisible();
});

test("takes a file of one's own, with types, target and features", async ({ page }) => {
  await open(page);
  const rows = csv(
    "age,city,note,price",
    60,
    (i) => `${i},${["a", "b"][i % 2]},text ${i},${3 * i}`,
  );
  await choose(page, "mine.csv", rows);
  await expect(page.locator(".file-line")).toContainText("mine.csv 60 rows × 4 columns");
  await expect(statusOf(page)).toContainText("48 training rows, 12 validation rows");
  await expect(page.getByLabel("Type of note")).toHaveValue("text");
  await expect(page.getByLabel("Use note as a feature")).not.toBeChecked();
  await page.getByLabel("Use age as a feature").uncheck();
  await field(page, "data.target").selectOption("city");
  await expect(field(page, "data.task").locator("option:checked")).toContainText("two classes");
  await expect(page).toHaveURL(/data\.ignore=age/);
  await train(page);
});

test("a file goes before what a change asks for", async ({ page }) => {
  await open(page);
  await field(page, "train.epochs").fill("7");
  await choose(page, "empty.csv", "");
  await expect(messagesOf(page)).toContainText("empty.csv: The file is empty.");
  await expect(statusOf(page)).toContainText("Ready");
  await expect(messagesOf(page)).not.toContainText("cancelled");
  await page.reload();
  await field(page, "train.epochs").fill("8");
  await choose(
    page,
    "mine.csv",
    csv("a,b", 60, (i) => `${i % 7},${(i * i) % 5}`),
  );
  await expect(page.locator(".file-line")).toContainText("mine.csv");
  await expect(statusOf(page)).toContainText("Ready");
  await expect(messagesOf(page)).toBeEmpty();
});

test("takes pasted text and a dropped file", async ({ page }) => {
  await open(page);
  const rows = csv("x;y", 30, (i) => `${i};${i % 2 ? "odd" : "even"}`);
  await button(page, "Paste…").click();
  await page.locator("#paste").fill(rows);
  await button(page, "Use this table").click();
  await expect(page.locator(".file-line")).toContainText(
    "pasted.csv 30 rows × 2 columns, semicolon",
  );
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.csv"));
    return data;
  }, rows);
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
  await expect(page.locator(".file-line")).toContainText("dropped.csv");
  await expect(messagesOf(page)).toBeEmpty();
});

test("starts from a known model by its name", async ({ page }) => {
  await open(page);
  const presets = page.getByRole("combobox", { name: "Start from a known model" });
  await presets.selectOption("Softmax regression");
  await expect(page.getByText("No hidden layer")).toBeVisible();
  await expect(presets.getByRole("option", { name: "Ridge regression" })).toBeDisabled();
  await presets.selectOption("784-128-10, ReLU and softmax");
  await expect(page.getByLabel("Width of hidden layer 1")).toHaveValue("128");
  await train(page);
});

test("offers the models that fit the target, and each in place of the last", async ({ page }) => {
  await open(page, "#data.file=diabetes.csv&data.target=progression");
  const presets = page.getByRole("combobox", { name: "Start from a known model" });
  await presets.selectOption("Ridge regression");
  await expect(page).toHaveURL(/regularizer=l2/);
  await presets.selectOption("64-32, ReLU");
  await expect(page.getByLabel("Width of hidden layer 2")).toHaveValue("32");
  await expect(page).not.toHaveURL(/regularizer=/);
  await page.getByRole("checkbox", { name: "Early stopping" }).check();
  await presets.selectOption("Lasso");
  await expect(page).toHaveURL(/regularizer=l1,early_stopping/);
  await train(page);
});
