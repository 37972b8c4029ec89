/**
 * Points on a plane, made in a shape or drawn by hand, and the table that they become. A sketch is
 * never changed: each edit gives another one.
 */
import { randomSource, shuffle } from "./random.js";
import { shapeOf } from "./shapes.js";

/** @import { Point } from "./shapes.js" */

/** @typedef {{ shape: string, rows: number, noise: number, seed: number }} Recipe */

/** From where to where the plane goes. @typedef {{ x: [number, number], y: [number, number] }} View */

/**
 * @typedef {object} Sketch
 * @property {Recipe} recipe what it began with
 * @property {readonly Point[]} points in the order of the table's rows
 * @property {View} view holds all points, and stays while they are edited
 * @property {boolean} edited by hand
 */

export const ROWS = { min: 10, max: 2000 };
export const SEEDS = { min: 0, max: 999_999 };

/** @type {View} */
const EMPTY_VIEW = { x: [-5, 5], y: [-5, 5] };

/** Share of the range that is left free around points. */
const ROOM = 0.08;

/** @param {number[]} values @returns {[number, number]} */
function withRoom(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * ROOM;
  return [low - room, high + room];
}

/** @param {string} shape @returns {Recipe} what a shape begins with */
export function firstRecipe(shape) {
  const { rows, noise } = shapeOf(shape);
  return { shape, rows, noise: noise.value, seed: 1 };
}

/** @param {Recipe} recipe @returns {Sketch} the same points for the same recipe, everywhere */
export function makeSketch(recipe) {
  const source = randomSource(recipe.seed);
  const points = shapeOf(recipe.shape).make(recipe.rows, recipe.noise, source);
  shuffle(points, source);
  const view =
    points.length > 0
      ? { x: withRoom(points.map(({ x }) => x)), y: withRoom(points.map(({ y }) => y)) }
      : EMPTY_VIEW;
  return { recipe, points, view, edited: false };
}

/** @param {Sketch} sketch @param {Point} point @returns {Sketch} */
export const addPoint = (sketch, point) => ({
  ...sketch,
  points: [...sketch.points, point],
  edited: true,
});

/** @param {Sketch} sketch @param {number} index @param {{ x: number, y: number }} place @returns {Sketch} */
export const movePoint = (sketch, index, place) => ({
  ...sketch,
  points: sketch.points.map((point, i) => (i === index ? { ...point, ...place } : point)),
  edited: true,
});

/** @param {Sketch} sketch @param {number} index @returns {Sketch} */
export const removePoint = (sketch, index) => ({
  ...sketch,
  points: sketch.points.filter((_, i) => i !== index),
  edited: true,
});

/** @param {Sketch} sketch @returns {Sketch} */
export const removeAll = (sketch) => ({ ...sketch, points: [], edited: true });

/**
 * @param {Sketch} sketch
 * @param {{ x: number, y: number }} place
 * @param {{ x: number, y: number }} reach how far along each axis a point may be, exclusive
 * @returns {number} index of the nearest point, the newest of several; -1 where none is within reach
 */
export function nearestPoint({ points }, place, reach) {
  let [best, least] = [-1, 1];
  points.forEach(({ x, y }, i) => {
    const [dx, dy] = [(x - place.x) / reach.x, (y - place.y) / reach.y];
    const distance = dx * dx + dy * dy;
    if (distance < 1 && distance <= least) {
      [best, least] = [i, distance];
    }
  });
  return best;
}

/** @param {Sketch} sketch @returns {number[]} points of each class of the shape */
export const countsOf = ({ recipe, points }) =>
  shapeOf(recipe.shape).names.map((_, k) => points.filter(({ kind }) => kind === k).length);

/** @param {number} value */
const cell = (value) => value.toFixed(4);

/** The table: x, y and the class, or x and y, with a header. @param {Sketch} sketch */
export function csvText({ recipe, points }) {
  const { names, target } = shapeOf(recipe.shape);
  const isCurve = names.length === 0;
  const header = isCurve ? `x,${target}` : `x,y,${target}`;
  const rows = points.map(({ x, y, kind }) =>
    isCurve ? `${cell(x)},${cell(y)}` : `${cell(x)},${cell(y)},${names[kind]}`,
  );
  return `${[header, ...rows].join("\n")}\n`;
}

/** @param {Sketch} sketch */
export const fileName = ({ recipe }) => `${recipe.shape}.csv`;
