/**
 * A recipe as one short text, by which a link carries made data: "moons,200,0.2,7" for shape, rows,
 * noise and seed.
 */
import { csvText, makeSketch, ROWS, SEEDS } from "./sketch.js";
import { SHAPES } from "./shapes.js";

/** @import { Recipe } from "./sketch.js" */

/** @param {Recipe} recipe */
export const formatRecipe = ({ shape, rows, noise, seed }) => [shape, rows, noise, seed].join(",");

/** @param {number} value @param {{ min: number, max: number }} bounds */
const isWhole = (value, { min, max }) => Number.isInteger(value) && value >= min && value <= max;

/** @param {string} text @returns {Recipe | null} null where nothing can be made of it */
export function parseRecipe(text) {
  const [key, ...rest] = text.split(",");
  const shape = SHAPES.find((one) => one.key === key);
  const [rows, noise, seed] = rest.map(Number);
  const isGood =
    shape &&
    rest.length === 3 &&
    rest.every((part) => part.trim() !== "") &&
    isWhole(rows, ROWS) &&
    isWhole(seed, SEEDS) &&
    noise >= 0 &&
    noise <= shape.noise.max;
  return isGood ? { shape: key, rows, noise, seed } : null;
}

/** The file that a recipe makes, the same bytes everywhere. @param {string} text @returns {Blob | null} */
export function madeFile(text) {
  const recipe = parseRecipe(text);
  return recipe && new Blob([csvText(makeSketch(recipe))], { type: "text/csv" });
}
