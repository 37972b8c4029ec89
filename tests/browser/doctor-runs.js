// Real runs of the built module, as the page keeps them, for tests of what is said of them.

import { indexSettings } from "../../web/settings.js";
import { linearSettings } from "../../web/race/baselines.js";
import { RunRecord } from "../../web/runs.js";
import { ended, open } from "./worker-session.js";

/**
 * @import { Inspection } from "../../web/protocol-inside.js"
 * @import { Baseline } from "../../web/state.js"
 * @import { SettingIndex, Values } from "../../web/settings.js"
 */

/**
 * @typedef {object} Trained
 * @property {RunRecord} run
 * @property {SettingIndex} index
 * @property {Inspection} inspection
 * @property {Baseline[]} baselines
 * @property {Awaited<ReturnType<typeof open>>} opened
 */

/** @param {Awaited<ReturnType<typeof open>>} opened @param {Values} settings */
async function finish({ core, events, prepare, run: start }, settings) {
  const keys = core.catalogue.history.map(({ key }) => key);
  const prepared = await prepare(Object.entries(settings));
  const run = new RunRecord({
    number: 1,
    settings,
    data: { name: "example", example: true, fingerprint: "", rows: 0, columns: 0 },
    prepared,
    keys,
  });
  events.length = 0;
  start("end");
  run.progress = (await ended(events)).progress;
  events.forEach((event) => event.type === "training" && run.history.append(event.rows));
  return run;
}

/**
 * Trains an example to its end, and the linear model beside it.
 * @param {string} name of the example
 * @param {Values} settings
 * @param {Blob} [file] instead of the example
 * @returns {Promise<Trained>}
 */
export async function trained(name, settings, file) {
  const opened = await open(name);
  if (file) {
    await opened.load(file);
  }
  const index = indexSettings(opened.core.catalogue);
  const linear = await finish(opened, linearSettings(settings, index));
  const run = await finish(opened, settings);
  const guesses = (await opened.send("baselines", {})).baselines;
  const inspection = await opened.send("inspect", { part: "training", rows: 256, bins: 1 });
  const baselines = [
    {
      key: "linear",
      label: "Linear model",
      loss: linear.history.last(linear.lossKey),
      metric: linear.history.last(linear.metricKey),
      settings: linear.settings,
    },
    ...guesses.map(({ key, label, loss, metric }) => ({
      key,
      label,
      loss: loss ?? NaN,
      metric: metric ?? NaN,
      settings: null,
    })),
  ];
  return { run, index, inspection, baselines, opened };
}
