/**
 * The runs that are kept to be compared: what each was made with and what has come of it.
 */
import { History } from "./history.js";

/**
 * @import { Mistake, Prepared, Progress } from "./protocol.js"
 * @import { Dataset, Trainer } from "./state.js"
 * @import { Values } from "./settings.js"
 */

/**
 * The file a run was made with.
 * @typedef {object} DataMark
 * @property {string} name
 * @property {string} fingerprint of its bytes: 16 hexadecimal digits
 * @property {number} rows
 * @property {number} columns
 */

/** A live setting that was changed during the run. @typedef {{ step: number, key: string, from: string, to: string }} Change */

/** Colours of runs in the style sheet: --run-1 to --run-12. */
export const N_COLORS = 12;

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
    this.id = crypto.randomUUID?.() ?? `${Date.now()}-${number}`;
    this.number = number;
    /** As the person calls it; empty for "Run 3". */
    this.name = "";
    this.note = "";
    /** 1 to N_COLORS: the same run has the same colour everywhere. */
    this.color = ((number - 1) % N_COLORS) + 1;
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
    /** The race that it is part of; empty for none. */
    this.group = "";
    this.pinned = false;
    /** Drawn in the charts. */
    this.shown = true;
    /** Why it diverged. @type {Mistake | null} */
    this.mistake = null;
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

  get metricKey() {
    return this.dataset.n_validation > 0 ? "validation_metric" : "training_metric";
  }

  /** Epochs of the history rows. */
  get epochs() {
    return this.history.column("step").map((step) => step / this.progress.stepsPerEpoch);
  }
}
