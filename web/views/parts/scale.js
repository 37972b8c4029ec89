/**
 * From values to places on an axis and back: numbers, or bands of names.
 */
import { formatMark, formatMarks } from "../../text/format.js";

/**
 * @typedef {object} Scale
 * @property {number} low
 * @property {number} high
 * @property {{ value: number, text: string }[]} marks
 * @property {string[] | null} names of the bands, which stand at 0, 1, 2, ...; null for numbers
 */

const MARKS = 5;

/** A round step of which about so many fit. @param {number} range @param {number} n */
function roundStep(range, n) {
  const decade = 10 ** Math.floor(Math.log10(range / n));
  const step = [1, 2, 5, 10].find((m) => m * decade * (n + 1) >= range) ?? 10;
  return step * decade;
}

/** @param {number} low @param {number} high @param {(value: number) => string} [format] @returns {Scale} */
export function numberScale(low, high, format) {
  const top = high > low ? high : low + 1;
  const step = roundStep(top - low, MARKS);
  const first = Math.ceil(low / step - 1e-9);
  const n = Math.floor(top / step + 1e-9) - first + 1;
  const values = Array.from({ length: Math.max(0, n) }, (_, i) => (first + i) * step);
  const texts = format
    ? values.map(format)
    : values.length > 1
      ? formatMarks(values)
      : values.map(String);
  const marks = values.map((value, i) => ({ value, text: texts[i] }));
  return { low, high: top, marks, names: null };
}

/**
 * For logarithms to base 10, with a mark at each power of ten; where there are less than two, at 2 and
 * 5 times as well.
 * @param {number} low exponent
 * @param {number} high exponent
 * @returns {Scale}
 */
export function logScale(low, high) {
  const top = high > low ? high : low + 1;
  const first = Math.ceil(low - 1e-9);
  const last = Math.floor(top + 1e-9);
  const factors = last - first < 1 ? [1, 2, 5] : [1];
  const marks = [];
  for (let power = first - 1; power <= last; power++) {
    for (const factor of factors) {
      const value = power + Math.log10(factor);
      if (value >= low - 1e-9 && value <= top + 1e-9) {
        marks.push({ value, text: formatMark(factor * 10 ** power) });
      }
    }
  }
  return { low, high: top, marks, names: null };
}

/** @param {string[]} names @returns {Scale} */
export function bandScale(names) {
  const marks = names.map((text, value) => ({ value, text }));
  return { low: -0.5, high: names.length - 0.5, marks, names };
}

/** @param {ArrayLike<number>} values @param {number} [pad] share of the range left free at both ends @returns {[low: number, high: number]} of the finite ones */
export function rangeOf(values, pad = 0) {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
  }
  if (low > high) {
    return [0, 1];
  }
  const room = (high - low || Math.abs(high) || 1) * pad;
  return [low - room, high + room];
}

/** The axis of values grows in steps, so that it does not tremble with the curve. @param {[number, number] | null} held @param {[number, number]} needed @returns {[number, number]} */
export function grownRange(held, needed) {
  if (held && needed[0] >= held[0] && needed[1] <= held[1]) {
    return held;
  }
  const room = (needed[1] - needed[0]) * 0.1;
  return [
    Math.min(held?.[0] ?? Infinity, needed[0] - room),
    Math.max(held?.[1] ?? -Infinity, needed[1] + room),
  ];
}
