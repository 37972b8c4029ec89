/**
 * One chart of curves over epochs: uPlot with the page's colours, a read-out that the pointer and the
 * arrow keys move, and a text for those who do not see it.
 */
import uPlot from "uplot";
import { h } from "./dom.js";
import { formatMarks, formatNumber, formatPercent } from "./format.js";

/** @import { Trace } from "../state.js" */

/**
 * @typedef {object} Curve
 * @property {string} key column of the history
 * @property {string} label
 * @property {string} color name of a colour in the style sheet, without dashes
 * @property {number[]} [dash]
 */

/**
 * @typedef {object} Drawing
 * @property {number[]} xs epochs
 * @property {(number | null)[][]} curves in the order of the chart's curves
 * @property {number} xMax end of the axis
 * @property {number | null} best epoch to mark
 * @property {Trace | null} previous a curve to compare with
 * @property {boolean} share the values are shares of one
 * @property {string} summary what the chart shows, in words
 * @property {string} title
 */

const SYNC = "epochs";

/** @param {string} name */
const cssColor = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Zero and less have no place on a logarithmic axis. @param {(number | null)[]} ys @param {boolean} log */
const onAxis = (ys, log) => (log ? ys.map((y) => (y !== null && y > 0 ? y : null)) : ys);

/** @param {uPlot} plot @param {Drawing | null} drawing */
function markBest(plot, drawing) {
  const epoch = drawing?.best ?? null;
  if (epoch === null) {
    return;
  }
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(epoch, "x", true));
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = cssColor("muted");
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  const right = x < bbox.left + bbox.width * 0.85;
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textAlign = right ? "left" : "right";
  ctx.fillText("best", x + (right ? 5 : -5) * devicePixelRatio, bbox.top + 12 * devicePixelRatio);
  ctx.restore();
}

/** The curve of the run before, behind those of this run. @param {uPlot} plot @param {Trace | null | undefined} trace */
function drawPrevious(plot, trace) {
  if (!trace) {
    return;
  }
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  trace.xs.forEach((x, i) => {
    const y = trace.ys[i];
    if (y !== null) {
      ctx.lineTo(plot.valToPos(x, "x", true), plot.valToPos(y, "y", true));
    }
  });
  ctx.strokeStyle = cssColor("control");
  ctx.globalAlpha = 0.6;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}

/**
 * The axis of values: wide enough for the curves and for the one they are compared with.
 * @param {number | null} min
 * @param {number | null} max
 * @param {Trace | null | undefined} trace
 * @param {boolean} log
 * @returns {uPlot.Range.MinMax}
 */
function valueRange(min, max, trace, log) {
  const others = (trace?.ys ?? []).filter((y) => y !== null && (!log || y > 0));
  const all = [min, max, ...others].filter((y) => y !== null);
  if (all.length === 0) {
    return log ? [0.1, 1] : [0, 1];
  }
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return log ? uPlot.rangeLog(low, high, 10, false) : uPlot.rangeNum(low, high, 0.1, true);
}

/** @param {Curve} curve */
function seriesOptions({ label, color, dash }) {
  return {
    label,
    stroke: cssColor(color),
    width: 2,
    dash,
    spanGaps: true,
    points: {
      show: (/** @type {uPlot} */ plot) => plot.data[0].length <= 24,
      size: 6,
      fill: cssColor(color),
    },
  };
}

/** @param {number[]} marks @param {boolean} [share] */
const linearMarks = (marks, share) =>
  share
    ? formatMarks(marks.map((mark) => 100 * mark)).map((text) => `${text} %`)
    : formatMarks(marks);

/** @param {number | null} mark one that is left out is null */
const logMark = (mark) => (mark === null ? "" : formatNumber(mark));

/** @param {number} size @param {(marks: number[]) => string[]} values @returns {uPlot.Axis} */
function axisOptions(size, values) {
  return {
    size,
    stroke: cssColor("muted"),
    font: "11px system-ui, sans-serif",
    grid: { stroke: cssColor("grid"), width: 1 },
    ticks: { show: false },
    values: (_plot, marks) => values(marks),
  };
}

