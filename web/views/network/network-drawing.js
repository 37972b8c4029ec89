/**
 * The network as lines and dots: where they stand, and how a weight looks.
 */
import { svg } from "../parts/dom.js";

/** @import { Column } from "./network-shape.js" */

/** Room at both sides for the names of inputs and outputs; the knobs below leave the same. */
export const SIDE = 78;

const TOP = 40;
const SPACING = 19;
const TALLEST = 7 * SPACING;
const HEIGHT = TOP + TALLEST + 32;
const RADIUS = 5;
const MOST_LETTERS = 9;
const REACH = 9;
const NAME_GAP = 11;
const NAME_WIDTH = SIDE - 8 - NAME_GAP - 2;

/** @typedef {{ at: number, unit: number }} UnitMark a drawn unit: its column, and its place in it */
/** @typedef {UnitMark & { from: number }} LineMark and the place of the unit it comes from */
/** @typedef {{ x: number, y: number }} Point */

/**
 * @typedef {object} Drawing
 * @property {Point[][]} units [column][place]
 * @property {SVGLineElement[][][]} lines [column - 1][place][place in the column before]
 * @property {SVGCircleElement[][]} dots [column][place]
 */

/** @param {number} n columns @param {number} width of the picture */
export function columnX(n, width) {
  const hidden = n - 2;
  const cell = hidden > 0 ? (width - 2 * SIDE) / hidden : 0;
  return Array.from({ length: n }, (_, i) =>
    i === 0 ? SIDE - 8 : i === n - 1 ? width - SIDE + 8 : SIDE + (i - 0.5) * cell,
  );
}

/** @param {Column[]} columns @param {number} width */
function unitPoints(columns, width) {
  const xs = columnX(columns.length, width);
  return columns.map(({ shown }, i) => {
    const gaps = shown.length - 1;
    const spacing = Math.min(SPACING, TALLEST / Math.max(gaps, 1));
    const top = TOP + (TALLEST - gaps * spacing) / 2;
    return shown.map((_, j) => ({ x: xs[i], y: top + j * spacing }));
  });
}

/** @param {string} name @param {number} most letters */
const shorten = (name, most) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);

/** Measures what may be out of sight. */
const ruler = /** @type {CanvasRenderingContext2D} */ (
  document.createElement("canvas").getContext("2d")
);

/** Letters differ in width: drops some until the rest fits beside its dot. @param {SVGTextElement} text on the page @param {string} name */
function fitName(text, name) {
  const letters = /** @type {Text} */ (text.lastChild);
  const { fontSize, fontFamily } = getComputedStyle(text);
  ruler.font = `${fontSize} ${fontFamily}`;
  for (let most = MOST_LETTERS; most > 2; most--) {
    letters.data = shorten(name, most);
    if (ruler.measureText(letters.data).width <= NAME_WIDTH) {
      return;
    }
  }
}

/** @param {Column} column @param {Point[]} points */
function nameTexts({ kind, names }, points) {
  const [dx, anchor] = kind === "input" ? [-NAME_GAP, "end"] : [NAME_GAP, "start"];
  return points.map(({ x, y }, i) =>
    svg(
      "text",
      { class: "name", x: x + dx, y: y + 4, "text-anchor": anchor },
      svg("title", {}, names[i]),
      names[i] ?? "",
    ),
  );
}

/**
 * Puts the drawing into a picture in place of what was there.
 * @param {SVGSVGElement} picture
 * @param {Column[]} columns
 * @param {number} width
 * @param {(column: Column) => string} caption what is below a column
 * @returns {Drawing}
 */
export function drawNetwork(picture, columns, width, caption) {
  const units = unitPoints(columns, width);
  const lines = units
    .slice(1)
    .map((to, i) =>
      to.map((end) =>
        units[i].map((start) =>
          svg("line", { x1: start.x, y1: start.y, x2: end.x, y2: end.y, class: "line" }),
        ),
      ),
    );
  const dots = units.map((points, i) =>
    points.map(({ x, y }) => svg("circle", { cx: x, cy: y, r: RADIUS, class: columns[i].kind })),
  );
  const texts = columns.flatMap((column, i) => [
    ...(column.kind === "hidden" ? [] : nameTexts(column, units[i])),
    svg(
      "text",
      { class: "count", x: units[i][0].x, y: HEIGHT - 8, "text-anchor": "middle" },
      caption(column),
    ),
  ]);
  picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  picture.setAttribute("height", String(HEIGHT));
  picture.replaceChildren(...lines.flat(2), ...dots.flat(), ...texts);
  for (const text of picture.querySelectorAll(/** @type {"text"} */ ("text.name"))) {
    fitName(text, text.querySelector("title")?.textContent ?? "");
  }
  return { units, lines, dots };
}

/** Strength and sign of one weight. @param {SVGLineElement} line @param {number} weight @param {number} scale the largest of its layer */
export function styleLine(line, weight, scale) {
  const share = scale > 0 ? Math.min(1, Math.abs(weight) / scale) : 0;
  line.setAttribute("class", weight < 0 ? "line negative" : "line positive");
  line.style.strokeWidth = (0.5 + 3 * share).toFixed(2);
  line.style.strokeOpacity = (0.15 + 0.8 * share).toFixed(2);
}

/** @param {Point} p @param {Point} a @param {Point} b */
function distanceToLine(p, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy);
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(p.x - a.x - share * dx, p.y - a.y - share * dy);
}

/** The unit at a point, or the line nearest to it. @param {Drawing} drawing @param {Point} point @returns {UnitMark | LineMark | null} */
export function findAt({ units }, point) {
  /** @type {{ mark: UnitMark | LineMark | null, distance: number }} */
  let best = { mark: null, distance: REACH };
  units.forEach((column, at) =>
    column.forEach((place, unit) => {
      const distance = Math.hypot(place.x - point.x, place.y - point.y);
      if (distance < best.distance) {
        best = { mark: { at, unit }, distance };
      }
    }),
  );
  if (best.mark) {
    return best.mark;
  }
  units.slice(1).forEach((column, i) =>
    column.forEach((end, unit) =>
      units[i].forEach((start, from) => {
        const distance = distanceToLine(point, start, end);
        if (distance < best.distance) {
          best = { mark: { at: i + 1, unit, from }, distance };
        }
      }),
    ),
  );
  return best.mark;
}
