/**
 * Cross-validation in the pool: every fold judges once, by a network trained on the others, as often
 * as there are repeats. The core says which seeds change (tt_config_fold).
 */
import { batch, signal } from "@preact/signals-core";
import { coreText } from "../text/i18n.js";
import { intervalOf } from "./race-statistics.js";
import { factsOf } from "../run-facts.js";
import { RunRecord } from "../runs.js";
import { mergeValues, toPairs } from "../settings.js";

/**
 * @import { Ending } from "./pool.js"
 * @import { Fold } from "../protocol.js"
 * @import { Values } from "../settings.js"
 * @import { Context } from "../views/parts/fields.js"
 */

/**
 * One training of a cross-validation.
 * @typedef {object} Trial
 * @property {Fold | null} fold null for the split that the settings ask for without folds
 * @property {RunRecord | null} run null before its worker has it
 * @property {Ending["phase"] | "waiting"} phase
 * @property {string} problem
 */

/** @param {Fold | null} fold @returns {Trial} */
const newTrial = (fold) => ({ fold, run: null, phase: "waiting", problem: "" });

/** Best loss and metric of a trial that has come to its end; NaN for others. @param {Trial} trial */
export function scoreOf({ run, phase }) {
  const ended = phase === "finished" || phase === "stopped_early";
  const facts = run && ended ? factsOf(run) : null;
  return {
    loss: facts?.best ?? NaN,
    metric: facts?.bestMetric ?? NaN,
    epoch: facts?.bestEpoch ?? NaN,
  };
}

export class CrossValidation {
  #context;
  #batch;
  #file;
  #settings;

  /** @param {Context} context @param {{ folds: number, repeats: number }} plan */
  constructor(context, { folds, repeats }) {
    const { state, actions } = context;
    this.#context = context;
    this.#batch = actions.pool.batch();
    this.#file = /** @type {Blob} */ (state.source.value?.blob);
    this.#settings = state.settings.value;
    this.folds = folds;
    this.repeats = repeats;
    this.metric = state.metric.value;
    this.running = signal(true);
    /** Counts the changes of the trials, which grow in place. */
    this.changed = signal(0);
    this.trials = Array.from({ length: folds * repeats }, (_, i) =>
      newTrial({ repeat: 1 + Math.floor(i / folds), fold: 1 + (i % folds) }),
    );
    /** The plain split, to compare with. */
    this.holdOut = newTrial(null);
  }

  async start() {
    await Promise.all([this.holdOut, ...this.trials].map((trial) => this.#train(trial)));
    this.running.value = false;
  }

  cancel() {
    return this.#batch.cancel();
  }

  /** Share of the epochs that are done. */
  get done() {
    const all = [this.holdOut, ...this.trials];
    const shares = all.map(({ run, phase }) => {
      const open = phase === "waiting" || phase === "running";
      return open ? (run ? run.progress.step / run.progress.totalSteps : 0) : 1;
    });
    return shares.reduce((sum, share) => sum + share, 0) / all.length;
  }

  /** Mean, deviation and interval over the folds, wide enough for folds that share training rows. @param {"loss" | "metric"} key */
  interval(key) {
    const { n_validation = 0, n_training = 1 } = this.trials[0].run?.dataset ?? {};
    const scores = this.trials.map((trial) => scoreOf(trial)[key]);
    return intervalOf(scores, { overlap: n_validation / n_training });
  }

  /** Where the score of one more split would lie, 95 times of 100. @param {"loss" | "metric"} key */
  spread(key) {
    const scores = this.trials.map((trial) => scoreOf(trial)[key]);
    return intervalOf(scores, { overlap: 1 });
  }

  /** @param {Trial} trial @returns {Values} */
  #settingsOf({ fold }) {
    /** @type {Values} */
    const split = fold
      ? { "split.folds": String(this.folds), "split.repeats": String(this.repeats) }
      : { "split.folds": "0" };
    return mergeValues(this.#settings, split, this.#context.state.index.value);
  }

  /** @param {Trial} trial */
  async #train(trial) {
    const { state } = this.#context;
    const settings = this.#settingsOf(trial);
    const keys = state.catalogue.value?.history.map(({ key }) => key) ?? [];
    const data = { name: "", example: false, fingerprint: "", rows: 0, columns: 0 };
    const { phase, mistake } = await this.#batch.run({
      file: this.#file,
      settings: toPairs(settings),
      fold: trial.fold ?? undefined,
      onPrepared: (prepared) => {
        trial.run = new RunRecord({ number: 0, settings, data, prepared, keys });
        trial.phase = "running";
        this.changed.value++;
      },
      onRows: (rows, progress) => {
        if (trial.run) {
          trial.run.history.append(rows);
          trial.run.progress = progress;
          this.changed.value++;
        }
      },
    });
    batch(() => {
      trial.phase = phase;
      trial.problem = mistake ? coreText(mistake.message) : "";
      this.changed.value++;
    });
  }
}
