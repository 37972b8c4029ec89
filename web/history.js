/**
 * The history of one run as growing columns, and thinning for the screen.
 */

export class History {
  /** @param {string[]} keys names of the columns, in the order of a row */
  constructor(keys) {
    this.keys = keys;
    this.length = 0;
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
    while (this.length > 0 && steps[this.length - 1] > step) {
      this.length--;
    }
  }

  /** A view that the next append may leave behind. @param {string} key */
  column(key) {
    return this.columns[this.keys.indexOf(key)].subarray(0, this.length);
  }

  /** The newest value of a column; NaN when there is none. @param {string} key */
  last(key) {
    return this.length === 0 ? NaN : this.columns[this.keys.indexOf(key)][this.length - 1];
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

/**
 * The lowest and highest value of ys[from..to), in the order in which they come; null for neither.
 * @param {Float64Array} ys
 * @param {number} from
 * @param {number} to
 * @returns {[number | null, number | null]}
 */
function extremes(ys, from, to) {
  let low = -1;
  let high = -1;
  for (let i = from; i < to; i++) {
    if (Number.isFinite(ys[i])) {
      low = low < 0 || ys[i] < ys[low] ? i : low;
      high = high < 0 || ys[i] > ys[high] ? i : high;
    }
  }
  if (low < 0) {
    return [null, null];
  }
  return low < high ? [ys[low], ys[high]] : [ys[high], ys[low]];
}

/**
 * At most `limit` points of each curve that keep every peak: a run of rows becomes its two extremes.
 * @param {Float64Array} xs
 * @param {Float64Array[]} curves
 * @param {number} limit
 * @returns {{ xs: number[], curves: (number | null)[][] }} null where a value does not exist
 */
export function thin(xs, curves, limit) {
  const n = xs.length;
  if (n <= limit) {
    const finite = curves.map((ys) => Array.from(ys, (y) => (Number.isFinite(y) ? y : null)));
    return { xs: Array.from(xs), curves: finite };
  }
  const stride = Math.ceil((2 * n) / limit);
  /** @type {number[]} */
  const thinXs = [];
  /** @type {(number | null)[][]} */
  const thinCurves = curves.map(() => []);
  for (let from = 0; from < n; from += stride) {
    const to = Math.min(n, from + stride);
    thinXs.push(xs[from], xs[to - 1]);
    curves.forEach((ys, j) => thinCurves[j].push(...extremes(ys, from, to)));
  }
  return { xs: thinXs, curves: thinCurves };
}