export class Chart {
  /** @param {string} title @param {Curve[]} curves @param {number} height in CSS pixels @param {boolean} [log] */
  constructor(title, curves, height, log = false) {
    this.curves = curves;
    this.height = height;
    this.log = log;
    /** @type {Drawing | null} */
    this.drawing = null;
    /** @type {uPlot | null} */
    this.plot = null;
    this.values = curves.map(() => h("span", { class: "value" }));
    this.epoch = h("span", { class: "value" });
    this.title = h("strong", {}, title);
    this.host = h("div", { class: "plot" });
    this.summary = h("p", { class: "visually-hidden" });
    this.keys = curves.map(({ label, color }, i) =>
      h(
        "span",
        { class: `key ${color}` },
        h("i", { "aria-hidden": "true" }),
        `${label} `,
        this.values[i],
      ),
    );
    this.before = h("span", { class: "key control" }, h("i"), "run before");
    this.root = this.#figure(title);
    new ResizeObserver(() => this.#fit()).observe(this.host);
  }

  /** @param {string} title */
  #figure(title) {
    const frame = h(
      "div",
      {
        class: "plot-frame",
        role: "group",
        tabindex: "0",
        "aria-label": `${title}. Arrow keys move the read-out.`,
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#moveByKey(event),
      },
      this.host,
    );
    return h(
      "figure",
      { class: "chart" },
      h(
        "figcaption",
        {},
        this.title,
        h("span", { class: "keys" }, this.epoch, this.keys, this.before),
      ),
      frame,
      this.summary,
    );
  }

  /** @param {Drawing} drawing */
  draw(drawing) {
    this.drawing = drawing;
    this.before.hidden = !drawing.previous;
    this.title.textContent = drawing.title;
    this.summary.textContent = drawing.summary;
    drawing.curves.forEach((ys, i) => {
      this.keys[i].hidden = !ys.some((y) => y !== null);
    });
    if (!this.plot) {
      this.restyle();
      return;
    }
    this.plot.setData(this.#data(), true);
    this.#readOut();
  }

  clear() {
    const { title } = this;
    const curves = this.curves.map(() => []);
    this.draw({
      xs: [],
      curves,
      xMax: 1,
      best: null,
      previous: null,
      share: false,
      summary: "No run yet.",
      title: title.textContent,
    });
  }

  /** Builds the plot anew: another theme, or another kind of axis. */
  restyle() {
    this.plot?.destroy();
    this.plot = new uPlot(this.#options(), this.#data(), this.host);
    this.#readOut();
  }

  /** @param {boolean} log */
  setLog(log) {
    if (this.log !== log) {
      this.log = log;
      this.restyle();
    }
  }

  /** @returns {uPlot.AlignedData} */
  #data() {
    const { xs, curves } = this.drawing ?? { xs: [], curves: this.curves.map(() => []) };
    return [xs, ...curves.map((ys) => onAxis(ys, this.log))];
  }

  /** @returns {uPlot.Options} */
  #options() {
    return {
      width: Math.max(100, this.host.clientWidth),
      height: this.height,
      padding: [8, 16, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, sync: { key: SYNC } },
      scales: {
        x: { time: false, range: () => [0, this.drawing?.xMax ?? 1] },
        y: {
          distr: this.log ? 3 : 1,
          range: (_plot, min, max) => valueRange(min, max, this.drawing?.previous, this.log),
        },
      },
      axes: [
        axisOptions(26, linearMarks),
        axisOptions(54, (marks) =>
          this.log ? marks.map(logMark) : linearMarks(marks, this.drawing?.share),
        ),
      ],
      series: [{}, ...this.curves.map(seriesOptions)],
      hooks: {
        setCursor: [() => this.#readOut()],
        drawAxes: [(plot) => drawPrevious(plot, this.drawing?.previous)],
        draw: [(plot) => markBest(plot, this.drawing)],
      },
    };
  }

  #fit() {
    const width = Math.floor(this.host.clientWidth);
    if (this.plot && width > 0 && width !== this.plot.width) {
      this.plot.setSize({ width, height: this.height });
    }
  }

  /** The values under the cursor, or the newest. */
  #readOut() {
    const { xs, curves } = this.drawing ?? { xs: [], curves: [] };
    const at = this.plot?.cursor.idx ?? xs.length - 1;
    const format = this.drawing?.share ? formatPercent : formatNumber;
    this.epoch.textContent = xs.length ? `epoch ${formatNumber(xs[at])}` : "";
    this.values.forEach((value, i) => {
      value.textContent = format(curves[i]?.[at]);
    });
  }

  /** @param {KeyboardEvent} event */
  #moveByKey(event) {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const xs = this.drawing?.xs ?? [];
    if (!direction || !this.plot || xs.length === 0) {
      return;
    }
    event.preventDefault();
    const from = this.plot.cursor.idx ?? xs.length - 1;
    const at = Math.min(xs.length - 1, Math.max(0, from + direction));
    this.plot.setCursor({
      left: this.plot.valToPos(xs[at], "x"),
      top: this.plot.over.clientHeight / 2,
    });
  }
}
