// What a race compares, and what its verdict rests on.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  choicesOf,
  isTicked,
  mistakeIn,
  proposalsFor,
  RATE,
  readValues,
  variablesOf,
  variantsOf,
  withSeed,
  writeValues,
} from "../../web/race/race-plan.js";
import { intervalOf, judge, rank, seedsToTry, studentT } from "../../web/race/race-statistics.js";
import { checkValue, indexSettings, mergeValues } from "../../web/settings.js";
import { Core } from "../../web/worker/core.js";

/** @typedef {import("../../web/race/race-plan.js").Setup} Setup */
/** @typedef {import("../../web/settings.js").Values} Values */

const MODULE = await readFile(join(import.meta.dirname, "../../build/wasm/tabtrain.wasm"));
const { catalogue } = await Core.load(MODULE);
const index = indexSettings(catalogue);

/** @param {Values} [settings] @param {string} [task] @returns {Setup} */
const setupWith = (settings = {}, task = "multiclass") => ({ catalogue, index, settings, task });

/** @param {Setup} setup @param {string} key */
function find(setup, key) {
  const found = variablesOf(setup).find((variable) => variable.key === key);
  return found ?? assert.fail(`${key} cannot be varied`);
}

/** @param {import("../../web/race/race-statistics.js").Verdict} verdict */
const beatenBy = (verdict) =>
  verdict.kind === "compared"
    ? verdict.rivals.filter(({ beaten }) => beaten).map(({ key }) => key)
    : assert.fail(`nobody was compared: ${verdict.kind}`);

/** @param {number} a @param {number} b @param {number} [tolerance] */
const near = (a, b, tolerance = 1e-6) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

test("Student's t agrees with the printed tables", () => {
  near(studentT(1), 12.7062, 1e-4);
  near(studentT(2), 4.30265, 1e-5);
  near(studentT(4), 2.77645, 1e-5);
  near(studentT(9), 2.26216, 1e-5);
  near(studentT(30), 2.04227, 1e-5);
  near(studentT(5, 0.99), 4.03214, 1e-5);
  near(studentT(1000), 1.96234, 1e-5);
});

test("an interval is the one worked out by hand", () => {
  const { n, mean, deviation, low, high } = intervalOf([1, 2, 4, NaN]);
  assert.equal(n, 3);
  near(mean, 7 / 3);
  near(deviation, Math.sqrt(7 / 3));
  near(high - mean, 4.3026527 * Math.sqrt(7 / 9));
  near(mean - low, 4.3026527 * Math.sqrt(7 / 9));
  near(
    intervalOf([1, 2, 4], { overlap: 0.25 }).high - mean,
    4.3026527 * Math.sqrt((7 / 3) * (1 / 3 + 0.25)),
  );
  assert.ok(Number.isNaN(intervalOf([3]).low));
});

test("a winner is named only when the pairs of every seed agree", () => {
  const clear = rank(
    [
      { key: "slow", scores: [0.5, 0.7, 0.6] },
      { key: "fast", scores: [0.3, 0.5, 0.41] },
    ],
    false,
  );
  assert.deepEqual(beatenBy(judge(clear)), ["slow"]);
  assert.equal(clear[0].key, "fast");
  const close = judge([
    { key: "adam", scores: [0.3, 0.42, 0.36] },
    { key: "nadam", scores: [0.33, 0.42, 0.39] },
  ]);
  assert.deepEqual(beatenBy(close), []);
  assert.equal(seedsToTry(close), 6);
  assert.equal(
    judge([
      { key: "a", scores: [1] },
      { key: "b", scores: [2] },
    ]).kind,
    "one-seed",
  );
});

test("many rivals ask for a stricter comparison", () => {
  const best = { key: "best", scores: [0.3, 0.42, 0.36] };
  const rival = { key: "rival", scores: [0.4, 0.56, 0.47] };
  const others = ["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => ({
    key,
    scores: [3, 4.1, 5.2],
  }));
  assert.deepEqual(beatenBy(judge([best, rival])), ["rival"]);
  assert.deepEqual(beatenBy(judge([best, rival, ...others])), []);
});

