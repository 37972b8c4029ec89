// What makes a run checkable: the same bits as outside the browser, the gradient, and going back.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Core } from "../../web/worker/core.js";
import { expect, test } from "./fixtures.js";
import { button, lossSummary, open, openTab, train } from "./page.js";

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
  await openTab(page, "Rewind and check");
  await expect(page.locator("#results code")).toHaveText(await hashInNode("iris"));
});

/**
 * Runs a test program of tests/native in the page; what it needs of WASI is to print and to exit.
 * @param {{ bytes: string }} program
 */
async function runProgram({ bytes }) {
  const module = await WebAssembly.compile(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)));
  let text = "";
  /** @type {any} */
  let memory = null;
  const known = {
    fd_write(/** @type {number[]} */ ...[, vectors, n, written]) {
      const view = new DataView(memory.buffer);
      let total = 0;
      for (let i = 0; i < n; i++) {
        const at = view.getUint32(vectors + 8 * i, true);
        const size = view.getUint32(vectors + 8 * i + 4, true);
        text += new TextDecoder().decode(new Uint8Array(memory.buffer, at, size));
        total += size;
      }
      view.setUint32(written, total, true);
      return 0;
    },
    proc_exit() {
      throw new Error("exit");
    },
  };
  /** @type {Record<string, Record<string, any>>} */
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = /** @type {any} */ (known)[name] ?? (() => 0);
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  memory = exports.memory;
  try {
    /** @type {any} */ (exports)._start();
  } catch (error) {
    if (String(error) !== "Error: exit") {
      throw error;
    }
  }
  return text;
}

/** The module with fused arithmetic is built where there is a compiler for it. */
const BUILDS = ["wasm", "fused"].filter((build) => existsSync(join(ROOT, "build", build)));

for (const build of BUILDS) {
  test(`every row of the catalogue gives the golden bits in Chromium: ${build}`, async ({
    page,
  }) => {
    const program = join(ROOT, "build", build, "tests/native/test-same-bits.wasm");
    test.skip(!existsSync(program), `the suite ${build} builds the program`);
    await page.goto("./");
    const bytes = (await readFile(program)).toString("base64");
    const text = await page.evaluate(runProgram, { bytes });
    expect(text).toContain("[  PASSED  ] 3 test(s).");
    expect(text).not.toContain("FAILED");
  });
}

test("the gradient check agrees for every tensor", async ({ page }) => {
  await open(page);
  await train(page);
  await openTab(page, "Rewind and check");
  await button(page, "Gradient check").click();
  const rows = page.getByRole("table", { name: /worst of the compared/ }).locator("tbody tr");
  await expect(rows).toHaveCount(4);
  await expect(page.locator("tr.agrees")).toHaveCount(4);
});

test("a run goes back to a kept epoch and gives the same weights again", async ({ page }) => {
  await open(page);
  await train(page);
  await openTab(page, "Rewind and check");
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
