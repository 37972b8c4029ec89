/**
 * What the model predicts along one column: the fitted curve, or the probability of each class, with
 * the rows.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { className } from "../parts/class-colors.js";
import { classFill, dotMarks } from "./does-dots.js";
import { classKey, dotKey } from "./does-keys.js";
import { cellsOf, tellPlace } from "./does-map.js";
import { readingOf, shownOutput, tell } from "./does-outputs.js";
import { dotsOf } from "./does-sample.js";
import { bindText, h, rebuild, svg, watch } from "../parts/dom.js";
import { follow } from "../parts/follow.js";
import { formatNumber } from "../../text/format.js";
import { followCursor, linePath, plane } from "../parts/plane.js";
import { grownRange, numberScale, rangeOf } from "../parts/scale.js";

/**
 * @import { State } from "../../state.js"
 * @import { MapAxis } from "./does-axes.js"
 * @import { Reading } from "./does-outputs.js"
 * @import { Dot, Sample } from "./does-sample.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Plane } from "../parts/plane.js"
 */

const POINTS = 240;
const PAD = 0.06;

/** @typedef {{ places: number[], reading: Reading, values: number[][] }} Curve */

/** Rows of classes stand at the foot of the chart, those of values at their value. @param {Dot[]} dots @param {boolean} isValue */
const standing = (dots, isValue) =>
  dots.map((dot, i) => ({ ...dot, y: isValue ? dot.truth : -0.035 - 0.03 * (i % 3) }));

/** @param {Reading} reading @param {Dot[]} dots @param {[number, number] | null} predicted range */
function valueScale({ names }, dots, predicted) {
  if (names.length > 0) {
    return numberScale(-0.12, 1.02);
  }
  return numberScale(...rangeOf([...dots.map(({ truth }) => truth), ...(predicted ?? [])], PAD));
}

/** @param {Curve} curve */
function summary({ reading, places, values }) {
  if (reading.names.length > 0) {
    return t("The probability of each class along the column.");
  }
  const all = values.map(([value]) => value);
  const [low, high] = rangeOf(all);
  return t(
    "The prediction goes from {start} at the left to {end} at the right, within {low} to {high}.",
    {
      start: formatNumber(all[0], 3),
      end: formatNumber(all[places.length - 1], 3),
      low: formatNumber(low, 3),
      high: formatNumber(high, 3),
    },
  );
}

/** @param {Plane} chart @param {Curve} curve */
function linesOf(chart, { places, reading, values }) {
  return values[0].map((_, k) => {
    const line = svg("path", {
      class: "curve",
      d: linePath(
        chart,
        places,
        values.map((value) => value[k]),
      ),
    });
    line.style.stroke = reading.names.length > 0 ? `var(--${className(k)})` : "var(--validation)";
    return line;
  });
}

/**
 * The chart for one range of values.
 * @param {MapAxis} x
 * @param {{ state: State, reading: Reading, dots: Dot[], curve: () => Curve | null, range: [number, number] | null }} content
 */
function curveChart(x, { state, reading, dots, curve, range }) {
  const isValue = reading.names.length === 0;
  const target = state.dataset.value?.targets[shownOutput(state)] ?? "";
  const chart = plane({
    x: x.scale,
    y: valueScale(reading, dots, range),
    xName: x.column.name,
    yName: isValue ? target : t("probability"),
  });
  const lines = svg("g", {});
  const fill = isValue ? () => "var(--training)" : classFill;
  const marks = dotMarks(chart, standing(dots, isValue), fill);
  chart.content.append(svg("g", {}, marks), lines);
  watch(() => {
    const now = curve();
    lines.replaceChildren(...(now ? linesOf(chart, now) : []));
  });
  return chart;
}

/**
 * @param {Context} context
 * @param {MapAxis} x
 * @param {{ isOpen: () => boolean, sample: () => Sample | null }} looked
 */
export function mountCurve(context, x, { isOpen, sample }) {
  const { state, actions } = context;
  const curve = signal(/** @type {Curve | null} */ (null));
  const range = signal(/** @type {[number, number] | null} */ (null));
  const cursor = signal(/** @type {{ x: number, y: number } | null} */ (null));
  const content = h("div", {});
  const frame = h("div", { class: "plane-frame", role: "group", tabindex: "0" }, content);
  const keys = h("p", { class: "hint map-keys" });
  const said = h("p", { class: "hint read-out", role: "status" });
  const known = computed(() => curve.value !== null);
  const layout = computed(() => ({ sample: sample(), range: range.value, known: known.value }));
  rebuild(
    content,
    () => layout.value,
    (now) => {
      const reading = curve.peek()?.reading;
      if (!now.known || !reading) {
        return null;
      }
      const dots = now.sample ? dotsOf(state, now.sample, { x, y: null }, shownOutput(state)) : [];
      keys.replaceChildren(...classKey(reading), ...dotKey(state));
      const chart = curveChart(x, {
        state,
        reading,
        dots,
        curve: () => curve.value,
        range: now.range,
      });
      followCursor(
        frame,
        chart.root,
        () => chart.box,
        (at) => (cursor.value = at),
      );
      return chart.root;
    },
  );
  watch(() => {
    const names = t("Prediction over {x}.", { x: x.column.name });
    frame.setAttribute("aria-label", curve.value ? `${names} ${summary(curve.value)}` : names);
  });
  bindText(said, () => {
    const at = cursor.value;
    const now = curve.value;
    if (!at || !now) {
      return now ? t("Point at the chart, or use the arrow keys, to read the prediction.") : "";
    }
    const i = Math.min(now.places.length - 1, Math.floor(at.x * now.places.length));
    return t("{x}: {prediction}", {
      x: tellPlace(x, at.x),
      prediction: tell(state, now.reading, now.values[i]),
    });
  });
  follow(context, {
    wanted: isOpen,
    reads: () => state.prepared.value,
    ask: async () => {
      const axis = cellsOf(x, POINTS);
      const base = state.map.base.value;
      const result = await actions.look("map", { which: "present", x: axis, y: null, base });
      if (!result) {
        return null;
      }
      const reading = readingOf(state, result.nOutputs);
      const places = result.x.map((place, i) => (typeof place === "number" ? place : i));
      return { places, reading, values: places.map((_, i) => reading.read(result.predictions, i)) };
    },
    show: (answer) => {
      if (answer) {
        range.value = grownRange(range.peek(), rangeOf(answer.values.flat()));
        curve.value = answer;
      }
    },
  });
  return h("figure", { class: "plane-chart map" }, frame, keys, said);
}
