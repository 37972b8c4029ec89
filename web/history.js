/**
 * The history of one run as growing columns.
 */

export class History {
  /** @param {string[]} keys names of the columns, in the order of a row */
  constructor(keys) {
    this.keys = keys;
    this.length = 0;
    /** Counts how often rows have been forgotten. */
    this.cuts = 0;
    this.columns = keys.map(() => new Float64Array(256));
  }

  /** @param {Float64Array} rows whole rows, one after the other */
  append(rows) {
    const width = this.keys.length;
    const n = Math.floor(rows.length / width);
    this.#reserve(this.length + n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < width; j++) {
        this.columns[j][this.length + i] = rows[i * width + j];
      }
    }
    this.length += n;
  }

  /** All rows, one after the other: what append() takes. */
  rows() {
    const rows = new Float64Array(this.length * this.keys.length);
    this.columns.forEach((column, j) => {
      for (let i = 0; i < this.length; i++) {
        rows[i * this.keys.length + j] = column[i];
      }
    });
    return rows;
  }

  /** Forgets the rows after a step. @param {number} step */
  cutAfter(step) {
    const steps = this.column("step");
    this.cuts++;
    while (this.length > 0 && steps[this.length - 1] > step) {
      this.length--;
    }
  }

  /** A view that the next append may leave behind; empty for a column that is not there. @param {string} key */
  column(key) {
    return this.columns[this.keys.indexOf(key)]?.subarray(0, this.length) ?? new Float64Array(0);
  }

  /** The newest value of a column; NaN when there is none. @param {string} key */
  last(key) {
    return this.column(key).at(-1) ?? NaN;
  }

  /** @param {number} n */
  #reserve(n) {
    if (n <= this.columns[0].length) {
      return;
    }
    const capacity = Math.max(n, 2 * this.columns[0].length);
    this.columns = this.columns.map((old) => {
      const grown = new Float64Array(capacity);
      grown.set(old);
      return grown;
    });
  }
}
