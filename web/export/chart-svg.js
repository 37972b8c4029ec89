/**
 * A chart of lines as an SVG text that stands alone: title, axes with their names, legend.
 */

import { placeNames } from "../views/curves/level-names.js";

/** @typedef {[number, number]} Range */

/**
 * @typedef {object} SvgLine
 * @property {string} label
 * @property {string} color as in CSS
 * @property {number} width
 * @property {number} [alpha]
 * @property {number[]} [dash]
 * @property {ArrayLike<number>} xs
 * @property {ArrayLike<number>} ys NaN is a break
 * @property {ArrayLike<number>} [low] with `high` the band around the line
 * @property {ArrayLike<number>} [high]
 * @property {ArrayLike<number>} [raw] drawn faintly beneath a smoothed line
 */

/**
 * @typedef {object} SvgChart
 * @property {string} title
 * @property {string} xLabel
 * @property {string} yLabel
 * @property {Range} x
 * @property {Range} y
 * @property {boolean} [logX]
 * @property {boolean} [logY]
 * @property {(value: number) => string} [formatY] of marks on the axis
 * @property {SvgLine[]} lines
 * @property {{ label: string, value: number }[]} [levels] lines across
 * @property {{ label: string, value: number }[]} [uprights] lines upright
 * @property {{ text: string, muted: string, grid: string, card: string }} colors as in CSS
 */

const WIDTH = 960;
const PLOT_HEIGHT = 440;
const MARGIN = { left: 78, right: 24, top: 52, bottom: 56 };
const KEY_WIDTH = 220;
const KEY_HEIGHT = 20;
const FONT = "system-ui, sans-serif";

/** @param {string} text */
const escape = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** @typedef {Record<string, string | number | undefined>} Attributes those that are undefined are left out */

/** @param {string} name @param {Attributes} attributes @param {string} [content] markup */
function tag(name, attributes, content = "") {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(`${value}`)}"`);
  return `<${name}${list.join("")}>${content}</${name}>`;
}

/** @param {string} content @param {Attributes} attributes */
const text = (content, attributes) => tag("text", attributes, escape(content));

/** Round marks, about `n` of them. @param {Range} range @param {number} n */
function linearMarks([from, to], n) {
  const rough = (to - from) / n;
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((m) => m * decade >= rough) ?? 10) * decade;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Powers of ten, and steps between them where there are few. @param {Range} range */
function logMarks([from, to]) {
  const decades = Math.log10(to / from);
  const steps = decades < 1.5 ? [1, 2, 3, 5] : decades < 4 ? [1, 3] : [1];
  const first = Math.floor(Math.log10(from));
  const n = Math.ceil(decades) + 2;
  const every = Math.max(1, Math.ceil(decades / 10));
  return Array.from({ length: n }, (_, i) => steps.map((m) => m * 10 ** (first + i * every)))
    .flat()
    .filter((mark) => mark >= from * 0.999 && mark <= to * 1.001);
}

/** @param {number} value */
const short = (value) =>
  value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e6)
    ? value.toExponential(1).replace(/\.0e\+?|e\+/, "e")
    : String(Number(value.toPrecision(6)));

/** @param {Range} range @param {boolean} log @param {number} start @param {number} end @returns {(value: number) => number} */
function placer([from, to], log, start, end) {
  const measure = log ? Math.log10 : (/** @type {number} */ value) => value;
  const scale = (end - start) / (measure(to) - measure(from));
  return (value) => Math.max(-1e5, Math.min(1e5, start + (measure(value) - measure(from)) * scale));
}

/** @param {number} value */
const digits = (value) => value.toFixed(1);

/** @typedef {{ toX: (x: number) => number, toY: (y: number) => number }} Scales */

/** @param {Scales} scales @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys */
function linePath({ toX, toY }, xs, ys) {
  const parts = [];
  let pen = "M";
  for (let i = 0; i < ys.length; i++) {
    if (Number.isFinite(ys[i])) {
      parts.push(`${pen}${digits(toX(xs[i]))} ${digits(toY(ys[i]))}`);
      pen = "L";
    } else {
      pen = "M";
    }
  }
  return parts.join("");
}

/** One closed outline for each piece without a break. @param {Scales} scales @param {SvgLine} line */
function bandPath({ toX, toY }, { xs, low = [], high = [] }) {
  const parts = [];
  for (let from = 0; from < low.length; from++) {
    let to = from;
    while (to < low.length && Number.isFinite(low[to])) {
      to++;
    }
    const place = (/** @type {ArrayLike<number>} */ ys, /** @type {number} */ i) =>
      `${digits(toX(xs[i]))} ${digits(toY(ys[i]))}`;
    const indices = Array.from({ length: to - from }, (_, i) => from + i);
    const there = indices.map((i) => place(high, i));
    const back = indices.reverse().map((i) => place(low, i));
    if (there.length > 0) {
      parts.push(`M${there.concat(back).join("L")}Z`);
    }
    from = to;
  }
  return parts.join("");
}

/** @param {Scales} scales @param {SvgLine} line */
function drawLine(scales, line) {
  const { xs, ys, low, raw, color, width, alpha = 1, dash } = line;
  const stroke = { fill: "none", stroke: color, "stroke-linejoin": "round" };
  const band = low && tag("path", { d: bandPath(scales, line), fill: color, opacity: 0.2 * alpha });
  const under =
    raw && tag("path", { d: linePath(scales, xs, raw), ...stroke, opacity: 0.28 * alpha });
  const d = linePath(scales, xs, ys);
  const dashes = { "stroke-dasharray": dash?.join(" ") };
  const main = tag("path", { d, ...stroke, ...dashes, "stroke-width": width, opacity: alpha });
  return [band, under, main].filter(Boolean).join("");
}

