/**
 * Workers beside the one of the page, each with a core and a copy of the file of its own, that train
 * queued jobs to their ends. What a job computes does not depend on how many others run with it.
 */
import { batch } from "@preact/signals-core";
import { mistakeOf } from "../actions/notices.js";
import { concatenate } from "../arrays.js";
import { ENDED } from "../state.js";

/**
 * @import { Event, Fold, Mistake, Prepared, Progress, Setting, Snapshot } from "../protocol.js"
 * @import { TrainerClient } from "../trainer-client.js"
 */

/**
 * One training from the first weights to the end.
 * @typedef {object} Job
 * @property {Blob} file
 * @property {Setting[]} settings
 * @property {Fold} [fold] the run of the cross-validation that the settings describe
 * @property {boolean} [keep] ask for a snapshot of the end
 * @property {(prepared: Prepared) => void} [onPrepared]
 * @property {(rows: Float64Array, progress: Progress) => void} [onRows] whole history rows, a few
 *     times a second
 */

/**
 * How a job ended: as its run did, or `cancelled`, or `failed` with what went wrong.
 * @typedef {object} Ending
 * @property {Progress["phase"] | "cancelled" | "failed"} phase
 * @property {Mistake | null} mistake
 * @property {Snapshot | null} [snapshot] where the job asked to keep it
 */

/**
 * @typedef {object} Task a job in the queue or in a worker
 * @property {Job} job
 * @property {Batch} batch
 * @property {(ending: Ending) => void} end
 */

const MOST_WORKERS = 8;
const FLUSHES_PER_SECOND = 6;
const IDLE_MS = 5000;

/** As many as leave one core to the page and its own worker. */
export function poolSize(cores = navigator.hardwareConcurrency || 2) {
  return Math.max(1, Math.min(MOST_WORKERS, cores - 1));
}

/** @param {Setting[]} settings what decides how a file is read */
const readingKey = (settings) =>
  JSON.stringify(settings.filter(([key]) => key.startsWith("data.")));

/** One worker, which trains one task at a time. */
class Member {
  #client;
  #onIdle;
  /** @type {{ file: Blob, reading: string } | null} */
  #held = null;
  /** The run of the task; 0 before it is there. */
  #run = 0;
  /** @type {Float64Array[]} */
  #untold = [];
  /** @type {Progress | null} */
  #progress = null;
  /** @type {Task | null} */
  task = null;

  /**
   * @param {(onEvent: (event: Event) => void) => TrainerClient} newClient
   * @param {() => void} onIdle
   */
  constructor(newClient, onIdle) {
    this.#client = newClient((event) => this.#receive(event));
    this.#onIdle = onIdle;
  }

  /** @param {Task} task */
  async start(task) {
    this.task = task;
    this.#run = 0;
    this.#progress = null;
    const { file, settings, fold, onPrepared } = task.job;
    try {
      await this.#hold(file, settings);
      if (this.task !== task) {
        return;
      }
      const prepared = await this.#client.send("prepare", { settings, fold });
      if (this.task !== task) {
        return;
      }
      this.#run = prepared.run;
      onPrepared?.(prepared);
      if (!task.batch.paused) {
        await this.#client.send("run", { until: "end" });
      }
    } catch (error) {
      this.#end(task, { phase: "failed", mistake: mistakeOf(error) });
    }
  }

  /** The reply of `pause` comes after the last rows. */
  async pause() {
    if (this.#run) {
      await this.#client.send("pause", {}).catch(() => {});
    }
  }

  /** A worker that has broken down in the meantime tells so by an event. */
  async resume() {
    if (this.#run) {
      await this.#client.send("run", { until: "end" }).catch(() => {});
    }
  }

  /** Ends the task at once. A worker that is still reading is thrown away with what it has read. */
  async cancel() {
    const { task } = this;
    if (task && this.#run) {
      this.#run = 0;
      await this.#client.send("pause", {}).catch(() => {});
      return this.#finish(task, { phase: "cancelled", mistake: null });
    }
    if (task) {
      this.stop();
    }
    this.#end(task, { phase: "cancelled", mistake: null });
  }

  /** Tells the job of its new rows. */
  flush() {
    if (this.task && this.#progress && this.#untold.length > 0) {
      const rows = this.#untold.length === 1 ? this.#untold[0] : concatenate(this.#untold);
      this.#untold = [];
      this.task.job.onRows?.(rows, this.#progress);
    }
  }

  /** Ends the worker; its memory is free again. */
  stop() {
    this.#held = null;
    this.#client.stop();
  }

  /** @param {Blob} file @param {Setting[]} settings */
  async #hold(file, settings) {
    const reading = readingKey(settings);
    if (this.#held?.file !== file || this.#held.reading !== reading) {
      this.#held = null;
      await this.#client.send("load", { file, settings });
      this.#held = { file, reading };
    }
  }

