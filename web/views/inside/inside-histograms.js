/**
 * Histograms by layer: over time, one behind the other with the newest in front, or as they are now.
 */
import { computed } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { h, rebuild, svg, watch } from "../parts/dom.js";
import { formatCount, formatMarks, formatNumber } from "../../text/format.js";
import { layerLabel } from "./inside-layers.js";
import { liveTable } from "../parts/live-table.js";

/**
 * @import { Histogram } from "../../protocol-inside.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Seen } from "./inside-past.js"
 */

/** @typedef {"weights" | "gradients" | "before" | "after"} Kind */

const WIDTH = 260;
const HEIGHT = 190;
const BOX = { left: 8, right: 42, top: 8, bottom: 22 };
const FEWEST_BINS = 12;
/** How tall the tallest curve is: the rest is for those behind it. */
const TALL = { past: 0.45, now: 0.94 };

const KINDS = () =>
  /** @type {[Kind, string][]} */ ([
    ["weights", t("Weights")],
    ["gradients", t("Gradients of the weights")],
    ["before", t("Inputs of the activations")],
    ["after", t("Outputs of the activations")],
  ]);

/** @typedef {{ epoch: number, histogram: Histogram }} Slice */

/** @param {Slice} slice @param {number} bin @returns {number} its lower edge */
function edgeOf({ histogram: { lowest, highest, counts } }, bin) {
  const [low, high] = [lowest ?? 0, highest ?? 0];
  const half = high > low ? 0 : Math.max(0.5, Math.abs(low) / 2);
  return low - half + ((high - low + 2 * half) * bin) / counts.length;
}

/** Values a unit of the axis, so that bins of different widths can be compared. @param {Slice} slice @param {number} bin */
function densityOf(slice, bin) {
  const { n, counts } = slice.histogram;
  return n > 0 ? counts[bin] / n / (edgeOf(slice, bin + 1) - edgeOf(slice, bin)) : 0;
}

/** @param {Slice} slice */
const peakOf = (slice) =>
  slice.histogram.counts.reduce((most, _, bin) => Math.max(most, densityOf(slice, bin)), 0);

/** @param {Slice[]} slices @returns {[low: number, high: number]} */
function rangeOf(slices) {
  const ends = slices.flatMap((slice) => [
    edgeOf(slice, 0),
    edgeOf(slice, slice.histogram.counts.length),
  ]);
  return [Math.min(...ends), Math.max(...ends)];
}

/** The outline of a histogram. @param {Slice} slice @param {{ x: (value: number) => number, base: number, scale: number }} place */
function outline(slice, { x, base, scale }) {
  const steps = slice.histogram.counts.map((_, bin) => {
    const y = base - densityOf(slice, bin) * scale;
    return `L${x(edgeOf(slice, bin)).toFixed(1)} ${y.toFixed(1)}H${x(edgeOf(slice, bin + 1)).toFixed(1)}`;
  });
  const end = x(edgeOf(slice, slice.histogram.counts.length)).toFixed(1);
  return `M${x(edgeOf(slice, 0)).toFixed(1)} ${base.toFixed(1)}${steps.join("")}L${end} ${base.toFixed(1)}Z`;
}

/** The newest stands at the foot of the picture, the oldest at the top. @param {Slice[]} slices oldest first */
function ridges(slices) {
  const [low, high] = rangeOf(slices);
  const [left, right] = [BOX.left, WIDTH - BOX.right];
  const [top, bottom] = [BOX.top, HEIGHT - BOX.bottom];
  const x = (/** @type {number} */ value) => left + ((value - low) / (high - low)) * (right - left);
  const several = slices.length > 1;
  const tall = (several ? TALL.past : TALL.now) * (bottom - top);
  const scale = tall / (Math.max(...slices.map(peakOf)) || 1);
  const base = (/** @type {number} */ i) =>
    several ? top + tall + (i / (slices.length - 1)) * (bottom - top - tall) : bottom;
  const lines = slices.map((slice, i) => {
    const path = svg("path", { class: "ridge", d: outline(slice, { x, base: base(i), scale }) });
    path.style.setProperty("--age", String(several ? 1 - i / (slices.length - 1) : 0));
    return path;
  });
  return [lines, axis(low, high, x), several && epochMarks(slices, base)];
}

/** @param {number} low @param {number} high @param {(value: number) => number} x */
function axis(low, high, x) {
  const values = low < 0 && high > 0 ? [low, 0, high] : [low, high];
  const texts = formatMarks(values);
  const apart = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(x(a) - x(b)) > 40;
  return values.map((value, i) => {
    const isEnd = value === low || value === high;
    const anchor = value === low ? "start" : value === high ? "end" : "middle";
    const shown = isEnd || (apart(value, low) && apart(value, high));
    return [
      !isEnd && svg("path", { class: "zero", d: `M${x(0)} ${BOX.top}V${HEIGHT - BOX.bottom}` }),
      shown && svg("text", { x: x(value), y: HEIGHT - 6, "text-anchor": anchor }, texts[i]),
    ];
  });
}

