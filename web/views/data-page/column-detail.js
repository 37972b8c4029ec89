/**
 * One column at a closer look: its picture with axes, its numbers, its levels and the target in each.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild, svg } from "../parts/dom.js";
import { className } from "../parts/class-colors.js";
import { formatCount, formatNumber, formatPercent } from "../../text/format.js";
import { plane } from "../parts/plane.js";
import { numberScale } from "../parts/scale.js";
import { columnReading } from "./column-reading.js";
import { formatSpread, formatValue, isMeasured } from "./column-values.js";
import { columnSteps } from "./own-steps.js";
import { measureText } from "./relation.js";

/**
 * @import { Described, DescribedColumn, DescribedLevel } from "../../protocol-data.js"
 * @import { Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Descriptions } from "./descriptions.js"
 */

/** Id of the part of the page. */
export const DETAIL = "data-column-detail";

const DAY = 86_400;

const SIZE = { width: 520, height: 260 };

/** A histogram with axes. @param {DescribedColumn} column */
export function histogramChart({ name, role, histogram, n_values: n, min, max, median }) {
  if (!histogram) {
    return null;
  }
  const { low, high, counts } = histogram;
  const top = Math.max(1, ...counts);
  const axes = {
    x: numberScale(
      low,
      high,
      role === "date" ? (value) => formatValue(role, DAY * Math.round(value / DAY)) : undefined,
    ),
    y: numberScale(0, top * 1.05),
    xName: name,
    yName: t("Rows"),
    size: SIZE,
  };
  const { root, content, x, y } = plane(axes);
  const step = (high - low || 1) / counts.length;
  counts.forEach((count, i) => {
    const from = x(low + i * step);
    content.append(
      svg("rect", {
        class: "histogram-bar",
        x: from + 0.5,
        y: y(count),
        width: Math.max(1, x(low + (i + 1) * step) - from - 1),
        height: Math.max(0, y(0) - y(count)),
      }),
    );
  });
  const label = t(
    "Histogram of {name}: {n} values from {min} to {max}, half of them below {median}.",
    {
      name,
      n,
      min: formatValue(role, min),
      max: formatValue(role, max),
      median: formatValue(role, median),
    },
  );
  return h("div", { class: "histogram", role: "img", "aria-label": label }, root);
}

/** @param {number} share of the largest */
function countBar(share) {
  const bar = h("span", { class: "count-bar" });
  bar.style.width = `${Math.max(1, 80 * share)}px`;
  return h("span", { class: "count-room", "aria-hidden": "true" }, bar);
}

/** Classes of the target in a level, as parts of a bar. @param {number[]} counts */
function classBar(counts) {
  const all = counts.reduce((sum, count) => sum + count, 0) || 1;
  let from = 0;
  const parts = counts.map((count, i) => {
    const width = (100 * count) / all;
    const part = svg("rect", {
      x: from.toFixed(2),
      y: 0,
      width: width.toFixed(2),
      height: 10,
    });
    part.style.fill = `var(--${className(i)})`;
    from += width;
    return part;
  });
  return svg(
    "svg",
    {
      class: "class-bar",
      viewBox: "0 0 100 10",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    parts,
  );
}

/** @param {Described} described @param {number[]} counts */
function classesText({ classes }, counts) {
  const all = counts.reduce((sum, count) => sum + count, 0) || 1;
  return counts
    .map((count, i) => ({ name: classes[i], share: count / all }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 2)
    .filter(({ share }) => share > 0)
    .map(({ name, share }) =>
      t("{level} {percent}", { level: name, percent: formatPercent(share) }),
    )
    .join(" · ");
}

/** @param {Described} described @param {DescribedLevel} level */
function targetCells(described, { target_counts: counts, target_mean: mean }) {
  if (described.task === "regression") {
    return [h("td", { class: "numeric" }, formatNumber(mean))];
  }
  return counts
    ? [
        h(
          "td",
          { class: "class-cell" },
          classBar(counts),
          h("span", {}, classesText(described, counts)),
        ),
      ]
    : [];
}

/** @param {Described} described @param {DescribedColumn} column */
function levelTable(described, { name, levels, n_values: n, n_other: others, relation }) {
  if (levels.length === 0) {
    return null;
  }
  const withTarget =
    relation !== null && levels.some((l) => l.target_counts || l.target_mean !== null);
  const isRegression = described.task === "regression";
  const targetHead = isRegression
    ? t("Mean of {name}", { name: described.target ?? "" })
    : t("Classes of {name}", { name: described.target ?? "" });
  const top = Math.max(...levels.map(({ count }) => count));
  return h(
    "div",
    {
      class: "scroll",
      role: "region",
      "aria-label": t("Levels of {name}", { name }),
      tabindex: "0",
    },
    h(
      "table",
      { class: "level-table" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, t("Level")),
          h("th", { scope: "col" }, t("Rows")),
          h("th", { scope: "col", class: "numeric" }, t("Share")),
          withTarget && h("th", { scope: "col", class: isRegression ? "numeric" : "" }, targetHead),
        ),
      ),
      h(
        "tbody",
        {},
        levels.map((level) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, level.text),
            h(
              "td",
              { class: "count-cell" },
              countBar(level.count / top),
              h("span", {}, formatCount(level.count)),
            ),
            h("td", { class: "numeric" }, formatPercent(level.count / n)),
            withTarget && targetCells(described, level),
          ),
        ),
        others > 0 &&
          h(
            "tr",
            {},
            h("th", { scope: "row", class: "muted" }, t("others")),
            h("td", {}, formatCount(others)),
            h("td", { class: "numeric" }, formatPercent(others / n)),
            withTarget && h("td"),
          ),
      ),
    ),
  );
}

