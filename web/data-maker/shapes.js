/**
 * Shapes that points can be made in. Moons, circles and blobs are those of sklearn.datasets; the
 * examples of the site come from here as well.
 */
import { toTranslate } from "../text/i18n.js";
import { cosine, sine } from "./elementary.js";

/** @import { Source } from "./random.js" */

/**
 * @typedef {object} Point
 * @property {number} x
 * @property {number} y
 * @property {number} kind index of its class; 0 where y is predicted from x
 */

/**
 * @typedef {object} Shape
 * @property {string} key also the name of the file
 * @property {string} label
 * @property {string} target the column to predict
 * @property {string[]} names of the classes, in order of the alphabet as the core has them; none where y is
 *     predicted from x
 * @property {number} rows to begin with; 0 for an empty plane
 * @property {{ value: number, max: number }} noise to begin with, and at most: a standard deviation
 * @property {(n: number, noise: number, source: Source) => Point[]} make
 */

const TAU = 2 * Math.PI;

/** @param {number} n @param {(i: number) => Point} make @returns {Point[]} */
const points = (n, make) => Array.from({ length: n }, (_, i) => make(i));

/** A place with noise added. @param {number} x @param {number} y @param {number} kind @param {number} noise @param {Source} source @returns {Point} */
const near = (x, y, kind, noise, { normal }) =>
  noise > 0 ? { x: x + noise * normal(), y: y + noise * normal(), kind } : { x, y, kind };

/** Two half circles of radius 1, of which the lower one begins in the middle of the upper. @type {Shape["make"]} */
function moons(n, noise, source) {
  const most = Math.ceil(n / 2) - 1;
  return points(n, (i) => {
    const angle = (Math.PI * Math.floor(i / 2)) / most;
    const [x, y] = [cosine(angle), sine(angle)];
    return i % 2 === 0 ? near(x, y, 1, noise, source) : near(1 - x, 0.5 - y, 0, noise, source);
  });
}

/** A circle of half the radius within another. @type {Shape["make"]} */
function circles(n, noise, source) {
  return points(n, (i) => {
    const [angle, radius] = [(TAU * i) / n, i % 2 === 0 ? 1 : 0.5];
    return near(radius * cosine(angle), radius * sine(angle), (i + 1) % 2, noise, source);
  });
}

/** Two spirals of Archimedes of 1.75 turns: Lang and Witbrock, 1988, with even steps of the radius. @type {Shape["make"]} */
function spirals(n, noise, source) {
  return points(n, (i) => {
    const along = (Math.floor(i / 2) + 1) / (n / 2);
    const angle = 1.75 * TAU * along + (i % 2) * Math.PI;
    return near(along * cosine(angle), along * sine(angle), i % 2, noise, source);
  });
}

const BLOBS = 3;

/** Normal clouds around centres that are even in a square of side 20. @type {Shape["make"]} */
function blobs(n, noise, source) {
  const { random } = source;
  const centres = points(BLOBS, (kind) => ({ x: 20 * random() - 10, y: 20 * random() - 10, kind }));
  return points(n, (i) => {
    const { x, y, kind } = centres[i % BLOBS];
    return near(x, y, kind, noise, source);
  });
}

/** The corner squares of a chessboard of four, with a gap between them. @type {Shape["make"]} */
function xor(n, noise, source) {
  const { random } = source;
  const side = () => (random() < 0.5 ? -1 : 1);
  return points(n, () => {
    const [x, y] = [side() * (0.05 + 0.95 * random()), side() * (0.05 + 0.95 * random())];
    return near(x, y, x * y > 0 ? 0 : 1, noise, source);
  });
}

/** Two waves. @type {Shape["make"]} */
function wave(n, noise, { random, normal }) {
  return points(n, () => {
    const x = TAU * (2 * random() - 1);
    return { x, y: sine(x) + noise * normal(), kind: 0 };
  });
}

/** @type {Shape["make"]} */
function line(n, noise, { random, normal }) {
  return points(n, () => {
    const x = 10 * random();
    return { x, y: 2 * x + 1 + noise * normal(), kind: 0 };
  });
}

/** The same line, with every eighth point far above it. @type {Shape["make"]} */
function outliers(n, noise, { random, normal }) {
  return points(n, (i) => {
    const x = 10 * random();
    const above = i % 8 === 0 ? 20 + 20 * random() : 0;
    return { x, y: 2 * x + 1 + noise * normal() + above, kind: 0 };
  });
}

const CURVE = { target: "y", names: [] };
const EMPTY = { rows: 0, noise: { value: 0, max: 0 }, make: () => [] };

/** @type {Shape[]} */
export const SHAPES = [
  {
    key: "moons",
    label: toTranslate("Moons"),
    target: "moon",
    names: ["lower", "upper"],
    rows: 400,
    noise: { value: 0.12, max: 0.5 },
    make: moons,
  },
  {
    key: "circles",
    label: toTranslate("Circles"),
    target: "circle",
    names: ["inner", "outer"],
    rows: 400,
    noise: { value: 0.08, max: 0.4 },
    make: circles,
  },
  {
    key: "spirals",
    label: toTranslate("Spirals"),
    target: "arm",
    names: ["first", "second"],
    rows: 500,
    noise: { value: 0.015, max: 0.1 },
    make: spirals,
  },
  {
    key: "blobs",
    label: toTranslate("Blobs"),
    target: "blob",
    names: ["a", "b", "c"],
    rows: 300,
    noise: { value: 1, max: 5 },
    make: blobs,
  },
  {
    key: "xor",
    label: toTranslate("XOR"),
    target: "signs",
    names: ["alike", "unlike"],
    rows: 400,
    noise: { value: 0, max: 0.5 },
    make: xor,
  },
  {
    ...CURVE,
    key: "sine",
    label: toTranslate("Sine"),
    rows: 300,
    noise: { value: 0.15, max: 1 },
    make: wave,
  },
  {
    ...CURVE,
    key: "line",
    label: toTranslate("Straight line"),
    rows: 200,
    noise: { value: 1.5, max: 10 },
    make: line,
  },
  {
    ...CURVE,
    key: "outliers",
    label: toTranslate("Outliers"),
    rows: 240,
    noise: { value: 0.5, max: 10 },
    make: outliers,
  },
  {
    ...EMPTY,
    key: "points",
    label: toTranslate("Draw classes"),
    target: "class",
    names: ["a", "b", "c"],
  },
  { ...EMPTY, ...CURVE, key: "curve", label: toTranslate("Draw a curve") },
];

/** @param {string} key @returns {Shape} */
export function shapeOf(key) {
  const shape = SHAPES.find((one) => one.key === key);
  if (!shape) {
    throw new Error(`no shape ${key}`);
  }
  return shape;
}
