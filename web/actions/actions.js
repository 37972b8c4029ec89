/**
 * What a person can do: each action sends its commands to the worker and writes the answers into the
 * state.
 */
import { batch } from "@preact/signals-core";
import { openAddress } from "./address.js";
import { dataActions } from "./data-actions.js";
import { openFile } from "./files.js";
import { coreText, t } from "../text/i18n.js";
import { keepActions, keptFile } from "./keep-actions.js";
import { predictActions } from "./predict-actions.js";
import { RATE_POINTS } from "../protocol.js";
import { lessonActions } from "./lesson-actions.js";
import { createNotices, messageOf, mistakeOf } from "./notices.js";
import { createRunActions } from "./run-actions.js";
import { createRunList } from "./run-list.js";
import { reportActions } from "./report-actions.js";
import { ENDED, leaveRun } from "../state.js";
import { mergeValues, sameValues, toPairs, valueOf } from "../settings.js";

/**
 * @import { Command, Event, Mistake, Prepared, Progress, Results } from "../protocol.js"
 * @import { Pool } from "../race/pool.js"
 * @import { RunRecord } from "../runs.js"
 * @import { Source, State, Table } from "../state.js"
 * @import { Details, TrainerClient } from "../trainer-client.js"
 * @import { Values } from "../settings.js"
 * @import { Context } from "../views/parts/fields.js"
 */

const SETTLE_MS = 120;

/**
 * The first view as JSON: what the worker would answer for the first example.
 * @typedef {object} Opening
 * @property {string} file name of the example
 * @property {Values} settings
 * @property {Table} table
 * @property {Omit<Prepared, "history"> & { history: (number | null)[] }} prepared
 * @property {number[]} rates
 */