  /** @param {Event} event */
  #receive(event) {
    if (event.type === "failed") {
      this.#held = null;
      const mistake = { message: event.message, key: "", line: 0, column: 0 };
      this.#end(this.task, { phase: "failed", mistake });
    } else if (event.type === "training" && event.run === this.#run) {
      this.#untold.push(event.rows);
      this.#progress = event.progress;
      if (ENDED.includes(event.progress.phase)) {
        this.#finish(this.task, { phase: event.progress.phase, mistake: event.mistake });
      }
    }
  }

  /** @param {Task | null} task @param {Ending} ending */
  async #finish(task, ending) {
    const snapshot = task?.job.keep
      ? await this.#client.send("snapshot", {}).catch(() => null)
      : null;
    this.#end(task, { ...ending, snapshot });
  }

  /** @param {Task | null} task @param {Ending} ending */
  #end(task, ending) {
    if (task && this.task === task) {
      batch(() => {
        this.flush();
        this.#untold = [];
        this.task = null;
        this.#run = 0;
        task.end(ending);
      });
      this.#onIdle();
    }
  }
}

/** Jobs that are paused and cancelled together. */
export class Batch {
  #pool;
  paused = false;

  /** @param {Pool} pool */
  constructor(pool) {
    this.#pool = pool;
  }

  /** Queues a job. @param {Job} job @returns {Promise<Ending>} never fails */
  run(job) {
    return this.#pool.add(job, this);
  }

  pause() {
    this.paused = true;
    return this.#pool.pause(this);
  }

  resume() {
    this.paused = false;
    return this.#pool.resume(this);
  }

  /** Ends its jobs, or one of them, wherever they are. @param {Job} [job] */
  cancel(job) {
    return this.#pool.cancel(this, job);
  }
}

export class Pool {
  #newClient;
  /** @type {Member[]} */
  #members = [];
  /** @type {Task[]} */
  #queue = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #flushing;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #resting;

  /**
   * @param {(onEvent: (event: Event) => void) => TrainerClient} newClient
   * @param {number} [size] most workers at a time
   */
  constructor(newClient, size = poolSize()) {
    this.#newClient = newClient;
    this.size = size;
  }

  batch() {
    return new Batch(this);
  }

  /** @param {Job} job @param {Batch} owner @returns {Promise<Ending>} */
  add(job, owner) {
    return new Promise((end) => {
      this.#queue.push({ job, batch: owner, end });
      this.#deal();
    });
  }

  /** @param {Batch} owner */
  async pause(owner) {
    await Promise.all(this.#at(owner).map((member) => member.pause()));
    this.#flush();
    this.#deal();
  }

  /** @param {Batch} owner */
  async resume(owner) {
    await Promise.all(this.#at(owner).map((member) => member.resume()));
    this.#deal();
  }

  /** @param {Batch} owner @param {Job} [job] */
  async cancel(owner, job) {
    const isMeant = (/** @type {Task} */ task) =>
      task.batch === owner && (job === undefined || task.job === job);
    const dropped = this.#queue.filter(isMeant);
    this.#queue = this.#queue.filter((task) => !isMeant(task));
    dropped.forEach(({ end }) => end({ phase: "cancelled", mistake: null }));
    const running = this.#members.filter(({ task }) => task && isMeant(task));
    await Promise.all(running.map((member) => member.cancel()));
  }

  /** @param {Batch} owner */
  #at(owner) {
    return this.#members.filter(({ task }) => task?.batch === owner);
  }

  /** Gives waiting jobs to idle workers. Those of a paused batch take up no core. */
  #deal() {
    clearTimeout(this.#resting);
    for (;;) {
      const busy = this.#members.filter(({ task }) => task && !task.batch.paused).length;
      const at = this.#queue.findIndex((task) => !task.batch.paused);
      if (at < 0 || busy >= this.size) {
        break;
      }
      this.#idleMember().start(this.#queue.splice(at, 1)[0]);
    }
    this.#schedule();
  }

  #idleMember() {
    const idle = this.#members.find(({ task }) => task === null);
    if (idle) {
      return idle;
    }
    const member = new Member(this.#newClient, () => this.#deal());
    this.#members.push(member);
    return member;
  }

  /** Rows are handed on while anything runs; workers that have had nothing to do for a while end. */
  #schedule() {
    const busy = this.#members.some(({ task }) => task !== null);
    if (busy && !this.#flushing) {
      this.#flushing = setTimeout(() => {
        this.#flushing = undefined;
        this.#flush();
        this.#schedule();
      }, 1000 / FLUSHES_PER_SECOND);
    } else if (!busy) {
      clearTimeout(this.#resting);
      this.#resting = setTimeout(() => this.#rest(), IDLE_MS);
    }
  }

  #flush() {
    batch(() => this.#members.forEach((member) => member.flush()));
  }

  #rest() {
    this.#members.splice(0).forEach((member) => member.stop());
  }
}
