// What the page shows before any core is loaded: the catalogue, and the first example read, prepared
// and evaluated by the same core and the same worker code that take over at the first touch.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  cfgPairs,
  indexSettings,
  mergeValues,
  readPairs,
  toPairs,
  valueOf,
} from "../web/settings.js";
import { RATE_POINTS } from "../web/protocol.js";
import { Core } from "../web/worker/core.js";
import { Session } from "../web/worker/session.js";

/** @typedef {import("../web/state.js").Example} Example */

/**
 * @param {Session} session
 * @param {Example} example
 * @param {string} folder
 * @returns {Promise<import("../web/actions/actions.js").Opening>}
 */
async function openExample(session, { file, cfg }, folder) {
  const index = indexSettings(session.catalogue());
  const { values } = readPairs(cfgPairs(await readFile(join(folder, cfg), "utf8")), index);
  const own = mergeValues({}, { ...values, "data.file": file }, index);
  const settings = toPairs(own);
  const blob = new Blob([await readFile(join(folder, file))]);
  const { table } = await session.load({ id: 1, type: "load", file: blob, settings });
  const prepared = await session.prepare({ id: 2, type: "prepare", settings });
  const { stepsPerEpoch } = prepared.progress;
  const totalSteps = stepsPerEpoch * Number(valueOf(own, index, "train.epochs"));
  const preview = { settings, totalSteps, stepsPerEpoch, points: RATE_POINTS };
  const { rates } = await session.preview({ id: 3, type: "preview", ...preview });
  const history = Array.from(prepared.history);
  const weights = Array.from(session.needRun().trainer.parameters(), (weight) =>
    Number(weight.toPrecision(4)),
  );
  return {
    file,
    settings: own,
    table,
    prepared: { ...prepared, history, weights },
    rates: Array.from(rates),
  };
}

/**
 * @param {Buffer<ArrayBuffer>} module tabtrain.wasm
 * @param {Example[]} examples the first of them is opened
 * @param {string} folder of the examples
 * @param {boolean} fused whether the site has the module with fused arithmetic
 * @returns {Promise<import("../web/main.js").First>}
 */
export async function firstView(module, examples, folder, fused) {
  const core = await Core.load(module);
  const fail = (/** @type {unknown} */ error) => {
    throw error;
  };
  const session = new Session(core, () => {}, fail);
  const opening = await openExample(session, examples[0], folder);
  return { catalogue: core.catalogue, examples, opening, fused };
}
