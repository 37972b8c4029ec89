/**
 * Predicted against true values, on a canvas with a text beside it.
 */
import { t } from "../i18n.js";
import { h, listen } from "./dom.js";
import { formatNumber } from "./format.js";

/** @import { Report } from "../protocol.js" */

/** Of one target. @typedef {{ predictions: Float32Array, targets: Float32Array }} Points */

const SIZE = 320;
const MARGIN = { left: 52, right: 12, top: 12, bottom: 34 };
const MAX_POINTS = 3000;

/** @param {string} name */
const cssColor = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** @param {Float32Array} a @param {Float32Array} b */
function commonRange(a, b) {
  let low = Infinity;
  let high = -Infinity;
  for (const values of [a, b]) {
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const pad = (high - low || 1) * 0.04;
  return { low: low - pad, high: high + pad };
}

/** @param {CanvasRenderingContext2D} ctx @param {{ low: number, high: number }} range */
function drawFrame(ctx, { low, high }) {
  const [left, right] = [MARGIN.left, SIZE - MARGIN.right];
  const [top, bottom] = [MARGIN.top, SIZE - MARGIN.bottom];
  ctx.strokeStyle = cssColor("grid");
  ctx.strokeRect(left, top, right - left, bottom - top);
  ctx.strokeStyle = cssColor("muted");
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(left, bottom);
  ctx.lineTo(right, top);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fillStyle = cssColor("muted");
  ctx.font = "11px system-ui, sans-serif";
  ctx.textAlign = "left";
  ctx.fillText(formatNumber(low), left, bottom + 14);
  ctx.textAlign = "right";
  ctx.fillText(formatNumber(high), right, bottom + 14);
  ctx.fillText(formatNumber(high), left - 6, top + 10);
  ctx.fillText(formatNumber(low), left - 6, bottom);
  ctx.textAlign = "center";
  ctx.fillText(t("true"), (left + right) / 2, bottom + 28);
}

/** @param {HTMLCanvasElement} canvas @param {Points} points */
function drawScatter(canvas, { predictions, targets }) {
  const ctx = canvas.getContext("2d");
  if (!ctx) {
    return;
  }
  ctx.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  ctx.clearRect(0, 0, SIZE, SIZE);
  const range = commonRange(predictions, targets);
  drawFrame(ctx, range);
  const unit = (/** @type {number} */ v) => (v - range.low) / (range.high - range.low);
  const stride = Math.ceil(targets.length / MAX_POINTS);
  ctx.fillStyle = cssColor("validation");
  ctx.globalAlpha = 0.65;
  for (let i = 0; i < targets.length; i += stride) {
    const x = MARGIN.left + unit(targets[i]) * (SIZE - MARGIN.left - MARGIN.right);
    const y = SIZE - MARGIN.bottom - unit(predictions[i]) * (SIZE - MARGIN.top - MARGIN.bottom);
    ctx.beginPath();
    ctx.arc(x, y, 2.5, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

/** One target of a report. @param {Report} report @param {number} target @returns {Points} */
function pointsOf({ predictions, targets, nOutputs, nTargets }, target) {
  const column = (/** @type {Float32Array} */ values, /** @type {number} */ width) =>
    values.filter((_, i) => i % width === target);
  return { predictions: column(predictions, nOutputs), targets: column(targets, nTargets) };
}

/** @param {Points} points */
function describe({ predictions, targets }) {
  const { low, high } = commonRange(predictions, targets);
  return t(
    "Predicted against true value of {n} rows, from {low} to {high}; a perfect model has every dot on the dashed line.",
    { n: targets.length, low: formatNumber(low), high: formatNumber(high) },
  );
}

/** @param {Report} report @param {string[]} names of its targets, where there are several */
export function mountScatter(report, names) {
  let points = pointsOf(report, 0);
  const canvas = h("canvas", {
    class: "scatter",
    width: SIZE * devicePixelRatio,
    height: SIZE * devicePixelRatio,
    role: "img",
  });
  const hint = h("p", { class: "hint" });
  const select = h(
    "select",
    { "aria-label": t("Target shown"), onchange: () => show(select.selectedIndex) },
    names.map((name) => h("option", {}, name)),
  );
  /** @param {number} target */
  function show(target) {
    points = pointsOf(report, target);
    hint.textContent = describe(points);
    canvas.setAttribute("aria-label", hint.textContent);
    requestAnimationFrame(() => drawScatter(canvas, points));
  }
  listen(matchMedia("(prefers-color-scheme: dark)"), "change", () => drawScatter(canvas, points));
  show(0);
  return h(
    "figure",
    {},
    h("figcaption", {}, `${t("Predicted (up) against true (right)")} `, names.length > 1 && select),
    canvas,
    hint,
  );
}
