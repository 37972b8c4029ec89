/**
 * The curve of one column of one run: smoothed and thinned as it is asked for, and kept until the
 * history or the question changes.
 */
import { lowerBound, toColumns } from "./thinning.js";
import { Smoothing } from "./smoothing.js";

/**
 * @import { XAxis } from "../../chart-choices.js"
 * @import { RunRecord } from "../../runs.js"
 * @import { Columns, Grid } from "./thinning.js"
 * @import { Curve } from "./chart-table.js"
 */

/** @typedef {Omit<Grid, "sparse">} Frame */

/** @typedef {{ x: number, y: number }} Point */

/** @typedef {{ asked: string, raw: Columns, smooth: Columns | null }} Thinned */

export class Series {
  #smoothing = new Smoothing(0);
  #cuts = 0;
  #searched = 0;
  #exists = false;
  /** @type {WeakMap<object, Thinned>} */
  #thinned = new WeakMap();

  /** @param {RunRecord} run @param {Curve} curve */
  constructor(run, curve) {
    this.run = run;
    this.curve = curve;
  }

  get ys() {
    return this.run.history.column(this.curve.key);
  }

  /** Whether there is anything to draw. */
  get exists() {
    const { ys, curve } = this;
    this.#searched = Math.min(this.#searched, ys.length);
    while (!this.#exists && this.#searched < ys.length) {
      const y = ys[this.#searched++];
      this.#exists = curve.positive ? y > 0 : Number.isFinite(y);
    }
    return this.#exists && ys.length > 0;
  }

  /** @param {XAxis} axis @returns {Float64Array} empty where the run has no such measure */
  xs(axis) {
    const xs = this.run.history.column(axis);
    return Number.isFinite(xs.at(-1)) ? xs : new Float64Array(0);
  }

  /**
   * @param {object} owner of the picture; the last answer is kept for each
   * @param {XAxis} axis
   * @param {Frame} frame
   * @param {number} weight of the smoothing; 0 for none
   * @returns {Thinned} the same object while nothing has changed
   */
  thinned(owner, axis, frame, weight) {
    const { length, cuts } = this.run.history;
    const asked = [axis, length, cuts, weight, ...Object.values(frame)].join();
    const known = this.#thinned.get(owner);
    if (known?.asked === asked) {
      return known;
    }
    const xs = this.xs(axis);
    const ys = xs.length > 0 ? this.ys : xs;
    const grid = { ...frame, sparse: this.curve.sparse === true };
    const smooth = weight > 0 ? toColumns(xs, this.#smooth(ys, weight), grid) : null;
    const made = { asked, raw: toColumns(xs, ys, grid), smooth };
    this.#thinned.set(owner, made);
    return made;
  }

  /** @param {Float64Array} ys @param {number} weight */
  #smooth(ys, weight) {
    const { cuts } = this.run.history;
    if (this.#smoothing.weight !== weight || this.#cuts !== cuts) {
      this.#smoothing = new Smoothing(weight);
      this.#cuts = cuts;
    }
    return this.#smoothing.follow(ys);
  }

  /** The measured point nearest to x; null where the curve is not. @param {XAxis} axis @param {number} x @returns {Point | null} */
  near(axis, x) {
    const [xs, ys] = [this.xs(axis), this.ys];
    const n = xs.length;
    if (n === 0 || x > xs[n - 1] + (xs[n - 1] - xs[0]) / n) {
      return null;
    }
    const after = Math.min(n - 1, lowerBound(xs, x));
    let low = after > 0 && x - xs[after - 1] < xs[after] - x ? after - 1 : after;
    let high = low + 1;
    while (low >= 0 && !Number.isFinite(ys[low])) {
      low--;
    }
    while (high < n && !Number.isFinite(ys[high])) {
      high++;
    }
    const nearer = high < n && (low < 0 || xs[high] - x < x - xs[low]) ? high : low;
    return nearer < 0 ? null : { x: xs[nearer], y: ys[nearer] };
  }

  /** The newest point; null without any. @param {XAxis} axis @returns {Point | null} */
  newest(axis) {
    return this.near(axis, this.xs(axis).at(-1) ?? NaN);
  }
}

/** @type {WeakMap<RunRecord, Map<string, Series>>} */
const all = new WeakMap();

/** The one series of a curve of a run. @param {RunRecord} run @param {Curve} curve */
export function seriesOf(run, curve) {
  const ofRun = all.get(run) ?? new Map();
  all.set(run, ofRun);
  const found = ofRun.get(curve.key) ?? new Series(run, curve);
  ofRun.set(curve.key, found);
  return found;
}

/** Where an epoch lies on the axis of x; NaN before the run or beyond it. @param {RunRecord} run @param {number} epoch @param {XAxis} axis */
export function xOfEpoch(run, epoch, axis) {
  const epochs = run.history.column("epoch");
  const at = lowerBound(epochs, epoch);
  return at < epochs.length ? run.history.column(axis)[at] : NaN;
}
