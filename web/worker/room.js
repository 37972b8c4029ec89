/** How many rows of a file fit into memory, told before it runs out. */

import { OutOfMemory, UserMistake } from "./wasm.js";

/** @typedef {import("./core.js").Core} Core */
/** @typedef {import("./core-table.js").CsvReader} CsvReader */

/** What wasm can address, less what its stack, code and network need. */
const MOST_BYTES = 2 ** 32 - 2 ** 26;

/**
 * What a row takes in the table, which grows an eighth ahead, and then, encoded, in the data set and in
 * lists of rows.
 */
const CELL_BYTES = 9;
const FEATURE_BYTES = 4;
const ROW_BYTES = 80;

/** What a reader takes whatever it reads. */
const READER_BYTES = 2 ** 22;

/** How much is read from one check to the next. */
const CHECK_BYTES = 2 ** 20;

/** How much is read before the number of rows is estimated, and how wrong that may be. */
const ESTIMATE_BYTES = 2 ** 23;
const ESTIMATE_ERROR = 1.1;

/** Of the numbers that are told. */
const DIGITS = 2;

/** @param {number} value above 0 @param {(x: number) => number} round */
function withDigits(value, round) {
  const unit = 10 ** (Math.floor(Math.log10(value)) + 1 - DIGITS);
  return Number((round(value / unit) * unit).toPrecision(DIGITS));
}

/** @param {number} n */
const counted = (n) => n.toLocaleString("en-US");

/**
 * @param {number} fits rows
 * @param {number} rows that there are
 */
export function tooBig(fits, rows) {
  const most = withDigits(Math.max(1, fits), Math.floor);
  const all = withDigits(Math.max(rows, most), Math.round);
  const share = Math.max(1e-6, withDigits(most / all, Math.floor));
  return new UserMistake({
    message: `About ${counted(most)} of about ${counted(all)} rows fit into the memory that there is. Read a random sample of them: set data.sample_share to ${share}.`,
    key: "data.sample_share",
    fits: { rows: most, of: all, share },
  });
}

/**
 * The mistake to tell where the data set of a table does not fit: half of the rows may.
 * @param {unknown} error
 * @param {import("./core-table.js").Table} table
 * @param {number} share of the rows of its file that it has
 */
export function fewerRows(error, { nRows }, share) {
  return error instanceof OutOfMemory
    ? new UserMistake({
        ...error.mistake,
        fits: { rows: Math.ceil(nRows / 2), of: Math.round(nRows / share), share: share / 2 },
      })
    : error;
}

export class Room {
  #core;
  #before;
  #most;
  #checked = 0;

  /**
   * @param {Core} core
   * @param {number} [most] bytes that may be in use, what is there already included
   */
  constructor(core, most = Infinity) {
    this.#core = core;
    this.#before = core.memoryInUse();
    this.#most = Math.min(most, MOST_BYTES);
  }

  /**
   * Fails where the table and a data set made of it will not fit.
   * @param {CsvReader} csv
   * @param {number} fed bytes that the reader has been given
   * @param {number} share of the file that they are
   */
  check(csv, fed, share) {
    if (fed < this.#checked + CHECK_BYTES) {
      return;
    }
    this.#checked = fed;
    const { nRows, nLeftOut, nColumns } = csv.soFar();
    if (nRows === 0 || share === 0) {
      return;
    }
    const later = nRows * (FEATURE_BYTES * nColumns + ROW_BYTES);
    const needed = this.#core.memoryInUse() - this.#before + later;
    const expected = (nRows / share) * this.#rowBytes(nColumns);
    const isFull = needed > this.#free;
    const willBe = fed > ESTIMATE_BYTES && expected > ESTIMATE_ERROR * this.#free;
    if (isFull || willBe) {
      const rowBytes = Math.max(this.#rowBytes(nColumns), isFull ? needed / nRows : 0);
      throw tooBig((this.#free - READER_BYTES) / rowBytes, (nRows + nLeftOut) / share);
    }
  }

  /**
   * The mistake to tell where memory ran out while the reader was working.
   * @param {unknown} error
   * @param {CsvReader} csv
   * @param {number} share of the file that had been read
   */
  explain(error, csv, share) {
    const { nRows, nLeftOut, nColumns } = csv.soFar();
    if (!(error instanceof OutOfMemory) || nRows === 0) {
      return error;
    }
    const used = this.#core.memoryInUse() - this.#before;
    return tooBig(used / this.#rowBytes(nColumns), (nRows + nLeftOut) / share);
  }

  get #free() {
    return Math.max(0, this.#most - this.#before);
  }

  /** @param {number} nColumns */
  #rowBytes(nColumns) {
    return (CELL_BYTES + FEATURE_BYTES) * nColumns + ROW_BYTES;
  }
}
