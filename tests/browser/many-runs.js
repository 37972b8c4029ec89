// A page of nothing but curves: twenty runs of ten thousand rows each, for the test of their drawing.

import { createState } from "../../web/state.js";
import { RunRecord } from "../../web/runs.js";
import { h } from "../../web/views/parts/dom.js";
import { mountCurves } from "../../web/views/curves/curves.js";

const KEYS = ["epoch", "step", "learning_rate", "training_loss", "validation_loss", "weight_norm"];
const N_RUNS = 20;
const N_ROWS = 10_000;

/** A loss that falls and swings. @param {number} run @param {number} row */
const lossAt = (run, row) =>
  0.1 + 0.02 * run + Math.exp(-row / (500 + 100 * run)) + 0.05 * Math.sin(row * (1.3 + run)) ** 2;

/** @param {number} run @param {number} from @param {number} to */
function rowsOf(run, from, to) {
  return Float64Array.from({ length: (to - from) * KEYS.length }, (_, i) => {
    const row = from + Math.floor(i / KEYS.length);
    const values = [row, row, 0.01 / run, lossAt(run, row), lossAt(run, row) + 0.05, run];
    return values[i % KEYS.length];
  });
}

/** @param {number} number @param {any} progress */
function makeRun(number, progress) {
  const run = new RunRecord({
    number,
    settings: {},
    data: { name: "many.csv", fingerprint: "0", rows: 1, columns: 1, example: false },
    prepared: {
      run: number,
      dataset: { n_validation: 1 },
      trainer: { loss: "mse", tensors: [] },
      progress,
      history: new Float64Array(0),
    },
    keys: KEYS,
  });
  run.history.append(rowsOf(number, 0, N_ROWS));
  return run;
}

const state = createState();
const progress = {
  phase: "running",
  step: N_ROWS,
  totalSteps: 1e6,
  stepsPerEpoch: 1,
  bestEpoch: 9,
};
state.runs.value = Array.from({ length: N_RUNS }, (_, i) => makeRun(i + 1, progress));
state.current.value = state.runs.value[N_RUNS - 1];
state.progress.value = /** @type {any} */ (progress);
const actions = { showRun() {}, look: async () => null };
const history = KEYS.map((key) => ({ key, label: key, help: "" }));
state.catalogue.value = { families: [], groups: [], history, ...{ presets: [] } };
document.body.append(
  h(
    "main",
    {},
    h("div", { class: "pane middle" }, mountCurves(/** @type {any} */ ({ state, actions }))),
  ),
);

/** What changes between two frames. @type {Record<string, (frame: number) => void>} */
const CHANGES = {
  /** The current run has some more rows. */
  train(frame) {
    const run = /** @type {RunRecord} */ (state.current.value);
    const n = N_ROWS + 10 * frame;
    run.history.append(rowsOf(N_RUNS, n, n + 10));
    state.drawn.value++;
  },
  pan(frame) {
    state.charts.zoomX.value = [1000 + 20 * frame, 6000 + 20 * frame];
  },
  highlight(frame) {
    state.charts.highlight.value = state.runs.value[frame % N_RUNS].id;
  },
};

/** @param {string} kind @param {number} n frames */
async function play(kind, n) {
  for (let frame = 0; frame < n; frame++) {
    CHANGES[kind](frame);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

Object.assign(window, { play, state });
