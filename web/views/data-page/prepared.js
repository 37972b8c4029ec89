/**
 * What the preparation makes of columns: how their values lie in the file, and how what the network is
 * fed in their place lies, with the steps that decide it.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild } from "../parts/dom.js";
import { histogramBars } from "./distribution.js";
import { formatSpread, formatValue } from "./column-values.js";
import { followPrepared } from "./prepared-follow.js";
import { selectedSteps, stepsList } from "./own-steps.js";
import { preparedSteps } from "./prepared-steps.js";

/**
 * @import { Distribution, Prepared, PreparedColumn } from "../../protocol-data.js"
 * @import { State, Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Columns that are compared at once. */
const MOST_COLUMNS = 12;

/** Where nothing is selected. */
const FEW_COLUMNS = 4;

/** Numbers below this share of the deviation are what rounding left. */
const ROUNDING = 1e-6;

/** Columns that people picked, or else the first ones, and then the targets. @param {State} state @param {Table} table */
function namesToCompare(state, table) {
  const { selected, column } = state.data;
  const targets = state.targets.value;
  const isFeature = (/** @type {string} */ name) =>
    !targets.includes(name) && !state.ignored.value.has(name);
  const all = table.columns.map(({ name }) => name);
  const picked = selected.value.size > 0 ? [...selected.value] : [column.value].filter(Boolean);
  const wanted = picked.length > 0 ? picked : all.filter(isFeature).slice(0, FEW_COLUMNS);
  return [...wanted.filter((name) => !targets.includes(name)), ...targets];
}

/** @param {State} state @param {Table} table */
function columnsToCompare(state, table) {
  const names = table.columns.map(({ name }) => name);
  return namesToCompare(state, table)
    .slice(0, MOST_COLUMNS)
    .map((name) => names.indexOf(name))
    .filter((index) => index >= 0);
}

/** @param {Distribution} distribution @param {number} value */
const cleared = ({ deviation }, value) => (Math.abs(value) < ROUNDING * deviation ? 0 : value);

const numberNames = () => [t("Mean"), t("Deviation"), t("Smallest"), t("Largest")];

/** @param {Distribution | null} distribution @param {string} role of the values */
function numberCells(distribution, role) {
  if (!distribution) {
    return [h("td", { colspan: "5", class: "muted" }, t("words"))];
  }
  const { mean, deviation, min, max, histogram } = distribution;
  const value = (/** @type {number} */ x) => formatValue(role, cleared(distribution, x), 4);
  const names = numberNames();
  const numbers = [value(mean), formatSpread(role, deviation), value(min), value(max)];
  return [
    h("td", { class: "picture" }, histogramBars(histogram.counts)),
    ...numbers.map((text, i) => h("td", { class: "numeric", "data-head": names[i] }, text)),
  ];
}

/** @param {PreparedColumn} column */
function nameText({ use, n_missing: missing }) {
  if (use === "none") {
    return t("not used");
  }
  const filled =
    missing > 0 && use === "feature" ? t("{n} missing, filled in", { n: missing }) : "";
  return [use === "target" ? t("target") : "", filled].filter(Boolean).join(" · ");
}

/** What is left to say of inputs that have no line of their own. @param {PreparedColumn} column */
function restText({ use, n_after: n, after }) {
  if (use === "target" && n === 0) {
    return t("Classes are learned as they are.");
  }
  if (n === 0) {
    return t("Nothing of it reaches the network.");
  }
  return n > after.length ? t("and {n} more inputs", { n: n - after.length }) : "";
}

/** @param {PreparedColumn} column @param {string} role */
function columnRows(column, role) {
  const { name, before, after } = column;
  const rest = restText(column);
  const span = String(Math.max(1, after.length + (rest && after.length > 0 ? 1 : 0)));
  const inputs = after.map((input) => [
    h(
      "th",
      { scope: "row", class: "input-name", "data-head": t("As the network gets it") },
      input.name,
    ),
    ...numberCells(input, "number"),
  ]);
  const restCell = rest ? [[h("td", { colspan: "6", class: "muted" }, rest)]] : [];
  const beforeCells = numberCells(before, role);
  beforeCells.forEach((cell) => cell.setAttribute("rowspan", span));
  return [...inputs, ...restCell].map((cells, i) =>
    h(
      "tr",
      { class: i === 0 ? "first" : "" },
      i === 0 && [
        h("th", { scope: "row", rowspan: span }, name, h("small", {}, nameText(column))),
        ...beforeCells,
      ],
      ...cells,
    ),
  );
}

const numberHeads = () =>
  [t("Distribution"), ...numberNames()].map((name, i) =>
    h("th", { scope: "col", class: i > 0 ? "numeric" : "" }, name),
  );

/** @param {Table} table @param {Prepared} prepared */
function comparison(table, { columns }) {
  return h(
    "div",
    {
      class: "scroll",
      role: "region",
      "aria-label": t("Columns before and after"),
      tabindex: "0",
    },
    h(
      "table",
      { class: "prepared-table" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col", rowspan: "2" }, t("Column")),
          h("th", { scope: "colgroup", colspan: "5" }, t("In the file")),
          h("th", { scope: "colgroup", colspan: "6" }, t("As the network gets it")),
        ),
        h(
          "tr",
          {},
          numberHeads(),
          h("th", { scope: "col", class: "input-name" }, t("Input")),
          numberHeads(),
        ),
      ),
      h(
        "tbody",
        {},
        columns.flatMap((column) => columnRows(column, table.columns[column.index].type)),
      ),
    ),
  );
}

/** @param {State} state @param {Prepared} prepared */
function scopeText(state, { n_rows: n }) {
  const nSelected = state.data.selected.value.size;
  return nSelected > MOST_COLUMNS
    ? t("The {n} training rows, which everything is fitted on; the first of {all} columns.", {
        n,
        all: nSelected,
      })
    : t(
        "The {n} training rows, which everything is fitted on. Select columns above to compare them.",
        { n },
      );
}

/** @param {Context} context @param {Table} table */
export function mountPrepared(context, table) {
  const { state } = context;
  const answer = followPrepared(context, () => columnsToCompare(state, table));
  const body = h("div", { class: "stack" });
  rebuild(body, answer, ({ prepared, problem }) => {
    if (problem) {
      return h("p", { class: "problem" }, problem);
    }
    return (
      prepared && [
        h("p", { class: "hint" }, scopeText(state, prepared)),
        comparison(table, prepared),
      ]
    );
  });
  return h(
    "section",
    { class: "card", "aria-labelledby": "data-prepared" },
    h("h3", { id: "data-prepared" }, t("Before and after preparing")),
    preparedSteps(context),
    selectedSteps(context, table),
    stepsList(context),
    body,
  );
}
