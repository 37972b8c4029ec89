/**
 * The cells of the row that one wonders about: a slider for a number, a list for a category.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { mapColumns, readNumber } from "../does/does-axes.js";
import { h, rebuild, showWhen, watch } from "../parts/dom.js";
import { formatNumber } from "../../text/format.js";
import { changeCell } from "./why-row.js";

/**
 * @import { Cells, ModelColumn } from "../../protocol-model.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { WonderedRow } from "./why-row.js"
 */

/** Beyond this a field to search the columns helps. */
const FEW = 12;
const DIGITS = 5;

/** @typedef {{ state: State, original: Cells, cell: () => string, change: (text: string) => void }} Cell */

/** @param {ModelColumn} column @param {Cell} cell */
function slider({ name, min = 0, max = 1, whole, median = 0 }, { original, cell, change }) {
  const own = readNumber(original[name]);
  const [low, high] = Number.isNaN(own) ? [min, max] : [Math.min(min, own), Math.max(max, own)];
  const input = h("input", {
    type: "range",
    min: low,
    max: high,
    step: whole ? 1 : "any",
    "aria-label": name,
    oninput: () => change(String(Number(Number(input.value).toPrecision(DIGITS)))),
  });
  const text = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    "aria-label": t("Value of {column}", { column: name }),
    placeholder: t("missing"),
    onchange: () => {
      const value = readNumber(text.value);
      change(Number.isNaN(value) ? original[name] : String(value));
      text.value = cell();
    },
  });
  watch(() => {
    const value = readNumber(cell());
    input.value = String(Number.isNaN(value) ? median : value);
    input.setAttribute("aria-valuetext", cell() || t("missing"));
    text.value = cell();
  });
  return [text, input];
}

/** @param {ModelColumn} column @param {Cell} cell */
function levelSelect({ name, levels = [] }, { original, cell, change }) {
  const own = original[name];
  const names = levels.includes(own) ? levels : [own, ...levels];
  const select = h(
    "select",
    { "aria-label": name, onchange: () => change(select.value) },
    names.map((level) => h("option", { value: level }, level || t("missing"))),
  );
  watch(() => (select.value = cell()));
  return select;
}

/** @param {State} state @param {ModelColumn} column @param {{ original: Cells, row: WonderedRow }} of */
function cellField(state, column, { original, row }) {
  const { name, coding } = column;
  const cell = {
    state,
    original,
    cell: () => row.cells()?.[name] ?? "",
    change: (/** @type {string} */ text) => {
      state.why.column.value = name;
      changeCell(state, original, name, text);
    },
  };
  const reset = h(
    "button",
    {
      type: "button",
      class: "quiet reset-one",
      "aria-label": t("Put {column} back", { column: name }),
      title: t("Back to {value}", {
        value: coding === "number" ? formatNumber(readNumber(original[name])) : original[name],
      }),
      onclick: () => changeCell(state, original, name, original[name]),
    },
    "↺",
  );
  const changed = () => name in state.why.changes.value;
  watch(() => (reset.style.visibility = changed() ? "visible" : "hidden"));
  const controls = coding === "number" ? slider(column, cell) : [levelSelect(column, cell)];
  const field = h(
    "div",
    { class: "why-cell" },
    h("span", { class: "why-name", title: name }, name),
    reset,
    controls,
  );
  watch(() => field.classList.toggle("changed", changed()));
  return field;
}

/** @param {Context} context @param {WonderedRow} row */
export function mountCells({ state }, row) {
  const wanted = signal("");
  const search = h("input", {
    type: "search",
    placeholder: t("Find a column"),
    "aria-label": t("Find a column of the row"),
    oninput: () => (wanted.value = search.value.trim().toLowerCase()),
  });
  const columns = computed(() => mapColumns(state));
  showWhen(search, () => columns.value.length > FEW);
  const list = h("div", { class: "why-cells" });
  rebuild(
    list,
    () => row.original(),
    (original) =>
      original &&
      columns.value.map((column) => {
        const field = cellField(state, column, { original, row });
        showWhen(field, () => column.name.toLowerCase().includes(wanted.value));
        return field;
      }),
  );
  return h("div", { class: "why-cells-part" }, search, list);
}
