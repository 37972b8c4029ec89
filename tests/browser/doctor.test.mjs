// The curve doctor (web/doctor) on real runs of the built module: each rule finds its trouble, and
// leaves runs alone that do not have it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { readingsOf, tellStory } from "../../web/doctor/autopsy.js";
import { noiseOf, smooth } from "../../web/doctor/curve.js";
import { examine, FEWEST_ROWS } from "../../web/doctor/examine.js";
import { factsFor } from "../../web/doctor/facts.js";
import { cfgPairs } from "../../web/settings.js";
import { trained } from "./doctor-runs.js";

/**
 * @import { Values } from "../../web/settings.js"
 * @import { Finding } from "../../web/doctor/facts.js"
 * @import { Trained } from "./doctor-runs.js"
 */

const EXAMPLES = join(import.meta.dirname, "../../examples");

/** @param {string} name @param {Values} change @returns {Promise<Values>} */
async function settingsOf(name, change) {
  const pairs = cfgPairs(await readFile(join(EXAMPLES, `${name}.cfg`), "utf8"));
  const { "data.file": _, ...settings } = { ...Object.fromEntries(pairs), ...change };
  return settings;
}

/** @param {Trained} trained */
const findingsOf = ({ run, index, inspection, baselines }) =>
  examine(factsFor(run, index, { inspection, baselines }));

/** A run with a trouble, or without one, and what has to be found in it. @type {[title: string, example: string, change: Values, kinds: string[]][]} */
const SET_UPS = [
  ["Iris as it comes", "iris", {}, ["healthy"]],
  ["Wine as it comes", "wine", {}, ["healthy"]],
  ["Two moons as they come", "moons", {}, ["healthy"]],
  ["Two circles as they come", "circles", {}, ["healthy"]],
  ["Exclusive or as it comes", "xor", {}, ["healthy"]],
  ["Two spirals as they come", "spirals", {}, ["healthy"]],
  ["Noisy sine as it comes", "sine", {}, ["healthy"]],
  ["Breast cancer as it comes", "breast_cancer", {}, ["healthy"]],
  [
    "the sine at a rate of 0.3",
    "sine",
    { "optimizer.adam.lr": "0.3", schedule: "constant" },
    ["rate-too-high"],
  ],
  ["wine at a rate of 1", "wine", { "optimizer.adam.lr": "1" }, ["rate-too-high"]],
  ["digits at a rate of 0.1", "digits", { "optimizer.adam.lr": "0.1" }, ["rate-too-high"]],
  ["Iris at a rate of 0.00001", "iris", { "optimizer.adam.lr": "0.00001" }, ["rate-too-low"]],
  [
    "breast cancer by plain gradient descent at 0.001",
    "breast_cancer",
    { optimizer: "sgd", "optimizer.sgd.lr": "0.001" },
    ["rate-too-low"],
  ],
  [
    "diabetes with two wide layers and no penalty",
    "diabetes",
    { "model.hidden": "128,128", regularizer: "", "train.epochs": "150" },
    ["overfitting"],
  ],
  [
    "breast cancer with two wide layers",
    "breast_cancer",
    {
      "model.hidden": "64,64",
      regularizer: "",
      "train.epochs": "200",
      "optimizer.adam.lr": "0.01",
    },
    ["overfitting", "baseline"],
  ],
  ["exclusive or without a hidden layer", "xor", { "model.hidden": "" }, ["underfitting"]],
  ["the sine with two units", "sine", { "model.hidden": "2" }, ["underfitting"]],
  [
    "wine under a penalty of 1",
    "wine",
    { regularizer: "l2", "regularizer.l2.strength": "1" },
    ["underfitting"],
  ],
  ["the sine row by row", "sine", { "train.batch_size": "1", schedule: "constant" }, ["noisy"]],
  [
    "breast cancer row by row",
    "breast_cancer",
    { "train.batch_size": "1" },
    ["dead-units", "noisy"],
  ],
  ["diabetes at a rate of 0.1", "diabetes", { "optimizer.adam.lr": "0.1" }, ["dead-units"]],
  [
    "six layers of sigmoids by plain gradient descent",
    "moons",
    {
      "model.hidden": "16,16,16,16,16,16",
      activation: "sigmoid",
      optimizer: "sgd",
      "optimizer.sgd.lr": "0.1",
    },
    ["vanishing"],
  ],
  [
    "digits from weights of deviation 0.5",
    "digits",
    {
      "model.hidden": "64,64,64,64",
      initializer: "normal",
      "initializer.normal.std": "0.5",
    },
    ["exploding"],
  ],
  ["digits as they come", "digits", {}, ["disagreement", "baseline"]],
  ["diabetes as it comes", "diabetes", {}, ["early-stop"]],
];

/** @type {{ title: string, kinds: string[], found: Finding[], trained: Trained }[]} */
const EXAMINED = [];
for (const [title, example, change, kinds] of SET_UPS) {
  const run = await trained(example, await settingsOf(example, change));
  EXAMINED.push({ title, kinds, found: findingsOf(run), trained: run });
}

for (const { title, kinds, found } of EXAMINED) {
  test(`${title}: ${kinds.join(", ")}`, () => {
    assert.deepEqual(
      found.map(({ kind }) => kind),
      kinds,
    );
  });
}