/** @param {Slice[]} slices @param {(i: number) => number} base */
function epochMarks(slices, base) {
  const mark = (/** @type {number} */ i) =>
    svg(
      "text",
      { x: WIDTH - BOX.right + 4, y: base(i) + 3 },
      formatCount(Math.floor(slices[i].epoch)),
    );
  const title = svg("text", { x: WIDTH - 2, y: BOX.top + 8, "text-anchor": "end" }, t("epoch"));
  return [title, mark(0), mark(slices.length - 1)];
}

/** @param {Histogram} histogram */
const spreadText = ({ mean, deviation }) =>
  t("mean {mean}, deviation {deviation}", {
    mean: formatNumber(mean, 3),
    deviation: formatNumber(deviation, 3),
  });

/** @param {string} name @param {Slice[]} slices */
function summaryOf(name, slices) {
  const [first, last] = [slices[0], slices[slices.length - 1]];
  const now = t("{layer} at epoch {epoch}: {spread}.", {
    layer: name,
    epoch: Math.floor(last.epoch),
    spread: spreadText(last.histogram),
  });
  return first === last
    ? now
    : `${now} ${t("At epoch {epoch}: {spread}.", { epoch: Math.floor(first.epoch), spread: spreadText(first.histogram) })}`;
}

/** @param {string} name @param {Slice[]} slices */
function figure(name, slices) {
  const whole = slices.filter(({ histogram }) => histogram.n > 0);
  const picture =
    whole.length > 0
      ? svg(
          "svg",
          { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": summaryOf(name, whole) },
          ridges(whole),
        )
      : h("p", { class: "empty" }, t("No finite value."));
  return h("figure", {}, h("figcaption", {}, name), picture);
}

/** Few values make few bins: those of the core are joined by twos, threes, ... @param {Histogram} histogram @returns {Histogram} */
function joined(histogram) {
  const { n, counts } = histogram;
  const wanted = Math.max(FEWEST_BINS, 2 * Math.sqrt(n));
  let size = 1;
  while (counts.length / (size + 1) >= wanted || counts.length % size !== 0) {
    size++;
  }
  const sums = Array.from({ length: counts.length / size }, (_, i) =>
    counts.slice(i * size, (i + 1) * size).reduce((sum, count) => sum + count, 0),
  );
  return { ...histogram, counts: sums };
}

/** @param {Seen[]} seen @param {number} layer @param {Kind} kind @returns {Slice[]} */
const slicesOf = (seen, layer, kind) =>
  seen.map(({ epoch, layers }) => ({ epoch, histogram: joined(layers[layer][kind]) }));

/** The numbers behind the pictures. @param {Seen} seen @param {Kind} kind */
function table({ layers }, kind) {
  const head = [
    t("Layer"),
    t("Values"),
    t("Lowest"),
    t("Mean"),
    t("Deviation"),
    t("Highest"),
    t("Not finite"),
  ];
  const rows = layers.map(
    ({ name, [kind]: { n, lowest, mean, deviation, highest, n_not_finite } }) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, layerLabel(name)),
        h("td", {}, formatCount(n)),
        [lowest, mean, deviation, highest].map((value) => h("td", {}, formatNumber(value, 3))),
        h("td", {}, formatCount(n_not_finite)),
      ),
  );
  return h(
    "table",
    { class: "classes" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((text) => h("th", { scope: "col" }, text)),
      ),
    ),
    h("tbody", {}, rows),
  );
}

/** @param {Context} context */
function controls({ state: { inside } }) {
  const kind = h(
    "select",
    {
      "aria-label": t("Values in the histograms"),
      onchange: () => (inside.values.value = /** @type {Kind} */ (kind.value)),
    },
    KINDS().map(([key, label]) => h("option", { value: key }, label)),
  );
  const time = h("input", {
    type: "checkbox",
    onchange: () => (inside.overTime.value = time.checked),
  });
  watch(() => {
    kind.value = inside.values.value;
    time.checked = inside.overTime.value;
  });
  return [kind, h("label", { class: "check" }, time, t("over time"))];
}

/** @param {Context} context @param {() => Seen[]} seen */
export function mountHistograms(context, seen) {
  const { inside } = context.state;
  const shown = computed(() => ({
    seen: inside.overTime.value ? seen() : seen().slice(-1),
    kind: inside.values.value,
  }));
  const figures = h("div", { class: "histograms" });
  rebuild(
    figures,
    () => shown.value,
    ({ seen: all, kind }) =>
      (all.at(-1)?.layers ?? []).map(({ name }, i) =>
        figure(layerLabel(name), slicesOf(all, i, kind)),
      ),
  );
  const numbers = liveTable(t("Numbers of the histograms"), () => {
    const { seen: all, kind } = shown.value;
    const last = all.at(-1);
    return last ? table(last, kind) : null;
  });
  return h(
    "section",
    { class: "view-part", "aria-labelledby": "inside-histograms" },
    h(
      "div",
      { class: "card-head" },
      h("h3", { id: "inside-histograms" }, t("Histograms")),
      controls(context),
    ),
    figures,
    h("details", { class: "fold" }, h("summary", {}, t("As a table")), numbers),
  );
}
