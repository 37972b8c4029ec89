/**
 * What the gestures on the large chart do: zoom and pan within what there is, and read values.
 */
import { batch } from "@preact/signals-core";
import { lowerBound } from "./thinning.js";

/**
 * @import { Range } from "../../chart-choices.js"
 * @import { State } from "../../state.js"
 * @import { View } from "./gestures.js"
 * @import { Line, Picture } from "./picture.js"
 * @import { Plot } from "./plot.js"
 */

/** Curves farther than this from the pointer do not answer to it, in CSS pixels. */
const REACH = 30;
/** The smallest part of an axis that is looked at. */
const LEAST = 1e-6;

/** A part of the axis of x that lies within it; null for all of it. @param {Range} range @param {Picture} picture @returns {Range | null} */
export function partOfX([from, to], { fullX: [low, high], logX }) {
  if (to - from > (1 - LEAST) * (high - low)) {
    return null;
  }
  if (logX) {
    return [Math.max(low, from), Math.min(high, to)];
  }
  const shift = Math.max(0, low - from) - Math.max(0, to - high);
  return [from + shift, to + shift];
}

/** @param {Range} range @param {Range} full @returns {boolean} whether it can be told from a point */
const isWide = ([from, to], [low, high]) => to - from > LEAST * (high - low);

/** Values are read at points of the current run, while it goes that far. @param {Picture} picture @param {number} x */
function snap({ lines, runs, axis }, x) {
  const line = lines.find(({ run }) => run === runs[runs.length - 1]);
  return line?.series.near(axis, x)?.x ?? x;
}

/** The curve that comes nearest to a place of the plot. @param {Plot} plot @param {number} left @param {number} top @returns {Line | null} */
function nearestLine(plot, left, top) {
  const { picture } = plot;
  const x = plot.valueAt(left, "x");
  let [nearest, distance] = [/** @type {Line | null} */ (null), REACH];
  for (const line of picture?.lines ?? []) {
    const point = line.series.near(/** @type {Picture} */ (picture).axis, x);
    const away = point ? Math.abs(plot.place(point.y, "y") - top) : Infinity;
    if (away < distance) {
      [nearest, distance] = [line, away];
    }
  }
  return nearest;
}

/** Places of the points of the current run that are in sight. @param {Picture} picture */
function placesInSight({ lines, runs, x: [from, to] }) {
  const line = lines.find(({ run }) => run === runs[runs.length - 1]);
  const xs = line?.raw.xs.subarray(0, line.raw.length) ?? new Float64Array(0);
  return xs.filter((x) => x >= from && x <= to);
}

/** @param {State} state @param {Plot} plot @returns {View} */
export function createView({ charts }, plot) {
  return {
    zoom(x, y) {
      const { picture } = plot;
      if (!picture) {
        return;
      }
      batch(() => {
        if (x && isWide(x, picture.fullX)) {
          charts.zoomX.value = partOfX(x, picture);
        }
        if (y && isWide(y, picture.y)) {
          charts.zoomY.value = y;
        }
      });
    },
    reset() {
      batch(() => {
        charts.zoomX.value = null;
        charts.zoomY.value = null;
      });
    },
    read(left, top) {
      const { picture } = plot;
      const line = left !== null && picture?.several ? nearestLine(plot, left, top) : null;
      batch(() => {
        charts.cursor.value =
          left === null || !picture ? null : snap(picture, plot.valueAt(left, "x"));
        charts.highlight.value = line?.run.id ?? "";
      });
    },
    step(direction) {
      const xs = plot.picture ? placesInSight(plot.picture) : [];
      if (xs.length > 0) {
        const at = lowerBound(xs, charts.cursor.value ?? Infinity);
        const from = charts.cursor.value === null ? xs.length - 1 : at;
        charts.cursor.value = xs[Math.max(0, Math.min(xs.length - 1, from + direction))];
      }
    },
  };
}