test("a finding has a place on the curve, numbers, a reason and settings that the core takes", async () => {
  const troubles = EXAMINED.flatMap(({ found, trained: { run, opened } }) =>
    found.map((finding) => ({ finding, run, opened })),
  ).filter(({ finding }) => finding.kind !== "healthy");
  for (const { finding, run, opened } of troubles) {
    const { kind, from, to, text, why, trials } = finding;
    assert.ok(from >= 0 && from <= to && to === run.epochs.at(-1), kind);
    assert.match(text, /\d/, kind);
    assert.doesNotMatch(`${text} ${why}`, /NaN|undefined|–|[{}]/, kind);
    assert.ok(trials.length <= 3, kind);
    for (const { settings } of trials) {
      await opened.prepare(Object.entries({ ...run.settings, ...settings }));
    }
  }
});

test("findings of one run never offer the same trial twice", () => {
  for (const { found, title } of EXAMINED) {
    const offered = found.flatMap(({ trials }) => trials.map(({ settings }) => settings));
    const texts = offered.map((settings) => JSON.stringify(settings));
    assert.equal(new Set(texts).size, texts.length, title);
  }
});

test("a trial of a rate too high or too low does better", async () => {
  for (const title of ["the sine at a rate of 0.3", "Iris at a rate of 0.00001"]) {
    const { found, trained: before } = EXAMINED.find((one) => one.title === title) ?? assert.fail();
    const example = SET_UPS.find((one) => one[0] === title)?.[1] ?? "";
    const { run } = await trained(example, {
      ...before.run.settings,
      ...found[0].trials[0].settings,
    });
    assert.ok(run.progress.bestLoss < before.run.progress.bestLoss, title);
  }
});

test("a healthy run is not given a wrong rate, and not called healthy too early, on its way", () => {
  const healthy = EXAMINED.filter(({ kinds }) => kinds[0] === "healthy");
  for (const { title, trained } of healthy) {
    const { run } = trained;
    const { length } = run.history;
    const { phase } = run.progress;
    run.progress.phase = "running";
    for (let n = 1; n <= length; n++) {
      run.history.length = n;
      const kinds = findingsOf({ ...trained, inspection: trained.inspection }).map(
        ({ kind }) => kind,
      );
      assert.equal(kinds.length > 0, n >= FEWEST_ROWS);
      assert.ok(
        !kinds.some((kind) => /^(rate|exploding|underfitting|overfitting)/.test(kind)),
        title,
      );
    }
    run.progress.phase = phase;
  }
});

test("the noise of a curve is told apart from its slope", () => {
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const ys = Float64Array.from({ length: 4000 }, (_, i) => 5 - i / 1000 + 0.1 * normal());
  assert.ok(Math.abs(noiseOf(ys) - 0.1) < 0.01, `${noiseOf(ys)}`);
  assert.equal(noiseOf(Float64Array.from({ length: 64 }, (_, i) => 2 * i)), 0);
});

test("smoothing takes single spikes and leaves steps where they are", () => {
  assert.deepEqual([...smooth(Float64Array.of(1, 1, 9, 1, 1, 5, 5, 5))], [1, 1, 1, 1, 1, 5, 5, 5]);
});

/** A table of 60 rows, one of which may be another. @param {string} [poison] */
function table(poison) {
  const rows = Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 5},${2 * (i % 7) + (i % 5)}`);
  rows[41] = poison ?? rows[41];
  return new Blob([`a,b,y\n${rows.join("\n")}\n`]);
}

/** @param {Blob} file @param {Values} settings */
async function storyOf(file, settings) {
  const found = await trained("iris", { "data.task": "regression", ...settings }, file);
  const { run, index, opened } = found;
  assert.equal(run.progress.phase, "diverged");
  const { autopsy } = await opened.send("autopsy", {});
  assert.ok(autopsy);
  const rows = [autopsy.table_row];
  const row = rows[0] < 0 ? null : await opened.send("tableRows", { rows });
  const facts = factsFor(run, index);
  const { table: read } = await opened.load(file);
  return { autopsy, facts, row, story: tellStory(autopsy, row, read, facts) };
}

test("the autopsy names the cell that is far from all others, and scales it", async () => {
  const { story, row } = await storyOf(table("3,1e30,4"), { scaler: "none" });
  assert.equal(row?.rows[0].line, 43);
  assert.deepEqual([story.suspect?.name, story.suspect?.isTarget], ["b", false]);
  assert.match(story.why, /b = 1e30/);
  assert.deepEqual(story.trials[0].settings, { scaler: "standard" });
});

test("the autopsy of a wild target scales the target", async () => {
  const { story } = await storyOf(table("3,1,1e30"), { "data.scale_target": "0" });
  assert.deepEqual([story.suspect?.name, story.suspect?.isTarget], ["y", true]);
  assert.deepEqual(story.trials[0].settings, { "data.scale_target": "1" });
});

test("the autopsy of a rate too high blames no cell, but steps that grew", async () => {
  const settings = { optimizer: "sgd", "optimizer.sgd.lr": "5" };
  const { story, autopsy, facts } = await storyOf(table(), settings);
  assert.equal(story.suspect, null);
  assert.ok(story.growth);
  const readings = readingsOf(autopsy, facts, story.growth.vital);
  assert.ok(readings.every(({ step }, i) => i === 0 || step > readings[i - 1].step));
  assert.ok(story.growth.to.value > 1e6 * story.growth.from.value);
  assert.deepEqual(story.trials[0].settings, { "optimizer.sgd.lr": "0.5" });
});
