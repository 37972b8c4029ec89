/**
 * What a person can do with the runs that are kept: go on with one, fork it, name it, throw it away.
 */
import { batch } from "@preact/signals-core";
import { t } from "../text/i18n.js";
import { mistakeOf } from "./notices.js";
import { epochsToKeep, forkOf, freeColors } from "../runs.js";
import { mergeValues, toPairs, valueOf } from "../settings.js";
import { runName } from "../text/format.js";

/**
 * @import { DataMark, RunRecord } from "../runs.js"
 * @import { Notices } from "./notices.js"
 * @import { Prepared, Snapshot } from "../protocol.js"
 * @import { State } from "../state.js"
 * @import { TrainerClient } from "../trainer-client.js"
 * @import { Values } from "../settings.js"
 */

/**
 * @typedef {object} Tools
 * @property {State} state
 * @property {TrainerClient} client
 * @property {Notices} notices
 * @property {(run: RunRecord, prepared: Prepared, settings: Values) => void} takePlace makes a run the current one
 * @property {() => boolean} holdsRun the worker has the current run
 * @property {(data: DataMark, settings: Values) => Promise<boolean>} provide gives the worker the
 *     file of a run, if it can be had
 * @property {(until: "end") => Promise<void>} run
 * @property {() => Promise<boolean>} prepare
 * @property {() => Promise<unknown>} afterwards brings report and rates up to date
 * @property {() => number} nextNumber
 */

/** Whether a snapshot is of the end of an epoch. @param {RunRecord} run */
const isEnd =
  ({ progress }) =>
  (/** @type {Snapshot} */ { step, epoch }) =>
    step === epoch * progress.stepsPerEpoch;

const UNDO_MS = 10_000;

