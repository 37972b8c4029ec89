/**
 * What the model says of the row that one wonders about, beside what it says of the original one.
 */
import { computed } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { className } from "../parts/class-colors.js";
import { bindText, h, rebuild, svg } from "../parts/dom.js";
import { readingOf, shownOutput, tell } from "../does/does-outputs.js";
import { formatNumber, formatPercent } from "../../text/format.js";
import { linePath } from "../parts/plane.js";
import { rangeOf } from "../parts/scale.js";
import { lineChart, nearestPoint, placesOf } from "./why-chart.js";

/**
 * @import { MapResult } from "../../protocol-model.js"
 * @import { State } from "../../state.js"
 * @import { MapAxis } from "../does/does-axes.js"
 * @import { Plane } from "../parts/plane.js"
 * @import { WonderedRow } from "./why-row.js"
 */

/**
 * Predictions of the changed and of the original row, and along the column that is looked at.
 * @typedef {{ now: number[], before: number[], along: MapResult, axis: MapAxis }} Answer
 */

/** A prediction as names and shares, or as values. @param {State} state @param {number[]} values */
function told(state, values) {
  const { task, targets = [] } = state.dataset.value ?? {};
  if (task === "regression" || task === "multilabel") {
    return { names: targets, values, isShare: task === "multilabel" };
  }
  const reading = readingOf(state, values.length);
  return { names: reading.names, values: reading.read(values, 0), isShare: true };
}

/** @param {number} difference @param {boolean} isShare */
function differenceText(difference, isShare) {
  const text = isShare
    ? t("{n} points", { n: (100 * Math.abs(difference)).toFixed(1) })
    : formatNumber(Math.abs(difference), 3);
  return `${difference < 0 ? "−" : "+"}${text}`;
}

/** A class with its probability, the original one marked. @param {number} k @param {string} name @param {number} now @param {number} before */
function shareRow(k, name, now, before) {
  const bar = h("i", { class: "share-bar" });
  bar.style.width = `${100 * now}%`;
  bar.style.background = `var(--${className(k)})`;
  const mark = h("i", { class: "share-mark" });
  mark.style.left = `${100 * before}%`;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, name),
    h("td", { class: "share-cell" }, h("span", { class: "share-room" }, bar, mark)),
    h("td", {}, formatPercent(now)),
    h("td", { class: "muted" }, now === before ? "" : differenceText(now - before, true)),
  );
}

/** @param {string} name @param {number} now @param {number} before */
const valueRow = (name, now, before) =>
  h(
    "tr",
    {},
    h("th", { scope: "row" }, name),
    h("td", { class: "value-cell" }, formatNumber(now)),
    h(
      "td",
      { class: "muted" },
      now === before
        ? ""
        : t("{difference} from {before}", {
            difference: differenceText(now - before, false),
            before: formatNumber(before),
          }),
    ),
  );

/** @param {State} state @param {Answer} answer */
function table(state, { now, before }) {
  const { names, values, isShare } = told(state, now);
  const { values: old } = told(state, before);
  const rows = names.map((name, k) =>
    isShare ? shareRow(k, name, values[k], old[k]) : valueRow(name, values[k], old[k]),
  );
  return h(
    "table",
    { class: "classes why-answer" },
    h("caption", {}, isShare ? t("Prediction; the line marks the original row") : t("Prediction")),
    h("tbody", {}, rows),
  );
}

/** @param {State} state @param {number[]} values */
function inWords(state, values) {
  const { names, values: all, isShare } = told(state, values);
  if (!isShare) {
    return names.map((name, i) => `${name} ${formatNumber(all[i])}`).join(", ");
  }
  const best = all.reduce((at, share, k) => (share > all[at] ? k : at), 0);
  return `${names[best]} ${formatPercent(all[best])}`;
}

/** What was changed in the row and what came of it. @param {State} state @param {WonderedRow} row @param {Answer} answer */
function changeText(state, row, { now, before }) {
  const original = row.original() ?? {};
  const changes = Object.entries(state.why.changes.value);
  if (changes.length === 0) {
    return t("Move a slider: the prediction follows.");
  }
  const list = changes
    .map(([name, text]) =>
      t("{column} from {before} to {now}", {
        column: name,
        before: original[name] || t("missing"),
        now: text,
      }),
    )
    .join("; ");
  return t("Changed: {list}. The prediction went from {before} to {now}.", {
    list,
    before: inWords(state, before),
    now: inWords(state, now),
  });
}

