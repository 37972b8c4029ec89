/**
 * The C core for JavaScript: nothing outside wasm.js and the files named core sees a pointer. Its
 * names follow core/include/tabtrain, where the manual of each function is.
 *
 * Objects are owned by who makes them and end with free(). Texts and numbers are copied in and out;
 * no view of wasm memory outlives a call, because memory that grows detaches all views.
 */

import { CsvReader } from "./core-table.js";
import { Dataset, Trainer } from "./core-trainer.js";
import { Handle } from "./handle.js";
import { Status, UserMistake, Wasm } from "./wasm.js";

export { Status, UserMistake };

/** @typedef {import("../protocol.js").Setting} Setting */
/** @typedef {import("./core-table.js").Table} Table */

export class Core {
  /** @param {BufferSource} bytes the module: tabtrain.wasm */
  static async load(bytes) {
    return new Core(await Wasm.load(bytes));
  }

  /** @param {Wasm} wasm */
  constructor(wasm) {
    this.wasm = wasm;
    /** @type {import("../protocol-catalogue.js").Catalogue} */
    this.catalogue = wasm.takeJson(wasm.call.catalogue_json());
  }

  /**
   * Defaults, changed by `settings`.
   * @param {Setting[]} settings
   */
  newConfig(settings) {
    const config = new Config(this.wasm);
    try {
      for (const [key, value] of settings) {
        config.set(key, value);
      }
    } catch (error) {
      config.free();
      throw error;
    }
    return config;
  }

  /** @returns {number} bytes of memory that are in use */
  memoryInUse() {
    return this.wasm.call.memory_in_use();
  }

  /** @param {Config} config */
  newCsvReader(config) {
    return new CsvReader(this.wasm, config);
  }

  /**
   * @param {Table} table
   * @param {Config} config
   */
  newDataset(table, config) {
    return new Dataset(this.wasm, table, config);
  }

  /**
   * @param {Dataset} dataset which must outlive the trainer
   * @param {Config} config
   */
  newTrainer(dataset, config) {
    return new Trainer(this.wasm, dataset, config);
  }

  /**
   * @param {Config} config
   * @param {number} totalSteps
   * @param {number} stepsPerEpoch
   * @param {number} points
   */
  schedulePreview(config, totalSteps, stepsPerEpoch, points) {
    const { wasm } = this;
    const size = points * Float64Array.BYTES_PER_ELEMENT;
    return wasm.withBytes(2 * size, (rates) => {
      const momenta = rates + size;
      wasm.check(
        wasm.call.schedule_preview(
          config.pointer,
          totalSteps,
          stepsPerEpoch,
          points,
          rates,
          momenta,
          wasm.error,
        ),
      );
      return { rates: wasm.doubles(rates, points), momenta: wasm.doubles(momenta, points) };
    });
  }
}

export class Config extends Handle {
  /**
   * @param {Wasm} wasm
   * @param {number} [pointer] of a config to own; defaults without it
   */
  constructor(wasm, pointer = wasm.call.config_new() >>> 0) {
    super(wasm, pointer, wasm.call.config_free);
  }

  /**
   * A copy with the settings of one run of a cross-validation.
   * @param {number} repeat from 1
   * @param {number} fold from 1
   */
  fold(repeat, fold) {
    const { wasm, pointer } = this;
    return new Config(wasm, wasm.created(wasm.call.config_fold(pointer, repeat, fold, wasm.error)));
  }

  /**
   * @param {string} key
   * @param {string} value
   */
  set(key, value) {
    const { wasm, pointer } = this;
    wasm.withTexts([key, value], (k, v) =>
      wasm.check(wasm.call.config_set(pointer, k, v, wasm.error)),
    );
  }

  /**
   * @param {string} key
   * @returns {string | null} null for an unknown key
   */
  get(key) {
    const { wasm, pointer } = this;
    const value = wasm.withTexts([key], (k) => wasm.call.config_get(pointer, k));
    return value === 0 ? null : wasm.text(value);
  }

  /** @param {string} text a .cfg file */
  read(text) {
    const { wasm, pointer } = this;
    const size = wasm.encoder.encode(text).length;
    wasm.withTexts([text], (t) => wasm.check(wasm.call.config_read(pointer, t, size, wasm.error)));
  }
}
