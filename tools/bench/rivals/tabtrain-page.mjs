// tabtrain as its page trains: the site's own worker, told by the page's own commands, with a share
// of the rows for validation, every metric, the whole history, and messages to a page.

import { answer } from "../answer.mjs";
import { datasetText } from "../csv-text.mjs";
import { makeData } from "../data.mjs";
import { settingsOf } from "../settings.mjs";
import { workloadOf } from "../training.mjs";

const worker = new Worker(new URL("site/worker.js", import.meta.url), { type: "module" });
/** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
const waiting = new Map();
let lastId = 0;
/** Losses of the history, in order. @type {number[]} */
let losses = [];
let columns = /** @type {string[]} */ ([]);
/** Called at the next news of the training. @type {(rowsSeen: number) => void} */
let hear = () => {};

worker.onmessage = ({ data }) => {
  if (data.type === "training") {
    keepLosses(data.rows);
    hear(data.progress.rowsSeen);
  } else if (data.type === "failed") {
    waiting.forEach(({ reject }) => reject(new Error(data.message)));
  } else if (data.id) {
    const { resolve, reject } = /** @type {any} */ (waiting.get(data.id));
    waiting.delete(data.id);
    data.ok ? resolve(data.result) : reject(new Error(data.mistake.message));
  }
};

/** @param {Float64Array} rows */
function keepLosses(rows) {
  const column = columns.indexOf("training_loss");
  for (let i = column; i < rows.length; i += columns.length) {
    losses.push(rows[i]);
  }
}

/** @param {string} type @param {object} details @returns {Promise<any>} */
function send(type, details) {
  lastId++;
  worker.postMessage({ id: lastId, type, ...details });
  return new Promise((resolve, reject) => waiting.set(lastId, { resolve, reject }));
}

/** @type {[string, string][]} */
let settings = [];

/** @param {number} seconds */
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

answer({
  /** @param {import("../training.mjs").Choice} choice */
  async open(choice) {
    const workload = workloadOf(choice);
    settings = settingsOf(workload);
    const { history } = await send("catalogue", {});
    columns = history.map((/** @type {{ key: string }} */ { key }) => key);
    await send("load", { file: new Blob([...datasetText(makeData(workload))]), settings });
  },

  /** The first turn of a round begins a run, the others go on with it. @param {{ seconds: number, turn?: number }} what @returns {Promise<import("../training.mjs").Measured>} */
  async measure({ seconds, turn = 0 }) {
    if (turn === 0) {
      losses = [];
      keepLosses((await send("prepare", { settings })).history);
    }
    const rowsAtFirst = new Promise((resolve) => (hear = resolve));
    await send("run", { until: "end" });
    const rowsBefore = /** @type {number} */ (await rowsAtFirst);
    const begin = performance.now();
    await pause(seconds);
    const end = await send("pause", {});
    return {
      rows: end.rowsSeen - rowsBefore,
      seconds: (performance.now() - begin) / 1000,
      startLoss: losses[0],
      endLoss: losses.length > 1 ? losses[losses.length - 1] : end.batchLoss,
    };
  },
});