/** @param {SvgChart} chart @param {Scales} scales @param {number} bottom */
function drawAxes({ x, y, logX, logY, formatY = short, xLabel, yLabel, colors }, scales, bottom) {
  const right = WIDTH - MARGIN.right;
  const grid = { stroke: colors.grid };
  const mark = { fill: colors.muted, "font-size": 12 };
  const across = (logX ? logMarks(x) : linearMarks(x, 8)).map((value) => {
    const at = digits(scales.toX(value));
    return (
      tag("line", { x1: at, x2: at, y1: MARGIN.top, y2: bottom, ...grid }) +
      text(short(value), { x: at, y: bottom + 18, "text-anchor": "middle", ...mark })
    );
  });
  const up = (logY ? logMarks(y) : linearMarks(y, 6)).map((value) => {
    const at = digits(scales.toY(value));
    return (
      tag("line", { x1: MARGIN.left, x2: right, y1: at, y2: at, ...grid }) +
      text(formatY(value), { x: MARGIN.left - 8, y: Number(at) + 4, "text-anchor": "end", ...mark })
    );
  });
  const name = { fill: colors.text, "font-size": 13, "text-anchor": "middle" };
  const middle = (MARGIN.top + bottom) / 2;
  return [
    ...across,
    ...up,
    text(xLabel, { x: (MARGIN.left + right) / 2, y: bottom + 42, ...name }),
    text(yLabel, { x: 0, y: 0, transform: `translate(20 ${middle}) rotate(-90)`, ...name }),
  ].join("");
}

/** @param {SvgChart} chart @param {Scales} scales @param {number} bottom */
function drawNotes({ levels = [], uprights = [], colors }, { toX, toY }, bottom) {
  const line = { stroke: colors.muted, "stroke-dasharray": "3 3" };
  const halo = { stroke: colors.card, "stroke-width": 4, "paint-order": "stroke" };
  const name = { fill: colors.muted, "font-size": 12, ...halo };
  const right = WIDTH - MARGIN.right;
  const across = levels.map(({ value }) => {
    const y = digits(toY(value));
    return tag("line", { x1: MARGIN.left, x2: right, y1: y, y2: y, ...line });
  });
  const names = placeNames(levels, toY, 16).map(({ y, text: content }) =>
    text(content, { x: right - 6, y: digits(y - 5), "text-anchor": "end", ...name }),
  );
  const up = uprights.map(({ label, value }) => {
    const x = toX(value);
    const late = x > right - 80;
    const place = { x: digits(x + (late ? -5 : 5)), y: MARGIN.top + 14 };
    return (
      tag("line", { x1: digits(x), x2: digits(x), y1: MARGIN.top, y2: bottom, ...line }) +
      text(label, { ...place, "text-anchor": late ? "end" : undefined, ...name })
    );
  });
  return [...across, ...up, ...names].join("");
}

/** @param {SvgLine[]} lines @param {number} top @param {string} color of the text */
function drawLegend(lines, top, color) {
  const perRow = Math.floor((WIDTH - MARGIN.left) / KEY_WIDTH);
  return lines
    .map(({ label, color: stroke, width, dash }, i) => {
      const x = MARGIN.left + (i % perRow) * KEY_WIDTH;
      const y = top + Math.floor(i / perRow) * KEY_HEIGHT;
      const line = { x1: x, x2: x + 22, y1: y, y2: y, stroke, "stroke-width": width };
      const dashes = { "stroke-dasharray": dash?.join(" ") };
      const name = { x: x + 28, y: y + 4, fill: color, "font-size": 12 };
      return tag("line", { ...line, ...dashes }) + text(label, name);
    })
    .join("");
}

/** @param {SvgChart} chart @returns {string} */
export function chartSvg(chart) {
  const { title, x, y, logX = false, logY = false, lines, colors } = chart;
  const bottom = MARGIN.top + PLOT_HEIGHT;
  const right = WIDTH - MARGIN.right;
  const legendTop = bottom + MARGIN.bottom + 8;
  const rows = Math.ceil(lines.length / Math.floor((WIDTH - MARGIN.left) / KEY_WIDTH));
  const height = legendTop + rows * KEY_HEIGHT;
  const scales = {
    toX: placer(x, logX, MARGIN.left, right),
    toY: placer(y, logY, bottom, MARGIN.top),
  };
  const box = { x: MARGIN.left, y: MARGIN.top, width: right - MARGIN.left, height: PLOT_HEIGHT };
  const heading = { x: MARGIN.left, y: 30, fill: colors.text, "font-size": 18, "font-weight": 600 };
  return tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      role: "img",
      "font-family": FONT,
    },
    [
      tag("title", {}, escape(title)),
      tag("rect", { width: WIDTH, height, fill: colors.card }),
      text(title, heading),
      tag("clipPath", { id: "plot" }, tag("rect", box)),
      drawAxes(chart, scales, bottom),
      tag("g", { "clip-path": "url(#plot)" }, lines.map((line) => drawLine(scales, line)).join("")),
      drawNotes(chart, scales, bottom),
      drawLegend(lines, legendTop, colors.text),
    ].join("\n"),
  );
}
