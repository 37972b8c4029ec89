/**
 * What a person can do: each action sends its commands to the worker and writes the answers into the
 * state.
 */
import { batch } from "@preact/signals-core";
import { History, thin } from "./history.js";
import { openFile } from "./files.js";
import { createNotices, mistakeOf } from "./notices.js";
import { clearCurves, ENDED } from "./state.js";
import { mergeValues, sameValues, toPairs } from "./settings.js";

/**
 * @import { Event, Mistake, Prepared } from "./protocol.js"
 * @import { State, Trace } from "./state.js"
 * @import { TrainerClient } from "./trainer-client.js"
 * @import { Values } from "./settings.js"
 */

const RATE_POINTS = 240;
const TRACE_POINTS = 500;
const SETTLE_MS = 120;

/**
 * What a new run is compared with: the run that it follows if that has made a step, else still the
 * one before; nothing when the losses cannot be compared.
 * @param {State} state
 * @param {Prepared} next
 * @returns {Trace | null}
 */
function traceBefore(state, next) {
  const { prepared, progress, history } = state;
  if (prepared.value?.trainer.loss !== next.trainer.loss) {
    return null;
  }
  if (!state.begun.value || !progress.value) {
    return state.previous.value;
  }
  const { stepsPerEpoch } = progress.value;
  const epochs = history.value.column("step").map((step) => step / stepsPerEpoch);
  const key = state.dataset.value?.n_validation ? "validation_loss" : "training_loss";
  const { xs, curves } = thin(epochs, [history.value.column(key)], TRACE_POINTS);
  return { xs, ys: curves[0] };
}