test("each rival is judged by itself: one may be beaten while another is too close to call", () => {
  const verdict = judge([
    { key: "adam", scores: [0.3, 0.42, 0.36] },
    { key: "nadam", scores: [0.33, 0.42, 0.39] },
    { key: "sgd", scores: [0.6, 0.73, 0.65] },
  ]);
  assert.deepEqual(beatenBy(verdict), ["sgd"]);
  assert.equal(seedsToTry(verdict), 6);
  assert.ok(verdict.kind === "compared");
  const [, { difference }] = verdict.rivals;
  // Of two comparisons the clearest is made at 97.5 %: t of 2 degrees of freedom is 6.205.
  near(difference.mean, -0.3);
  near(difference.high - difference.mean, (6.20535 * 0.01) / Math.sqrt(3), 1e-5);
});

test("a setting of which one seed diverged comes last", () => {
  const ranked = rank(
    [
      { key: "wild", scores: [0.1, NaN] },
      { key: "tame", scores: [0.5, 0.6] },
    ],
    false,
  );
  assert.deepEqual(
    ranked.map(({ key }) => key),
    ["tame", "wild"],
  );
  assert.equal(judge(ranked).kind, "alone");
  assert.equal(
    rank(
      [
        { key: "a", scores: [0.8] },
        { key: "b", scores: [0.9] },
      ],
      true,
    )[0].key,
    "b",
  );
});

test("every proposal for every setting is allowed", () => {
  for (const task of ["regression", "binary", "multiclass", "multilabel"]) {
    const setup = setupWith({}, task);
    for (const variable of variablesOf(setup)) {
      const values = proposalsFor(variable, setup);
      assert.ok(values.length > 0, variable.key);
      values.forEach((value) =>
        assert.equal(mistakeIn(variable, value, setup), "", `${variable.key} ${value}`),
      );
      if (!isTicked(variable)) {
        assert.deepEqual(readValues(variable, writeValues(variable, values)), values, variable.key);
      }
      for (const { change } of variantsOf([{ variable, values }], setup)) {
        for (const [key, value] of Object.entries(change)) {
          const param = index.get(key)?.param ?? assert.fail(key);
          assert.equal(checkValue(param, value), "", `${key}=${value}`);
        }
      }
    }
  }
});

test("the loss is among the choices only where it fits the task", () => {
  const setup = setupWith({}, "regression");
  const keys = choicesOf(find(setup, "loss"), "regression").map(({ key }) => key);
  assert.ok(keys.includes("huber") && !keys.includes("cross_entropy"));
});

test("optimizers race at their own rates, and a rate goes to the optimizer in use", () => {
  const setup = setupWith({ "optimizer.adam.lr": "0.02" });
  const varied = [
    { variable: find(setup, "optimizer"), values: ["adam", "momentum"] },
    { variable: find(setup, RATE), values: ["1x", "0.1x", "0.5"] },
  ];
  assert.deepEqual(variantsOf([varied[0]], setup), [
    { label: "Adam", change: { optimizer: "adam" } },
    {
      label: "SGD with momentum",
      change: { optimizer: "sgd", "optimizer.sgd.momentum": "0.9" },
    },
  ]);
  const rates = variantsOf(varied, setup).map(({ change }) => [
    change["optimizer.adam.lr"],
    change["optimizer.sgd.lr"],
  ]);
  assert.deepEqual(rates, [
    ["0.02", undefined],
    ["0.002", undefined],
    ["0.5", undefined],
    [undefined, "0.01"],
    [undefined, "0.001"],
    [undefined, "0.5"],
  ]);
  assert.match(mistakeIn(find(setup, RATE), "fast", setup), /needs a number/);
});

test("the strength of a penalty turns the penalty on", () => {
  const setup = setupWith({ regularizer: "l1" });
  const variable = find(setup, "regularizer.l2.strength");
  const [{ label, change }] = variantsOf([{ variable, values: ["0.01"] }], setup);
  assert.deepEqual(change, { regularizer: "l1,l2", "regularizer.l2.strength": "0.01" });
  assert.match(label, /0\.01/);
});

test("seeds move weights and batches, and leave the split alone", () => {
  const start = mergeValues({}, { "model.seed": "4294967295", "split.seed": "7" }, index);
  assert.deepEqual(withSeed(start, index, 1), start);
  assert.deepEqual(withSeed(start, index, 2), { "split.seed": "7", "train.seed": "1" });
});
