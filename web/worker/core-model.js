/**
 * Models for JavaScript, and what is asked of them: the part of core.js that follows
 * core/include/tabtrain/model.h, probe.h and importance.h. The same rules hold for what is owned,
 * copied and freed.
 */

import { PARTS } from "./core-trainer.js";
import { Handle } from "./handle.js";
import { Status, UserMistake } from "./wasm.js";

/** @typedef {import("./core-trainer.js").Dataset} Dataset */
/** @typedef {import("../protocol.js").Part} Part */
/** @typedef {import("./core-table.js").Table} Table */
/** @typedef {import("./core-trainer.js").Trainer} Trainer */
/** @typedef {import("./wasm.js").Wasm} Wasm */
/**
 * The values that a column of the model takes; see tt_axis.
 * @typedef {{ column: number, n: number, low: number, high: number }} CoreAxis
 */

const DOUBLE_BYTES = Float64Array.BYTES_PER_ELEMENT;
const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;
const ROW_BYTES = Uint32Array.BYTES_PER_ELEMENT;
const N_RESULTS = 8;

/** No axis. */
const NONE = { column: -1, n: 0, low: 0, high: 0 };

/** @param {CoreAxis} axis */
const numbersOf = ({ column, n, low, high }) => [column, n, low, high];

/** @param {Float32Array} floats */
const bytesOf = (floats) => new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);

export class Model extends Handle {
  /**
   * @param {Trainer} trainer
   * @param {"present" | "best"} weights
   */
  static of({ wasm, pointer }, weights) {
    const best = Number(weights === "best");
    return new Model(wasm, wasm.created(wasm.call.model_new(pointer, best, wasm.error)));
  }

  /**
   * @param {Wasm} wasm
   * @param {Uint8Array} bytes
   */
  static load(wasm, bytes) {
    return wasm.withBytes(bytes.length, (copy) => {
      wasm.write(copy, bytes);
      return new Model(wasm, wasm.created(wasm.call.model_load(copy, bytes.length, wasm.error)));
    });
  }

  /**
   * @param {Wasm} wasm
   * @param {number} pointer
   */
  constructor(wasm, pointer) {
    super(wasm, pointer, wasm.call.model_free);
    /** @type {import("../protocol-model.js").ModelInfo} */
    this.info = wasm.takeJson(wasm.call.model_json(pointer));
  }

  /** @returns {Uint8Array} the model as a file */
  save() {
    const { wasm, pointer } = this;
    const size = wasm.call.model_size(pointer);
    return wasm.withBytes(size, (out) => {
      wasm.call.model_save(pointer, out);
      return wasm.bytes(out, size);
    });
  }

  /** @returns {Float32Array} medians and most frequent levels, encoded */
  typicalRow() {
    return this.#row((out) => this.wasm.call.probe_typical_row(this.pointer, out));
  }

  /**
   * @param {Table} table
   * @param {number} row from 0, one that the table has
   * @returns {Float32Array} encoded
   */
  tableRow(table, row) {
    const { wasm, pointer } = this;
    return this.#row((out) =>
      wasm.check(wasm.call.probe_table_row(pointer, table.pointer, row, out, wasm.error)),
    );
  }

  /**
   * @param {CoreAxis} axis
   * @returns {Float64Array} numbers, or indices of levels
   */
  points(axis) {
    const { wasm, pointer } = this;
    const n = this.countPoints(axis);
    return wasm.withBytes(n * DOUBLE_BYTES, (out) => {
      wasm.call.probe_points(pointer, axis.column, axis.n, axis.low, axis.high, out);
      return wasm.doubles(out, n);
    });
  }

  /** @param {CoreAxis} axis */
  countPoints({ column, n }) {
    return this.wasm.call.probe_n_points(this.pointer, column, n);
  }

  /**
   * @param {Float32Array} base
   * @param {CoreAxis[]} axes none, one or two
   * @returns {Float64Array} (points of the second axis, points of the first, outputs)
   */
  map(base, axes) {
    const { wasm, pointer } = this;
    const [x, y] = [...axes, NONE, NONE];
    const points = axes.reduce((product, axis) => product * this.countPoints(axis), 1);
    const n = points * this.info.n_outputs;
    return wasm.withBytes(base.byteLength, (row) => {
      wasm.write(row, bytesOf(base));
      return wasm.withBytes(n * DOUBLE_BYTES, (out) => {
        const numbers = [...numbersOf(x), ...numbersOf(y)];
        wasm.check(wasm.call.probe_map(pointer, row, ...numbers, out, wasm.error));
        return wasm.doubles(out, n);
      });
    });
  }

  /** @param {(out: number) => void} write */
  #row(write) {
    const { wasm } = this;
    const width = wasm.call.probe_width(this.pointer);
    return wasm.withBytes(width * FLOAT_BYTES, (out) => {
      write(out);
      return wasm.floats(out, width);
    });
  }
}

/** The predictions of a table's rows. Model and table must outlive it. */
export class Prediction extends Handle {
  /**
   * @param {Model} model
   * @param {Table} table
   */
  constructor({ wasm, pointer }, table) {
    super(
      wasm,
      wasm.created(wasm.call.prediction_new(pointer, table.pointer, wasm.error)),
      wasm.call.prediction_free,
    );
  }