/** @param {Tools} tools */
export function createRunActions(tools) {
  const { state, client, notices } = tools;
  /** The run that was deleted last, and where it stood. @type {{ run: RunRecord, at: number } | null} */
  let deleted = null;
  /** Where the run was taken up after a breakdown. @type {Snapshot | null} */
  let recovered = null;

  /** The array is replaced, so that all that look at runs see the change. */
  function changed() {
    state.runs.value = [...state.runs.value];
  }

  /** @param {RunRecord} run @param {Partial<Pick<RunRecord, "name" | "note" | "pinned" | "shown">>} change */
  function editRun(run, change) {
    Object.assign(run, change);
    changed();
  }

  /** @param {RunRecord} run @param {boolean} shown in the charts */
  const showRun = (run, shown) => editRun(run, { shown });

  /** A change that gives the form the settings of a run, apart from its file. @param {RunRecord} run @returns {Values} */
  function settingsOf(run) {
    const defaults = Object.keys(state.settings.value).map((key) => [
      key,
      valueOf({}, state.index.value, key),
    ]);
    const change = { ...Object.fromEntries(defaults), ...run.settings };
    delete change["data.file"];
    return change;
  }

  /** @param {RunRecord} run */
  const isHeld = (run) => run === state.current.value && tools.holdsRun();

  /** @param {RunRecord} run @param {Snapshot} last */
  function endsBefore({ progress }, last) {
    const epochs = epochsToKeep(progress.keptEpochs, last.bytes.size);
    const before = epochs.filter((epoch) => epoch < last.epoch);
    return Promise.all(before.map((epoch) => client.send("snapshot", { epoch })));
  }

  /**
   * Takes what the current run needs to go on later, before the worker turns to something else.
   * @param {boolean} [withEpochs] also ends of epochs, to fork from
   */
  async function keepCurrent(withEpochs = true) {
    const run = state.current.value;
    if (!run?.begun || !isHeld(run)) {
      return;
    }
    try {
      const last = await client.send("snapshot", {});
      const kept = withEpochs ? await endsBefore(run, last) : run.snapshots.filter(isEnd(run));
      run.snapshots = [...kept.filter(({ step }) => step < last.step), last];
    } catch {
      // A worker that has just broken down gives nothing; what was taken before stays.
    }
  }

  /** Gives the worker a run as its last snapshot has it. @param {RunRecord} run */
  async function takeUp(run) {
    const { step } = /** @type {Snapshot} */ (run.snapshots.at(-1));
    const settings = mergeValues({}, run.settingsAt(step), state.index.value);
    if (!(await tools.provide(run.data, settings))) {
      return false;
    }
    try {
      const details = { settings: toPairs(run.settings), snapshots: run.snapshots };
      const prepared = await client.send("resume", details);
      run.history.cutAfter(step);
      batch(() => {
        tools.takePlace(run, prepared, settings);
        state.settings.value = settings;
      });
      await tools.afterwards();
      return true;
    } catch (error) {
      notices.notify("run", mistakeOf(error).message);
      return false;
    }
  }

  /** @param {RunRecord} run @param {number} epochs more than it had */
  function raiseEpochs(run, epochs) {
    const change = { "train.epochs": String(epochs) };
    run.settings = mergeValues(run.settings, change, state.index.value);
    run.progress = { ...run.progress, totalSteps: epochs * run.progress.stepsPerEpoch };
  }

  /**
   * Goes on with a run where it was left.
   * @param {RunRecord} run
   * @param {number} [epochs] to train in all, for a run that has come to its end
   */
  async function continueRun(run, epochs) {
    if (epochs !== undefined || !isHeld(run)) {
      await keepCurrent();
      if (epochs !== undefined) {
        raiseEpochs(run, epochs);
      }
      if (run.snapshots.length === 0 || !(await takeUp(run))) {
        return;
      }
    }
    await tools.run("end");
  }

  /** Trains a run beside another one: the same settings but for some. @param {RunRecord} run @param {Values} change */
  async function tryOut(run, change) {
    if (state.running.value) {
      await client.send("pause", {});
    }
    const settings = run.settingsAt(run.progress.step);
    state.settings.value = mergeValues(settings, change, state.index.value);
    await tools.run("end");
    if (state.current.value && state.current.value !== run) {
      state.current.value.trialOf = run.id;
    }
  }

  /** @param {RunRecord} run @param {number} epoch @returns {Promise<Snapshot[]>} up to that epoch */
  async function snapshotsUpTo(run, epoch) {
    if (isHeld(run) && run.progress.keptEpochs.includes(epoch)) {
      await keepCurrent();
      const before = run.snapshots.filter((snapshot) => snapshot.epoch < epoch);
      return [...before, await client.send("snapshot", { epoch })];
    }
    return run.snapshots.filter((snapshot) => snapshot.epoch <= epoch);
  }

  /** A second run that goes on from the end of an epoch of a first one, which stays. @param {RunRecord} run @param {number} epoch */
  async function forkRun(run, epoch) {
    const snapshots = await snapshotsUpTo(run, epoch);
    if (snapshots.at(-1)?.epoch !== epoch) {
      notices.notify("run", t("Epoch {epoch} is not kept. Choose another one.", { epoch }));
      return;
    }
    await keepCurrent();
    const fork = forkOf(run, tools.nextNumber(), snapshots);
    [fork.color] = freeColors(state.runs.value);
    state.runs.value = [...state.runs.value, fork];
    if (!(await takeUp(fork))) {
      state.runs.value = state.runs.value.filter((other) => other !== fork);
    }
  }

  /** @param {RunRecord} run */
  async function deleteRun(run) {
    const at = state.runs.value.indexOf(run);
    if (run === state.current.value) {
      await keepCurrent();
      await tools.prepare();
    }
    deleted = { run, at };
    batch(() => {
      state.runs.value = state.runs.value.filter((other) => other !== run);
      notices.offer({
        key: "undo",
        text: t("{name} was deleted.", { name: runName(run) }),
        actions: [{ label: t("Undo"), act: undoDelete }],
        milliseconds: UNDO_MS,
      });
    });
  }

  function undoDelete() {
    notices.withdraw("undo");
    if (deleted) {
      const { run, at } = deleted;
      state.runs.value = state.runs.value.toSpliced(at, 0, run);
      deleted = null;
    }
  }

  /** Forgets all runs and begins with a fresh one. */
  async function dropRuns() {
    await tools.prepare();
    const { value: current } = state.current;
    state.runs.value = state.runs.value.filter((run) => run === current);
  }

  /**
   * Goes on after a breakdown of the worker, once from each snapshot.
   * @param {RunRecord | null} run that was training
   * @returns {Promise<boolean>} whether it could
   */
  async function recover(run) {
    const last = run?.snapshots.at(-1);
    if (!run || !last || recovered === last) {
      return false;
    }
    recovered = last;
    const { value: wanted } = state.settings;
    if (!(await takeUp(run))) {
      return false;
    }
    await tools.run("end");
    state.settings.value = wanted;
    const { epoch } = last;
    notices.notify(
      "run",
      t("The trainer broke down and was started again: the run goes on from epoch {epoch}.", {
        epoch,
      }),
    );
    return true;
  }

  return {
    editRun,
    showRun,
    settingsOf,
    keepCurrent,
    takeUp,
    continueRun,
    tryOut,
    forkRun,
    deleteRun,
    undoDelete,
    dropRuns,
    recover,
  };
}
