/**
 * A sketch in words: what it holds, and why it may be too little to train on.
 */
import { t } from "../text/i18n.js";
import { countsOf } from "./sketch.js";
import { shapeOf } from "./shapes.js";

/** @import { Sketch } from "./sketch.js" */
/** @import { Point } from "./shapes.js" */

const FEWEST_POINTS = 10;

/** @param {number} value */
const short = (value) => String(Number(value.toFixed(2)));

/** What a point of a class is called. @param {Sketch} sketch @param {number} kind */
export const nameOf = ({ recipe }, kind) => shapeOf(recipe.shape).names[kind] ?? t("a point");

/** @param {{ x: number, y: number }} place */
export const placeText = ({ x, y }) => t("x {x}, y {y}", { x: short(x), y: short(y) });

/** @param {Sketch} sketch @param {Point} point */
export const pointText = (sketch, point) =>
  t("{name} at {place}", { name: nameOf(sketch, point.kind), place: placeText(point) });

/** How many points there are, and of which class. @param {Sketch} sketch */
export function summaryText(sketch) {
  const n = sketch.points.length;
  const { names } = shapeOf(sketch.recipe.shape);
  if (n === 0) {
    return t("No points yet. Tap the plane to add one.");
  }
  const counts = countsOf(sketch).map((count, kind) =>
    t("{name} {count}", { name: names[kind], count }),
  );
  return names.length > 0
    ? t("{n} points in all: {counts}.", { n, counts: counts.join(", ") })
    : t("{n} points in all.", { n });
}

/** Why nothing can be learnt from a sketch; empty where something can. @param {Sketch} sketch */
export function lackText(sketch) {
  const counts = countsOf(sketch);
  if (sketch.points.length < FEWEST_POINTS) {
    return t("Draw {n} points at least: some to train on, others to check with.", {
      n: FEWEST_POINTS,
    });
  }
  return counts.length > 0 && counts.filter((count) => count > 0).length < 2
    ? t("All points are of one class. Draw some of another.")
    : "";
}
