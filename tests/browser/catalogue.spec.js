// Everything that C offers has its place on the page, without a list of it in the page.

import { readFile } from "node:fs/promises";
import { Core } from "../../web/worker/core.js";
import { expect, test } from "./fixtures.js";
import { field, open, statusOf, unfold } from "./page.js";

const MODULE = new URL("../../build/wasm/tabtrain.wasm", import.meta.url);
const { catalogue } = await Core.load(await readFile(MODULE));

/** Exactly one place for a setting, with a label for each control in it. @param {import("@playwright/test").Page} page @param {string} key */
async function expectOneField(page, key) {
  const place = page.locator(`[data-setting~="${key}"]`);
  await expect(place, key).toHaveCount(1);
  const unlabelled = await place.evaluate((element) => {
    const controls = [...element.querySelectorAll("input, select")];
    const named = (/** @type {any} */ c) => c.labels?.length > 0 || c.hasAttribute("aria-label");
    return controls.filter((control) => !named(control)).length;
  });
  expect(unlabelled, `controls of ${key} without a label`).toBe(0);
}

/** Text of a formula once it is set: powers and indices have lost their signs. @param {string} formula */
const setFormula = (formula) => formula.replaceAll(/[`^]|(?<=(?<!\p{L})\p{L})_|;\s+/gu, "");

for (const family of catalogue.families) {
  test(`every row of ${family.key} can be chosen and shows its parameters`, async ({ page }) => {
    test.setTimeout(20_000 + 5_000 * family.rows.length);
    const params = family.rows.flatMap((row) => row.params);
    await open(page, "#data.task=multiclass");
    await unfold(page);
    await expectOneField(page, family.key);
    for (const row of family.rows) {
      const chosen = await page.evaluate(
        ([key, value]) => (location.hash = `#data.task=multiclass&${key}=${value}`),
        [family.key, row.key],
      );
      expect(chosen).toContain(row.key);
      for (const param of [...row.params, ...family.params]) {
        await expectOneField(page, param.setting);
        await expect(page.locator(`[data-setting~="${param.setting}"]`)).toContainText(param.help);
      }
      if (row.formula !== "") {
        const shown = page.locator(".formula").filter({ hasText: setFormula(row.formula) });
        await expect(shown.first(), row.key).toBeVisible();
      }
      const others = params.filter((param) => !row.params.includes(param));
      for (const param of others) {
        await expect(page.locator(`[data-setting~="${param.setting}"]`), param.setting).toHaveCount(
          0,
        );
      }
    }
  });
}

test("every setting of every group has one labelled field", async ({ page }) => {
  await open(page);
  for (const param of catalogue.groups.flatMap((group) => group.params)) {
    await expectOneField(page, param.setting);
  }
});

/** Within the page, which takes no keys for what is out of sight. @param {any} input @param {string} text */
function enter(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

test("numbers out of bounds are refused beside their field", async ({ page }) => {
  await open(page);
  await unfold(page);
  const rows = catalogue.groups.flatMap((group) => group.params);
  for (const param of rows.filter(({ kind }) => kind === "real" || kind === "integer")) {
    const input = field(page, param.setting);
    // A field that does nothing for now is out of sight until something is wrong with it.
    await input.evaluate(enter, String((param.max ?? 0) * 10 + 1));
    await expect(input, param.setting).toBeVisible();
    await expect(input, param.setting).toHaveAttribute("aria-invalid", "true");
    const texts = await input.getAttribute("aria-describedby");
    await expect(page.locator(`#${texts?.split(" ")[0]}`)).toContainText("must lie between");
    await input.fill(param.default);
    await expect(input, param.setting).toHaveAttribute("aria-invalid", "false");
  }
  await expect(statusOf(page)).toContainText("Ready");
});

test("the rate over the run is drawn before the run", async ({ page }) => {
  await open(page, "#schedule=polynomial&train.epochs=50&optimizer.adam.lr=0.02");
  await expect(page.locator("#rate-preview figcaption")).toContainText(
    /starts at 0\.02.*ends at 0\.000/,
  );
  await field(page, "schedule").selectOption("constant");
  await expect(page.locator("#rate-preview figcaption")).toContainText("0.02 throughout");
});
