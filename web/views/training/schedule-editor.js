/**
 * A schedule drawn by hand: points to drag, to move by the arrow keys, to add and to take away.
 */
import { batch, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import {
  addAfter,
  addPoint,
  formatPoints,
  MOST_POINTS,
  movePoint,
  parsePoints,
  removePoint,
} from "./schedule-points.js";
import { h, svg, watch } from "../parts/dom.js";
import { formatNumber } from "../../text/format.js";
import { baseRate, drawToWidth, lengthOf, rateLine, ratePlane } from "./schedule-chart.js";

/**
 * @import { Point } from "./schedule-points.js"
 * @import { Context } from "../parts/fields.js"
 */

/** A list of points, and which of them is chosen. @typedef {{ points: Point[], index: number }} Edited */

const KEY = "schedule.polyline.points";
const REACH = 14;
/** Steps of the arrow keys, and the finer ones of a drag: so many from the bottom to the top. */
const KEY_STEPS = 20;
const DRAG_STEPS = 100;
/** A step of the arrow keys where the axis is logarithmic. */
const FACTOR = 10 ** 0.1;
/** With the shift key steps are larger. */
const LARGER = 5;

/** @param {number} value @param {number} step */
const snap = (value, step) => Math.round(value / step) * step;

/** One, two, five, ten, ... units: fine enough for a run of this length. @param {number} length */
function timeStep(length) {
  const wanted = length / 200;
  const decade = 10 ** Math.floor(Math.log10(Math.max(wanted, 1)));
  return [1, 2, 5, 10].map((m) => m * decade).find((step) => step >= wanted) ?? 1;
}

/** The point that an element belongs to, or -1. @param {EventTarget | null} target */
function indexOf(target) {
  const point = target instanceof Element ? target.closest("[data-point]") : null;
  return point ? Number(point.getAttribute("data-point")) : -1;
}

class ScheduleEditor {
  #context;
  #state;
  /** While a point is dragged its list is not the setting's yet. */
  #draft = signal(/** @type {Point[] | null} */ (null));
  #chosen = signal(0);
  #dragged = -1;
  /** The axes of the last drawing, its width and its highest rate, which stays during a drag. */
  #axes = /** @type {ReturnType<typeof ratePlane> | null} */ (null);
  #width = 0;
  #top = 1;

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
    this.#state = context.state;
    this.frame = h("div", { class: "schedule-frame" });
    const draw = drawToWidth(this.frame, (width) => this.#draw(width));
    watch(() => {
      this.#read();
      draw();
    });
    this.#listen();
  }

  /** Everything that a drawing depends on. */
  #read() {
    this.points();
    this.#chosen.value;
    this.#state.rates.value;
    this.#state.scheduleLog.value;
    baseRate(this.#context);
    lengthOf(this.#context);
  }

  points() {
    return this.#draft.value ?? parsePoints(this.#state.value(KEY));
  }

  /** A point after the chosen one. */
  grow() {
    this.#commit(this.#grown(this.points(), this.#chosen.value));
  }

  /** Takes the chosen point away. */
  shrink() {
    const index = this.#chosen.value;
    this.#commit({ points: removePoint(this.points(), index), index });
  }

  /** @param {Edited} edited */
  #commit({ points, index }) {
    batch(() => {
      this.#draft.value = null;
      this.#chosen.value = Math.max(0, Math.min(index, points.length - 1));
      this.#context.actions.change({ [KEY]: formatPoints(points) });
    });
  }

  /** @param {Point[]} points @param {number} index @returns {Edited} */
  #grown(points, index) {
    return points.length < MOST_POINTS
      ? addAfter(points, index, lengthOf(this.#context))
      : { points, index };
  }

  get #warmup() {
    return Number(this.#state.value("schedule.warmup"));
  }

  /** @param {number} width */
  #draw(width) {
    const points = this.points();
    const base = baseRate(this.#context);
    const shares = points.map(({ share }) => share);
    this.#width = width;
    this.#top = this.#draft.value ? this.#top : Math.max(...shares, 1e-12) * base;
    const lowest = Math.min(...shares.filter((share) => share > 0)) * base;
    const log = this.#state.scheduleLog.value;
    this.#axes = ratePlane(this.#context, { width, log, top: this.#top, lowest });
    const { root, content } = this.#axes.chart;
    const rates = this.#state.rates.value;
    if (rates && !this.#draft.value) {
      content.append(rateLine(this.#context, this.#axes, rates));
    }
    const handles = points.map((point, i) => this.#handle(point, i, points.length));
    root.removeAttribute("aria-hidden");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", t("Points of the schedule"));
    root.append(this.#ownLine(points), ...handles);
    const held = this.frame.contains(document.activeElement);
    this.frame.replaceChildren(root);
    if (held) {
      handles[this.#chosen.value]?.focus({ preventScroll: true });
    }
  }

  /** Where a point stands in the picture. @param {Point} point */
  #place({ time, share }) {
    const { chart, toAxis } = /** @type {ReturnType<typeof ratePlane>} */ (this.#axes);
    return {
      x: chart.x(time + this.#warmup),
      y: chart.y(toAxis(share * baseRate(this.#context))),
    };
  }

  /** @param {Point[]} points */
  #ownLine(points) {
    const places = points.map((point) => this.#place(point));
    const d = places.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join("");
    return svg("path", { class: "own-line", d });
  }

  /** @param {Point} point @param {number} i @param {number} n */
  #handle(point, i, n) {
    const { x, y } = this.#place(point);
    const rate = point.share * baseRate(this.#context);
    const text = t("Point {i} of {n}: at {time}, rate {rate}", {
      i: i + 1,
      n,
      time: formatNumber(point.time + this.#warmup),
      rate: formatNumber(rate, 3),
    });
    const name = i === this.#chosen.value ? "handle chosen" : "handle";
    return svg(
      "g",
      {
        class: "point",
        tabindex: "0",
        role: "slider",
        "data-point": i,
        "aria-orientation": "vertical",
        "aria-label": t("Point {i}", { i: i + 1 }),
        "aria-valuenow": String(rate),
        "aria-valuemin": "0",
        "aria-valuetext": text,
        onfocus: () => (this.#chosen.value = i),
      },
      svg("title", {}, text),
      svg("circle", { class: "reach", cx: x, cy: y, r: REACH }),
      svg("circle", { class: name, cx: x, cy: y, r: 5.5 }),
    );
  }

  #listen() {
    const { frame } = this;
    frame.addEventListener("keydown", (event) => this.#onKey(event));
    frame.addEventListener("dblclick", (event) => this.#onDoubleClick(event));
    frame.addEventListener("pointerdown", (event) => {
      this.#dragged = event.button === 0 ? indexOf(event.target) : -1;
      if (this.#dragged >= 0) {
        frame.setPointerCapture(event.pointerId);
        this.#chosen.value = this.#dragged;
      }
    });
    frame.addEventListener("pointermove", (event) => {
      if (this.#dragged >= 0) {
        this.#draft.value = movePoint(this.points(), this.#dragged, this.#pointAt(event));
      }
    });
    frame.addEventListener("pointerup", () => this.#drop());
    frame.addEventListener("pointercancel", () => this.#drop());
  }

  #drop() {
    const points = this.#draft.value;
    if (this.#dragged >= 0 && points) {
      this.#commit({ points, index: this.#dragged });
    }
    this.#dragged = -1;
  }

  /** Removes a point, or adds one at an empty place. @param {MouseEvent} event */
  #onDoubleClick(event) {
    // The frame has caught the pointer, and with it the event.
    const index = indexOf(document.elementFromPoint(event.clientX, event.clientY));
    const points = this.points();
    if (index >= 0) {
      this.#commit({ points: removePoint(points, index), index });
    } else if (points.length < MOST_POINTS) {
      this.#commit(addPoint(points, this.#pointAt(event)));
    }
  }

  /** The point under the pointer, on a grid that a hand can aim at. @param {MouseEvent} event @returns {Point} */
  #pointAt({ clientX, clientY }) {
    const axes = /** @type {ReturnType<typeof ratePlane>} */ (this.#axes);
    const { chart, y } = axes;
    const box = chart.root.getBoundingClientRect();
    const scale = this.#width / box.width;
    const length = lengthOf(this.#context);
    const across = ((clientX - box.left) * scale - chart.x(0)) / (chart.x(length) - chart.x(0));
    const up = ((clientY - box.top) * scale - chart.y(y.low)) / (chart.y(y.high) - chart.y(y.low));
    const rate = axes.fromAxis(y.low + up * (y.high - y.low));
    const finest = 10 ** (Math.floor(Math.log10(Math.max(rate, 1e-12))) - 1);
    const step = this.#state.scheduleLog.value ? finest : this.#top / DRAG_STEPS;
    const time = Math.max(0, Math.min(1, across)) * length - this.#warmup;
    return {
      time: snap(Math.max(0, time), timeStep(length)),
      share: snap(rate, step) / baseRate(this.#context),
    };
  }

  /** Another share by so many steps of the axis. @param {number} share @param {number} steps */
  #raised(share, steps) {
    if (this.#state.scheduleLog.value && share > 0) {
      return Number((share * FACTOR ** steps).toPrecision(3));
    }
    const step = this.#top / baseRate(this.#context) / KEY_STEPS;
    return snap(share + steps * step, step);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const index = indexOf(event.target);
    const edited = index < 0 ? null : this.#edit(event, index);
    if (edited) {
      event.preventDefault();
      this.#commit(edited);
    }
  }

  /** What a key does to a point; null for other keys. @param {KeyboardEvent} event @param {number} index @returns {Edited | null} */
  #edit({ key, shiftKey }, index) {
    const points = this.points();
    const { time, share } = points[index];
    const size = shiftKey ? LARGER : 1;
    const aside = timeStep(lengthOf(this.#context)) * size;
    const moved = (/** @type {Point} */ to) => ({ points: movePoint(points, index, to), index });
    switch (key) {
      case "ArrowLeft":
        return moved({ time: time - aside, share });
      case "ArrowRight":
        return moved({ time: time + aside, share });
      case "ArrowUp":
        return moved({ time, share: this.#raised(share, size) });
      case "ArrowDown":
        return moved({ time, share: this.#raised(share, -size) });
      case "Enter":
        return this.#grown(points, index);
      case "Delete":
      case "Backspace":
        return { points: removePoint(points, index), index };
      default:
        return null;
    }
  }
}

/** @param {Context} context */
export function mountScheduleEditor(context) {
  const editor = new ScheduleEditor(context);
  const add = h("button", { type: "button", onclick: () => editor.grow() }, t("Add a point"));
  const remove = h(
    "button",
    { type: "button", onclick: () => editor.shrink() },
    t("Remove the point"),
  );
  watch(() => {
    add.disabled = editor.points().length >= MOST_POINTS;
    remove.disabled = editor.points().length < 2;
  });
  return [
    editor.frame,
    h("div", { class: "buttons" }, add, remove),
    h(
      "p",
      { class: "muted" },
      t(
        "Drag a point, or move it by the arrow keys. Double-click an empty place to add one, a point to remove it.",
      ),
    ),
  ];
}
