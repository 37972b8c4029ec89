/**
 * Reading, zooming and panning of a plot by pointer, touch, wheel and keys. A view is moved in
 * pixels and told in values, so that a logarithmic axis needs nothing of its own.
 */
import { h } from "../parts/dom.js";

/**
 * @import { Range } from "../../chart-choices.js"
 * @import { Plot } from "./plot.js"
 */

/**
 * What the gestures ask for.
 * @typedef {object} View
 * @property {(x: Range | null, y: Range | null) => void} zoom null leaves an axis as it is
 * @property {() => void} reset
 * @property {(pixels: number | null, pixelsDown: number) => void} read at a place of the plot; null to stop
 * @property {(direction: number) => void} step reads the next or the previous point; ±Infinity the ends
 */

/** Less than this is a click, and no drag along an axis. */
const SLACK = 8;
const ZOOM_STEP = 1.25;
const PAN_STEP = 0.1;

/** @typedef {{ x: number, y: number }} Place in CSS pixels from the edge of the plot */

/** @param {Plot} plot */
function boxOf({ over }) {
  return { width: over?.clientWidth ?? 0, height: over?.clientHeight ?? 0 };
}

/** @param {Plot} plot @param {{ clientX: number, clientY: number }} event @returns {Place} */
function placeOf({ over }, { clientX, clientY }) {
  const box = over?.getBoundingClientRect();
  return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
}

/** @param {Plot} plot @param {number} a @param {number} b @returns {Range} */
function across(plot, a, b) {
  return [plot.valueAt(Math.min(a, b), "x"), plot.valueAt(Math.max(a, b), "x")];
}

/** @param {Plot} plot @param {number} a @param {number} b @returns {Range} */
function upright(plot, a, b) {
  return [plot.valueAt(Math.max(a, b), "y"), plot.valueAt(Math.min(a, b), "y")];
}

/** @param {Plot} plot @param {View} view @param {number} dx @param {number} dy pixels that the curves move by */
function pan(plot, view, dx, dy) {
  const { width, height } = boxOf(plot);
  view.zoom(
    dx === 0 ? null : across(plot, -dx, width - dx),
    dy === 0 ? null : upright(plot, -dy, height - dy),
  );
}

/** Zooms the axis of x about a place. @param {Plot} plot @param {View} view @param {number} x @param {number} factor below 1 to see less of it, larger */
function zoomAbout(plot, view, x, factor) {
  const { width } = boxOf(plot);
  view.zoom(across(plot, x - x * factor, x + (width - x) * factor), null);
}

/** A rectangle drawn by the mouse: along one axis where the other has hardly been moved on. @param {Plot} plot @param {View} view @param {Place} a @param {Place} b */
function zoomInto(plot, view, a, b) {
  const [wide, high] = [Math.abs(a.x - b.x) >= SLACK, Math.abs(a.y - b.y) >= SLACK];
  if (wide || high) {
    const flat = Math.abs(a.y - b.y) < 3 * SLACK;
    const thin = Math.abs(a.x - b.x) < 3 * SLACK && !flat;
    view.zoom(
      wide && !thin ? across(plot, a.x, b.x) : null,
      high && !flat ? upright(plot, a.y, b.y) : null,
    );
  }
}

/** @param {Plot} plot @param {Place} place @returns {Place} within the plot */
function within(plot, { x, y }) {
  const { width, height } = boxOf(plot);
  return { x: Math.min(width, Math.max(0, x)), y: Math.min(height, Math.max(0, y)) };
}

/** The rectangle that is being drawn. @param {Plot} plot */
function rubberBand(plot) {
  const box = h("div", { class: "rubber-band", hidden: true });
  return {
    /** @param {Place} a @param {Place} b */
    show(a, b) {
      const { height, width } = boxOf(plot);
      const flat = Math.abs(a.y - b.y) < 3 * SLACK;
      const thin = Math.abs(a.x - b.x) < 3 * SLACK && !flat;
      const [left, right] = thin ? [0, width] : [Math.min(a.x, b.x), Math.max(a.x, b.x)];
      const [top, bottom] = flat ? [0, height] : [Math.min(a.y, b.y), Math.max(a.y, b.y)];
      box.hidden = false;
      box.style.left = `${left}px`;
      box.style.top = `${top}px`;
      box.style.width = `${right - left}px`;
      box.style.height = `${bottom - top}px`;
      plot.over?.append(box);
    },
    hide() {
      box.hidden = true;
    },
  };
}

/** @param {Map<number, Place>} fingers */
function pinch(fingers) {
  const [a, b] = [...fingers.values()];
  return { center: (a.x + b.x) / 2, span: Math.max(SLACK, Math.abs(a.x - b.x)) };
}

