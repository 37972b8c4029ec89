/**
 * Curves on a canvas. All sizes are in pixels of the canvas.
 */

import { placeNames } from "./level-names.js";

/**
 * @import { Columns } from "./thinning.js"
 * @import { Line } from "./picture.js"
 */

/**
 * @typedef {object} Canvas
 * @property {CanvasRenderingContext2D} ctx
 * @property {(x: number) => number} toX
 * @property {(y: number) => number} toY
 * @property {number} ratio pixels of the canvas to a CSS pixel
 * @property {(name: string) => string} color
 */

const BAND_ALPHA = 0.2;
const RAW_ALPHA = 0.28;
const DOT = 3;

/** @param {Columns} columns @param {(from: number, to: number) => void} draw called for each piece without a break */
function eachPiece({ length, mid }, draw) {
  for (let from = 0; from < length; from++) {
    if (!Number.isNaN(mid[from])) {
      let to = from;
      while (to < length && !Number.isNaN(mid[to])) {
        to++;
      }
      draw(from, to);
      from = to;
    }
  }
}

/** @param {Canvas} canvas @param {Columns} columns */
function traceBand({ ctx, toX, toY }, columns) {
  const { xs, low, high } = columns;
  ctx.beginPath();
  eachPiece(columns, (from, to) => {
    ctx.moveTo(toX(xs[from]), toY(high[from]));
    for (let i = from + 1; i < to; i++) {
      ctx.lineTo(toX(xs[i]), toY(high[i]));
    }
    for (let i = to - 1; i >= from; i--) {
      ctx.lineTo(toX(xs[i]), toY(low[i]));
    }
    ctx.closePath();
  });
}

/** @param {Canvas} canvas @param {Columns} columns */
function traceLine({ ctx, toX, toY }, columns) {
  const { xs, mid } = columns;
  ctx.beginPath();
  eachPiece(columns, (from, to) => {
    ctx.moveTo(toX(xs[from]), toY(mid[from]));
    for (let i = from + 1; i < to; i++) {
      ctx.lineTo(toX(xs[i]), toY(mid[i]));
    }
  });
}

/** Few points are dots on their line. @param {Canvas} canvas @param {Columns} columns @param {number} radius */
function fillDots({ ctx, toX, toY }, columns, radius) {
  ctx.beginPath();
  for (let i = 0; i < columns.length; i++) {
    const [x, y] = [toX(columns.xs[i]), toY(columns.mid[i])];
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  }
  ctx.fill();
}

/** A cross where a run has left all bounds. @param {Canvas} canvas @param {Columns} columns */
function strokeEnd({ ctx, toX, toY, ratio }, columns) {
  const last = columns.mid.subarray(0, columns.length).findLastIndex(Number.isFinite);
  if (last < 0) {
    return;
  }
  const [x, y, arm] = [toX(columns.xs[last]), toY(columns.mid[last]), 4 * ratio];
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x - arm, y - arm);
  ctx.lineTo(x + arm, y + arm);
  ctx.moveTo(x - arm, y + arm);
  ctx.lineTo(x + arm, y - arm);
  ctx.stroke();
}

/**
 * One curve, with the band of what was thinned and the raw values under a smoothed one.
 * @param {Canvas} canvas
 * @param {Line} line
 * @param {boolean} [strong] drawn to stand out
 */
export function drawLine(canvas, { run, raw, smooth, style }, strong = false) {
  const { ctx, ratio, color } = canvas;
  ctx.strokeStyle = ctx.fillStyle = color(style.color);
  ctx.lineJoin = "bevel";
  const alpha = strong ? 1 : style.alpha;
  if (raw.thinned && style.band) {
    traceBand(canvas, raw);
    ctx.globalAlpha = BAND_ALPHA * alpha;
    ctx.fill();
  }
  if (smooth && !raw.thinned) {
    traceLine(canvas, raw);
    ctx.lineWidth = ratio;
    ctx.globalAlpha = RAW_ALPHA * alpha;
    ctx.stroke();
  }
  ctx.globalAlpha = alpha;
  ctx.lineWidth = (style.width + (strong ? 0.75 : 0)) * ratio;
  ctx.setLineDash((style.dash ?? []).map((length) => length * ratio));
  traceLine(canvas, smooth ?? raw);
  ctx.stroke();
  if (raw.length <= 24) {
    fillDots(canvas, raw, DOT * ratio);
  }
  if (run.progress.phase === "diverged") {
    strokeEnd(canvas, raw);
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** Text that is legible over curves and hides little of them: at the left or right of a place, above it. @param {Canvas} canvas @param {string} text @param {number} x @param {number} y */
function writeOver({ ctx, ratio, color }, text, x, y) {
  ctx.strokeStyle = color("card");
  ctx.lineWidth = 4 * ratio;
  ctx.lineJoin = "round";
  ctx.strokeText(text, x, y);
  ctx.fillStyle = color("muted");
  ctx.fillText(text, x, y);
}

/**
 * Level lines across the picture.
 * @param {Canvas} canvas
 * @param {{ value: number }[]} levels
 * @param {{ left: number, width: number }} box
 */
export function drawLevels({ ctx, toY, ratio, color }, levels, { left, width }) {
  ctx.strokeStyle = color("muted");
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 3 * ratio]);
  ctx.beginPath();
  for (const { value } of levels) {
    const y = Math.round(toY(value));
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
  }
  ctx.stroke();
  ctx.setLineDash([]);
}

/**
 * The names of levels, at the right.
 * @param {Canvas} canvas
 * @param {{ label: string, value: number }[]} levels
 * @param {{ left: number, width: number }} box
 */
export function nameLevels(canvas, levels, { left, width }) {
  const { ctx, toY, ratio } = canvas;
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = "right";
  placeNames(levels, toY, 14 * ratio).forEach(({ y, text }) =>
    writeOver(canvas, text, left + width - 6 * ratio, y - 6 * ratio),
  );
}

/** An upright line with a word at its head. @param {Canvas} canvas @param {number} place on the axis of x @param {string} word @param {{ left: number, top: number, width: number, height: number }} box */
export function drawUpright(canvas, place, word, { left, top, width, height }) {
  const { ctx, toX, ratio, color } = canvas;
  const x = Math.round(toX(place));
  ctx.strokeStyle = ctx.fillStyle = color("muted");
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 4 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, top + height);
  ctx.stroke();
  ctx.setLineDash([]);
  const fits = x < left + width * 0.85;
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = fits ? "left" : "right";
  writeOver(canvas, word, x + (fits ? 5 : -5) * ratio, top + 12 * ratio);
}

/** A tick on the axis of x where something was changed. @param {Canvas} canvas @param {number} place @param {string} name of the colour @param {number} bottom of the plot */
export function drawTick({ ctx, toX, ratio, color }, place, name, bottom) {
  const x = toX(place);
  ctx.fillStyle = color(name);
  ctx.beginPath();
  ctx.moveTo(x, bottom - 9 * ratio);
  ctx.lineTo(x + 4.5 * ratio, bottom);
  ctx.lineTo(x - 4.5 * ratio, bottom);
  ctx.fill();
}

/** A ring where a run has left another. @param {Canvas} canvas @param {number} x @param {number} y @param {string} name of the colour */
export function drawRing({ ctx, toX, toY, ratio, color }, x, y, name) {
  ctx.strokeStyle = color(name);
  ctx.fillStyle = color("card");
  ctx.lineWidth = 2 * ratio;
  ctx.beginPath();
  ctx.arc(toX(x), toY(y), 5 * ratio, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
}
