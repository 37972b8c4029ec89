/**
 * Curves as a screen can show them: for each column of pixels the lowest, the highest and the mean
 * value of all points in it, so that no peak is lost however many points there are.
 */

/**
 * Where the columns are, and which values count.
 * @typedef {object} Grid
 * @property {number} from left end of the axis of x
 * @property {number} to right end
 * @property {number} columns
 * @property {boolean} logX columns of equal ratio
 * @property {boolean} positive values of zero and less do not exist, as on a logarithmic axis
 * @property {boolean} sparse NaN stands for "not measured here" and is passed over, instead of
 *     breaking the curve
 */

/** Points of one curve, at most one a column; NaN in `mid` is a break. */
export class Columns {
  /** @param {number} room */
  constructor(room) {
    this.length = 0;
    this.xs = new Float64Array(room);
    this.low = new Float64Array(room);
    this.high = new Float64Array(room);
    this.mid = new Float64Array(room);
    /** Some points stand for several values, of which `low` and `high` are the extremes. */
    this.thinned = false;
  }

  /** @param {number} x @param {number} low @param {number} high @param {number} mid */
  push(x, low, high, mid) {
    const i = this.length++;
    this.xs[i] = x;
    this.low[i] = low;
    this.high[i] = high;
    this.mid[i] = mid;
  }
}

/** The first index at which xs is not below x. @param {ArrayLike<number>} xs rising @param {number} x */
export function lowerBound(xs, x) {
  let from = 0;
  let to = xs.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (xs[middle] < x) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

/** @param {Grid} grid @returns {(column: number) => number} where a column begins on the axis */
function edges({ from, to, columns, logX }) {
  return logX
    ? (column) => from * (to / from) ** (column / columns)
    : (column) => from + ((to - from) * column) / columns;
}

/**
 * Every point as it is.
 * @param {Float64Array} xs @param {Float64Array} ys @param {number} from @param {number} to @param {Grid} grid
 */
function copyPoints(xs, ys, from, to, { positive, sparse }) {
  const points = new Columns(to - from);
  for (let i = from; i < to; i++) {
    const y = ys[i];
    if (Number.isFinite(y) && !(positive && y <= 0)) {
      points.push(xs[i], y, y, y);
    } else if (!(sparse && Number.isNaN(y))) {
      points.push(xs[i], NaN, NaN, NaN);
    }
  }
  return points;
}

/**
 * One point a column of pixels.
 * @param {Float64Array} xs @param {Float64Array} ys @param {number} from @param {number} to @param {Grid} grid
 */
function mergePoints(xs, ys, from, to, grid) {
  const edge = edges(grid);
  const points = new Columns(grid.columns + 2);
  const floor = grid.positive ? 0 : -Infinity;
  let column = -1;
  for (let i = from; i < to;) {
    const end = column < grid.columns ? edge(++column) : Infinity;
    const first = i;
    let [low, high, sum, n] = [Infinity, -Infinity, 0, 0];
    for (; i < to && xs[i] < end; i++) {
      const y = ys[i];
      if (y > floor && y < Infinity) {
        low = y < low ? y : low;
        high = y > high ? y : high;
        sum += y;
        n++;
      }
    }
    const x = (xs[first] + xs[i - 1]) / 2;
    if (n > 0) {
      points.push(x, low, high, sum / n);
      points.thinned ||= low < high;
    } else if (i > first && !grid.sparse) {
      points.push(x, NaN, NaN, NaN);
    }
  }
  return points;
}

/**
 * @param {Float64Array} xs rising
 * @param {Float64Array} ys as many
 * @param {Grid} grid
 * @returns {Columns}
 */
export function toColumns(xs, ys, grid) {
  // A column more at each end, or the next point, so that the curve goes on to the rim of the picture.
  const edge = edges(grid);
  const from = Math.max(0, Math.min(lowerBound(xs, grid.from) - 1, lowerBound(xs, edge(-1))));
  const next = Math.max(lowerBound(xs, grid.to) + 1, lowerBound(xs, edge(grid.columns + 1)));
  const to = Math.min(xs.length, next);
  const begin = grid.logX && xs[from] <= 0 ? lowerBound(xs, Number.MIN_VALUE) : from;
  const take = to - begin <= 2 * grid.columns ? copyPoints : mergePoints;
  return take(xs, ys, begin, Math.max(begin, to), grid);
}