  /**
   * @param {number} maxRows
   * @returns {boolean} whether all rows are done
   */
  run(maxRows) {
    const { wasm, pointer } = this;
    const status = wasm.call.prediction_run(pointer, maxRows, wasm.error);
    if (status !== Status.FINISHED) {
      wasm.check(status);
    }
    return status === Status.FINISHED;
  }

  /**
   * @param {number} n as many values as rows and outputs
   * @param {number} [first] value
   */
  values(n, first = 0) {
    const values = this.wasm.call.prediction_values(this.pointer) >>> 0;
    return this.wasm.doubles(values + first * DOUBLE_BYTES, n);
  }

  /** @returns {{ n_rows: number, columns: string[], notes: import("../protocol-model.js").PredictionNote[] }} */
  json() {
    return this.wasm.takeJson(this.wasm.call.prediction_json(this.pointer));
  }

  /**
   * @param {number} first
   * @param {number} nRows rows to write as CSV, below the names where `first` is 0
   */
  csv(first, nRows) {
    return this.wasm.takeBytes(this.wasm.call.prediction_csv(this.pointer, first, nRows));
  }
}

/** Lines of training rows along an axis, a few at a time. Model and data set must outlive it. */
export class Lines extends Handle {
  #model;
  #dataset;
  #axis;
  #rows;
  #nLines;
  #size;
  #done = 0;

  /**
   * @param {Model} model
   * @param {Dataset} dataset
   * @param {CoreAxis} axis
   * @param {number} nRows to draw, if there are as many
   * @param {number} seed
   */
  constructor(model, dataset, axis, nRows, seed) {
    const { wasm } = model;
    const size = model.countPoints(axis) * model.info.n_outputs;
    const rows = wasm.alloc(nRows * ROW_BYTES);
    const nLines = wasm.call.probe_sample(dataset.pointer, nRows, seed, rows);
    super(wasm, rows, wasm.call.free);
    this.#model = model;
    this.#dataset = dataset;
    this.#axis = axis;
    this.#rows = rows;
    this.#nLines = nLines;
    this.#size = size;
    this.lines = new Float64Array(nLines * size);
  }

  get nLines() {
    return this.#nLines;
  }

  /** @returns {Uint32Array} the training rows of the lines, from 0 */
  rows() {
    return new Uint32Array(this.wasm.memory.buffer, this.#rows, this.#nLines).slice();
  }

  /**
   * @param {number} most lines to do
   * @returns {boolean} whether all are done
   */
  run(most) {
    const { wasm } = this;
    const n = Math.min(most, this.#nLines - this.#done);
    const values = n * this.#size;
    wasm.withBytes(values * DOUBLE_BYTES, (out) => {
      const rows = this.#rows + this.#done * ROW_BYTES;
      const axis = numbersOf(this.#axis);
      const { pointer } = this.#model;
      wasm.check(
        wasm.call.probe_lines(pointer, this.#dataset.pointer, n, rows, ...axis, out, wasm.error),
      );
      this.lines.set(wasm.doubles(out, values), this.#done * this.#size);
    });
    this.#done += n;
    return this.#done === this.#nLines;
  }

  /** The mean of all lines. */
  mean() {
    const { wasm, lines } = this;
    return wasm.withBytes(lines.byteLength, (copy) => {
      wasm.write(copy, new Uint8Array(lines.buffer));
      return wasm.withBytes(this.#size * DOUBLE_BYTES, (out) => {
        wasm.call.probe_mean(this.#nLines, this.#size, copy, out);
        return wasm.doubles(out, this.#size);
      });
    });
  }
}

/** How much worse a model becomes with one column shuffled. Model and data set must outlive it. */
export class Importance extends Handle {
  /**
   * @param {Model} model
   * @param {Dataset} dataset
   * @param {Part} part
   * @param {number} column of the model
   * @param {number} maxRows
   * @param {number} seed
   */
  constructor({ wasm, pointer }, dataset, part, column, maxRows, seed) {
    const index = PARTS.indexOf(part);
    const { call, error } = wasm;
    super(
      wasm,
      wasm.created(
        call.importance_new(pointer, dataset.pointer, index, column, maxRows, seed, error),
      ),
      call.importance_free,
    );
  }

  shuffle() {
    this.wasm.call.importance_shuffle(this.pointer);
  }

  result() {
    const { wasm, pointer } = this;
    const values = wasm.withBytes(N_RESULTS * DOUBLE_BYTES, (out) => {
      wasm.call.importance_result(pointer, out);
      return wasm.doubles(out, N_RESULTS);
    });
    return {
      nRows: values[0],
      nShuffles: values[1],
      loss: values[2],
      metric: values[3],
      lossRise: values[4],
      lossRiseDeviation: values[5],
      metricDrop: values[6],
      metricDropDeviation: values[7],
    };
  }
}

/**
 * The column of a model by its name.
 * @param {Model} model
 * @param {string} name
 */
export function columnOf({ info }, name) {
  const column = info.columns.findIndex((known) => known.name === name);
  if (column < 0) {
    throw new UserMistake({
      message: `The model has no column "${name}". Choose one that it was trained with.`,
    });
  }
  return column;
}
