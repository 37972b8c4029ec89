/**
 * What a person does with points, and what is said of it.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../text/i18n.js";
import { historyOf, push, redo, undo } from "./sketch-history.js";
import {
  addPoint,
  firstRecipe,
  makeSketch,
  nearestPoint,
  removeAll,
  removePoint,
} from "./sketch.js";
import { nameOf, pointText, summaryText } from "./sketch-text.js";
import { SHAPES, shapeOf } from "./shapes.js";

/**
 * @import { State } from "../state.js"
 * @import { Recipe, Sketch } from "./sketch.js"
 * @import { History } from "./sketch-history.js"
 * @import { Point } from "./shapes.js"
 */

/** @typedef {{ x: number, y: number }} Place */

/** @param {State} state */
export function createMaker({ maker: { history, tool } }) {
  /** An edit under way, as while a point is dragged. */
  const preview = signal(/** @type {Sketch | null} */ (null));
  /** What the last act did, in words. */
  const told = signal("");
  history.value ??= historyOf(makeSketch(firstRecipe(SHAPES[0].key)));
  const steps = () => /** @type {History} */ (history.value);
  const sketch = computed(() => preview.value ?? steps().present);

  /** @param {Sketch} edited @param {string} text */
  function commit(edited, text) {
    preview.value = null;
    history.value = push(steps(), edited);
    told.value = text;
  }

  /** @param {Recipe} recipe */
  function make(recipe) {
    const left = steps().present;
    const isOther = recipe.shape !== left.recipe.shape;
    const lost = left.edited && left.points.length > 0;
    commit(makeSketch(recipe), lost ? t("Made anew. Undo brings your points back.") : "");
    if (isOther) {
      tool.value = 0;
    }
  }

  /** @param {typeof undo} step */
  function travel(step) {
    preview.value = null;
    history.value = step(steps());
    const { names } = shapeOf(sketch.value.recipe.shape);
    tool.value = Number(tool.value) >= Math.max(1, names.length) ? 0 : tool.value;
    told.value = summaryText(sketch.value);
  }

  /** The class that is added; the first while points are erased. @param {Place} place @returns {Point} */
  const pointAt = ({ x, y }) => ({ x, y, kind: tool.value === "erase" ? 0 : tool.value });

  /** @param {Place} place */
  function add(place) {
    const point = pointAt(place);
    commit(
      addPoint(sketch.value, point),
      t("Added: {point}.", { point: pointText(sketch.value, point) }),
    );
  }

  /** @param {Place} place @param {Place} reach along each axis */
  function remove(place, reach) {
    const index = nearestPoint(sketch.value, place, reach);
    const point = sketch.value.points[index];
    if (point) {
      const text = t("Removed: {point}.", { point: pointText(sketch.value, point) });
      commit(removePoint(sketch.value, index), text);
    } else {
      told.value = t("There is no point here.");
    }
  }

  return {
    sketch,
    told,
    tool,
    preview,
    canUndo: computed(() => steps().past.length > 0),
    canRedo: computed(() => steps().future.length > 0),
    commit,
    make,
    /** @param {string} shape */
    pick: (shape) => make(firstRecipe(shape)),
    undo: () => travel(undo),
    redo: () => travel(redo),
    clear: () => commit(removeAll(sketch.value), t("All points are gone. Undo brings them back.")),
    pointAt,
    add,
    remove,
    /** @param {number} kind */
    choose(kind) {
      if (kind < Math.max(1, shapeOf(sketch.value.recipe.shape).names.length)) {
        tool.value = kind;
        told.value = nameOf(sketch.value, kind);
      }
    },
  };
}

/** @typedef {ReturnType<typeof createMaker>} Maker */
