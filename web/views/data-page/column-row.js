/**
 * One column of the file as a row of the table of columns.
 */
import { MOST_DISTINCT } from "../../protocol-data.js";
import { t } from "../../text/i18n.js";
import { typeOf } from "../../state.js";
import { columnText } from "../data/columns.js";
import { purposeOf, typeNames, typesFor, typeSettings } from "../data/column-types.js";
import { h } from "../parts/dom.js";
import { formatPercent } from "../../text/format.js";
import { DETAIL } from "./column-detail.js";
import { formatSpread, formatValue, isMeasured } from "./column-values.js";
import { distribution } from "./distribution.js";
import { relationCell } from "./relation.js";

/**
 * @import { DescribedColumn } from "../../protocol-data.js"
 * @import { Column, Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Descriptions } from "./descriptions.js"
 */

/** Numbers of a column, in the order in which they are shown. @type {(keyof DescribedColumn & keyof any)[]} */
const NUMBERS = ["min", "first_quartile", "median", "third_quartile", "max", "mean", "deviation"];

/** @param {Column} column */
export const distinctText = ({ n_distinct: n }) =>
  n >= MOST_DISTINCT ? t("{n} or more", { n: MOST_DISTINCT }) : String(n);

/** @param {Context} context @param {string} name */
function roleText({ state }, name) {
  const purpose = purposeOf(state, name);
  if (purpose) {
    return purpose;
  }
  return state.ignored.value.has(name) ? t("left out") : "";
}

/** @param {Context} context @param {Column} column */
function selectBox({ state }, { name }) {
  const box = h("input", {
    type: "checkbox",
    "aria-label": t("Select {name}", { name }),
    onchange: () => {
      const selected = new Set(state.data.selected.value);
      if (box.checked) {
        selected.add(name);
      } else {
        selected.delete(name);
      }
      state.data.selected.value = selected;
    },
  });
  return box;
}

/** @param {Context} context @param {Column} column */
function typeSelect(context, column) {
  const select = h(
    "select",
    {
      "aria-label": t("Type of {name}", { name: column.name }),
      onchange: () => context.actions.change(typeSettings(context, [column], select.value)),
    },
    typesFor(context, column).map((type) => h("option", { value: type }, typeNames()[type])),
  );
  return select;
}

/** The most frequent levels in words. @param {DescribedColumn} described */
function levelsText({ levels, n_values: n, n_other: others }) {
  const listed = levels
    .slice(0, 4)
    .map(({ text, count }) =>
      t("{level} {percent}", { level: text, percent: formatPercent(count / n) }),
    );
  const more = levels.length - listed.length + (others > 0 ? 1 : 0);
  return listed.join(" · ") + (more > 0 ? " · …" : "");
}

/** @param {Column} column @param {DescribedColumn | null} described @param {string} type */
function numberCells(column, described, type) {
  if (!isMeasured(type)) {
    const text = described ? levelsText(described) : "";
    return [h("td", { class: "levels", colspan: NUMBERS.length }, text)];
  }
  const values = /** @type {Record<string, any>} */ (described ?? column);
  return NUMBERS.map((key) => {
    const text =
      key === "deviation" ? formatSpread(type, values[key]) : formatValue(type, values[key]);
    return h("td", { class: "numeric" }, text);
  });
}

/** @param {Column} column @param {number} nRows */
function missingCell({ n_missing: n }, nRows) {
  const text = n === 0 ? "–" : formatPercent(n / nRows);
  return h(
    "td",
    { class: `numeric ${n === 0 ? "muted" : ""}`, title: t("{n} cells", { n }) },
    text,
  );
}

/** Opens the closer look at a column, below the table. @param {Context} context @param {string} name */
function showDetail({ state }, name) {
  state.data.column.value = name;
  document.getElementById(DETAIL)?.scrollIntoView({ block: "nearest" });
}

/**
 * @param {Context} context
 * @param {Table} table
 * @param {number} index of the column
 * @param {Descriptions} descriptions
 * @returns {{ element: HTMLElement, update: () => void }}
 */
export function columnRow(context, table, index, descriptions) {
  const { state } = context;
  const column = table.columns[index];
  const { name } = column;
  const box = selectBox(context, column);
  const type = typeSelect(context, column);
  const role = h("span", { class: "column-role" });
  const brief = h("span", { class: "hint brief" }, columnText(column));
  const link = h(
    "button",
    {
      type: "button",
      class: "quiet column-link",
      title: name,
      onclick: () => showDetail(context, name),
    },
    name,
  );
  const head = h(
    "th",
    { scope: "row" },
    h("div", { class: "column-head" }, link, role),
    h("div", { class: "column-type" }, type, brief),
  );
  const element = h("tr", { "aria-rowindex": index + 2 });

  function update() {
    const described = descriptions.of(index);
    const used = typeOf(state, column);
    box.checked = state.data.selected.value.has(name);
    type.value = used;
    role.textContent = roleText(context, name);
    link.setAttribute("aria-pressed", String(state.data.column.value === name));
    element.className = [
      box.checked ? "selected" : "",
      state.targets.value.includes(name) ? "target" : "",
      state.ignored.value.has(name) || used === "text" ? "unused" : "",
    ].join(" ");
    const focused = document.activeElement;
    element.replaceChildren(
      h("td", { class: "pick" }, box),
      head,
      h("td", { class: "picture" }, distribution(described)),
      missingCell(column, table.n_rows),
      h("td", { class: "numeric" }, distinctText(column)),
      ...numberCells(column, described, used),
      h("td", { class: "relation-cell" }, relationCell(described)),
    );
    if (focused instanceof HTMLElement && element.contains(focused)) {
      focused.focus();
    }
  }
  return { element, update };
}
