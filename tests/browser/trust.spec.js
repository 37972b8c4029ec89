// What makes a run checkable: the same bits as outside the browser, the gradient, and going back.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Core } from "../../web/worker/core.js";
import { expect, test } from "./fixtures.js";
import { button, lossSummary, open, train } from "./page.js";

const ROOT = join(import.meta.dirname, "../..");

/** The weights of an example trained to its end in Node. @param {string} name */
async function hashInNode(name) {
  const core = await Core.load(await readFile(join(ROOT, "build/wasm/tabtrain.wasm")));
  const config = core.newConfig([]);
  config.read(await readFile(join(ROOT, `examples/${name}.cfg`), "utf8"));
  const csv = core.newCsvReader(config);
  csv.feed(await readFile(join(ROOT, `examples/${name}.csv`)));
  const dataset = core.newDataset(csv.finish(), config);
  const trainer = core.newTrainer(dataset, config);
  while (trainer.progress().status === 0) {
    trainer.run(trainer.progress().totalSteps, 100);
    trainer.takeHistory();
  }
  return trainer.hash();
}

test("the weights are those of the same run in Node, to the bit", async ({ page }) => {
  await open(page);
  await train(page);
  await expect(page.locator("#results code")).toHaveText(await hashInNode("iris"));
});

test("the gradient check agrees for every tensor", async ({ page }) => {
  await open(page);
  await train(page);
  await button(page, "Gradient check").click();
  const rows = page.getByRole("table", { name: /worst of the compared/ }).locator("tbody tr");
  await expect(rows).toHaveCount(4);
  await expect(page.locator("tr.agrees")).toHaveCount(4);
});

test("a run goes back to a kept epoch and gives the same weights again", async ({ page }) => {
  await open(page);
  await train(page);
  const code = page.locator("#results code");
  const hash = (await code.textContent()) ?? "";
  await page.locator("#rewind-epoch").selectOption("20");
  await button(page, "Rewind").click();
  await expect(lossSummary(page)).toContainText("Epoch 20:");
  await expect(code).not.toHaveText(hash);
  await button(page, "Train").click();
  await expect(code).toHaveText(hash);
});

test("the reference lists every family", async ({ page }) => {
  await page.goto("./reference.html");
  await expect(page.getByRole("heading", { name: "Adam adam", exact: true })).toBeVisible();
  await expect(page.getByText("optimizer.adam.lr", { exact: true })).toBeVisible();
});
