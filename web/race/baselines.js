/**
 * Models that a network should beat, scored on the same rows: guesses that look at no feature, and a
 * linear model. They are found beside the run, or after it where there is no core to spare.
 */
import { effect } from "@preact/signals-core";
import { labelText, t } from "../text/i18n.js";
import { isLarge } from "../state.js";
import { mergeValues, toPairs } from "../settings.js";

/**
 * @import { RunRecord } from "../runs.js"
 * @import { Baseline, State } from "../state.js"
 * @import { SettingIndex, Values } from "../settings.js"
 * @import { Context } from "../views/parts/fields.js"
 */

const WAIT_MS = 1000;

/** A worker of the pool takes a copy of the file; larger ones would take too much memory. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** What decides the rows, the inputs and how they are judged. */
const SHARED = /^(data|split|scaler|loss|metric)(\.|$)/;

/** A linear model: no hidden layer, all rows in a step, a small penalty, trained to its minimum. @type {Values} */
const LINEAR = {
  "model.hidden": "",
  optimizer: "lbfgs",
  regularizer: "l2",
  "regularizer.l2.strength": "0.0001",
  "train.batch_size": "0",
  "train.epochs": "200",
};

/** The settings of the linear model that a run is compared with. @param {Values} settings @param {SettingIndex} index */
export function linearSettings(settings, index) {
  const shared = Object.entries(settings).filter(([key]) => SHARED.test(key));
  return mergeValues(Object.fromEntries(shared), LINEAR, index);
}

/** @param {RunRecord} run */
function linearLabel({ dataset }) {
  return dataset.task === "regression" ? t("Linear regression") : t("Logistic regression");
}

/** Trains the linear model of a run in the pool. @param {Context} context @param {RunRecord} run @returns {Promise<Baseline | null>} */
async function trainLinear({ state, actions }, run) {
  const file = state.source.value?.blob;
  if (!file || file.size > LARGEST_FILE) {
    return null;
  }
  const settings = linearSettings(run.settings, state.index.value);
  const keys = state.catalogue.value?.history.map(({ key }) => key) ?? [];
  let last = new Float64Array(keys.length).fill(NaN);
  const { phase } = await actions.pool.batch().run({
    file,
    settings: toPairs(settings),
    onRows: (rows) => (last = rows.slice(-keys.length)),
  });
  const loss = last[keys.indexOf(run.lossKey)];
  const metric = last[keys.indexOf(run.metricKey)];
  const ended = phase === "finished" || phase === "stopped_early";
  return ended ? { key: "linear", label: linearLabel(run), loss, metric, settings } : null;
}

/** @param {Context} context @returns {Promise<Baseline[]>} */
async function findGuesses({ actions }) {
  const found = await actions.look("baselines", {}).catch(() => null);
  return (found?.baselines ?? []).map(({ key, label, loss, metric }) => ({
    key,
    label: labelText(label),
    loss: loss ?? NaN,
    metric: metric ?? NaN,
    settings: null,
  }));
}

/** What the baselines of a run depend on. @param {RunRecord} run */
function markOf({ data, settings }) {
  const shared = Object.entries(settings).filter(([key]) => SHARED.test(key));
  return JSON.stringify([data, shared.sort()]);
}

/**
 * When the baselines may be looked for: the run has come to rest, or a second core is there and the
 * guesses keep the worker for a moment only.
 * @param {State} state
 */
const isTime = (state) =>
  !state.running.value || ((navigator.hardwareConcurrency ?? 1) > 1 && !isLarge(state));

/** Keeps `state.baselines` those of the current run. @param {Context} context */
export function followBaselines(context) {
  const { state } = context;
  let mark = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {RunRecord} run @param {string} asked */
  async function find(run, asked) {
    // Another worker would need as much memory for a large table again.
    const trained = isLarge(state) ? null : trainLinear(context, run);
    const [guesses, linear] = await Promise.all([findGuesses(context), trained]);
    if (mark === asked) {
      state.baselines.value = linear ? [linear, ...guesses] : guesses;
    }
  }

  effect(() => {
    const run = state.current.value;
    const asked = run && state.begun.value ? markOf(run) : "";
    if (run && asked && asked !== mark && isTime(state)) {
      mark = asked;
      state.baselines.value = [];
      clearTimeout(timer);
      timer = setTimeout(() => find(run, asked), state.running.value ? WAIT_MS : 0);
    }
  });
}