/** @param {State} state @param {TrainerClient} client */
export function createActions(state, client) {
  const notices = createNotices(state);
  const { notify, dismiss } = notices;
  let wanted = false;
  /** The worker broke down and a new one has to read the file again. */
  let lost = false;
  /** @type {Promise<boolean> | null} */
  let preparing = null;
  let timer = 0;

  /** @param {Prepared} result @param {Values} values */
  function beginRun(result, values) {
    const keys = state.catalogue.value?.history.map((column) => column.key) ?? [];
    const history = new History(keys);
    history.append(result.history);
    batch(() => {
      state.previous.value = traceBefore(state, result);
      state.prepared.value = result;
      state.applied.value = values;
      state.progress.value = result.progress;
      state.history.value = history;
      state.drawn.value++;
      state.report.value = null;
      state.checks.value = null;
      state.restored.value = false;
      dismiss("setup");
      dismiss("run");
    });
  }

  /** @param {Mistake} mistake of a set-up from which no run can be made */
  function refuse({ message, key, column }) {
    const name = state.table.value?.columns[column - 1]?.name;
    const ofColumn =
      name !== undefined && state.targets.value.includes(name) ? "data.target" : "data.ignore";
    const place = key || (name === undefined ? "" : ofColumn);
    notify("setup", message, place ? { [place]: message } : {});
    if (!state.prepared.value) {
      clearCurves(state);
    }
  }

  async function prepareOnce() {
    const values = state.settings.value;
    try {
      if (lost && state.source.value) {
        await client.send("load", { file: state.source.value.blob, settings: toPairs(values) });
        lost = false;
      }
      beginRun(await client.send("prepare", { settings: toPairs(values) }), values);
      return true;
    } catch (error) {
      refuse(mistakeOf(error));
      return false;
    }
  }

  async function prepareUntilSettled() {
    let done = false;
    while (wanted) {
      wanted = false;
      done = await prepareOnce();
    }
    previewRates();
    return done;
  }

  /** Data set and fresh network from the present settings; also the reset. */
  function prepare() {
    clearTimeout(timer);
    wanted = true;
    state.preparing.value = true;
    preparing ??= prepareUntilSettled().finally(() => {
      preparing = null;
      state.preparing.value = false;
    });
    return preparing;
  }

  async function previewRates() {
    const progress = state.progress.value;
    if (!progress) {
      return;
    }
    const { stepsPerEpoch } = progress;
    const totalSteps = stepsPerEpoch * Number(state.value("train.epochs"));
    const settings = toPairs(state.settings.value);
    try {
      const details = { settings, totalSteps, stepsPerEpoch, points: RATE_POINTS };
      state.rates.value = (await client.send("preview", details)).rates;
    } catch {
      state.rates.value = null;
    }
  }

  /** @param {string} key */
  async function setLive(key) {
    const value = state.value(key);
    try {
      await client.send("set", { key, value });
      state.applied.value = mergeValues(state.applied.value, { [key]: value }, state.index.value);
    } catch {
      // The run goes on as it was; the page says that the change waits for a new run.
    }
  }

  /** Sets some settings, and does what follows from them. @param {Values} values */
  function change(values) {
    const keys = Object.keys(values);
    batch(() => {
      notices.unmark(keys);
      state.settings.value = mergeValues(state.settings.value, values, state.index.value);
    });
    clearTimeout(timer);
    if (!state.table.value) {
      return;
    }
    if (keys.some((key) => key === "data.delimiter" || key === "data.header")) {
      files.reload();
    } else if (!state.begun.value) {
      timer = window.setTimeout(prepare, SETTLE_MS);
    } else {
      if (!state.ended.value) {
        keys.filter((key) => state.index.value.get(key)?.live).forEach(setLive);
      }
      timer = window.setTimeout(previewRates, SETTLE_MS);
    }
  }

  /** @param {"end" | "epoch" | "step"} until */
  async function run(until) {
    // Whoever trains on has done with the file that was refused.
    dismiss("file");
    const behind = state.prepared.value === null || state.ended.value;
    const changed = !sameValues(state.settings.value, state.applied.value);
    if ((behind || changed || preparing) && !(await prepare())) {
      return;
    }
    try {
      state.restored.value = false;
      state.progress.value = await client.send("run", { until });
    } catch (error) {
      notify("run", mistakeOf(error).message);
    }
  }

  async function pause() {
    state.progress.value = await client.send("pause", {});
    await fetchReport();
  }

  async function fetchReport() {
    const asked = state.prepared.value?.run;
    const part = state.dataset.value?.n_validation === 0 ? "training" : state.reportPart.value;
    try {
      const report = await client.send("report", { part });
      if (state.prepared.value?.run === asked && !state.running.value) {
        state.report.value = report;
      }
    } catch (error) {
      notify("run", mistakeOf(error).message);
    }
  }

  /** @param {"training" | "validation"} part */
  function showPart(part) {
    state.reportPart.value = part;
    return fetchReport();
  }

  async function restoreBest() {
    state.progress.value = await client.send("restoreBest", {});
    state.restored.value = true;
    await fetchReport();
  }

  /** Back to the end of a kept epoch. @param {number} epoch */
  async function rewind(epoch) {
    try {
      const progress = await client.send("rewind", { epoch });
      batch(() => {
        state.history.value.cutAfter(progress.step);
        state.drawn.value++;
        state.progress.value = progress;
        state.restored.value = false;
        state.checks.value = null;
        dismiss("run");
      });
      await fetchReport();
    } catch (error) {
      notify("run", mistakeOf(error).message);
    }
  }

  async function checkGradient() {
    try {
      state.checks.value = (await client.send("checkGradient", {})).checks;
    } catch (error) {
      notify("run", mistakeOf(error).message);
    }
  }

  /** @param {Event & { type: "training" }} event */
  function takeRows(event) {
    if (event.run !== state.prepared.value?.run) {
      return;
    }
    state.history.value.append(event.rows);
    const { phase } = event.progress;
    batch(() => {
      state.progress.value = event.progress;
      state.drawn.value++;
      if (event.mistake) {
        notify("run", event.mistake.message);
      }
    });
    if (ENDED.includes(phase) || phase === "paused") {
      fetchReport();
    }
  }

  /** @param {Event} event */
  function onEvent(event) {
    if (event.type === "training") {
      takeRows(event);
    } else if (event.type === "loading") {
      state.loading.value = state.loading.value && { done: event.done, total: event.total };
    } else {
      lost = true;
      state.progress.value = null;
      state.prepared.value = null;
      notify("run", `${event.message} ${wayOut()}`);
    }
  }

  /** What helps after a breakdown. */
  const wayOut = () =>
    state.source.value
      ? "Your file and settings are still here: press Train to start anew."
      : "Reload the page to try again.";

  const files = openFile({ state, client, notices, prepare });
  return {
    onEvent,
    ...notices,
    change,
    reset: prepare,
    train: () => run("end"),
    step: () => run("step"),
    stepEpoch: () => run("epoch"),
    pause,
    showPart,
    restoreBest,
    rewind,
    checkGradient,
    ...files,
  };
}

/** @typedef {ReturnType<typeof createActions>} Actions */
