/**
 * The ends of the axes.
 */
import uPlot from "uplot";

/**
 * @import { Range, XAxis } from "../../chart-choices.js"
 * @import { Progress } from "../../protocol.js"
 * @import { RunRecord } from "../../runs.js"
 * @import { Columns } from "./thinning.js"
 */

/** Outliers are the rarest values, at either end, when they lie this many times farther than the rest. */
const RARE = 0.05;
const FAR_OUT = 20;
/** Values that quantiles are estimated from. */
const SAMPLE = 2000;

/** The most of an axis that a run could reach. @param {Progress} progress @param {XAxis} axis */
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

/**
 * What is in sight: the extremes, and a sample of all lows and highs.
 * @param {Columns[]} all @param {Range} x @param {boolean} log
 */
function surveyOf(all, [from, to], log) {
  const total = all.reduce((sum, { length }) => sum + length, 0);
  const stride = Math.ceil(total / SAMPLE);
  const floor = log ? 0 : -Infinity;
  /** @type {{ low: number, high: number, lows: number[], highs: number[] }} */
  const survey = { low: Infinity, high: -Infinity, lows: [], highs: [] };
  let n = 0;
  for (const { length, xs, low, high } of all) {
    for (let i = 0; i < length; i++) {
      if (xs[i] >= from && xs[i] <= to && low[i] > floor) {
        survey.low = low[i] < survey.low ? low[i] : survey.low;
        survey.high = high[i] > survey.high ? high[i] : survey.high;
        if (n++ % stride === 0) {
          survey.lows.push(low[i]);
          survey.highs.push(high[i]);
        }
      }
    }
  }
  return survey;
}

/** @param {number[]} values @param {number} share */
const quantile = (values, share) =>
  values.sort((a, b) => a - b)[Math.round(share * (values.length - 1))];

/** Few values far away would press all others flat. @param {ReturnType<typeof surveyOf>} survey @returns {[number, number]} */
function withoutOutliers({ low, high, lows, highs }) {
  const bottom = quantile(lows, RARE);
  const top = quantile(highs, 1 - RARE);
  const span = top - bottom;
  const far = FAR_OUT * span;
  return [low < top - far ? bottom - span : low, high > bottom + far ? top + span : high];
}

/** Ends of a logarithmic axis, as multiples of a power of ten. */
const ROUND = [1, 2, 3, 5, 10];

/** @param {number} value */
function roundAbove(value) {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * (ROUND.find((m) => m * decade > value) ?? 10);
}

/** @param {number} value */
function roundBelow(value) {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * (ROUND.findLast((m) => m * decade < value) ?? 0.5);
}

/**
 * @param {Columns[]} all
 * @param {Range} x
 * @param {number[]} levels values to keep in sight unless they squeeze the curves
 * @param {{ log: boolean, fromZero: boolean, outliers: boolean }} options `outliers`: however far
 *     away some values are, all are in sight
 * @returns {Range}
 */
export function yRange(all, x, levels, { log, fromZero, outliers }) {
  const survey = surveyOf(all, x, log);
  if (survey.low > survey.high) {
    return log ? [0.1, 1] : [0, 1];
  }
  const whole = log || outliers;
  const [low, high] = whole ? [survey.low, survey.high] : withoutOutliers(survey);
  const near = levels.filter((level) => level <= 3 * high - 2 * low && level >= 3 * low - 2 * high);
  const bottom = Math.min(low, ...near);
  const top = Math.max(high, ...near);
  if (log) {
    return [roundBelow(bottom > 0 ? bottom : low), roundAbove(top)];
  }
  const [from, to] = ends(uPlot.rangeNum(bottom, top, 0.1, true));
  return fromZero ? [Math.min(0, from), Math.max(0, to)] : [from, to];
}

/** @param {uPlot.Range.MinMax} range @returns {Range} */
const ends = ([from, to]) => [from ?? 0, to ?? 1];
