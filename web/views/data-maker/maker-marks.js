/**
 * Points as marks: each class has a shape and a colour of its own.
 */
import { makeSketch } from "../../data-maker/sketch.js";
import { className } from "../parts/class-colors.js";
import { svg } from "../parts/dom.js";

/**
 * @import { Point, Shape } from "../../data-maker/shapes.js"
 * @import { View } from "../../data-maker/sketch.js"
 */

/** A disc, a square and a triangle around the origin. */
const OUTLINES = [
  "M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0Z",
  "M-3.2 -3.2h6.4v6.4h-6.4Z",
  "M0 -4.4L4.3 3.3H-4.3Z",
];

/** @param {number} kind */
export function markOf(kind) {
  const mark = svg("path", { class: "maker-mark", d: OUTLINES[kind % OUTLINES.length] });
  mark.style.fill = `var(--${className(kind)})`;
  return mark;
}

/** @param {SVGElement} mark @param {number} x @param {number} y */
export const placeMark = (mark, x, y) =>
  mark.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)})`);

/** @param {number} kind */
export const markIcon = (kind) =>
  svg("svg", { viewBox: "-6 -6 12 12", class: "maker-icon", "aria-hidden": "true" }, markOf(kind));

const SIDE = 48;
const THUMBNAIL = { rows: 84, seed: 3, calm: 0.6 };

/** For an empty plane: some points and a pencil's stroke. @type {Record<string, Point[]>} */
const DRAWN = {
  points: [
    { x: -3, y: -2, kind: 0 },
    { x: 0.4, y: 2.8, kind: 1 },
    { x: 3, y: -1.6, kind: 2 },
  ],
  curve: [-3.4, -1.8, -0.2, 1.4, 3].map((x) => ({ x, y: 0.4 * x * x - 2.4, kind: 0 })),
};

/** Fits the longer side of the points into the thumbnail. @param {View} view @param {boolean} isCurve */
function scaleOf({ x, y }, isCurve) {
  const longer = Math.max(x[1] - x[0], y[1] - y[0]);
  const [width, height] = isCurve ? [x[1] - x[0], y[1] - y[0]] : [longer, longer];
  const [mx, my] = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
  return (/** @type {Point} */ point) => [
    SIDE * (0.5 + (point.x - mx) / width),
    SIDE * (0.5 - (point.y - my) / height),
  ];
}

/** A small picture of what a shape makes. @param {Shape} shape */
export function thumbnail({ key, names, rows, noise }) {
  const { seed, calm, rows: few } = THUMBNAIL;
  const recipe = { shape: key, rows: rows && few, noise: noise.value * calm, seed };
  const { points, view } = makeSketch(recipe);
  const toPlace = scaleOf(view, names.length === 0);
  const marks = (rows > 0 ? points : DRAWN[key]).map((point) => {
    const [x, y] = toPlace(point);
    const r = rows > 0 ? 1.5 : 2.6;
    const mark = svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r });
    mark.style.fill = `var(--${className(point.kind)})`;
    return mark;
  });
  return svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": "true" }, marks);
}
