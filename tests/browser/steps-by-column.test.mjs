// The text of data.by_column, in Node, and against the core's reading of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readCatalogue } from "../../tools/reference.mjs";
import { indexSettings } from "../../web/settings.js";
import {
  fittingSteps,
  possibleSteps,
  readSteps,
  settingOf,
  stepTypes,
  writeSteps,
} from "../../web/steps-by-column.js";

const index = indexSettings(await readCatalogue());

/** @param {Record<string, string>} values */
const valueBy = (values) => (/** @type {string} */ setting) =>
  values[setting] ?? index.get(setting)?.param.default ?? "";

test("steps come back whatever is in the names", () => {
  /** @type {[string, Record<string, string>][]} */
  const entries = [
    ["age", { scaler: "robust", missing: "median" }],
    ["a: b; c, d", { scaler: "robust", missing: "median" }],
    ['say "x"', { encoding: "ordinal" }],
    [" edge ", { date_parts: "year,month" }],
  ];
  const steps = new Map(entries);
  const text = writeSteps(steps);
  assert.equal(
    text,
    'age, "a: b; c, d": scaler=robust missing=median; ' +
      '"say ""x""": encoding=ordinal; " edge ": date_parts=year,month',
  );
  assert.deepEqual(readSteps(text), steps);
});

test("columns without steps are not written", () => {
  assert.equal(writeSteps(new Map([["a", {}]])), "");
  assert.deepEqual(readSteps(""), new Map());
});

test("text as a person writes it is read, and what has no form passed over", () => {
  const steps = readSteps(' "a" ,b :  missing=mean   scaler=none ;; c; d: e');
  assert.deepEqual(
    [...steps],
    [
      ["a", { missing: "mean", scaler: "none" }],
      ["b", { missing: "mean", scaler: "none" }],
      ["d", {}],
    ],
  );
});

test("the settings that may be steps are those that the catalogue says", () => {
  assert.deepEqual(stepTypes(index, "data.encoding"), ["category"]);
  assert.deepEqual(stepTypes(index, "scaler.minmax.low"), ["number", "date", "category"]);
  assert.deepEqual(stepTypes(index, "train.epochs"), []);
  assert.equal(settingOf(index, "missing"), "data.missing");
  assert.equal(settingOf(index, "scaler"), "scaler");
});

test("what can be set goes by the type and by the other steps", () => {
  const possible = (/** @type {Record<string, string>} */ steps, /** @type {string} */ type) =>
    possibleSteps(steps, type, index, valueBy({}));
  assert.deepEqual(possible({}, "number"), ["scaler", "data.missing", "data.missing_flag"]);
  assert.ok(possible({ missing: "constant" }, "number").includes("data.fill_value"));
  assert.ok(possible({ scaler: "minmax" }, "number").includes("scaler.minmax.low"));
  assert.ok(!possible({}, "category").includes("scaler"));
  assert.ok(possible({ encoding: "ordinal" }, "category").includes("scaler"));
  assert.ok(!possible({ encoding: "ordinal" }, "category").includes("data.drop_first"));
  assert.deepEqual(possible({}, "text"), []);
});

test("steps that do nothing any more are dropped", () => {
  const steps = {
    scaler: "robust",
    "scaler.robust.upper": "90",
    "scaler.minmax.low": "-1",
    missing: "median",
    fill_value: "3",
    encoding: "ordinal",
  };
  assert.deepEqual(fittingSteps(steps, "number", index, valueBy({})), {
    scaler: "robust",
    "scaler.robust.upper": "90",
    missing: "median",
  });
  assert.deepEqual(fittingSteps(steps, "category", index, valueBy({})), {
    scaler: "robust",
    "scaler.robust.upper": "90",
    encoding: "ordinal",
  });
});
