/**
 * The frame of a small chart: axes, grid and names in SVG, which follows the page's colours by
 * itself, and a cursor that the pointer and the arrow keys move.
 */
import { h, svg } from "./dom.js";

/** @import { Child } from "./dom.js" */
/** @import { Scale } from "./scale.js" */

const WIDTH = 360;
const HEIGHT = 300;

/** Free at each side, which the marks and the names of the axes need; more at the left for wide marks. */
const MARGIN = { left: 50, top: 10, right: 10, bottom: 48 };

/** What the name of the upright axis takes, with a gap to the marks. */
const NAME_WIDTH = 20;
const MARK_GAP = 6;

const MOST_LETTERS = 9;

/** A part of a picture. @typedef {{ left: number, top: number, width: number, height: number }} Box */

/**
 * @typedef {object} Plane
 * @property {SVGSVGElement} root
 * @property {Box} box the frame in shares of the whole picture
 * @property {SVGGElement} content what is drawn lies here, cut at the frame
 * @property {(value: number) => number} x
 * @property {(value: number) => number} y
 */

/** @param {Scale} scale @param {number} value */
const share = ({ low, high }, value) => (value - low) / (high - low);

/** @param {string} text */
const shorten = (text) =>
  text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text;

/** Every mark, or every second, third, ... where there are too many names. @param {Scale} scale @param {number} most */
function shownMarks({ marks }, most) {
  const stride = Math.ceil(marks.length / most);
  return marks.filter((_, i) => i % stride === 0);
}

let lastId = 0;

/** About how wide a text is; a letter of Chinese takes a square. @param {string} text */
const widthOf = (text) =>
  [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 11 : 6.5), 0);

/** The part within the margins. @param {{ width: number, height: number }} size @param {string[]} marks of the upright axis @returns {Box} */
function boxOf({ width, height }, marks) {
  const { top, right, bottom } = MARGIN;
  const left = Math.max(MARGIN.left, NAME_WIDTH + MARK_GAP + Math.max(0, ...marks.map(widthOf)));
  return { left, top, width: width - left - right, height: height - top - bottom };
}

/** Keeps a text that is centred on a place within the picture. @param {number} place @param {string} text @param {number} width of the picture */
const keepWithin = (place, text, width) => Math.min(place, width - widthOf(text) / 2);

/**
 * @param {{ x: Scale, y: Scale, xName: string, yName: string, size?: { width: number, height: number } }} axes
 * @returns {Plane}
 */
export function plane({ x, y, xName, yName, size = { width: WIDTH, height: HEIGHT } }) {
  const rowMarks = shownMarks(y, 8).map(({ value, text }) => ({ value, text: shorten(text) }));
  const { left, top, width, height } = boxOf(
    size,
    rowMarks.map(({ text }) => text),
  );
  const [right, bottom] = [left + width, top + height];
  const toX = (/** @type {number} */ value) => left + share(x, value) * width;
  const toY = (/** @type {number} */ value) => bottom - share(y, value) * height;
  const clip = `plane-${++lastId}`;
  const content = svg("g", { "clip-path": `url(#${clip})` });
  const columnMarks = shownMarks(x, 6).map(({ value, text }) => ({ value, text: shorten(text) }));
  const columns = columnMarks.map(({ value, text }) => {
    const middle = keepWithin(toX(value), text, size.width);
    return [
      !x.names && svg("path", { class: "grid", d: `M${toX(value)} ${top}V${bottom}` }),
      svg("text", { x: middle, y: bottom + 16, "text-anchor": "middle" }, text),
    ];
  });
  const rows = rowMarks.map(({ value, text }) => [
    !y.names && svg("path", { class: "grid", d: `M${left} ${toY(value)}H${right}` }),
    svg("text", { x: left - MARK_GAP, y: toY(value) + 4, "text-anchor": "end" }, text),
  ]);
  const root = svg(
    "svg",
    { class: "plane", viewBox: `0 0 ${size.width} ${size.height}`, "aria-hidden": "true" },
    svg("clipPath", { id: clip }, svg("rect", { x: left, y: top, width, height })),
    columns,
    rows,
    content,
    svg("rect", { class: "frame", x: left, y: top, width, height }),
    svg(
      "text",
      { class: "axis", x: (left + right) / 2, y: size.height - 6, "text-anchor": "middle" },
      xName,
    ),
    svg(
      "text",
      {
        class: "axis",
        x: 0,
        y: 0,
        "text-anchor": "middle",
        transform: `translate(11 ${(top + bottom) / 2}) rotate(-90)`,
      },
      yName,
    ),
  );
  const box = {
    left: left / size.width,
    top: top / size.height,
    width: width / size.width,
    height: height / size.height,
  };
  return { root, box, content, x: toX, y: toY };
}

/** A line through points; a gap where one is not finite. @param {Plane} plane @param {ArrayLike<number>} xs @param {ArrayLike<number>} ys */
export function linePath({ x, y }, xs, ys) {
  let path = "";
  let pen = "M";
  for (let i = 0; i < xs.length; i++) {
    if (Number.isFinite(xs[i]) && Number.isFinite(ys[i])) {
      path += `${pen}${x(xs[i]).toFixed(1)} ${y(ys[i]).toFixed(1)}`;
      pen = "L";
    } else {
      pen = "M";
    }
  }
  return path;
}

/**
 * Moves a cursor over a chart, in shares of its box from the lower left corner.
 * @param {HTMLElement} frame holds the chart; gets the keyboard's focus
 * @param {Element} root the chart, or what it fills
 * @param {() => Box} box of the chart
 * @param {(at: { x: number, y: number } | null) => void} move
 */
export function followCursor(frame, root, box, move) {
  const keep = (/** @type {number} */ value) => Math.min(1, Math.max(0, value));
  /** @type {{ x: number, y: number } | null} */
  let at = null;
  /** @param {PointerEvent} event */
  function point({ clientX, clientY }) {
    const whole = root.getBoundingClientRect();
    const { left, top, width, height } = box();
    const x = ((clientX - whole.left) / whole.width - left) / width;
    const y = 1 - ((clientY - whole.top) / whole.height - top) / height;
    const inside = x >= -0.02 && x <= 1.02 && y >= -0.02 && y <= 1.02;
    at = inside ? { x: keep(x), y: keep(y) } : null;
    move(at);
  }
  frame.addEventListener("pointermove", point);
  frame.addEventListener("pointerdown", point);
  frame.addEventListener("pointerleave", () => move((at = null)));
  frame.addEventListener("blur", () => move((at = null)));
  frame.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (step) {
      event.preventDefault();
      const { x, y } = at ?? { x: 0.5, y: 0.5 };
      at = { x: keep(x + step[0] * 0.04), y: keep(y + step[1] * 0.04) };
      move(at);
    }
  });
}

/** @param {string} caption @param {string} label what the chart shows, in words @param {...Child} content */
export function chartFrame(caption, label, ...content) {
  return h(
    "figure",
    { class: "plane-chart" },
    h("figcaption", {}, caption),
    h("div", { class: "plane-frame", role: "img", "aria-label": label }, content),
  );
}
