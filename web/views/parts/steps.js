/**
 * What one press of an arrow does to a number: steps of equal ratio (1, 2, 5, 10) where a setting
 * asks for them, else steps of equal size.
 *
 * @import { Param } from "../../protocol-catalogue.js"
 */

/** The next number of the series 1, 2, 5, 10, 20, ... @param {number} value @param {number} direction */
function nextInSeries(value, direction) {
  const decade = Math.floor(Math.log10(value) + 1e-9);
  const series = [-1, 0, 1].flatMap((d) => [1, 2, 5].map((m) => m * 10 ** (decade + d)));
  const slack = value * 1e-6;
  return direction > 0
    ? Math.min(...series.filter((s) => s > value + slack))
    : Math.max(...series.filter((s) => s < value - slack));
}

/** @param {Param} param @param {number} value */
function stepSize(param, value) {
  if (param.kind === "integer") {
    return 1;
  }
  const { min = 0, max = 1 } = param;
  return max - min <= 1
    ? 0.05
    : Math.max(0.1, 10 ** Math.floor(Math.log10(Math.abs(value) || 1) - 1));
}

/**
 * @param {Param} param
 * @param {string} text
 * @param {number} direction 1 or -1
 * @returns {string}
 */
export function nextStep(param, text, direction) {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) {
    return param.default;
  }
  const { min = -Infinity, max = Infinity } = param;
  const byRatio = param.log_scale && value > 0;
  const next = byRatio
    ? nextInSeries(value, direction)
    : value + direction * stepSize(param, value);
  const bounded = Math.min(max, Math.max(min, next));
  const whole = param.kind === "integer" ? Math.round(bounded) : bounded;
  return String(Number(whole.toPrecision(6)));
}
