import { MESSAGES_PER_SECOND } from "../protocol.js";
import { Status } from "./core.js";
import { Pace, Throttle, Turns } from "./slices.js";

/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("../protocol.js").Mistake} Mistake */
/** @typedef {import("../protocol.js").Progress} Progress */
/** @typedef {import("./core.js").Trainer} Trainer */
/** @typedef {(event: Event, transfer?: Transferable[]) => void} Post */

/** @type {Record<number, Progress["phase"]>} */
const END_PHASES = {
  [Status.FINISHED]: "finished",
  [Status.STOPPED_EARLY]: "stopped_early",
  [Status.DIVERGED]: "diverged",
};

const turns = new Turns();

/** @param {Float64Array[]} arrays */
function concatenate(arrays) {
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const array of arrays) {
    all.set(array, end);
    end += array.length;
  }
  return all;
}

/** One run of a trainer, which it owns: started, stopped and told of in events. */
export class Run {
  #post;
  #pace = new Pace();
  #throttle = new Throttle(MESSAGES_PER_SECOND);
  #milliseconds = 0;
  /** @type {Float64Array[]} history rows that no event has told of */
  #untold = [];
  /** The loop under way; a loop that finds another one here ends. @type {symbol | null} */
  #loop = null;

  /**
   * @param {number} number
   * @param {Trainer} trainer
   * @param {Post} post
   */
  constructor(number, trainer, post) {
    this.number = number;
    this.trainer = trainer;
    this.#post = post;
  }

  /**
   * Evaluates the state before any step.
   * @param {() => boolean} isWanted asked between slices
   * @returns {Promise<Float64Array | null>} the first history row; null when no longer wanted
   */
  async evaluateFirst(isWanted) {
    for (;;) {
      const { rows } = this.#slice(0);
      if (rows.length > 0) {
        return rows;
      }
      await turns.next();
      if (!isWanted()) {
        return null;
      }
    }
  }

  /**
   * Goes on in the background. The promise fails when the module breaks down.
   * @param {"end" | "epoch" | "step"} until
   */
  async start(until) {
    this.stop();
    const { step, totalSteps, stepsPerEpoch, status } = this.trainer.progress();
    if (status !== Status.OK) {
      return;
    }
    const ends = {
      end: totalSteps,
      epoch: (Math.floor(step / stepsPerEpoch) + 1) * stepsPerEpoch,
      step: step + 1,
    };
    await this.#train(Math.min(ends[until], totalSteps));
  }

  /** Stops after telling what has been done so far. */
  stop() {
    if (this.#loop !== null) {
      this.#loop = null;
      this.#tell(null);
    }
  }

  free() {
    this.stop();
    this.trainer.free();
  }

  /** @returns {Progress} */
  progress() {
    const { status, evaluating, ...progress } = this.trainer.progress();
    const waiting = progress.step === 0 ? "ready" : "paused";
    return {
      ...progress,
      phase: END_PHASES[status] ?? (this.#loop === null ? waiting : "running"),
      seconds: this.#milliseconds / 1000,
    };
  }

  /** @param {number} untilStep */
  async #train(untilStep) {
    const loop = Symbol("loop");
    this.#loop = loop;
    while (this.#loop === loop) {
      const { mistake, rows, done } = this.#slice(untilStep);
      this.#untold.push(rows);
      if (done) {
        this.#loop = null;
      }
      if (done || this.#throttle.isDue()) {
        this.#tell(mistake);
      }
      await turns.next();
    }
  }

  /** @param {number} untilStep */
  #slice(untilStep) {
    const start = performance.now();
    const mistake = this.trainer.run(untilStep, this.#pace.units);
    const milliseconds = performance.now() - start;
    this.#milliseconds += milliseconds;
    const { rows, full } = this.trainer.takeHistory();
    const { status, step, evaluating } = this.trainer.progress();
    const done = status !== Status.OK || (step >= untilStep && !evaluating);
    this.#pace.adapt(milliseconds, !done && !full);
    return { mistake, rows, done };
  }

  /** @param {Mistake | null} mistake */
  #tell(mistake) {
    const rows = concatenate(this.#untold);
    this.#untold = [];
    const event = { run: this.number, rows, progress: this.progress(), mistake };
    this.#post({ type: "training", ...event }, [rows.buffer]);
  }
}
