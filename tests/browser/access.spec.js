// For everyone: by keyboard alone, in both colour schemes, on every screen.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, field, messagesOf, open, statusOf, train, unfold } from "./page.js";

/** @typedef {{ name: string, width: number, height: number, colorScheme: "light" | "dark" }} Screen */

/** @type {Screen[]} */
const SCREENS = [
  { name: "a desk in light", width: 1440, height: 900, colorScheme: "light" },
  { name: "a desk in dark", width: 1440, height: 900, colorScheme: "dark" },
  { name: "a tablet in light", width: 1024, height: 768, colorScheme: "light" },
  { name: "a phone in light", width: 390, height: 844, colorScheme: "light" },
  { name: "a phone in dark", width: 390, height: 844, colorScheme: "dark" },
];

for (const { name, width, height, colorScheme } of SCREENS) {
  test.describe(name, () => {
    test.use({
      viewport: { width, height },
      colorScheme,
      bypassCSP: true,
      reducedMotion: "reduce",
    });

    test("axe finds nothing", async ({ page }) => {
      await open(page);
      await train(page);
      await page.getByLabel("L2", { exact: true }).check();
      await page.getByLabel("Width of hidden layer 1").fill("x");
      await unfold(page);
      for (const explain of await page
        .getByRole("button", { name: /^Explain the settings/ })
        .all()) {
        await explain.click();
      }
      expect(await axeFindings(page)).toEqual([]);
    });

    test("nothing is wider than the screen", async ({ page }) => {
      await open(page);
      await train(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await expect(button(page, "Train again")).toBeInViewport();
    });
  });
}

test("scrolls within the panes and never to an empty page", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await train(page);
  const [content, view] = await page.evaluate(() => [
    document.documentElement.scrollHeight,
    document.documentElement.clientHeight,
  ]);
  expect(content).toBe(view);
});

test("a run by keyboard alone", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the run" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(button(page, "Train")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(statusOf(page)).toContainText("Finished");
  await expect(button(page, "Train again")).toBeFocused();
});

test("another example and its settings by keyboard alone", async ({ page }) => {
  await open(page);
  await page.locator("#example").focus();
  await page.keyboard.type("Wine");
  await expect(page.locator(".file-line")).toContainText("wine.csv");
  await page.keyboard.press("Tab");
  await expect(page.locator("#file")).toBeFocused();
  await field(page, "train.epochs").focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("20");
  await page.keyboard.press("ArrowUp");
  await expect(page).toHaveURL(/train\.epochs=50/);
  const more = page.locator("summary", { hasText: /^More$/ });
  await more.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(field(page, "train.shuffle")).not.toBeChecked();
  await expect(page).toHaveURL(/train\.shuffle=0/);
});

test("every control can be reached by Tab and shows its focus", async ({ page }) => {
  await open(page);
  const expected = await page.evaluate(() => {
    const all = document.querySelectorAll("button, input, select, summary, [tabindex='0']");
    const isOpen = (/** @type {any} */ e) =>
      e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && e.type !== "radio";
    return [...all].filter(isOpen).length;
  });
  const reached = new Set();
  for (let i = 0; i < expected + 20; i++) {
    await page.keyboard.press("Tab");
    reached.add(
      await page.evaluate(() => {
        const all = [...document.querySelectorAll("*")];
        const focused = document.activeElement;
        return focused instanceof HTMLInputElement && focused.type === "radio"
          ? -1
          : all.indexOf(/** @type {Element} */ (focused));
      }),
    );
  }
  expect(reached.size).toBeGreaterThanOrEqual(expected);
});

test("the colours can be chosen and are remembered", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page);
  await page.getByRole("button", { name: "Switch to dark colours" }).click();
  const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.reload();
  await expect(page.getByRole("button", { name: "Switch to light colours" })).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(dark);
});

test("the settings of a card are explained on demand", async ({ page }) => {
  await open(page);
  const rate = field(page, "optimizer.adam.lr");
  const help = page.locator('[data-setting="optimizer.adam.lr"] .hint');
  await expect(help).toBeHidden();
  await expect(rate).toHaveAccessibleDescription(/Default 0.001, from 0 to/);
  await button(page, "Explain the settings of Optimizer").click();
  await expect(help).toBeVisible();
});

test("a message unfolds the field that it is about", async ({ page }) => {
  await open(page, "#train.report_every=-3");
  await expect(messagesOf(page)).toContainText("“Report every” (train.report_every) = -3");
  await expect(field(page, "train.shuffle")).toBeVisible();
  await expect(field(page, "data.header")).toBeHidden();
  await button(page, "Show field").click();
  await expect(field(page, "train.report_every")).toBeFocused();
});

test("a browser without module workers is told what is needed", async ({ page }) => {
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      /** @param {string | URL} url */
      constructor(url) {
        super(url);
      }
    };
  });
  await page.goto("./");
  await expect(messagesOf(page)).toContainText("This browser has no module workers");
  await expect(messagesOf(page)).toContainText(/Firefox from \d+/);
  await expect(button(page, "Train")).toBeDisabled();
});

test("a browser without wasm SIMD is told what is needed", async ({ page }) => {
  await page.addInitScript(() => {
    WebAssembly.validate = () => false;
  });
  await page.goto("./");
  await expect(messagesOf(page)).toContainText("This browser has no WebAssembly with SIMD");
  await expect(button(page, "Train")).toBeDisabled();
});
