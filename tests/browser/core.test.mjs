// The wasm module through web/worker/core.js, in Node.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { referenceText } from "../../tools/reference.mjs";
import { Core, UserMistake } from "../../web/worker/core.js";
import { Report } from "../../web/worker/core-report.js";

const ROOT = join(import.meta.dirname, "../..");
const NATIVE = join(ROOT, "build/release/train");
const EXAMPLE = join(ROOT, "examples/iris.cfg");

const core = await Core.load(await readFile(join(ROOT, "build/wasm/tabtrain.wasm")));

/** @param {import("../../web/worker/core.js").Config} config @param {Uint8Array} bytes */
function readTable(config, bytes) {
  const csv = core.newCsvReader(config);
  try {
    csv.feed(bytes);
    return csv.finish();
  } finally {
    csv.free();
  }
}

/** A trainer set up as examples/iris.cfg says. */
async function irisTrainer() {
  const config = core.newConfig([]);
  config.read(await readFile(EXAMPLE, "utf8"));
  const table = readTable(config, await readFile(join(dirname(EXAMPLE), "iris.csv")));
  const dataset = core.newDataset(table, config);
  return { config, table, dataset, trainer: core.newTrainer(dataset, config) };
}

/** @param {import("../../web/worker/core-trainer.js").Trainer} trainer */
function trainToEnd(trainer) {
  const rows = [];
  const { totalSteps } = trainer.progress();
  while (trainer.progress().status === 0) {
    assert.equal(trainer.run(totalSteps, 50), null);
    rows.push(...trainer.takeHistory().rows);
  }
  return rows;
}

/**
 * @param {import("../../web/worker/core-trainer.js").Trainer} trainer
 * @param {import("../../web/protocol.js").Part} part
 */
function reportOn(trainer, part) {
  const report = new Report(trainer, part);
  try {
    while (!report.run()) {
      continue;
    }
    return report.result();
  } finally {
    report.free();
  }
}

/** @param {string} text */
const bytesOf = (text) => new TextEncoder().encode(text);

test("the catalogue names families, groups and history columns", () => {
  const { families, groups, history } = core.catalogue;
  assert.ok(families.some(({ key }) => key === "optimizer"));
  assert.ok(groups.some(({ key }) => key === "train"));
  assert.ok(history.some(({ key }) => key === "training_loss"));
});

test("a table tells its columns and rows", async () => {
  const { table } = await irisTrainer();
  const { columns, rows } = table.json(3);
  assert.deepEqual(
    columns.map((/** @type {{ name: string }} */ { name }) => name),
    ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm", "species"],
  );
  assert.equal(rows.length, 3);
});

test("training iris lowers the loss, and the report agrees", async () => {
  const { trainer } = await irisTrainer();
  const rows = trainToEnd(trainer);
  const width = core.catalogue.history.length;
  const column = core.catalogue.history.findIndex(({ key }) => key === "training_loss");
  const losses = rows.filter((_, i) => i % width === column);
  assert.equal(losses.length, 1 + trainer.progress().epoch);
  const [first, last] = [losses[0], losses[losses.length - 1]];
  assert.ok(last < first / 4, `${first} -> ${last}`);

  const { nOutputs, predictions, targets } = reportOn(trainer, "validation");
  assert.equal(nOutputs, 3);
  assert.equal(predictions.length, 3 * targets.length);
  const right = targets.filter((target, row) => {
    const scores = predictions.subarray(row * 3, row * 3 + 3);
    return scores.indexOf(Math.max(...scores)) === target;
  });
  assert.ok(right.length / targets.length > 0.85, `${right.length} of ${targets.length}`);
});

test("slices of any size give the same weights", async () => {
  const [one, other] = [await irisTrainer(), await irisTrainer()];
  trainToEnd(one.trainer);
  while (other.trainer.progress().status === 0) {
    other.trainer.run(other.trainer.progress().totalSteps, 3);
    other.trainer.takeHistory();
  }
  assert.equal(other.trainer.hash(), one.trainer.hash());
});

test("the weights are the native program's", { skip: !existsSync(NATIVE) }, async () => {
  const { trainer } = await irisTrainer();
  trainToEnd(trainer);
  const { stdout } = await promisify(execFile)(NATIVE, [EXAMPLE]);
  assert.match(stdout, new RegExp(`\\b${trainer.hash()}\\b`));
});

test("parameters go out and come back", async () => {
  const [one, other] = [await irisTrainer(), await irisTrainer()];
  trainToEnd(one.trainer);
  const parameters = one.trainer.parameters();
  assert.equal(parameters.length, one.trainer.json().n_parameters);
  other.trainer.setParameters(parameters);
  assert.equal(other.trainer.hash(), one.trainer.hash());
});

test("mistakes are exceptions that name the key", () => {
  const config = core.newConfig([]);
  assert.throws(
    () => config.set("optimizer.adam.lr", "-1"),
    (error) => error instanceof UserMistake && error.mistake.key === "optimizer.adam.lr",
  );
  assert.throws(() => core.newConfig([["optimiser", "adam"]]), /optimizer/);
  assert.equal(config.get("optimiser"), null);
  config.free();
  config.free();
});

test("mistakes in a file name the line", () => {
  const config = core.newConfig([]);
  assert.throws(
    () => readTable(config, bytesOf('a,b\n1,2\n3,"4\n')),
    (error) => error instanceof UserMistake && error.mistake.line === 3,
  );
});

test("a large file crosses the border in chunks", () => {
  const config = core.newConfig([]);
  const n = 300_000;
  const lines = Array.from({ length: n }, (_, i) => `${i},${i % 2 ? "odd" : "even"}`);
  const table = readTable(config, bytesOf(`number,parity\n${lines.join("\n")}\n`));
  assert.equal(table.json(1).n_rows, n);
});

test("the preview of a schedule follows the settings", () => {
  const config = core.newConfig([
    ["optimizer", "sgd"],
    ["optimizer.sgd.lr", "0.5"],
    ["schedule", "exponential"],
  ]);
  const { rates, momenta } = core.schedulePreview(config, 1000, 10, 5);
  assert.equal(rates[0], 0.5);
  assert.ok(
    rates.every((rate, i) => i === 0 || rate < rates[i - 1]),
    `${rates}`,
  );
  assert.ok(momenta.every(Number.isNaN), `${momenta}`);
});

test("the preview shows the momentum of a schedule that moves it", () => {
  const config = core.newConfig([
    ["schedule", "one_cycle"],
    ["schedule.one_cycle.pct_start", "0.5"],
    ["schedule.one_cycle.base_momentum", "0.8"],
    ["schedule.one_cycle.max_momentum", "0.9"],
    ["schedule.unit", "step"],
  ]);
  const { rates, momenta } = core.schedulePreview(config, 1000, 10, 3);
  assert.ok(rates[1] > rates[0] && rates[1] > rates[2], `${rates}`);
  assert.equal(momenta[0], 0.9);
  assert.ok(Math.abs(momenta[1] - 0.8) < 1e-4, `${momenta}`);
  assert.equal(momenta[2], 0.9);
});

test("the reference is that of the catalogue: node tools/reference.mjs makes it anew", async () => {
  const written = await readFile(join(ROOT, "core/REFERENCE.md"), "utf8");
  assert.ok(written === referenceText(core.catalogue));
});
