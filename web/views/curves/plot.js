/**
 * A picture on the screen: uPlot draws the axes and knows the scales; the curves are drawn onto its
 * canvas, those that stand still from a copy.
 */
import uPlot from "uplot";
import { cssColor } from "../parts/colors.js";
import { h } from "../parts/dom.js";
import { formatMark, formatMarks } from "../../text/format.js";
import { drawLevels, drawLine } from "./ink.js";

/**
 * @import { Range } from "../../chart-choices.js"
 * @import { Canvas } from "./ink.js"
 * @import { Line, Picture } from "./picture.js"
 */

/** What is drawn over the curves. @typedef {(canvas: Canvas, box: uPlot.BBox, picture: Picture) => void} Decorate */

const FAR = 1e5;
const FAINT = 0.25;

/**
 * Values to pixels and back. What lies far away is put at a place that a canvas can still draw to.
 * @param {Range} range
 * @param {boolean} log
 * @param {number} start pixels of the first value of the range
 * @param {number} end
 */
function scaleOf([from, to], log, start, end) {
  const measure = log ? Math.log10 : (/** @type {number} */ value) => value;
  const unmeasure = log ? (/** @type {number} */ m) => 10 ** m : (/** @type {number} */ m) => m;
  const low = measure(from);
  const scale = (end - start) / (measure(to) - low);
  return {
    /** @param {number} value */
    place: (value) => Math.max(-FAR, Math.min(FAR, start + (measure(value) - low) * scale)),
    /** @param {number} pixels */
    value: (pixels) => unmeasure(low + (pixels - start) / scale),
  };
}

/** @param {number[]} marks @param {boolean} [share] */
const linearMarks = (marks, share) =>
  share
    ? formatMarks(marks.map((mark) => 100 * mark)).map((text) => `${text} %`)
    : formatMarks(marks);

/** @param {(number | null)[]} marks those that are left out are null */
const logMarks = (marks) => marks.map((mark) => (mark === null ? "" : formatMark(mark)));

/** @param {unknown[]} a @param {unknown[]} b */
const sameItems = (a, b) => a.length === b.length && a.every((item, i) => item === b[i]);

/** @type {uPlot.Cursor} */
const CURSOR = {
  y: false,
  points: { show: false },
  // Without this, uPlot keeps clicks to itself after the cursor has been set.
  drag: { x: false, y: false, click: () => {} },
  bind: {
    mousedown: () => null,
    mouseup: () => null,
    mousemove: () => null,
    mouseleave: () => null,
    dblclick: () => null,
  },
};

export class Plot {
  /** @type {uPlot | null} */
  #plot = null;
  /** What the axes were made for: they are made anew for another kind. */
  #kind = "";
  /** @type {Map<string, string>} */
  #colors = new Map();
  #still = document.createElement("canvas");
  /** @type {unknown[]} */
  #stillState = [];
  #dotLayer = h("div");
  /** @type {HTMLElement[]} */
  #dots = [];
  /** The run that stands out, by its id. */
  highlight = "";
  /** @type {Picture | null} */
  picture = null;

  /** @param {{ height: number, small: boolean, decorate?: Decorate, drawn?: () => void }} options height in CSS pixels; `drawn` is called when places in the plot may have changed */
  constructor({ height, small, decorate, drawn }) {
    this.height = height;
    this.small = small;
    this.decorate = decorate;
    this.drawn = drawn;
    this.host = h("div", { class: "plot" });
  }

  /** The part within the axes; null before the first picture. */
  get over() {
    return this.#plot?.over ?? null;
  }

  /** Where that part is in its frame, in CSS pixels. uPlot knows it; to ask the element would have the page laid out at once. */
  get box() {
    const { left = 0, top = 0, width = 0, height = 0 } = this.#plot?.bbox ?? {};
    const { pxRatio } = uPlot;
    return {
      left: left / pxRatio,
      top: top / pxRatio,
      width: width / pxRatio,
      height: height / pxRatio,
    };
  }

  /** Pixels of the canvas that the curves have beside one another. */
  get columns() {
    return Math.round(this.#plot?.bbox.width ?? this.host.clientWidth * devicePixelRatio);
  }

  /** @param {Picture | null} picture */
  show(picture) {
    this.picture = picture;
    const kind = picture
      ? [picture.logX, picture.logY, picture.xLabel, picture.yLabel, picture.share].join()
      : "";
    if (!this.#plot || kind !== this.#kind) {
      this.#kind = kind;
      this.#make();
    } else {
      this.#plot.setData(this.#ends(), true);
      this.#plot.redraw(false);
    }
  }

  /** The same picture in the colours of another theme. */
  restyle() {
    if (this.#plot) {
      this.#make();
    }
  }

  fit() {
    const width = Math.floor(this.host.clientWidth);
    if (this.#plot && width > 0 && width !== this.#plot.width) {
      this.#plot.setSize({ width, height: this.height });
    }
  }

  /** Draws anew what has not changed but for what stands out. */
  redraw() {
    this.#plot?.redraw(false);
  }

  /** Shows where values are read. @param {number | null} x */
  point(x) {
    const left = x === null ? -10 : this.place(x, "x");
    this.#plot?.setCursor({ left, top: left < 0 ? -10 : 1 }, false);
    const lines = x === null ? [] : (this.picture?.lines ?? []);
    const axis = this.picture?.axis ?? "epoch";
    this.#dots.length = Math.min(this.#dots.length, lines.length);
    lines.forEach(({ series, style }, i) => {
      const point = series.near(axis, /** @type {number} */ (x));
      this.#dots[i] ??= h("i", { class: "dot" });
      const dot = this.#dots[i];
      dot.hidden = point === null;
      dot.style.background = `var(--${style.color})`;
      dot.style.left = `${this.place(point?.x ?? 0, "x")}px`;
      dot.style.top = `${this.place(point?.y ?? 0, "y")}px`;
    });
    this.#dotLayer.replaceChildren(...this.#dots);
    this.over?.append(this.#dotLayer);
  }

  /** @param {"x" | "y"} scale */
  #scale(scale) {
    const { width, height } = this.box;
    const { x = [0, 1], y = [0, 1], logX = false, logY = false } = this.picture ?? {};
    return scale === "x"
      ? scaleOf(/** @type {Range} */ (x), logX, 0, width)
      : scaleOf(/** @type {Range} */ (y), logY, height, 0);
  }

  /** @param {number} value @param {"x" | "y"} scale @returns {number} CSS pixels from the edge of `over` */
  place(value, scale) {
    return this.#scale(scale).place(value);
  }

  /** @param {number} pixels from the edge of `over` @param {"x" | "y"} scale */
  valueAt(pixels, scale) {
    return this.#scale(scale).value(pixels);
  }

  destroy() {
    this.#plot?.destroy();
    this.#plot = null;
  }

  #make() {
    this.#plot?.destroy();
    this.#colors.clear();
    this.#stillState = [];
    this.#plot = new uPlot(this.#options(), this.#ends(), this.host);
  }

