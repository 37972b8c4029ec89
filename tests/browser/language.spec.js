// English and Simplified Chinese: chosen by the browser or by hand, complete, in the reader's numbers.

import { expect, test } from "./fixtures.js";
import { axeFindings, field, messagesOf, statusOf, unfold } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/**
 * Texts that are the same in both languages: names of people, systems, files, units and formulas.
 * What is left over of a text without them is English.
 */
const NAMES =
  /tabtrain|CSV|PyTorch|Keras|scikit-learn|English|Adam\w*|ReLU\w*|Softmax|softmax|SGD|L1|L2|EMA|SWA|R²|MAE|RMSE|F1|ROC|AUC|SVG|PNG|UCI|Iris|Fisher|Licence|CC BY|torch|keras|epsilon|logits|loss|Beta|AMSGrad|Huber|Epsilon/gi;

/** Words of three letters and more that a Chinese reader sees, apart from names. @param {Page} page */
async function englishWords(page) {
  const text = await page.evaluate(() => {
    const parts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const known = parent?.closest(
        "code, .formula, table, cite, .names, .column-name, .file-name",
      );
      if (parent?.checkVisibility() && !known && !parent.closest("[data-setting='data.target']")) {
        parts.push(node.textContent);
      }
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
      const names = ["aria-label", "title", "placeholder"].map((key) => element.getAttribute(key));
      parts.push(...names);
    }
    return parts.join("\n");
  });
  const words = text.replaceAll(NAMES, "").match(/[A-Za-z]{3,}(?: [A-Za-z]{2,})+/g);
  return [...new Set(words ?? [])];
}

/** @param {Page} page */
async function openChinese(page) {
  await page.goto("./");
  await expect(statusOf(page)).toContainText("就绪");
}

test("follows the browser's language, and the choice by hand from then on", async ({ page }) => {
  await page.goto("./");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(statusOf(page)).toHaveText("Ready: 120 training rows, 30 validation rows");
  await page.getByLabel("Language").selectOption({ label: "简体中文" });
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(statusOf(page)).toHaveText("就绪：120 行训练数据，30 行验证数据");
  await page.reload();
  await expect(page.getByRole("button", { name: "训练", exact: true })).toBeVisible();
  await page.getByLabel("语言").selectOption({ label: "English" });
  await expect(page.getByRole("button", { name: "Train", exact: true })).toBeVisible();
});

test("a switch in the middle keeps settings and run", async ({ page }) => {
  await page.goto("./");
  await expect(statusOf(page)).toContainText("Ready");
  await field(page, "train.epochs").fill("7");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect(statusOf(page)).toHaveText("Finished after 56 steps");
  await page.getByLabel("Language").selectOption({ label: "简体中文" });
  await expect(statusOf(page)).toHaveText("已完成，共 56 步");
  await expect(field(page, "train.epochs")).toHaveValue("7");
});

test("one is singular, and large numbers are grouped", async ({ page }) => {
  await page.goto("./#data.file=digits.csv&data.target=digit");
  await expect(statusOf(page)).toHaveText("Ready: 1,437 training rows, 360 validation rows");
  await page.locator("#train").waitFor();
  await page.goto("./#data.file=iris.csv&data.target=species");
  await page.getByRole("button", { name: "Step", exact: true }).click();
  await expect(statusOf(page)).toContainText("Paused at step 1");
});

test.describe("a reader of Chinese", () => {
  test.use({ locale: "zh-CN", bypassCSP: true, reducedMotion: "reduce" });

  test("sees no English in the main views", async ({ page }) => {
    await openChinese(page);
    await unfold(page);
    await page.locator("#train").click();
    await expect(statusOf(page)).toContainText("已完成");
    expect(await englishWords(page)).toEqual([]);
  });

  test("is told in Chinese what is wrong, by the page and by the core", async ({ page }) => {
    await openChinese(page);
    await field(page, "train.epochs").fill("many");
    await expect(page.getByText("轮数需要整数，例如 100。")).toBeVisible();
    await field(page, "train.epochs").fill("10");
    await page.setInputFiles("#file", {
      name: "empty.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(""),
    });
    const messages = page.getByRole("status", { name: "消息" });
    await expect(messages).toContainText("empty.csv：文件是空的。表格需要表头和若干行数据。");
  });

  test("has lessons, advice and the reference in Chinese", async ({ page }) => {
    await openChinese(page);
    await page.getByRole("button", { name: "课程" }).click();
    await page.getByRole("link", { name: "学习率有什么作用" }).click();
    await expect(page.getByText("学习率为 30 的运行会怎样？")).toBeVisible();
    await page.getByRole("button", { name: "离开课程" }).click();
    await page.getByRole("button", { name: "了解：Adam" }).click();
    await expect(page.getByRole("dialog", { name: "Adam" })).toContainText("何时使用");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "参考手册" }).click();
    await expect(page.getByRole("heading", { name: "优化器" })).toBeVisible();
    await page.getByRole("link", { name: "English" }).click();
    await expect(page.getByRole("heading", { name: "Optimizer", exact: true })).toBeVisible();
  });

  for (const width of [390, 1440]) {
    test(`at ${width} pixels axe finds nothing and nothing is too wide`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await openChinese(page);
      await page.locator("#train").click();
      await expect(statusOf(page)).toContainText("已完成");
      await unfold(page);
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    });
  }
});

test("a locale that cannot be fetched leaves the page in English", async ({ page }) => {
  await page.route("**/locales/zh-CN/*.json", (route) =>
    route.fulfill({ status: 200, contentType: "application/json", body: "broken" }),
  );
  await page.goto("./");
  await page.getByLabel("Language").selectOption({ label: "简体中文" });
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(messagesOf(page)).toBeAttached();
});
