// Every row of every family, and every main setting, can be learnt about, in both languages; the
// experiments are made of valid settings.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { readCatalogue } from "../../tools/reference.mjs";
import { cardOf, experiment, MAIN_SETTINGS } from "../../web/text/learn.js";
import { indexSettings, readPairs } from "../../web/settings.js";
import { core } from "./lesson-runs.mjs";

const FOLDER = join(import.meta.dirname, "../../web/learn");
const catalogue = await readCatalogue();
const index = indexSettings(catalogue);

/** @param {string} topic @returns {Promise<Record<string, any>>} */
const entriesOf = async (topic) =>
  JSON.parse(await readFile(join(FOLDER, `${topic}.json`), "utf8"));

/** @param {Record<string, string>} settings */
function assertValid(settings) {
  assert.deepEqual(readPairs(Object.entries(settings), index).complaints, []);
  const config = core.newConfig(Object.entries(settings));
  config.free();
}

/** @param {string} key @param {any} entry */
function assertComplete(key, entry) {
  for (const language of ["en", "zh-CN"]) {
    assert.ok(entry[language]?.when && entry[language]?.try, `${key} in ${language}`);
  }
}

for (const family of catalogue.families) {
  test(`${family.key}: an entry for each row, with an experiment`, async () => {
    const entries = await entriesOf(family.key);
    assert.deepEqual(Object.keys(entries).sort(), family.rows.map(({ key }) => key).sort());
    for (const [key, entry] of Object.entries(entries)) {
      assertComplete(key, entry);
      const state = /** @type {any} */ ({ value: () => "" });
      const settings = experiment(state, family, key, entry);
      assert.equal(settings[family.key], key);
      assertValid(settings);
    }
  });
}

test("an entry for each main setting, whose experiment changes it", async () => {
  const entries = await entriesOf("settings");
  assert.deepEqual(Object.keys(entries).sort(), [...MAIN_SETTINGS].sort());
  for (const [key, entry] of Object.entries(entries)) {
    assertComplete(key, entry);
    assertValid(entry.settings);
    assert.notEqual(entry.settings[key] ?? "", index.get(key)?.param.default);
    assert.ok(key in entry.settings, key);
  }
});

test("a brake is added to those that are on already", () => {
  const family = catalogue.families.find(({ key }) => key === "regularizer");
  const state = /** @type {any} */ ({ value: () => "early_stopping" });
  const entry = /** @type {any} */ ({ settings: {} });
  assert.deepEqual(experiment(state, family ?? null, "l2", entry), {
    regularizer: "l2,early_stopping",
  });
});

test("another number of layers takes the first layer's choices for all", () => {
  const state = /** @type {any} */ ({
    value: (/** @type {string} */ key) => (key === "activation" ? "tanh,relu" : "0"),
  });
  const entry = /** @type {any} */ ({ settings: { "model.hidden": "8,8,8" } });
  assert.deepEqual(experiment(state, null, "model.hidden", entry), {
    activation: "tanh",
    "model.hidden": "8,8,8",
  });
});

test("every setting of an experiment is in a card that can be locked", () => {
  assert.equal(cardOf("optimizer.adam.lr"), "optimizer");
  assert.equal(cardOf("model.hidden"), "network");
  assert.equal(cardOf("scaler"), "preparation");
});