  /** Data for the scales alone. @returns {uPlot.AlignedData} */
  #ends() {
    return [this.picture?.x ?? [0, 1], [null, null]];
  }

  /** @returns {uPlot.Options} */
  #options() {
    const { logX = false, logY = false } = this.picture ?? {};
    return {
      width: Math.max(100, this.host.clientWidth),
      height: this.height,
      padding: this.small ? [6, 14, 0, 0] : [10, 16, 0, 0],
      legend: { show: false },
      cursor: CURSOR,
      scales: {
        x: { time: false, distr: logX ? 3 : 1, range: () => this.picture?.x ?? [0, 1] },
        y: { distr: logY ? 3 : 1, range: () => this.picture?.y ?? [0, 1] },
      },
      axes: [this.#axis(logX, false), this.#axis(logY, this.picture?.share ?? false, true)],
      series: [{}, { show: true, points: { show: false } }],
      hooks: { draw: [(plot) => this.#paint(plot), () => this.drawn?.()] },
    };
  }

  /** @param {boolean} log @param {boolean} share @param {boolean} [upright] @returns {uPlot.Axis} */
  #axis(log, share, upright = false) {
    const font = `${this.small ? 10 : 11}px system-ui, sans-serif`;
    const label = upright ? this.picture?.yLabel : this.picture?.xLabel;
    const size = upright ? [50, 40] : [24, 20];
    return {
      size: size[Number(this.small)],
      stroke: this.#color("muted"),
      font,
      grid: { stroke: this.#color("grid"), width: 1 },
      ticks: { show: false },
      gap: 4,
      ...(this.small ? { space: upright ? 26 : 50 } : { label, labelSize: 18, labelFont: font }),
      values: (_plot, marks) => (log ? logMarks(marks) : linearMarks(marks, share)),
    };
  }

  /** @param {string} name */
  #color(name) {
    const known = this.#colors.get(name) ?? cssColor(name);
    this.#colors.set(name, known);
    return known;
  }

  /** @param {CanvasRenderingContext2D} ctx @param {uPlot.BBox} box @returns {Canvas} */
  #canvas(ctx, { left, top, width, height }) {
    const { x, y, logX, logY } = /** @type {Picture} */ (this.picture);
    return {
      ctx,
      toX: scaleOf(x, logX, left, left + width).place,
      toY: scaleOf(y, logY, top + height, top).place,
      ratio: devicePixelRatio,
      color: (name) => this.#color(name),
    };
  }

  /** @param {uPlot} plot */
  #paint({ ctx, bbox }) {
    if (!this.picture || this.picture.lines.length === 0) {
      return;
    }
    const canvas = this.#canvas(ctx, bbox);
    const { lines, levels, runs } = this.picture;
    const current = runs[runs.length - 1];
    const raised = lines.filter(({ run }) => run.id === this.highlight);
    const still = lines.filter(({ run }) => run !== current);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    drawLevels(canvas, levels, bbox);
    if (still.length > 0) {
      this.#paintStill(canvas, still);
      ctx.globalAlpha = raised.length > 0 ? FAINT : 1;
      ctx.drawImage(this.#still, 0, 0);
      ctx.globalAlpha = 1;
    }
    lines.filter(({ run }) => run === current).forEach((line) => drawLine(canvas, line));
    if (this.picture.several) {
      raised.forEach((line) => drawLine(canvas, line, true));
    }
    this.decorate?.(canvas, bbox, this.picture);
    ctx.restore();
  }

  /** The curves of the runs that do not train, kept as a picture until the view changes. @param {Canvas} canvas @param {Line[]} lines */
  #paintStill(canvas, lines) {
    const { x, y } = /** @type {Picture} */ (this.picture);
    const { width, height } = canvas.ctx.canvas;
    const curves = lines.flatMap(({ raw, smooth, style }) => [raw, smooth, style.color]);
    const state = [...x, ...y, width, height, ...curves];
    if (sameItems(state, this.#stillState)) {
      return;
    }
    this.#stillState = state;
    this.#still.width = width;
    this.#still.height = height;
    const ctx = /** @type {CanvasRenderingContext2D} */ (this.#still.getContext("2d"));
    lines.forEach((line) => drawLine({ ...canvas, ctx }, line));
  }
}
