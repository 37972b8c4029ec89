import { concatenate } from "../arrays.js";
import { MESSAGES_PER_SECOND } from "../protocol.js";
import { Status } from "./core.js";
import { Milestones } from "./milestones.js";
import { LONGEST_MS, Pace, SHORTEST_MS, Throttle, Turns } from "./slices.js";

/** @typedef {import("../protocol.js").Event} Event */
/** @typedef {import("../protocol.js").Mistake} Mistake */
/** @typedef {import("../protocol.js").Progress} Progress */
/** @typedef {import("./core-trainer.js").Trainer} Trainer */
/** @typedef {import("./snapshots.js").OpenSnapshot} OpenSnapshot */
/** @typedef {(event: Event, transfer?: Transferable[]) => void} Post */

/** @type {Record<number, Progress["phase"]>} */
const END_PHASES = {
  [Status.FINISHED]: "finished",
  [Status.STOPPED_EARLY]: "stopped_early",
  [Status.DIVERGED]: "diverged",
};

const turns = new Turns();

/** One run of a trainer, which it owns: started, stopped and told of in events. */
export class Run {
  #post;
  #columns;
  #pace = new Pace();
  #throttle = new Throttle(MESSAGES_PER_SECOND);
  #milliseconds = 0;
  #milestones = new Milestones();
  /** What it took to keep the last one, so that it need not come on top of a slice that was long. */
  #keepMilliseconds = 0;
  /** @type {Float64Array[]} history rows that no event has told of */
  #untold = [];
  /** The loop under way; a loop that finds another one here ends. @type {symbol | null} */
  #loop = null;

  /**
   * @param {number} number
   * @param {Trainer} trainer
   * @param {string[]} columns keys of the history
   * @param {Post} post
   */
  constructor(number, trainer, columns, post) {
    this.number = number;
    this.trainer = trainer;
    this.#columns = columns;
    this.#post = post;
  }

  /**
   * Evaluates the state before any step.
   * @param {() => boolean} isWanted asked between slices
   * @returns {Promise<Float64Array | null>} the first history row; null when no longer wanted
   */
  async evaluateFirst(isWanted) {
    for (;;) {
      const { rows } = this.#part(0);
      if (rows.length > 0) {
        this.#keep();
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

  /**
   * Goes back to the end of an epoch, as if what came after had never been.
   * @param {number} epoch one of progress().keptEpochs
   * @returns {boolean} whether there is a snapshot of it
   */
  rewind(epoch) {
    this.stop();
    const snapshot = this.#milestones.backTo(epoch);
    if (snapshot) {
      this.trainer.load(snapshot.bytes);
      this.#milliseconds = snapshot.milliseconds;
    }
    return snapshot !== null;
  }

  /**
   * All it needs to go on from here, or from the end of an epoch, in another run.
   * @param {number} [epoch] one of progress().keptEpochs; now, without one
   * @returns {OpenSnapshot | null} null where that epoch is not kept
   */
  snapshot(epoch) {
    return epoch === undefined ? this.#snapshotNow() : this.#milestones.at(epoch);
  }

  /**
   * Puts a fresh run where another one of the same settings was.
   * @param {OpenSnapshot[]} snapshots of that run, oldest first: the last is gone on from, those before
   *     it are ends of epochs to go back to
   */
  resume(snapshots) {
    const last = /** @type {OpenSnapshot} */ (snapshots.at(-1));
    this.trainer.load(last.bytes);
    this.#milliseconds = last.milliseconds;
    const { stepsPerEpoch } = this.trainer.progress();
    const ends = snapshots.filter(({ step, epoch }) => step === epoch * stepsPerEpoch);
    ends.forEach((snapshot) => this.#milestones.add(snapshot));
    this.#milestones.skipTo(last.epoch);
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
      keptEpochs: this.#milestones.epochs,
    };
  }

  /** @param {number} untilStep */
  async #train(untilStep) {
    const loop = Symbol("loop");
    this.#loop = loop;
    while (this.#loop === loop) {
      const { mistake, done } = this.#slice(untilStep);
      if (done) {
        this.#loop = null;
      }
      if (done || this.#throttle.isDue()) {
        this.#tell(mistake);
      }
      await turns.untilQuiet();
    }
  }

  /** Trains until it is time to let messages in. @param {number} untilStep */
  #slice(untilStep) {
    for (const start = performance.now(); ;) {
      const part = this.#part(untilStep);
      this.#untold.push(part.rows);
      if (part.done || !part.reached || performance.now() - start > SHORTEST_MS) {
        return part;
      }
    }
  }

  /** Trains to the next epoch that is kept, or as much as fits into a slice. @param {number} untilStep */
  #part(untilStep) {
    const stepsPerEpoch = this.trainer.progress().stepsPerEpoch;
    const keepAt = this.#milestones.nextEpoch * stepsPerEpoch;
    const target = Math.min(untilStep, keepAt);
    const start = performance.now();
    const mistake = this.trainer.run(target, this.#pace.work);
    const milliseconds = performance.now() - start;
    const { rows, full } = this.trainer.takeHistory();
    this.#writeSeconds(rows, milliseconds);
    this.#milliseconds += milliseconds;
    const { status, step, evaluating } = this.trainer.progress();
    const reached = step >= target && !evaluating;
    const done = status !== Status.OK || (reached && step >= untilStep);
    this.#pace.adapt(milliseconds, !done && !full && !reached);
    // After a long slice messages come first; the next one then begins with the snapshot.
    const fits = done || milliseconds + this.#keepMilliseconds < LONGEST_MS;
    if (reached && step === keepAt && status !== Status.DIVERGED && fits) {
      this.#keep();
    }
    return { mistake, rows, done, reached };
  }

  /**
   * The core has no clock: the rows of a slice are spread evenly over its time.
   * @param {Float64Array} rows
   * @param {number} milliseconds of the slice
   */
  #writeSeconds(rows, milliseconds) {
    const width = this.#columns.length;
    const n = rows.length / width;
    for (let i = 0; i < n; i++) {
      const sofar = this.#milliseconds + ((i + 1) / n) * milliseconds;
      rows[i * width + this.#columns.indexOf("seconds")] = sofar / 1000;
    }
  }

  #keep() {
    const start = performance.now();
    this.#milestones.add(this.#snapshotNow());
    this.#keepMilliseconds = Math.min(performance.now() - start, LONGEST_MS / 2);
  }

  /** @returns {OpenSnapshot} */
  #snapshotNow() {
    const { epoch, step } = this.trainer.progress();
    return { epoch, step, milliseconds: this.#milliseconds, bytes: this.trainer.save() };
  }

  /** @param {Mistake | null} mistake */
  #tell(mistake) {
    const rows = concatenate(this.#untold);
    this.#untold = [];
    const event = { run: this.number, rows, progress: this.progress(), mistake };
    this.#post({ type: "training", ...event }, [rows.buffer]);
  }
}
