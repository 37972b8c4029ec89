// Train, pause, step and reset; changes while a run is under way.

import { expect, test } from "./fixtures.js";
import {
  button,
  field,
  lastLossSummary,
  lossSummary,
  messagesOf,
  open,
  statusOf,
  train,
  unfold,
} from "./page.js";

const LONG = "#data.file=digits.csv&data.target=digit&train.epochs=5000";

test("steps by batch and by epoch", async ({ page }) => {
  await open(page, "#data.file=iris.csv&train.batch_size=16");
  await button(page, "Step").click();
  await expect(statusOf(page)).toHaveText("Paused at step 1");
  await button(page, "Step epoch").click();
  await expect(lossSummary(page)).toContainText("Epoch 1:");
  await expect(statusOf(page)).toHaveText("Paused at step 8");
});

test("pauses, goes on, and stays responsive", async ({ page }) => {
  await open(page, LONG);
  await button(page, "Train").click();
  await expect(statusOf(page)).toHaveText("Training");
  await expect(lossSummary(page)).not.toContainText("Epoch 0:");
  await button(page, "Pause").click();
  await expect(statusOf(page)).toContainText("Paused");
  const paused = await lastLossSummary(page);
  await page.waitForTimeout(300);
  expect(await lossSummary(page).textContent()).toBe(paused);
  await button(page, "Train").click();
  await expect(lossSummary(page)).not.toHaveText(paused);
});

test("gives the same curve after a reset", async ({ page }) => {
  const all = page.locator(".curves p.visually-hidden");
  await open(page);
  const first = await all.allTextContents();
  await train(page);
  await expect(all.last()).toContainText("Epoch 60:");
  const last = await all.allTextContents();
  await button(page, "Reset").click();
  await expect(all).toContainText(first);
  await train(page);
  await expect(all).toContainText(last);
  expect(last).not.toEqual(first);
});

test("changes penalties and the rate while it trains", async ({ page }) => {
  await open(page, LONG);
  await button(page, "Train").click();
  await expect(statusOf(page)).toHaveText("Training");
  await field(page, "optimizer.adam.lr").fill("0.0005");
  await expect(button(page, "Learning rate 0.0005")).toBeVisible();
  await page.getByLabel("L2", { exact: true }).check();
  await field(page, "regularizer.l2.strength").fill("0.01");
  await expect(page.getByRole("button", { name: /^Penalty/ })).toBeVisible();
  await expect(page.getByText("Changes wait for a new run")).toBeHidden();
});

test("says when a change waits for a new run", async ({ page }) => {
  await open(page);
  await train(page);
  await unfold(page);
  await field(page, "model.seed").fill("7");
  await expect(page.getByText("Changes wait for a new run")).toBeVisible();
  await button(page, "Reset").click();
  await expect(page.getByText("Changes wait for a new run")).toBeHidden();
  await expect(statusOf(page)).toContainText("Ready");
});

test("tells in the title of the tab how far it is", async ({ page }) => {
  await open(page, LONG);
  await expect(page).toHaveTitle("tabtrain");
  await button(page, "Train").click();
  await expect(page).toHaveTitle(/^\d+ % · tabtrain$/);
  await button(page, "Pause").click();
  await expect(page).toHaveTitle("tabtrain");
});

test("goes on without frames and timers, which a hidden tab lacks", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
    Reflect.set(window, "setTimeout", () => 0);
  });
  await train(page);
  await expect(page.locator(".tiles").first()).toContainText("60 / 60");
});

test("starts anew after a breakdown of the worker", async ({ page }) => {
  await open(page);
  await train(page);
  const last = await lastLossSummary(page);
  await page.workers()[0].evaluate(() => {
    setTimeout(() => {
      throw new Error("out of order");
    });
  });
  await expect(messagesOf(page)).toContainText("The trainer broke down");
  await expect(messagesOf(page)).toContainText("out of order");
  await train(page);
  await expect(messagesOf(page)).toBeEmpty();
  await expect(lossSummary(page)).toContainText(last);
});

test("stops a run that diverges and says where", async ({ page }) => {
  const link = "#data.file=diabetes.csv&data.target=progression&optimizer=sgd&optimizer.sgd.lr=1e9";
  await open(page, link);
  await train(page);
  await expect(statusOf(page)).toContainText("Diverged");
  await expect(messagesOf(page)).toContainText(/diverged at step \d+/);
  await field(page, "optimizer.sgd.lr").fill("0.01");
  await button(page, "Reset").click();
  await expect(messagesOf(page)).toBeEmpty();
});
