/**
 * What the worker keeps between commands (a table, a data set, a run), and what each command of
 * protocol.js does with it. A command that fails leaves everything as it was.
 */

import { MESSAGES_PER_SECOND } from "../protocol.js";
import { UserMistake } from "./core.js";
import { datasetKeys } from "./dataset-keys.js";
import { fewerRows } from "./room.js";
import { readTable } from "./read-table.js";
import { Run } from "./run.js";
import { Throttle } from "./slices.js";
import { packSnapshot, unpackSnapshots } from "./snapshots.js";

/** @typedef {import("../protocol.js").Results} Results */
/** @typedef {import("./core.js").Config} Config */
/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("./core-trainer.js").Dataset} Dataset */
/** @typedef {import("./core-table.js").Table} Table */
/**
 * A data set, and what it was made from.
 * @typedef {{ table: Table, settings: string, dataset: Dataset }} Prepared
 */
/**
 * @template {import("../protocol.js").Command["type"]} T
 * @typedef {import("./commands.js").CommandOf<T>} CommandOf
 */

const PREVIEW_ROWS = 50;

/** A gradient check reads this much of the data and of each tensor: about a second of work. */
const CHECKED_ROWS = 32;
const CHECKED_PER_TENSOR = 100;

/** A command that can no longer be carried out. */
export const overtaken = () =>
  new UserMistake({ message: "A newer command took the place of this one." });

const tooFewRows = () =>
  new UserMistake({
    message: "The file has only one row below its header. Training needs two at least.",
  });

export class Session {
  #core;
  #post;
  #crash;
  #datasetKeys;
  /** @type {Table | null} */
  #table = null;
  /** @type {Prepared | null} */
  #prepared = null;
  /** @type {Run | null} */
  #run = null;
  #runsBefore;
  #loading = new AbortController();
  #newestPrepare = 0;
  /** The bytes of the model that useModel keeps. @type {Uint8Array | null} */
  loadedModel = null;

  /**
   * @param {Core} core
   * @param {import("./run.js").Post} post
   * @param {(error: unknown) => void} crash called when the module breaks down during a run
   * @param {number} [lastRun] number of the last run of the session that this one takes over from
   */
  constructor(core, post, crash, lastRun = 0) {
    this.#core = core;
    this.#post = post;
    this.#crash = crash;
    this.#runsBefore = lastRun;
    this.#datasetKeys = datasetKeys(core.catalogue);
  }

  get core() {
    return this.#core;
  }

  /** Number of the newest run. */
  get lastRun() {
    return this.#run?.number ?? this.#runsBefore;
  }

  /** The table that was loaded last. */
  get table() {
    return this.#table;
  }

  /** The data set of the run; freed when a run on another one takes its place. */
  get dataset() {
    return this.#prepared?.dataset ?? null;
  }

  /** @returns {Results["catalogue"]} */
  catalogue() {
    return this.#core.catalogue;
  }

  /**
   * @param {CommandOf<"load">} command
   * @returns {Promise<Results["load"]>}
   */
  async load({ file, settings, least = 1, most }) {
    this.#loading.abort(overtaken());
    const { signal } = (this.#loading = new AbortController());
    let about = {};
    /** @type {import("./read-table.js").OnSheets} */
    const onSheets = (sheets, kind) => (about = { sheets, kind });
    const onPart = this.#onPart(file);
    const table = await this.#withConfig(settings, (config) =>
      readTable(this.#core, file, config, { onPart, onSheets, most, signal }),
    );
    if (table.nRows < least) {
      table.free();
      throw tooFewRows();
    }
    this.#table?.free();
    this.#table = table;
    return { table: { ...table.json(PREVIEW_ROWS), ...about } };
  }

  /**
   * Ends the reading that is under way, if any.
   * @returns {Results["cancelLoad"]}
   */
  cancelLoad() {
    this.#loading.abort(overtaken());
    return null;
  }

  /**
   * @param {CommandOf<"prepare">} command
   * @returns {Promise<Results["prepare"]>}
   */
  prepare({ id, settings, fold }) {
    return this.#replaceRun(id, settings, fold, async (run) => {
      const history = await run.evaluateFirst(() => this.#newestPrepare === id);
      if (history === null) {
        throw overtaken();
      }
      return history;
    });
  }

