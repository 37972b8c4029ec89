/**
 * Rows as dots: a disc for a training row, a diamond for a validation row, in the colour of what the
 * row truly is.
 */
import { className, toCss, valueColor } from "../parts/class-colors.js";
import { svg } from "../parts/dom.js";

/** @import { Dot } from "./does-sample.js" */
/** @import { Plane } from "../parts/plane.js" */

/** @param {number} truth index of a class @returns {string} */
export const classFill = (truth) => `var(--${className(truth)})`;

/** @param {[low: number, high: number]} range of values */
export const valueFill =
  ([low, high]) =>
  (/** @type {number} */ truth) =>
    toCss(valueColor((truth - low) / (high - low || 1)));

/**
 * @param {Plane} plane
 * @param {Dot[]} dots those without a place or a truth are left out
 * @param {(truth: number) => string} fill
 */
export function dotMarks(plane, dots, fill) {
  return dots
    .filter(({ x, y, truth }) => [x, y, truth].every(Number.isFinite))
    .map(({ x, y, truth, isValidation }) => {
      const [px, py] = [plane.x(x), plane.y(y)];
      const mark = isValidation
        ? svg("path", { class: "diamond", d: `M${px} ${py - 4.2}l4.2 4.2l-4.2 4.2l-4.2 -4.2Z` })
        : svg("circle", { class: "disc", cx: px, cy: py, r: 3 });
      mark.style.fill = fill(truth);
      return mark;
    });
}
