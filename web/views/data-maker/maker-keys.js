/**
 * Drawing by keyboard: the arrow keys move a cursor, Enter adds a point there, Delete removes the
 * nearest one.
 */
import { nearestPoint } from "../../data-maker/sketch.js";
import { placeText, pointText } from "../../data-maker/sketch-text.js";

/**
 * @import { Signal } from "@preact/signals-core"
 * @import { Maker, Place } from "../../data-maker/maker.js"
 * @import { View } from "../../data-maker/sketch.js"
 */

/** Shares of the view that one press goes; with Shift the smaller one. */
const STEP = { wide: 0.04, narrow: 0.005 };

/** Share of the view within which a point is at the cursor. */
const REACH = 0.03;

/** @type {Record<string, Place>} */
const DIRECTIONS = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
};

/** @param {[number, number]} range @param {number} share */
const shareOf = ([low, high], share) => (high - low) * share;

/** @param {View} view @returns {Place} */
const middleOf = ({ x, y }) => ({ x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 });

/** @param {number} value @param {[number, number]} range */
const within = (value, [low, high]) => Math.min(high, Math.max(low, value));

/**
 * @param {HTMLElement} frame
 * @param {Maker} maker
 * @param {Signal<Place | null>} cursor
 * @param {() => View} view
 */
export function drawByKeys(frame, maker, cursor, view) {
  const here = () => cursor.value ?? middleOf(view());
  /** @returns {Place} */
  const reach = () => ({ x: shareOf(view().x, REACH), y: shareOf(view().y, REACH) });

  function tellPlace() {
    const sketch = maker.sketch.peek();
    const point = sketch.points[nearestPoint(sketch, here(), reach())];
    maker.told.value = point ? pointText(sketch, point) : placeText(here());
  }

  /** @param {Place} direction @param {number} share */
  function move(direction, share) {
    const { x, y } = here();
    const now = view();
    cursor.value = {
      x: within(x + direction.x * shareOf(now.x, share), now.x),
      y: within(y + direction.y * shareOf(now.y, share), now.y),
    };
    tellPlace();
  }

  /** @param {() => void} edit at the cursor, which is shown from then on */
  const atCursor = (edit) => () => {
    cursor.value = here();
    edit();
  };
  const add = atCursor(() => maker.add(here()));
  const remove = atCursor(() => maker.remove(here(), reach()));
  /** @type {Record<string, () => void>} */
  const acts = { Enter: add, " ": add, Delete: remove, Backspace: remove };

  /** @param {KeyboardEvent} event */
  function actOf({ key, shiftKey, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey) {
      return undefined;
    }
    const direction = DIRECTIONS[key];
    if (direction) {
      return () => move(direction, shiftKey ? STEP.narrow : STEP.wide);
    }
    return /^[1-9]$/.test(key) ? () => maker.choose(Number(key) - 1) : acts[key];
  }

  frame.addEventListener("keydown", (event) => {
    const act = actOf(event);
    if (act) {
      event.preventDefault();
      act();
    }
  });
  frame.addEventListener("pointerdown", () => (cursor.value = null));
  frame.addEventListener("blur", () => (cursor.value = null));
}
