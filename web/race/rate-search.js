/**
 * The sweeps of the rate finder: several short runs in the pool, from the same first weights and with
 * other batches each.
 */
import { signal } from "@preact/signals-core";
import { coreText } from "../text/i18n.js";
import { History } from "../history.js";
import { analyse, hasExploded, lossesOfSteps, STEPS, sweepSettings } from "./rate-range-test.js";
import { toPairs } from "../settings.js";

/**
 * @import { Job } from "./pool.js"
 * @import { Finding } from "./rate-range-test.js"
 * @import { Context } from "../views/parts/fields.js"
 */

export class RateSearch {
  #context;
  #batch;

  /** @param {Context} context @param {{ rateKey: string, label: string, nSweeps: number }} search */
  constructor(context, { rateKey, label, nSweeps }) {
    this.#context = context;
    this.#batch = context.actions.pool.batch();
    this.rateKey = rateKey;
    /** The optimizer, as it is called. */
    this.label = label;
    /** Loss by step of each sweep. @type {number[][]} */
    this.sweeps = Array.from({ length: nSweeps }, () => []);
    this.running = signal(true);
    this.problem = signal("");
    /** Counts the changes of the sweeps, which grow in place. */
    this.changed = signal(0);
    this.finding = signal(/** @type {Finding} */ ({ curve: [], suggestions: [] }));
  }

  /** Share of the steps that are done. */
  get done() {
    const steps = this.sweeps.reduce((sum, { length }) => sum + length, 0);
    return steps / (STEPS * this.sweeps.length);
  }

  async start() {
    const sweeps = this.sweeps.map((_, i) => this.#sweep(i));
    const endings = await Promise.all(sweeps);
    const failed = endings.find(({ phase }) => phase === "failed");
    this.problem.value = failed?.mistake ? coreText(failed.mistake.message) : "";
    this.finding.value = analyse(this.sweeps);
    this.running.value = false;
  }

  cancel() {
    return this.#batch.cancel();
  }

  /** @param {number} i */
  #sweep(i) {
    const { state } = this.#context;
    const stepsPerEpoch = state.progress.value?.stepsPerEpoch ?? 1;
    const sweep = { rateKey: this.rateKey, stepsPerEpoch, number: i + 1 };
    const settings = sweepSettings(state.settings.value, state.index.value, sweep);
    const history = new History(state.catalogue.value?.history.map(({ key }) => key) ?? []);
    /** @type {Job} */
    const job = {
      file: /** @type {Blob} */ (state.source.value?.blob),
      settings: toPairs(settings),
      onRows: (rows) => {
        history.append(rows);
        const losses = lossesOfSteps(history.column("epoch"), history.column("training_loss"));
        this.sweeps[i] = losses.slice(0, STEPS);
        this.changed.value++;
        if (losses.length >= STEPS || hasExploded(this.sweeps[i])) {
          this.#batch.cancel(job);
        }
      },
    };
    return this.#batch.run(job);
  }
}