/** @param {State} state @param {TrainerClient} client @param {Pool} pool */
export function createActions(state, client, pool) {
  const notices = createNotices(state);
  const { notify, dismiss } = notices;
  const list = createRunList(state);
  let wanted = false;
  /** What the worker has of the page's: nothing when it is new, in a first view or after a breakdown. */
  const held = { file: false, run: false };
  /** @type {Promise<boolean> | null} */
  let preparing = null;
  /** @type {Promise<void> | null} */
  let bringing = null;
  let timer = 0;

  /** @param {Prepared} prepared @param {Values} settings */
  function beginRun(prepared, settings) {
    batch(() => takePlace(list.beginRun(prepared, settings), prepared, settings));
  }

  /** A run of the list is the one that the worker has. @param {RunRecord} run @param {Prepared} prepared @param {Values} settings in force */
  function takePlace(run, prepared, settings) {
    batch(() => {
      if (state.current.value !== run) {
        leaveRun(state);
      }
      held.run = true;
      state.current.value = run;
      state.prepared.value = prepared;
      state.applied.value = settings;
      setProgress(prepared.progress);
      state.report.value = null;
      state.checks.value = null;
      state.restored.value = false;
      state.refusal.value = null;
      state.tooBig.value = null;
      dismiss("setup");
      dismiss("run");
    });
  }

  /** @param {Progress} progress of the current run */
  function setProgress(progress) {
    if (state.current.value) {
      state.current.value.progress = progress;
    }
    state.progress.value = progress;
    state.drawn.value++;
  }

  /** @param {Mistake} mistake of a set-up from which no run can be made */
  function refuse({ message: told, key, column, fits }) {
    const { value: source } = state.source;
    state.tooBig.value = source && fits ? { source, values: state.settings.value, fits } : null;
    const message = coreText(told);
    const name = state.table.value?.columns[column - 1]?.name;
    const ofColumn =
      name !== undefined && state.targets.value.includes(name) ? "data.target" : "data.ignore";
    const place = fits ? "data.file" : key || (name === undefined ? "" : ofColumn);
    notify("setup", message, place ? { [place]: message } : {});
    state.refusal.value = state.notices.value.setup ?? null;
    if (!state.prepared.value) {
      leaveRun(state);
    }
  }

  /** Gives the worker the present file, if it has none. */
  async function bringFile() {
    const { source, settings } = state;
    if (!held.file && source.value) {
      bringing ??= files.bring(source.value, settings.value);
      await bringing.finally(() => (bringing = null));
    }
  }

  async function prepareOnce() {
    const values = state.settings.value;
    try {
      await runs.keepCurrent();
      await bringFile();
      const prepared = await client.send("prepare", { settings: toPairs(values) });
      beginRun(prepared, values);
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
      const { rates, momenta } = await client.send("preview", details);
      batch(() => {
        state.rates.value = rates;
        state.momenta.value = momenta;
      });
    } catch {
      state.rates.value = null;
    }
  }

  /** @param {string} key */
  async function setLive(key) {
    const value = state.value(key);
    const from = valueOf(state.applied.value, state.index.value, key);
    const { current, progress } = state;
    try {
      await client.send("set", { key, value });
      current.value?.changes.push({ step: progress.value?.step ?? 0, key, from, to: value });
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
    if (keys.some((key) => state.index.value.get(key)?.param?.reads_file)) {
      files.reload();
    } else if (!state.begun.value) {
      timer = window.setTimeout(prepare, SETTLE_MS);
    } else {
      state.refusal.value = null;
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
    clearTimeout(timer);
    const behind = state.prepared.value === null || state.ended.value;
    const changed = !sameValues(state.settings.value, state.applied.value);
    if ((!held.run || behind || changed || preparing) && !(await prepare())) {
      return;
    }
    try {
      state.restored.value = false;
      const progress = await client.send("run", { until });
      batch(() => {
        state.report.value = null;
        setProgress(progress);
      });
    } catch (error) {
      notify("run", messageOf(error));
    }
  }

  async function pause() {
    setProgress(await client.send("pause", {}));
  }

  /**
   * Asks the worker about the current run; null when it has no such run, or has another one by the
   * time of the answer.
   * @template {Command["type"]} T
   * @param {T} type
   * @param {Details<T>} details
   * @returns {Promise<Results[T] | null>} fails with a CommandError
   */
  async function look(type, details) {
    const asked = state.current.value;
    if (!held.run || preparing || !asked) {
      return null;
    }
    const result = await client.send(type, details);
    return state.current.value === asked ? result : null;
  }

  const { fetchReport, showPart, restoreBest, rewind, checkGradient } = reportActions({
    state,
    client,
    notices,
    setProgress,
    needRun: async () => held.run || prepare(),
  });

  /** @param {Event & { type: "training" }} event */
  function takeRows(event) {
    if (event.run !== state.prepared.value?.run) {
      return;
    }
    state.history.value.append(event.rows);
    const { phase } = event.progress;
    batch(() => {
      setProgress(event.progress);
      if (event.mistake && state.current.value) {
        state.current.value.mistake = event.mistake;
        notify("run", coreText(event.mistake.message));
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
      const { done, total } = event;
      state.loading.value = state.loading.value && { ...state.loading.value, done, total };
    } else {
      breakDown(event.message);
    }
  }

  /** The worker is gone with all it had. @param {string} message */
  async function breakDown(message) {
    const interrupted = state.running.value ? state.current.value : null;
    held.file = held.run = false;
    batch(() => {
      state.progress.value = null;
      state.prepared.value = null;
    });
    if (!(await runs.recover(interrupted))) {
      notify("run", `${message} ${wayOut()}`);
    }
  }

  /** What helps after a breakdown. */
  const wayOut = () =>
    state.source.value
      ? t("Your file and settings are still here: press Train to start anew.")
      : t("Reload the page to try again.");

  /** Shows what the site was built with, for which no worker has to start. @param {Opening} opening @param {Source} source */
  function showOpening({ settings, table, prepared, rates }, source) {
    batch(() => {
      state.source.value = source;
      state.settings.value = settings;
      state.table.value = table;
      const history = Float64Array.from(prepared.history, (value) => value ?? NaN);
      beginRun({ ...prepared, history }, settings);
      held.run = false;
      state.rates.value = Float64Array.from(rates);
    });
  }

  const runs = createRunActions({
    state,
    client,
    notices,
    takePlace,
    prepare,
    run,
    holdsRun: () => held.run,
    provide: (data, settings) => files.provide(data, settings),
    afterwards: () => Promise.all([previewRates(), fetchReport()]),
    nextNumber: list.nextNumber,
  });
  const files = openFile({
    state,
    client,
    notices,
    prepare,
    keepRun: () => runs.keepCurrent(),
    setHeld: (has) => (held.file = has),
    holdsFile: () => held.file,
    keptFile,
  });
  /** @returns {Context} */
  const context = () => ({ state, actions });

  const actions = {
    onEvent,
    showOpening,
    adoptRuns: list.adoptRuns,
    addRun: list.addRun,
    /** Workers for more runs at a time. */
    pool,
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
    ...runs,
    look,
    ...dataActions({ state, client, bringFile }),
    ...files,
    ...openAddress({ state, notices, files, keptFile }),
    ...keepActions({ context, loadTable: files.loadOwn, look }),
    ...predictActions({ state, client, look }),
    ...lessonActions({ state, change, prepare, train: () => run("end") }),
  };
  return actions;
}

/** @typedef {ReturnType<typeof createActions>} Actions */