/** @param {HTMLElement} host @param {Plot} plot @param {View} view */
function bindPointer(host, plot, view) {
  /** @type {Map<number, Place>} */
  const pressed = new Map();
  /** @type {{ from: Place, panning: boolean } | null} */
  let drag = null;
  const band = rubberBand(plot);
  /** @param {PointerEvent} event @param {Place} place */
  function dragTo(event, place) {
    const last = pressed.get(event.pointerId) ?? place;
    if (drag?.panning) {
      pan(plot, view, place.x - last.x, place.y - last.y);
    } else if (drag) {
      band.show(drag.from, within(plot, place));
    }
  }
  /** @param {PointerEvent} event @param {Place} place */
  function pinchTo(event, place) {
    const before = pinch(pressed);
    const after = pinch(new Map(pressed).set(event.pointerId, place));
    const { width } = boxOf(plot);
    const factor = before.span / after.span;
    const left = before.center - after.center * factor;
    view.zoom(across(plot, left, left + width * factor), null);
  }
  host.addEventListener("pointerdown", (event) => {
    const target = /** @type {Element} */ (event.target);
    const place = placeOf(plot, event);
    if (event.button !== 0 || target.closest("button") || !plot.over?.contains(target)) {
      return;
    }
    pressed.set(event.pointerId, place);
    if (event.pointerType === "touch") {
      view.read(place.x, place.y);
    } else {
      host.setPointerCapture(event.pointerId);
      drag = { from: place, panning: event.shiftKey };
    }
  });
  host.addEventListener("pointermove", (event) => {
    const place = placeOf(plot, event);
    if (pressed.size === 2 && pressed.has(event.pointerId)) {
      pinchTo(event, place);
    } else if (drag) {
      dragTo(event, place);
    } else if (plot.over?.contains(/** @type {Node} */ (event.target))) {
      view.read(place.x, place.y);
    }
    if (pressed.has(event.pointerId)) {
      pressed.set(event.pointerId, place);
    }
  });
  /** @param {PointerEvent} event */
  function release(event) {
    if (drag && !drag.panning && event.type === "pointerup") {
      zoomInto(plot, view, drag.from, within(plot, placeOf(plot, event)));
    }
    pressed.delete(event.pointerId);
    drag = null;
    band.hide();
  }
  host.addEventListener("pointerup", release);
  host.addEventListener("pointercancel", release);
  host.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch" && !drag) {
      view.read(null, 0);
    }
  });
  host.addEventListener("dblclick", view.reset);
}

/** A wheel alone scrolls the page; sideways or with Shift it pans, with Control (or by a pinch) it zooms. @param {HTMLElement} host @param {Plot} plot @param {View} view */
function bindWheel(host, plot, view) {
  host.addEventListener(
    "wheel",
    (event) => {
      const { deltaX, deltaY, shiftKey } = event;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        zoomAbout(plot, view, placeOf(plot, event).x, ZOOM_STEP ** Math.sign(deltaY));
      } else if (shiftKey || Math.abs(deltaX) > Math.abs(deltaY)) {
        event.preventDefault();
        pan(plot, view, -(deltaX || deltaY), 0);
      }
    },
    { passive: false },
  );
}

/** @param {KeyboardEvent} event @param {Plot} plot @param {View} view @returns {boolean} whether the key means something here */
function actByKey({ key, shiftKey }, plot, view) {
  const { width, height } = boxOf(plot);
  const [dx, dy] = [width * PAN_STEP, height * PAN_STEP];
  /** @type {Record<string, () => void>} */
  const keys = {
    "+": () => zoomAbout(plot, view, width / 2, 1 / ZOOM_STEP),
    "=": () => zoomAbout(plot, view, width / 2, 1 / ZOOM_STEP),
    "-": () => zoomAbout(plot, view, width / 2, ZOOM_STEP),
    0: view.reset,
    Home: () => view.step(-Infinity),
    End: () => view.step(Infinity),
    ArrowLeft: () => (shiftKey ? pan(plot, view, dx, 0) : view.step(-1)),
    ArrowRight: () => (shiftKey ? pan(plot, view, -dx, 0) : view.step(1)),
    ...(shiftKey && {
      ArrowUp: () => pan(plot, view, 0, dy),
      ArrowDown: () => pan(plot, view, 0, -dy),
    }),
  };
  keys[key]?.();
  return key in keys;
}

/** @param {HTMLElement} host takes the focus @param {Plot} plot @param {View} view */
export function bindGestures(host, plot, view) {
  bindPointer(host, plot, view);
  bindWheel(host, plot, view);
  host.addEventListener("keydown", (event) => {
    const free = event.target === host && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (free && actByKey(event, plot, view)) {
      event.preventDefault();
    }
  });
}
