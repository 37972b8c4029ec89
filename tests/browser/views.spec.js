// Every view in both languages, in light and dark, at a desk and on a phone.

import { LANGUAGES } from "../../web/text/i18n.js";
import { expect, test } from "./fixtures.js";
import { axeFindings, button, open, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

const WIDTHS = [1440, 390];
const HEIGHT = 900;

/** Targets may not be smaller. */
const MIN_TARGET = 24;

/** Views that are filled by a job of their own: its button, and what there is when it is done. */
const JOBS = [
  { tab: "race", start: "Start the race", done: "#panel-race .board tbody tr" },
  { tab: "rates", start: "Find the rate", done: "#panel-rates .answers li" },
  { tab: "folds", start: "Cross-validate", done: "#panel-folds .folds tfoot tr" },
];

const OPENERS = '[aria-haspopup="dialog"]';

test.use({ bypassCSP: true, reducedMotion: "reduce" });
test.setTimeout(240_000);

/** Some tools of the page are behind a button on a phone. @param {Page} page @param {boolean} open */
async function showMenu(page, open) {
  const menu = page.locator(".menu-button");
  const isOpen = (await menu.getAttribute("aria-expanded")) === "true";
  if ((await menu.isVisible()) && isOpen !== open) {
    await menu.click();
  }
}

/** @param {Page} page @param {string} code of a language */
const speak = async (page, code) => {
  await showMenu(page, true);
  await page.locator("select.language").selectOption(code);
  await expect(page.locator("html")).toHaveAttribute("lang", code);
  await showMenu(page, false);
};

/** What reaches beyond the screen, or can be seen only by scrolling sideways where that is not meant. @param {Page} page @param {string} part */
const tooWide = (page, part) =>
  page.evaluate((selector) => {
    const width = document.documentElement.clientWidth;
    /** @param {Element | null} element @returns {boolean} */
    const scrolls = (element) =>
      element !== null &&
      (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) ||
        scrolls(element.parentElement));
    const found = [...document.querySelectorAll(`${selector}, ${selector} *`)]
      .filter((element) => element.checkVisibility() && !scrolls(element.parentElement))
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName}.${element.getAttribute("class")}`);
    return document.documentElement.scrollWidth > width ? ["the page", ...found] : found;
  }, part);

/** What a finger would miss; a control with a label is as large as both. @param {Page} page @param {string} part */
const tooSmall = (page, part) =>
  page.evaluate(([selector, least]) => {
    const targets = "button, select, summary, textarea, input, [role=tab]";
    return [...document.querySelectorAll(`:is(${selector}) :is(${targets})`)]
      .filter((target) => target.checkVisibility() && !target.closest(".visually-hidden"))
      .filter((target) => {
        const label = target.closest("label") ?? target;
        const { width, height } = label.getBoundingClientRect();
        return Math.min(width, height) < Number(least) - 0.5;
      })
      .map((target) => `small: ${target.outerHTML.slice(0, 120)}`);
  }, /** @type {const} */ ([part, MIN_TARGET]));

/** What is wrong with a part of the page. In the dark only the colours differ. @param {Page} page @param {string} part */
async function findings(page, part) {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await axeFindings(page, part);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await axeFindings(page, part, { runOnly: ["color-contrast"] });
  const isPhone = (page.viewportSize()?.width ?? 0) < 760;
  const small = isPhone ? await tooSmall(page, part) : [];
  return [
    ...light,
    ...dark.map((text) => `dark: ${text}`),
    ...(await tooWide(page, part)),
    ...small,
  ];
}

/** What to learn is told by one dialog for all choices. @param {Element[]} openers */
function firstOfEachKind(openers) {
  const isLearn = (/** @type {Element} */ opener) => opener.matches(".learn-button");
  const learn = openers.find((opener) => isLearn(opener) && opener.checkVisibility());
  return openers
    .map((opener, at) => ({ opener, at, label: opener.textContent ?? "" }))
    .filter(({ opener }) => opener.checkVisibility() && (!isLearn(opener) || opener === learn))
    .map(({ at, label }) => ({ at, label }));
}

/** @param {Page} page */
const tabIds = (page) => page.getByRole("tab").evaluateAll((tabs) => tabs.map(({ id }) => id));

/** @param {Page} page */
async function fillViews(page) {
  await open(page);
  await train(page);
  for (const { tab, start, done } of JOBS) {
    await page.locator(`#tab-${tab}`).click();
    await button(page, start).click();
    await expect(page.locator(done).first()).toBeVisible({ timeout: 60_000 });
    await expect(button(page, start)).toBeEnabled({ timeout: 60_000 });
  }
}

for (const [code, name] of Object.entries(LANGUAGES)) {
  for (const width of WIDTHS) {
    test.describe(`${name}, ${width} pixels`, () => {
      test.use({ viewport: { width, height: HEIGHT } });

      test("every tab", async ({ page }) => {
        await fillViews(page);
        await speak(page, code);
        for (const id of await tabIds(page)) {
          await page.locator(`#${id}`).click();
          const panel = `[aria-labelledby="${id}"]`;
          await expect(page.locator(panel)).not.toBeEmpty();
          expect(await findings(page, panel), id).toEqual([]);
        }
        expect(await findings(page, "html"), "the page").toEqual([]);
      });

      test("every dialog", async ({ page }) => {
        await open(page);
        await speak(page, code);
        await expect(page.locator(OPENERS).first()).toBeVisible();
        await showMenu(page, true);
        const kinds = await page.locator(OPENERS).evaluateAll(firstOfEachKind);
        expect(kinds.length).toBeGreaterThan(4);
        for (const { at, label } of kinds) {
          const opener = page.locator(OPENERS).nth(at);
          await showMenu(page, await opener.evaluate((it) => !!it.closest(".header-menu")));
          await opener.click();
          await expect(page.locator("dialog[open]")).toBeVisible();
          expect(await findings(page, "dialog[open]"), label).toEqual([]);
          await page.keyboard.press("Escape");
          await expect(page.locator("dialog[open]")).toHaveCount(0);
        }
      });

      test("every lesson", async ({ page }) => {
        await open(page);
        await speak(page, code);
        const lessons = await page.evaluate(async () => (await fetch("lessons.json")).json());
        expect(lessons.length).toBeGreaterThan(5);
        for (const { name: lesson, texts } of lessons) {
          await page.evaluate((hash) => (location.hash = hash), `lesson=${lesson}`);
          await expect(page.locator("#lesson")).toContainText((texts[code] ?? texts.en).title);
          expect(await findings(page, "#lesson"), lesson).toEqual([]);
        }
      });

      test("a run that diverged, and why", async ({ page }) => {
        await open(page, "#data.file=diabetes.csv&optimizer=sgd&optimizer.sgd.lr=1000000");
        await page.locator("#train").click();
        await expect(statusOf(page)).toContainText("Diverged");
        await speak(page, code);
        await expect(page.locator(".autopsy")).toBeVisible();
        expect(await findings(page, "html")).toEqual([]);
      });
    });
  }
}
