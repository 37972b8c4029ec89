// Fused arithmetic on the page. Where the site was built without its module, or the machine cannot
// fuse, the page says so and trains exactly.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, SITE, test } from "./fixtures.js";
import { button, choose, csv, field, messagesOf, open, openTab, train, unfold } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

const ROOT = join(import.meta.dirname, "../..");
const NATIVE = join(ROOT, "build/release/train");
const LINK = "#data.file=iris.csv&train.epochs=3&train.arithmetic=fused";

const arithmetic = (/** @type {Page} */ page) => field(page, "train.arithmetic");
const weights = (/** @type {Page} */ page) => page.locator("#results code");

/** What the native program says of the weights; nothing where it refuses. @param {...string} settings */
function nativeWeights(...settings) {
  const args = [join(ROOT, "examples/iris.cfg"), ...settings];
  const { stdout } = spawnSync(NATIVE, args, { encoding: "utf8" });
  return /weights ([0-9a-f]{16})/.exec(stdout)?.[1] ?? "";
}

/** Names of the modules that the page has asked for. @param {Page} page */
function modulesOf(page) {
  /** @type {Set<string>} */
  const names = new Set();
  page.on("request", (request) => {
    const name = request.url().split("/").at(-1) ?? "";
    if (name.endsWith(".wasm")) {
      names.add(name);
    }
  });
  return names;
}

/** @param {Page} page @param {string} why */
async function expectRefusal(page, why) {
  const modules = modulesOf(page);
  await open(page, LINK);
  await expect(messagesOf(page)).toContainText(
    `“Arithmetic” (train.arithmetic) = fused was left out. ${why}`,
  );
  await unfold(page);
  await expect(arithmetic(page)).toHaveValue("exact");
  await expect(arithmetic(page).locator("[value=fused]")).toBeDisabled();
  await train(page);
  expect([...modules]).toEqual(["tabtrain.wasm"]);
}

test("a site without the module says so, and a link to fused arithmetic opens as exact", async ({
  page,
}) => {
  await page.route("**/first.json", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), fused: false } });
  });
  await expectRefusal(page, "This site was built without fused arithmetic, so runs are exact.");
});

test("a browser without relaxed SIMD says so as well", async ({ page }) => {
  await page.route("**/first.json", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), fused: true } });
  });
  await page.addInitScript(() => {
    const validate = WebAssembly.validate.bind(WebAssembly);
    const relaxedMadd = "253,133,2";
    WebAssembly.validate = (bytes) =>
      validate(bytes) && !new Uint8Array(/** @type {any} */ (bytes)).join().includes(relaxedMadd);
  });
  await expectRefusal(page, "This browser, or this processor, cannot fuse them");
});

// Where the site has no module, and where the machine cannot fuse, there is nothing more to see.
if (existsSync(join(SITE, "tabtrain-fused.wasm")) && nativeWeights("train.arithmetic=fused")) {
  test("a run has the weights of the native program with the arithmetic it asks for", async ({
    page,
  }) => {
    const modules = modulesOf(page);
    await open(page);
    await train(page);
    await openTab(page, "Rewind and check");
    await expect(weights(page)).toHaveText(nativeWeights());
    expect([...modules]).toEqual(["tabtrain.wasm"]);

    await unfold(page);
    await arithmetic(page).selectOption("fused");
    await button(page, "Train again").click();
    await expect(weights(page)).toHaveText(nativeWeights("train.arithmetic=fused"));
    expect([...modules]).toEqual(["tabtrain.wasm", "tabtrain-fused.wasm"]);

    await arithmetic(page).selectOption("exact");
    await button(page, "Train again").click();
    await expect(weights(page)).toHaveText(nativeWeights());
  });

  test("an own file stays when the arithmetic changes", async ({ page }) => {
    await open(page);
    await choose(
      page,
      "own.csv",
      csv("x,y", 40, (i) => `${i / 40},${i % 7}`),
    );
    await expect(page.locator("#status")).toContainText("Ready");
    await unfold(page);
    await field(page, "train.epochs").fill("2");
    await arithmetic(page).selectOption("fused");
    await train(page);
    await expect(page).toHaveURL(/train\.arithmetic=fused/);
    await expect(page.getByText("40 rows").first()).toBeVisible();
  });
} else {
  console.log("fused.spec.js: no fused multiply-add here, so only its absence is tested");
}
