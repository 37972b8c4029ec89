/**
 * Trains the runs of a lesson with the built module, and judges what the lesson expects of them.
 */

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseLesson } from "../../web/text/lessons.js";
import { Core } from "../../web/worker/core.js";

/** @typedef {import("../../web/text/lessons.js").Lesson} Lesson */
/** The columns of a history by their keys. @typedef {Map<string, number[]>} Trained */

const ROOT = join(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "examples/lessons");

export const core = await Core.load(await readFile(join(ROOT, "build/wasm/tabtrain.wasm")));

/** @returns {Promise<Lesson[]>} */
export async function readLessons() {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".txt")).sort();
  return Promise.all(
    files.map(async (file) => {
      const name = basename(file, ".txt").replace(/^\d+-/, "");
      return parseLesson(name, await readFile(join(FOLDER, file), "utf8"));
    }),
  );
}

/** @param {Record<string, string>} settings @returns {Promise<Trained>} */
export async function trainRun(settings) {
  const config = core.newConfig(Object.entries(settings));
  const csv = core.newCsvReader(config);
  csv.feed(await readFile(join(ROOT, "examples", settings["data.file"])));
  const table = csv.finish();
  const dataset = core.newDataset(table, config);
  const trainer = core.newTrainer(dataset, config);
  /** @type {number[]} */
  const rows = [];
  const { totalSteps } = trainer.progress();
  while (trainer.progress().status === 0) {
    trainer.run(totalSteps, 50);
    rows.push(...trainer.takeHistory().rows);
  }
  const { history } = core.catalogue;
  const columns = history.map(({ key }, at) => [
    key,
    rows.filter((_, i) => i % history.length === at),
  ]);
  [trainer, dataset, table, csv, config].forEach((owned) => owned.free());
  return new Map(/** @type {any} */ (columns));
}

/** @param {Lesson} lesson @returns {Promise<Map<string, Trained>>} by the key of the run */
export async function trainLesson({ setup, runs }) {
  /** @type {Map<string, Trained>} */
  const trained = new Map();
  for (const { key, settings } of runs) {
    trained.set(key, await trainRun({ ...setup, ...settings }));
  }
  return trained;
}

/** @type {Record<string, (values: number[]) => number>} */
const STATISTICS = {
  last: (values) => values[values.length - 1],
  lowest: (values) => Math.min(...values.filter(Number.isFinite)),
  highest: (values) => Math.max(...values.filter(Number.isFinite)),
  /** How far it ends above its lowest value, as a factor. */
  rise: (values) => values[values.length - 1] / Math.min(...values.filter(Number.isFinite)),
  /** How much a curve goes up and down: mean size of its changes over the second half. */
  jitter: (values) => {
    const half = values.slice(values.length / 2);
    const changes = half.slice(1).map((value, i) => Math.abs(value - half[i]));
    return changes.reduce((a, b) => a + b, 0) / changes.length;
  },
};

/**
 * "lowest validation_loss: fast < 0.8 slow" compares two runs, and "last training_loss: slow > 0.6" a
 * run with a number.
 * @param {string} claim
 * @param {Map<string, Trained>} trained
 */
export function assertClaim(claim, trained) {
  const [what, relation] = claim.split(":").map((part) => part.trim());
  const [, run, sign, factor, other] =
    /^(\S+) ([<>]) (\S+)(?: (\S+))?$/.exec(relation) ?? assert.fail(`not a claim: ${claim}`);
  const [statistic, column] = what.split(" ");
  /** @param {string} key */
  const value = (key) => STATISTICS[statistic](trained.get(key)?.get(column) ?? []);
  const bound = Number(factor) * (other ? value(other) : 1);
  assert.ok(Number.isFinite(value(run)) && Number.isFinite(bound), `${claim}: not a number`);
  const holds = sign === "<" ? value(run) < bound : value(run) > bound;
  assert.ok(holds, `${claim}: ${value(run)} against ${bound}`);
}
