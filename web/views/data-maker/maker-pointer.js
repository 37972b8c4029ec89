/**
 * Drawing with a mouse, a pen or a finger: a tap adds a point, a drag moves one, the eraser removes
 * what it touches. One stroke is one step of undo.
 */
import { t } from "../../text/i18n.js";
import { addPoint, movePoint, nearestPoint, removePoint } from "../../data-maker/sketch.js";
import { pointText } from "../../data-maker/sketch-text.js";

/**
 * @import { Maker, Place } from "../../data-maker/maker.js"
 * @import { Sketch } from "../../data-maker/sketch.js"
 */

/** Pixels around a point that belong to it. */
const REACH = { fine: 9, coarse: 18 };

/** A stroke under way. @typedef {{ sketch: Sketch, index: number, text: (sketch: Sketch) => string }} Stroke */

/** @param {PointerEvent} event */
const reachOf = ({ pointerType }) => (pointerType === "mouse" ? REACH.fine : REACH.coarse);

/** A point is taken up, or added to be dragged. @param {Maker} maker @param {Place} place @param {Place} reach @returns {Stroke} */
function beginDrag(maker, place, reach) {
  const sketch = maker.sketch.peek();
  const index = nearestPoint(sketch, place, reach);
  if (index >= 0) {
    return {
      sketch,
      index,
      text: (end) => t("Moved: {point}.", { point: pointText(end, end.points[index]) }),
    };
  }
  const last = sketch.points.length;
  return {
    sketch: addPoint(sketch, maker.pointAt(place)),
    index: last,
    text: (end) => t("Added: {point}.", { point: pointText(end, end.points[last]) }),
  };
}

/** @param {Maker} maker @returns {Stroke} */
function beginErasing(maker) {
  const sketch = maker.sketch.peek();
  const text = (/** @type {Sketch} */ end) =>
    t("Erased {n} points.", { n: sketch.points.length - end.points.length });
  return { sketch, index: -1, text };
}

/** @param {Stroke} stroke @param {Place} place @param {Place} reach @returns {Sketch} */
function carryOn({ sketch, index }, place, reach) {
  if (index >= 0) {
    return movePoint(sketch, index, place);
  }
  const touched = nearestPoint(sketch, place, reach);
  return touched >= 0 ? removePoint(sketch, touched) : sketch;
}

/**
 * @param {HTMLElement} frame
 * @param {Maker} maker
 * @param {(event: PointerEvent) => Place} toPlace
 * @param {(pixels: number) => Place} toReach
 */
export function drawByPointer(frame, maker, toPlace, toReach) {
  /** @type {Stroke | null} */
  let stroke = null;

  /** @param {Sketch} sketch */
  function show(sketch) {
    if (stroke) {
      stroke.sketch = sketch;
      maker.preview.value = sketch;
    }
  }

  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) {
      return;
    }
    const [place, reach] = [toPlace(event), toReach(reachOf(event))];
    frame.setPointerCapture(event.pointerId);
    const erases = maker.tool.peek() === "erase";
    stroke = erases ? beginErasing(maker) : beginDrag(maker, place, reach);
    show(erases ? carryOn(stroke, place, reach) : stroke.sketch);
  });
  frame.addEventListener("pointermove", (event) => {
    if (stroke && event.isPrimary) {
      show(carryOn(stroke, toPlace(event), toReach(reachOf(event))));
    }
  });
  frame.addEventListener("pointerup", (event) => {
    const ended = stroke;
    if (!ended || !event.isPrimary) {
      return;
    }
    stroke = null;
    maker.preview.value = null;
    if (ended.sketch !== maker.sketch.peek()) {
      maker.commit(ended.sketch, ended.text(ended.sketch));
    }
  });
  frame.addEventListener("pointercancel", () => {
    stroke = null;
    maker.preview.value = null;
  });
}
