/**
 * The runs that are kept to be compared: what each was made with and what has come of it.
 */
import { History } from "./history.js";

/**
 * @import { Mistake, Prepared, Progress, Snapshot } from "./protocol.js"
 * @import { Dataset, Trainer } from "./state.js"
 * @import { Values } from "./settings.js"
 */

/**
 * The file a run was made with.
 * @typedef {object} DataMark
 * @property {string} name
 * @property {boolean} example it is one of the site
 * @property {string} [made] recipe of a file that the page made
 * @property {string} fingerprint of its bytes: 16 hexadecimal digits
 * @property {number} rows
 * @property {number} columns
 */

/** A live setting that was changed during the run. @typedef {{ step: number, key: string, from: string, to: string }} Change */

/** Colours of runs in the style sheet: --run-1 to --run-12. */
export const N_COLORS = 12;

/**
 * The colours of runs, those first that the fewest have: the runs of one setting of a race share one.
 * @param {RunRecord[]} runs
 */
export function freeColors(runs) {
  const users = new Set(runs.map(({ id, group, color }) => `${color} ${group || id}`));
  const uses = new Array(N_COLORS + 1).fill(0);
  users.forEach((user) => uses[parseInt(user, 10)]++);
  return Array.from({ length: N_COLORS }, (_, i) => i + 1).sort((a, b) => uses[a] - uses[b]);
}

/** Grows in place while it trains; `state.drawn` counts the changes. */
export class RunRecord {
  /**
   * @param {object} made
   * @param {number} made.number counts the runs of this page, from 1
   * @param {Values} made.settings other than the defaults
   * @param {DataMark} made.data
   * @param {Prepared} made.prepared
   * @param {string[]} made.keys columns of the history
   */
  constructor({ number, settings, data, prepared, keys }) {
    this.id = /** @type {string} */ (crypto.randomUUID?.() ?? `${Date.now()}-${number}`);
    this.number = number;
    /** 1 to N_COLORS: the same run has the same colour everywhere. */
    this.color = ((number - 1) % N_COLORS) + 1;
    /** As the person calls it; empty for "Run 3". */
    this.name = "";
    this.note = "";
    this.created = Date.now();
    this.settings = settings;
    this.data = data;
    this.dataset = /** @type {Dataset} */ (prepared.dataset);
    this.trainer = /** @type {Trainer} */ (prepared.trainer);
    this.progress = /** @type {Progress} */ (prepared.progress);
    this.history = new History(keys);
    this.history.append(prepared.history);
    /** @type {Change[]} */
    this.changes = [];
    /** The run and epoch that this one was forked from. @type {{ id: string, epoch: number } | null} */
    this.parent = null;
    /** The run whose trouble it tries to cure; empty for none. */
    this.trialOf = "";
    /** The race that it is part of; empty for none. */
    this.group = "";
    this.pinned = false;
    /** Drawn in the charts. */
    this.shown = true;
    /** Why it diverged. @type {Mistake | null} */
    this.mistake = null;
    /**
     * Where it can go on from when the worker has another run or none: ends of some epochs, oldest
     * first, then the newest state.
     * @type {Snapshot[]}
     */
    this.snapshots = [];
  }

  /** Whether its first weights have been left. */
  get begun() {
    return this.progress.step > 0;
  }

  /** Whether its losses can stand on one axis with those of another run. @param {RunRecord} other */
  isComparable(other) {
    return (
      this.trainer.loss === other.trainer.loss &&
      this.data.name === other.data.name &&
      this.data.fingerprint === other.data.fingerprint
    );
  }

  /** What its quality is told by: validation rows where there are some. */
  get lossKey() {
    return this.dataset.n_validation > 0 ? "validation_loss" : "training_loss";
  }

  /** The settings in force after a step: those it began with and what was changed since. @param {number} step @returns {Values} */
  settingsAt(step) {
    const changes = this.changes.filter((change) => change.step <= step);
    return { ...this.settings, ...Object.fromEntries(changes.map(({ key, to }) => [key, to])) };
  }

  /** Whether there is more to train, and from where. */
  get canContinue() {
    const { phase, step, totalSteps } = this.progress;
    return step < totalSteps && phase !== "stopped_early" && phase !== "diverged";
  }

  get metricKey() {
    return this.dataset.n_validation > 0 ? "validation_metric" : "training_metric";
  }

  /** Epochs of the history rows. */
  get epochs() {
    return this.history.column("step").map((step) => step / this.progress.stepsPerEpoch);
  }
}

/** Snapshots of ends of epochs that a run keeps when the worker turns to another one. */
const MOST_KEPT = 8;
const MOST_KEPT_BYTES = 16 * 1024 * 1024;

/**
 * Some of the epochs that the worker has snapshots of, spread over the run.
 * @param {number[]} epochs in order
 * @param {number} bytes of one snapshot
 */
export function epochsToKeep(epochs, bytes) {
  const most = Math.min(MOST_KEPT, Math.floor(MOST_KEPT_BYTES / bytes));
  const stride = Math.max(1, Math.ceil(epochs.length / Math.max(1, most)));
  return most === 0 ? [] : epochs.filter((_, i) => (epochs.length - 1 - i) % stride === 0);
}

/**
 * A new run that shares the beginning of another one.
 * @param {RunRecord} parent
 * @param {number} number
 * @param {Snapshot[]} snapshots of the parent; the last one is where the two part
 */
export function forkOf(parent, number, snapshots) {
  const { epoch, step, milliseconds } = /** @type {Snapshot} */ (snapshots.at(-1));
  const { dataset, trainer } = parent;
  const progress = { ...parent.progress, epoch, step, seconds: milliseconds / 1000 };
  const fork = new RunRecord({
    number,
    settings: parent.settings,
    data: parent.data,
    prepared: { run: 0, dataset, trainer, progress, history: parent.history.rows() },
    keys: parent.history.keys,
  });
  fork.history.cutAfter(step);
  fork.changes = parent.changes.filter((change) => change.step <= step);
  fork.parent = { id: parent.id, epoch };
  fork.snapshots = snapshots;
  return fork;
}

/** What a run is, as data: all but how far it has come. @typedef {ReturnType<typeof describeRun>} Description */

/** @param {RunRecord} run */
export function describeRun(run) {
  const { id, number, name, note, color, created, settings, data, dataset, trainer } = run;
  const { changes, parent, trialOf, group, pinned, shown, mistake } = run;
  const made = { id, number, name, note, color, created, settings, data, dataset, trainer };
  const kept = { changes, parent, trialOf, group, pinned, shown, mistake };
  return { ...made, ...kept, keys: run.history.keys };
}

/**
 * How far a run has come.
 * @typedef {object} Course
 * @property {Progress} progress
 * @property {Float64Array} rows of the history
 * @property {Snapshot[]} snapshots
 */

/** @param {RunRecord} run @returns {Course} */
export function courseOf({ progress, history, snapshots }) {
  return { progress, rows: history.rows(), snapshots };
}

/** A run from what was kept of it; one that was training is paused. @param {Description} description @param {Course} course */
export function reviveRun(description, { progress, rows, snapshots }) {
  const { number, settings, data, dataset, trainer, keys, ...rest } = description;
  const phase = progress.phase === "running" ? "paused" : progress.phase;
  const prepared = { run: 0, dataset, trainer, progress: { ...progress, phase }, history: rows };
  const run = new RunRecord({ number, settings, data, prepared, keys });
  return Object.assign(run, rest, { snapshots });
}