/** @param {DescribedColumn} column */
function relationText({ relation }) {
  return relation && relation.value !== null
    ? t("{measure}: {value}", {
        measure: measureText(relation.measure),
        value: formatNumber(relation.value, 3),
      })
    : "";
}

/** @param {DescribedColumn} column */
function samplesText({ first, last }) {
  return t("First values: {first}. Last values: {last}.", {
    first: first.join(", "),
    last: last.join(", "),
  });
}

/** @param {DescribedColumn} column */
function numberList(column) {
  const { role } = column;
  /** @type {[string, string][]} */
  const entries = [
    [t("Values"), formatCount(column.n_values)],
    [t("Missing"), formatCount(column.n_missing)],
    [t("Different"), formatCount(column.n_distinct)],
    [t("Smallest"), formatValue(role, column.min)],
    [t("A quarter below"), formatValue(role, column.first_quartile)],
    [t("Median"), formatValue(role, column.median)],
    [t("A quarter above"), formatValue(role, column.third_quartile)],
    [t("Largest"), formatValue(role, column.max)],
    [t("Mean"), formatValue(role, column.mean)],
    [t("Deviation"), formatSpread(role, column.deviation)],
  ];
  return h(
    "dl",
    { class: "number-list" },
    entries.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/** @param {Context} context @param {Table} table @param {Described} described @param {DescribedColumn} column */
function detailParts(context, table, described, column) {
  const { role, name, n_bad: bad } = column;
  const isNumber = isMeasured(role);
  return [
    h("h3", { id: "data-column" }, name),
    h("p", { class: "hint" }, samplesText(column)),
    bad > 0
      ? h("p", { class: "hint" }, t("{n} cells are no numbers and count as missing.", { n: bad }))
      : null,
    columnReading(context, table.columns[column.index]),
    relationText(column) ? h("p", {}, relationText(column)) : null,
    h(
      "div",
      { class: "detail-pair" },
      isNumber ? [histogramChart(column), numberList(column)] : null,
      levelTable(described, column),
    ),
    columnSteps(context, table.columns[column.index]),
  ];
}

/** @param {Context} context @param {Table} table @param {Descriptions} descriptions */
export function mountColumnDetail(context, table, descriptions) {
  const { state } = context;
  const root = h("section", {
    id: DETAIL,
    class: "card column-detail",
    "aria-labelledby": "data-column",
  });
  rebuild(
    root,
    () => {
      const index = table.columns.findIndex(({ name }) => name === state.data.column.value);
      return index < 0 ? null : descriptions.of(index);
    },
    (column) => {
      const described = descriptions.target();
      root.hidden = !column || !described;
      return column && described && detailParts(context, table, described, column);
    },
  );
  return root;
}
