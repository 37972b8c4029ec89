/**
 * The ends of the axes.
 */
import uPlot from "uplot";

/**
 * @import { Range, XAxis } from "../../chart-choices.js"
 * @import { Progress } from "../../protocol.js"
 * @import { RunRecord } from "../../runs.js"
 * @import { Columns } from "../../thinning.js"
 */

/** The least and the most of an axis that a run could reach. @param {Progress} progress @param {XAxis} axis */
function totalOf({ totalSteps, stepsPerEpoch }, axis) {
  const totals = { epoch: totalSteps / stepsPerEpoch, step: totalSteps, seconds: Infinity };
  return totals[axis];
}

/** Room for a run to grow into, so that the axis does not move with every point. @param {number} last @param {number} total */
function roomyEnd(last, total) {
  const decade = 10 ** Math.floor(Math.log10(Math.max(last, 1)));
  const round = [1, 2, 5, 10, 20].map((m) => m * decade).find((end) => end >= last * 1.02);
  return Math.min(total, Math.max(10, round ?? total));
}

/**
 * @param {Float64Array[]} all the places of all curves
 * @param {RunRecord} current
 * @param {{ axis: XAxis, log: boolean, growing: boolean }} options
 * @returns {Range}
 */
export function xRange(all, current, { axis, log, growing }) {
  const ends = all.map((xs) => xs.at(-1) ?? 0);
  const last = Math.max(...ends, 0);
  const own = current.history.last(axis);
  const room = growing ? roomyEnd(own, totalOf(current.progress, axis)) : last;
  const to = Math.max(last, room) || 1;
  if (!log) {
    return [0, to];
  }
  const starts = all.map((xs) => xs.find((x) => x > 0) ?? Infinity);
  const from = Math.min(...starts, to / 10);
  return [from, to];
}

/** @param {Columns[]} all @param {Range} x @param {boolean} log @returns {[number, number]} the lowest and the highest value that is in sight */
function extremes(all, [from, to], log) {
  let [low, high] = [Infinity, -Infinity];
  for (const { length, xs, low: lows, high: highs } of all) {
    for (let i = 0; i < length; i++) {
      if (xs[i] >= from && xs[i] <= to && !(log && lows[i] <= 0)) {
        low = lows[i] < low ? lows[i] : low;
        high = highs[i] > high ? highs[i] : high;
      }
    }
  }
  return [low, high];
}

/**
 * @param {Columns[]} all
 * @param {Range} x
 * @param {number[]} levels values to keep in sight unless they squeeze the curves
 * @param {{ log: boolean, fromZero: boolean }} options
 * @returns {Range}
 */
export function yRange(all, x, levels, { log, fromZero }) {
  const [low, high] = extremes(all, x, log);
  if (low > high) {
    return log ? [0.1, 1] : [0, 1];
  }
  const top = Math.max(high, ...levels.filter((level) => level <= high + 2 * (high - low)));
  const bottom = Math.min(low, ...levels.filter((level) => level >= low - 2 * (high - low)));
  if (log) {
    return ends(uPlot.rangeLog(bottom > 0 ? bottom : low, top, 10, false));
  }
  const [from, to] = ends(uPlot.rangeNum(bottom, top, 0.1, true));
  return fromZero ? [Math.min(0, from), Math.max(0, to)] : [from, to];
}

/** @param {uPlot.Range.MinMax} range @returns {Range} */
const ends = ([from, to]) => [from ?? 0, to ?? 1];