/**
 * The curves of an answer: one for each class, or that of the target shown.
 * @param {State} state
 * @param {Answer} answer
 */
function curvesOf(state, { now, along: { x, nOutputs, predictions }, axis }) {
  const reading = readingOf(state, nOutputs);
  const places = placesOf(axis, x);
  const points = places.map((_, i) => reading.read(predictions, i));
  const here = reading.read(now, 0);
  const curves = here.map((value, k) => ({
    ys: points.map((values) => values[k]),
    value,
    color: reading.names.length > 0 ? `var(--${className(k)})` : "var(--validation)",
  }));
  return { reading, places, points, curves };
}

/** A line, or a dot for each level. @param {Plane} chart @param {MapAxis} axis @param {number[]} places @param {{ ys: number[], color: string }} curve */
function drawCurve(chart, axis, places, { ys, color }) {
  if (!axis.scale.names) {
    const line = svg("path", { class: "curve", d: linePath(chart, places, ys) });
    line.style.stroke = color;
    return [line];
  }
  return places.map((place, i) => {
    const dot = svg("circle", { class: "level", cx: chart.x(place), cy: chart.y(ys[i]), r: 4 });
    dot.style.fill = color;
    return dot;
  });
}

/** The prediction along a column, and where the row stands on it. @param {State} state @param {MapAxis} axis @param {WonderedRow} row @param {() => Answer | null} answer */
function alongChart(state, axis, row, answer) {
  const { name: column } = axis.column;
  const isShare = readingOf(state, 1).names.length > 0;
  const target = state.dataset.value?.targets[shownOutput(state)] ?? "";
  const known = computed(() => {
    const now = answer();
    return now?.axis.column === axis.column ? curvesOf(state, now) : null;
  });
  const here = () => axis.place(row.cells()?.[column] ?? "");
  return lineChart({
    x: axis,
    yName: isShare ? t("probability") : target,
    isShare,
    range: () => known.value && rangeOf(known.value.curves.flatMap(({ ys }) => ys)),
    draw: (chart) => {
      const { curves = [], places = [] } = known.value ?? {};
      const lines = curves.flatMap((curve) => drawCurve(chart, axis, places, curve));
      if (!Number.isFinite(here())) {
        return lines;
      }
      const dots = curves.map(({ value }) =>
        svg("circle", { class: "here", cx: chart.x(here()), cy: chart.y(value), r: 5 }),
      );
      return [...lines, ...dots];
    },
    summary: () => t("What the model says of this row as {column} changes.", { column }),
    read: (share) => {
      if (!known.value || Number.isNaN(share)) {
        return t("This row as {column} changes; the dot is where it stands.", { column });
      }
      const { reading, places, points } = known.value;
      const i = nearestPoint(axis, share, places);
      return t("{column} = {value}: {prediction}", {
        column,
        value: axis.scale.names ? axis.scale.names[i] : formatNumber(places[i], 3),
        prediction: tell(state, reading, points[i]),
      });
    },
  });
}

/** What the row truly is. @param {WonderedRow} row */
function truthText(row) {
  const truth = Object.entries(row.truth());
  return truth.length === 0
    ? ""
    : t("In the table: {list}.", {
        list: truth.map(([name, text]) => `${name} ${text || t("missing")}`).join(", "),
      });
}

/** @param {State} state @param {WonderedRow} row @param {() => Answer | null} answer @param {() => MapAxis | null} axis */
export function mountAnswer(state, row, answer, axis) {
  const said = h("p", { class: "why-change", role: "status" });
  bindText(said, () => {
    const now = answer();
    return now ? changeText(state, row, now) : "";
  });
  const truth = h("p", { class: "hint" });
  bindText(truth, () => truthText(row));
  const values = h("div", {});
  rebuild(values, answer, (now) => now && table(state, now));
  const chart = h("div", {});
  const shape = () =>
    JSON.stringify([state.prepared.value?.run, axis()?.column.name, shownOutput(state)]);
  rebuild(chart, shape, () => {
    const along = axis();
    return along && alongChart(state, along, row, answer);
  });
  return h("div", { class: "why-answer-part" }, values, truth, said, chart);
}
