/**
 * The free polyline of a schedule as points that can be moved: time in its units, and share of the
 * base rate. Pure functions; every one gives a new list.
 */
import { splitList } from "../../settings.js";

/** @typedef {{ time: number, share: number }} Point */

/** More cannot be told apart by hand. */
export const MOST_POINTS = 12;

const LARGEST = 1e9;
const DIGITS = 3;

/** @param {string} text the setting schedule.polyline.points @returns {Point[]} */
export function parsePoints(text) {
  const numbers = splitList(text).map(Number);
  const pairs = Math.floor(numbers.length / 2);
  const points = Array.from({ length: pairs }, (_, i) => ({
    time: numbers[2 * i],
    share: numbers[2 * i + 1],
  }));
  return points.filter(({ time, share }) => Number.isFinite(time) && Number.isFinite(share));
}

/** @param {number} value */
const short = (value) => String(Number(value.toPrecision(DIGITS)));

/** @param {Point[]} points */
export const formatPoints = (points) =>
  points.map(({ time, share }) => `${String(Number(time.toFixed(2)))},${short(share)}`).join(",");

/**
 * Moves a point between its neighbours; two points at one time make a jump.
 * @param {Point[]} points
 * @param {number} index
 * @param {Point} to
 */
export function movePoint(points, index, { time, share }) {
  const earliest = points[index - 1]?.time ?? 0;
  const latest = points[index + 1]?.time ?? LARGEST;
  const moved = {
    time: Math.min(latest, Math.max(earliest, time)),
    share: Math.min(LARGEST, Math.max(0, share)),
  };
  return points.map((point, i) => (i === index ? moved : point));
}

/** @param {Point[]} points @param {Point} point @returns {{ points: Point[], index: number }} where it stands now */
export function addPoint(points, point) {
  const later = points.findIndex(({ time }) => time > point.time);
  const index = later < 0 ? points.length : later;
  return { points: points.toSpliced(index, 0, point), index };
}

/** A point half way to the next one; after the last one as far again. @param {Point[]} points @param {number} index @param {number} total units of the run */
export function addAfter(points, index, total) {
  const from = points[index] ?? { time: 0, share: 1 };
  const to = points[index + 1] ?? { time: Math.max(total, from.time), share: from.share };
  return addPoint(points, {
    time: Math.round((from.time + to.time) / 2),
    share: (from.share + to.share) / 2,
  });
}

/** @param {Point[]} points @param {number} index */
export const removePoint = (points, index) =>
  points.length > 1 ? points.toSpliced(index, 1) : points;

/** The distance of a point from the line between two others, straight up. @param {Point} point @param {Point} from @param {Point} to */
function gap(point, from, to) {
  const share =
    from.share +
    ((to.share - from.share) * (point.time - from.time)) / Math.max(to.time - from.time, 1e-9);
  return Math.abs(point.share - share);
}

/**
 * Few points whose lines stay near a curve (Ramer, 1972; Douglas and Peucker, 1973): the point with
 * the widest gap comes in until there are enough, or no gap is left.
 * @param {Point[]} curve
 * @param {number} tolerance
 * @returns {Point[]}
 */
export function simplify(curve, tolerance) {
  const kept = [0, curve.length - 1];
  while (kept.length < MOST_POINTS) {
    let widest = { at: -1, gap: tolerance };
    for (let k = 0; k + 1 < kept.length; k++) {
      for (let i = kept[k] + 1; i < kept[k + 1]; i++) {
        const here = gap(curve[i], curve[kept[k]], curve[kept[k + 1]]);
        widest = here > widest.gap ? { at: i, gap: here } : widest;
      }
    }
    if (widest.at < 0) {
      break;
    }
    kept.push(widest.at);
    kept.sort((a, b) => a - b);
  }
  return [...new Set(kept)].map((i) => curve[i]);
}
