/**
 * The learning rate over the whole run, drawn before it starts, with the momentum where the schedule
 * moves it; a free polyline is edited in the same place.
 */
import { computed } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { chosenRow, valueOf } from "../../settings.js";
import { formatPoints, simplify } from "./schedule-points.js";
import {
  bindText,
  h,
  mountLater,
  oncePerFrame,
  showWhen,
  svg,
  watch,
  whenGone,
} from "../parts/dom.js";
import { formatNumber } from "../../text/format.js";
import { linePath, plane } from "../parts/plane.js";
import { logScale, numberScale } from "../parts/scale.js";

/** @import { Context } from "../parts/fields.js" */

const HEIGHT = 180;
const MOMENTUM_HEIGHT = 130;
/** A polyline may leave a curve by this share of its top. */
const TOLERANCE = 0.02;
/** A logarithmic axis goes down so many powers of ten, at most. */
const DECADES = 6;

/** @param {Float64Array} rates @param {number} top */
function rateText(rates, top) {
  const [first, last] = [rates[0], rates[rates.length - 1]];
  if (rates.every((rate) => rate === first)) {
    return t("Rate over the run: {rate} throughout", { rate: formatNumber(first) });
  }
  const ends = { first: formatNumber(first), last: formatNumber(last) };
  return top > Math.max(first, last)
    ? t("Rate over the run: starts at {first}, rises to {top}, ends at {last}", {
        ...ends,
        top: formatNumber(top),
      })
    : t("Rate over the run: starts at {first}, ends at {last}", ends);
}

/** Length of the run in units of the schedule. @param {Context} context */
export function lengthOf({ state }) {
  const epochs = Number(state.value("train.epochs"));
  const perEpoch = state.progress.value?.stepsPerEpoch ?? 1;
  return state.value("schedule.unit") === "step" ? epochs * perEpoch : epochs;
}

/** The rate that the shares of a schedule are of. @param {Context} context */
export function baseRate({ state }) {
  const family = state.catalogue.value?.families.find(({ key }) => key === "optimizer");
  const row = family && chosenRow(family, state.value("optimizer"), "");
  const param = row?.params.find(({ key }) => key === "lr");
  return param ? Number(valueOf(state.settings.value, state.index.value, param.setting)) || 1 : 1;
}

/**
 * Axes for the rates of a run, and places on them.
 * @param {Context} context
 * @param {{ width: number, log: boolean, top: number, lowest: number }} view
 */
export function ratePlane(context, { width, log, top, lowest }) {
  const { state } = context;
  const highest = Math.log10(top || 1);
  const floor = Math.max(highest - DECADES, Math.min(highest - 1, Math.log10(lowest || 1e-9)));
  const toAxis = (/** @type {number} */ rate) =>
    log ? Math.max(floor, Math.log10(Math.max(rate, 1e-300))) : rate;
  const fromAxis = (/** @type {number} */ value) => (log ? 10 ** value : Math.max(0, value));
  const y = log ? logScale(floor - 0.1, highest + 0.1) : numberScale(0, (top || 1) * 1.08);
  const chart = plane({
    x: numberScale(0, lengthOf(context)),
    y,
    xName: state.value("schedule.unit") === "step" ? t("step") : t("epoch"),
    yName: "",
    size: { width, height: HEIGHT },
  });
  chart.root.append(axisTitle(t("rate"), width));
  return { chart, y, toAxis, fromAxis };
}

/** Times of the points that the preview has. @param {Context} context @param {number} n */
function timesOf(context, n) {
  const length = lengthOf(context);
  return Array.from({ length: n }, (_, i) => (i / Math.max(1, n - 1)) * length);
}

/** The line of the rates. @param {Context} context @param {ReturnType<typeof ratePlane>} axes @param {Float64Array} rates */
export function rateLine(context, { chart, toAxis }, rates) {
  const d = linePath(chart, timesOf(context, rates.length), Array.from(rates, toAxis));
  return svg("path", { class: "rate-line", d });
}

/** The name of an upright axis, where there is no room beside its marks. @param {string} name @param {number} width */
const axisTitle = (name, width) =>
  svg("text", { class: "axis", x: width - 16, y: 22, "text-anchor": "end" }, name);

