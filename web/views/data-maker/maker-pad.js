/**
 * The plane that points are drawn on.
 */
import { signal } from "@preact/signals-core";
import { summaryText } from "../../data-maker/sketch-text.js";
import { shapeOf } from "../../data-maker/shapes.js";
import { t } from "../../text/i18n.js";
import { bindText, h, rebuild, svg, watch } from "../parts/dom.js";
import { plane } from "../parts/plane.js";
import { numberScale } from "../parts/scale.js";
import { drawByKeys } from "./maker-keys.js";
import { markOf, placeMark } from "./maker-marks.js";
import { drawByPointer } from "./maker-pointer.js";

/**
 * @import { Signal } from "@preact/signals-core"
 * @import { Maker, Place } from "../../data-maker/maker.js"
 * @import { Point } from "../../data-maker/shapes.js"
 * @import { Sketch, View } from "../../data-maker/sketch.js"
 * @import { Plane } from "../parts/plane.js"
 */

const SIZE = { width: 400, height: 350 };

/** Width by height of the frame within the margins. */
const ASPECT = 340 / 292;

/** @param {[number, number]} range @param {number} length @returns {[number, number]} as long as that around the same middle */
function lengthen([low, high], length) {
  const middle = (low + high) / 2;
  return [middle - length / 2, middle + length / 2];
}

/** What the plane shows: for classes a unit is as long in both directions, so that a circle is one. @param {Sketch} sketch @returns {View} */
function shownView({ recipe, view: { x, y } }) {
  if (shapeOf(recipe.shape).names.length === 0) {
    return { x, y };
  }
  const height = Math.max(y[1] - y[0], (x[1] - x[0]) / ASPECT);
  return { x: lengthen(x, height * ASPECT), y: lengthen(y, height) };
}

/** Marks follow the points; those of points that stay are left alone. @param {Maker} maker @param {Plane} chart */
function drawPoints(maker, chart) {
  const layer = svg("g");
  chart.content.append(layer);
  /** @type {readonly Point[]} */
  let drawn = [];
  watch(() => {
    const { points } = maker.sketch.value;
    points.forEach((point, i) => {
      const old = /** @type {SVGElement | undefined} */ (layer.children[i]);
      if (point !== drawn[i]) {
        const mark = old && drawn[i]?.kind === point.kind ? old : markOf(point.kind);
        placeMark(mark, chart.x(point.x), chart.y(point.y));
        if (!old) {
          layer.append(mark);
        } else if (mark !== old) {
          old.replaceWith(mark);
        }
      }
    });
    while (layer.children.length > points.length) {
      layer.lastElementChild?.remove();
    }
    drawn = points;
  });
}

/** @param {Plane} chart @param {Signal<Place | null>} cursor */
function drawCursor(chart, cursor) {
  const cross = svg("path", { class: "maker-cursor", d: "M-11 0H-4M4 0H11M0 -11V-4M0 4V11" });
  chart.content.append(cross);
  watch(() => {
    const at = cursor.value;
    cross.toggleAttribute("hidden", at === null);
    if (at) {
      placeMark(cross, chart.x(at.x), chart.y(at.y));
    }
  });
}

/** @param {[number, number]} range @param {number} share kept within it */
const valueAt = ([low, high], share) => low + (high - low) * Math.min(1, Math.max(0, share));

/** @param {Maker} maker */
export function mountPad(maker) {
  const cursor = signal(/** @type {Place | null} */ (null));
  /** @type {Plane} */
  let chart;
  /** @type {View} */
  let view;
  const frame = h("div", {
    class: "maker-pad",
    tabindex: "0",
    role: "application",
    "aria-label": t("Plane to draw on"),
    "aria-describedby": "maker-summary maker-help",
  });
  rebuild(
    frame,
    () => maker.sketch.value.recipe,
    () => {
      view = shownView(maker.sketch.peek());
      const [x, y] = [numberScale(...view.x), numberScale(...view.y)];
      chart = plane({ x, y, xName: "x", yName: "y", size: SIZE });
      cursor.value = null;
      drawPoints(maker, chart);
      drawCursor(chart, cursor);
      return chart.root;
    },
  );

  /** @param {PointerEvent} event @returns {Place} */
  function toPlace({ clientX, clientY }) {
    const whole = chart.root.getBoundingClientRect();
    const { left, top, width, height } = chart.box;
    return {
      x: valueAt(view.x, ((clientX - whole.left) / whole.width - left) / width),
      y: valueAt(view.y, 1 - ((clientY - whole.top) / whole.height - top) / height),
    };
  }

  /** @param {number} pixels @returns {Place} */
  function toReach(pixels) {
    const whole = chart.root.getBoundingClientRect();
    const { width, height } = chart.box;
    return {
      x: (pixels * (view.x[1] - view.x[0])) / (whole.width * width),
      y: (pixels * (view.y[1] - view.y[0])) / (whole.height * height),
    };
  }

  drawByPointer(frame, maker, toPlace, toReach);
  drawByKeys(frame, maker, cursor, () => view);
  const summary = h("p", { class: "hint", id: "maker-summary" });
  bindText(summary, () => summaryText(maker.sketch.value));
  return [frame, summary];
}