  /**
   * @param {CommandOf<"resume">} command
   * @returns {Promise<Results["resume"]>}
   */
  resume({ id, settings, snapshots }) {
    return this.#replaceRun(id, settings, undefined, async (run) => {
      const unpacked = await unpackSnapshots(snapshots);
      if (this.#newestPrepare !== id) {
        throw overtaken();
      }
      run.resume(unpacked);
      return new Float64Array();
    });
  }

  /**
   * @param {CommandOf<"snapshot">} command
   * @returns {Results["snapshot"]}
   */
  snapshot({ epoch }) {
    const snapshot = this.needRun().snapshot(epoch);
    if (snapshot === null) {
      throw new UserMistake({ message: `Epoch ${epoch} is not kept. Choose another one.` });
    }
    return packSnapshot(snapshot);
  }

  /**
   * @param {CommandOf<"run">} command
   * @returns {Results["run"]}
   */
  run({ until }) {
    const run = this.needRun();
    run.start(until).catch(this.#crash);
    return run.progress();
  }

  /** Ends the training that is under way, if any. */
  stop() {
    this.#run?.stop();
  }

  /** @returns {Results["pause"]} */
  pause() {
    const run = this.needRun();
    run.stop();
    return run.progress();
  }

  /**
   * @param {CommandOf<"set">} command
   * @returns {Results["set"]}
   */
  set({ key, value }) {
    this.needRun().trainer.set(key, value);
    return null;
  }

  /** @returns {Results["restoreBest"]} */
  restoreBest() {
    const run = this.needRun();
    run.stop();
    run.trainer.restoreBest();
    return run.progress();
  }

  /**
   * @param {CommandOf<"rewind">} command
   * @returns {Results["rewind"]}
   */
  rewind({ epoch }) {
    const run = this.needRun();
    if (!run.rewind(epoch)) {
      throw new UserMistake({ message: `Epoch ${epoch} is not kept. Choose another one.` });
    }
    return run.progress();
  }

  /** @returns {Results["checkGradient"]} */
  checkGradient() {
    const run = this.needRun();
    run.stop();
    return { checks: run.trainer.checkGradient(CHECKED_ROWS, CHECKED_PER_TENSOR) };
  }

  /**
   * @param {CommandOf<"preview">} command
   * @returns {Promise<Results["preview"]>}
   */
  preview({ settings, totalSteps, stepsPerEpoch, points }) {
    return this.#withConfig(settings, async (config) =>
      this.#core.schedulePreview(config, totalSteps, stepsPerEpoch, points),
    );
  }

  /** The table there is. */
  needTable() {
    if (this.#table === null) {
      throw new UserMistake({ message: "There is no table yet: load a file first." });
    }
    return this.#table;
  }

  /**
   * The data set that the settings make of the table, while `use` works with it. That of the run may
   * be freed meanwhile.
   * @template T
   * @param {import("../protocol.js").Setting[]} settings
   * @param {(dataset: Dataset, config: Config) => Promise<T>} use
   */
  withDataset(settings, use) {
    return this.#withConfig(settings, async (config) => {
      const prepared = this.#datasetFor(config);
      try {
        return await use(prepared.dataset, config);
      } finally {
        if (prepared !== this.#prepared) {
          prepared.dataset.free();
        }
      }
    });
  }

  /** The table that the run's data set was made from. */
  needRunTable() {
    this.needRun();
    if (this.#prepared === null || this.#prepared.table !== this.#table) {
      throw new UserMistake({
        message: "The rows of this run are gone: another file has been read since.",
      });
    }
    return this.#table;
  }

  /** The run there is. */
  needRun() {
    if (this.#run === null) {
      throw new UserMistake({ message: "There is no run yet: load a file and prepare it first." });
    }
    return this.#run;
  }

  /**
   * @template T
   * @param {import("../protocol.js").Setting[]} settings
   * @param {(config: Config) => Promise<T>} use
   */
  async #withConfig(settings, use) {
    const config = this.#core.newConfig(settings);
    try {
      return await use(config);
    } finally {
      config.free();
    }
  }

  /**
   * @template T
   * @param {import("../protocol.js").Setting[]} settings
   * @param {import("../protocol.js").Fold | undefined} fold
   * @param {(config: Config) => Promise<T>} use
   */
  #withFoldConfig(settings, fold, use) {
    return this.#withConfig(settings, async (config) => {
      const own = fold ? config.fold(fold.repeat, fold.fold) : config;
      try {
        return await use(own);
      } finally {
        own.free();
      }
    });
  }

  /** Tells how far the reading of a file has come. @param {Blob} file */
  #onPart(file) {
    const throttle = new Throttle(MESSAGES_PER_SECOND);
    return (/** @type {number} */ done) => {
      if (throttle.isDue()) {
        this.#post({ type: "loading", done, total: file.size });
      }
    };
  }

  /**
   * The data set that is there, or a new one where the settings ask for another.
   * @param {Config} config
   */
  #datasetFor(config) {
    const table = this.needTable();
    const settings = JSON.stringify(this.#datasetKeys.map((key) => config.get(key)));
    const old = this.#prepared;
    if (old?.table === table && old.settings === settings) {
      return old;
    }
    try {
      return { table, settings, dataset: this.#core.newDataset(table, config) };
    } catch (error) {
      throw fewerRows(error, table, Number(config.get("data.sample_share")));
    }
  }

  /**
   * Ends the run under way, and puts a fresh one in its place.
   * @param {number} id
   * @param {import("../protocol.js").Setting[]} settings
   * @param {import("../protocol.js").Fold | undefined} fold
   * @param {(run: Run) => Promise<Float64Array>} begin what is done before it takes the place;
   *     gives the first rows of its history
   */
  #replaceRun(id, settings, fold, begin) {
    this.#newestPrepare = id;
    this.#run?.stop();
    return this.#withFoldConfig(settings, fold, async (config) => {
      const prepared = this.#datasetFor(config);
      try {
        return await this.#newRun(prepared, config, begin);
      } finally {
        if (prepared !== this.#prepared) {
          prepared.dataset.free();
        }
      }
    });
  }

  /**
   * @param {Prepared} prepared
   * @param {Config} config
   * @param {(run: Run) => Promise<Float64Array>} begin
   */
  async #newRun(prepared, config, begin) {
    const trainer = this.#core.newTrainer(prepared.dataset, config);
    const columns = this.#core.catalogue.history.map(({ key }) => key);
    const run = new Run(this.lastRun + 1, trainer, columns, this.#post);
    const history = await begin(run).catch((error) => {
      run.free();
      throw error;
    });
    this.#run?.free();
    this.#run = run;
    if (this.#prepared !== prepared) {
      this.#prepared?.dataset.free();
      this.#prepared = prepared;
    }
    return {
      run: run.number,
      dataset: prepared.dataset.json(),
      trainer: trainer.json(),
      progress: run.progress(),
      history,
    };
  }
}
