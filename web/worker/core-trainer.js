/** Data sets and runs on them: the part of core.js that trains. */

import { Handle } from "./handle.js";
import { Status, UserMistake } from "./wasm.js";

/** @typedef {import("./core.js").Config} Config */
/** @typedef {import("./core-table.js").Table} Table */
/** @typedef {import("./wasm.js").Wasm} Wasm */
/** @typedef {import("../protocol.js").Mistake} Mistake */
/** @typedef {import("../protocol.js").Part} Part */

export const PARTS = ["training", "validation", "test"];
const MAX_HISTORY_ROWS = 256;
const N_PROGRESS = 11;
const HASH_BYTES = 17;

export class Dataset extends Handle {
  /**
   * @param {Wasm} wasm
   * @param {Table} table
   * @param {Config} config
   */
  constructor(wasm, table, config) {
    super(
      wasm,
      wasm.created(wasm.call.dataset_new(table.pointer, config.pointer, wasm.error)),
      wasm.call.dataset_free,
    );
    const image = wasm.created(wasm.call.image_json(this.pointer, config.pointer, wasm.error));
    /** @type {import("../protocol-data.js").Image | null} */
    this.image = wasm.takeJson(image);
  }

  /** @param {Part} part */
  nRows(part) {
    return this.wasm.call.dataset_n_rows(this.pointer, PARTS.indexOf(part));
  }

  /**
   * The row of the table that a row of a part was made from, both from 0.
   * @param {Part} part
   * @param {number} row
   */
  sourceRow(part, row) {
    return this.wasm.call.dataset_source_row(this.pointer, PARTS.indexOf(part), row);
  }

  json() {
    const json = this.wasm.takeJson(this.wasm.call.dataset_json(this.pointer));
    return { ...json, image: this.image };
  }
}

export class Trainer extends Handle {
  /**
   * @param {Wasm} wasm
   * @param {Dataset} dataset
   * @param {Config} config
   */
  constructor(wasm, dataset, config) {
    super(
      wasm,
      wasm.created(wasm.call.trainer_new(dataset.pointer, config.pointer, wasm.error)),
      wasm.call.trainer_free,
    );
  }

  /**
   * @param {number} untilStep
   * @param {number} maxWork see tt_trainer_run
   * @returns {Mistake | null} why the run diverged
   */
  run(untilStep, maxWork) {
    const { wasm, pointer } = this;
    const status = wasm.call.trainer_run(pointer, untilStep, maxWork, wasm.error);
    if (status > Status.DIVERGED) {
      throw new UserMistake(wasm.mistake());
    }
    return status === Status.DIVERGED ? wasm.mistake() : null;
  }

  progress() {
    const { wasm, pointer } = this;
    const values = wasm.withBytes(N_PROGRESS * Float64Array.BYTES_PER_ELEMENT, (out) => {
      wasm.call.trainer_progress(pointer, out);
      return wasm.doubles(out, N_PROGRESS);
    });
    return {
      status: values[0],
      step: values[1],
      totalSteps: values[2],
      stepsPerEpoch: values[3],
      epoch: values[4],
      rowsSeen: values[5],
      bestEpoch: values[6],
      bestLoss: values[7],
      batchLoss: values[8],
      learningRate: values[9],
      evaluating: values[10] !== 0,
    };
  }

  /** The waiting history rows, one after the other, and whether there was no room for more. */
  takeHistory() {
    const { wasm, pointer } = this;
    const nColumns = wasm.call.n_history_columns();
    const size = MAX_HISTORY_ROWS * nColumns * Float64Array.BYTES_PER_ELEMENT;
    return wasm.withBytes(size, (out) => {
      const nRows = wasm.call.trainer_take_history(pointer, out, MAX_HISTORY_ROWS);
      return { rows: wasm.doubles(out, nRows * nColumns), full: nRows === MAX_HISTORY_ROWS };
    });
  }

  /**
   * @param {string} key
   * @param {string} value
   */
  set(key, value) {
    const { wasm, pointer } = this;
    wasm.withTexts([key, value], (k, v) =>
      wasm.check(wasm.call.trainer_set(pointer, k, v, wasm.error)),
    );
  }

  restoreBest() {
    this.wasm.call.trainer_restore_best(this.pointer);
  }

  /** @returns {Float32Array} all parameters; see json().tensors */
  parameters() {
    const { wasm, pointer } = this;
    const n = wasm.call.trainer_n_parameters(pointer);
    return wasm.withBytes(n * Float32Array.BYTES_PER_ELEMENT, (out) => {
      wasm.call.trainer_parameters(pointer, out);
      return wasm.floats(out, n);
    });
  }

  /**
   * A few of the parameters, without a copy of them all.
   * @param {number[]} places in the array that parameters() gives
   */
  parametersAt(places) {
    const { wasm, pointer } = this;
    const n = wasm.call.trainer_n_parameters(pointer);
    return wasm.withBytes(n * Float32Array.BYTES_PER_ELEMENT, (out) => {
      wasm.call.trainer_parameters(pointer, out);
      const all = new Float32Array(wasm.memory.buffer, out, n);
      return Float32Array.from(places, (place) => all[place]);
    });
  }

  /** @param {Float32Array} values as many as parameters() gives */
  setParameters(values) {
    const { wasm, pointer } = this;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    wasm.withBytes(bytes.length, (copy) => {
      wasm.write(copy, bytes);
      wasm.call.trainer_set_parameters(pointer, copy);
    });
  }

  /** @returns {string} of all parameters: 16 hexadecimal digits */
  hash() {
    const { wasm, pointer } = this;
    return wasm.withBytes(HASH_BYTES, (out) => {
      wasm.call.trainer_hash(pointer, out);
      return wasm.text(out);
    });
  }

  /** @returns {Uint8Array<ArrayBuffer>} everything the run needs to go on from here with the same bits */
  save() {
    const { wasm, pointer } = this;
    const size = wasm.call.trainer_snapshot_size(pointer);
    return wasm.withBytes(size, (out) => {
      wasm.check(wasm.call.trainer_save(pointer, out, size, wasm.error));
      return wasm.bytes(out, size);
    });
  }

  /** @param {Uint8Array} snapshot of a run with the same data and set-up */
  load(snapshot) {
    const { wasm, pointer } = this;
    wasm.withBytes(snapshot.length, (copy) => {
      wasm.write(copy, snapshot);
      wasm.check(wasm.call.trainer_load(pointer, copy, snapshot.length, wasm.error));
    });
  }

  /**
   * Backpropagation against central differences, a result for each tensor.
   * @param {number} nRows training rows to go by
   * @param {number} mostPerTensor values to compare in each tensor
   * @returns {import("../protocol.js").GradientCheck[]}
   */
  checkGradient(nRows, mostPerTensor) {
    const { wasm, pointer } = this;
    const json = wasm.call.trainer_gradient_json(pointer, nRows, mostPerTensor, wasm.error);
    return wasm.takeJson(wasm.created(json));
  }

  json() {
    return this.wasm.takeJson(this.wasm.call.trainer_json(this.pointer));
  }
}