/** Momentum on an axis of its own. @param {Context} context @param {Float64Array} momenta @param {number} width */
function momentumPicture(context, momenta, width) {
  const low = Math.min(...momenta);
  const high = Math.max(...momenta);
  const chart = plane({
    x: numberScale(0, lengthOf(context)),
    y: numberScale(low - 0.01, high + 0.01),
    xName: context.state.value("schedule.unit") === "step" ? t("step") : t("epoch"),
    yName: "",
    size: { width, height: MOMENTUM_HEIGHT },
  });
  chart.root.append(axisTitle(t("momentum"), width));
  const d = linePath(chart, timesOf(context, momenta.length), momenta);
  chart.content.append(svg("path", { class: "momentum-line", d }));
  return chart.root;
}

/** The schedule there is as points to move. @param {Context} context */
function drawOwn(context) {
  const { state, actions } = context;
  const rates = state.rates.value ?? new Float64Array([1, 1]);
  const base = baseRate(context);
  const times = timesOf(context, rates.length).map(Math.floor);
  const all = Array.from(rates, (rate, i) => ({ time: times[i], share: rate / base }));
  const curve = all.filter(({ time }, i) => time !== times[i - 1]);
  const top = Math.max(...curve.map(({ share }) => share));
  const points = formatPoints(simplify(curve, TOLERANCE * top));
  actions.change({
    schedule: "polyline",
    "schedule.polyline.points": points,
    "schedule.warmup": "0",
  });
}

/** Draws into a frame whenever what is read changes, or the room. @param {HTMLElement} frame @param {(width: number) => void} draw */
export function drawToWidth(frame, draw) {
  const ask = oncePerFrame(() => {
    const width = Math.round(frame.clientWidth);
    if (width > 0) {
      draw(width);
    }
  });
  const sizes = new ResizeObserver(ask);
  sizes.observe(frame);
  whenGone(() => sizes.disconnect());
  return ask;
}

/** @param {Context} context @param {() => boolean} isLog */
function mountPicture(context, isLog) {
  const { state } = context;
  const frame = h("div", { class: "schedule-frame" });
  const draw = drawToWidth(frame, (width) => {
    const rates = state.rates.value;
    const momenta = state.momenta.value;
    if (rates) {
      const top = rates.reduce((a, b) => Math.max(a, b), 0);
      const lowest = rates.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), top);
      const axes = ratePlane(context, { width, log: isLog(), top, lowest });
      axes.chart.content.append(rateLine(context, axes, rates));
      const moved = momenta && momenta.every(Number.isFinite);
      frame.replaceChildren(
        axes.chart.root,
        ...(moved ? [momentumPicture(context, momenta, width)] : []),
      );
    }
  });
  watch(() => {
    state.rates.value;
    state.momenta.value;
    isLog();
    draw();
  });
  return frame;
}

/** @param {Context} context */
export function mountScheduleChart(context) {
  const { state } = context;
  const isLog = () => state.scheduleLog.value;
  const isFree = computed(() => state.value("schedule") === "polyline");
  const picture = mountPicture(context, isLog);
  showWhen(picture, () => !isFree.value);
  const editor = h("div");
  showWhen(editor, () => isFree.value);
  mountLater(
    editor,
    () => isFree.value,
    async () => {
      const { mountScheduleEditor } = await import("./schedule-editor.js");
      return () => mountScheduleEditor(context);
    },
  );
  const caption = h("figcaption");
  bindText(caption, () => {
    const rates = state.rates.value;
    return rates
      ? rateText(
          rates,
          rates.reduce((a, b) => Math.max(a, b), 0),
        )
      : "";
  });
  const log = h("input", {
    type: "checkbox",
    role: "switch",
    onchange: () => (state.scheduleLog.value = log.checked),
  });
  watch(() => {
    log.checked = isLog();
  });
  const own = h(
    "button",
    { type: "button", class: "quiet", onclick: () => drawOwn(context) },
    t("Draw your own"),
  );
  showWhen(own, () => !isFree.value);
  const figure = h(
    "figure",
    { class: "rate-preview", id: "rate-preview" },
    picture,
    editor,
    caption,
    h("div", { class: "row-end" }, own, h("label", { class: "switch" }, log, t("Log rate"))),
  );
  showWhen(figure, () => state.rates.value !== null);
  return figure;
}
