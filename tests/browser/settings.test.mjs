// The pure parts of the page, in Node: settings as texts, history, steps of numbers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "../../web/history.js";
import * as settings from "../../web/settings.js";
import { nextStep } from "../../web/views/parts/steps.js";

/** @param {Partial<import("../../web/protocol-catalogue.js").Param>} part */
const param = (part) => ({
  key: "lr",
  setting: "optimizer.adam.lr",
  label: "Learning rate",
  help: "",
  kind: /** @type {const} */ ("real"),
  min: 0,
  max: 10,
  default: "0.001",
  ...part,
});

/** @param {ReturnType<typeof param>[]} params */
const indexOf = (params) =>
  new Map(params.map((one) => [one.setting, { param: one, family: null, group: "", live: false }]));

test("names of columns come back whatever is in them", () => {
  const lists = [
    [],
    ["a"],
    ["a", "b"],
    ["a,b", 'say "x"', " edge ", "line\nbreak", ""],
    [""],
    ["=", "&#"],
    ['"', '""', ","],
  ];
  for (const names of lists) {
    assert.deepEqual(settings.splitNames(settings.joinNames(names)), names);
  }
});

test("links come back, with names that need escaping", () => {
  const values = { "data.ignore": 'a&b,"c=#d"', "model.hidden": "16,16", "data.target": "ü 100%" };
  const pairs = settings.linkPairs(settings.formatLink(values));
  assert.deepEqual(Object.fromEntries(pairs), values);
  assert.equal(settings.formatLink({}), "");
});

test("cfg lines are pairs, comments and blanks are not", () => {
  const text = "# title\r\n\r\na = 1\r\n  b=x = y\nc =\n";
  assert.deepEqual(settings.cfgPairs(text), [
    ["a", "1"],
    ["b", "x = y"],
    ["c", ""],
  ]);
});

test("readPairs keeps what is right and complains about the rest", () => {
  const index = indexOf([
    param({}),
    param({ setting: "train.epochs", label: "Epochs", kind: "integer", min: 1, default: "5" }),
  ]);
  const { values, complaints } = settings.readPairs(
    [
      ["optimizer.adam.lr", "0.5"],
      ["train.epochs", "5"],
      ["train.epoch", "7"],
      ["train.epochs", "99"],
    ],
    index,
  );
  assert.deepEqual(values, { "optimizer.adam.lr": "0.5", "train.epochs": "5" });
  assert.match(complaints[0].message, /“train.epoch”; did you mean “train.epochs”/);
  assert.equal(complaints[1].key, "train.epochs");
  assert.match(complaints[1].message, /between 1 and 10/);
});

test("numbers are checked by kind and bounds", () => {
  const real = param({});
  for (const text of ["1e-3", ".5", "10", "+2.", "0"]) {
    assert.equal(settings.checkValue(real, text), "", text);
  }
  for (const text of ["", "x", "1,5", "10.1", "-1", "Infinity", "0x10"]) {
    assert.notEqual(settings.checkValue(real, text), "", text);
  }
  const widths = param({ kind: "integers", min: 1, max: 1024 });
  assert.equal(settings.checkValue(widths, ""), "");
  assert.equal(settings.checkValue(widths, "16, 32"), "");
  assert.match(settings.checkValue(widths, "16,0"), /between/);
  assert.match(settings.checkValue(widths, "16,,2"), /whole number/);
});

test("layers that agree share one text", () => {
  const layer = { width: "8", activation: "relu", dropout: "0", norm: "none" };
  assert.deepEqual(settings.writeLayers([layer, { ...layer, width: "4", activation: "tanh" }]), {
    "model.hidden": "8,4",
    activation: "relu,tanh",
    "model.dropout": "0",
    "model.norm": "none",
  });
  assert.deepEqual(settings.writeLayers([]), { "model.hidden": "" });
});

test("changes back to the default leave no trace", () => {
  const index = indexOf([param({})]);
  const changed = settings.mergeValues({}, { "optimizer.adam.lr": "1" }, index);
  assert.deepEqual(changed, { "optimizer.adam.lr": "1" });
  assert.deepEqual(settings.mergeValues(changed, { "optimizer.adam.lr": "0.001" }, index), {});
});

test("the history grows by whole rows", () => {
  const history = new History(["step", "loss"]);
  for (let i = 0; i < 1000; i++) {
    history.append(Float64Array.of(2 * i, 1 / (i + 1), 2 * i + 1, NaN));
  }
  assert.equal(history.length, 2000);
  assert.equal(history.column("step")[1999], 1999);
  assert.equal(history.column("loss")[1998], 1 / 1000);
  assert.ok(Number.isNaN(history.last("loss")));
});

test("arrows step by ratio or by size, within the bounds", () => {
  const log = param({ log_scale: true });
  assert.equal(nextStep(log, "0.001", 1), "0.002");
  assert.equal(nextStep(log, "0.001", -1), "0.0005");
  assert.equal(nextStep(log, "0.0042", 1), "0.005");
  assert.equal(nextStep(log, "10", 1), "10");
  const whole = param({ kind: "integer", min: 0, max: 9, default: "4" });
  assert.equal(nextStep(whole, "0", -1), "0");
  assert.equal(nextStep(whole, "3", 1), "4");
  assert.equal(nextStep(whole, "x", 1), "4");
  assert.equal(nextStep(param({ max: 0.9 }), "0.2", 1), "0.25");
});
