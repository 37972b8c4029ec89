/**
 * All columns of the file, of which only those in view are made: a file may have thousands.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { bindText, h, oncePerFrame, watch } from "../parts/dom.js";
import { fewValuesButton, selectionBar } from "./column-actions.js";
import { shownColumns } from "./column-order.js";
import { columnRow } from "./column-row.js";

/**
 * @import { Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Descriptions } from "./descriptions.js"
 */

/** Rows beyond the edges of the view. */
const SPARE = 6;

/** Until it has been measured; see data-page.css. */
const ROW_HEIGHT = 56;

/** @returns {{ key: string, label: string, kind: string }[]} */
const heads = () => [
  { key: "name", label: t("Column"), kind: "" },
  { key: "", label: t("Distribution"), kind: "picture" },
  { key: "missing", label: t("Missing"), kind: "numeric" },
  { key: "distinct", label: t("Different"), kind: "numeric" },
  { key: "min", label: t("Smallest"), kind: "numeric" },
  { key: "", label: "25 %", kind: "numeric" },
  { key: "", label: t("Median"), kind: "numeric" },
  { key: "", label: "75 %", kind: "numeric" },
  { key: "max", label: t("Largest"), kind: "numeric" },
  { key: "mean", label: t("Mean"), kind: "numeric" },
  { key: "deviation", label: t("Deviation"), kind: "numeric" },
  { key: "relation", label: t("With the target"), kind: "relation-cell" },
];

/** @param {Context} context @param {{ key: string, label: string, kind: string }} head */
function headCell({ state }, { key, label, kind }) {
  const { sort } = state.data;
  if (key === "") {
    return h("th", { scope: "col", class: kind }, label);
  }
  const arrow = h("span", { "aria-hidden": "true" });
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: () => {
        const { key: was, down } = sort.value;
        // The largest first, but names from A on; the third press gives the order of the file.
        const first = key !== "name";
        if (was !== key) {
          sort.value = { key, down: first };
        } else {
          sort.value = down === first ? { key, down: !first } : { key: "position", down: false };
        }
      },
    },
    label,
    arrow,
  );
  const cell = h("th", { scope: "col", class: kind }, button);
  watch(() => {
    const { key: now, down } = sort.value;
    arrow.textContent = now === key ? (down ? " ↓" : " ↑") : "";
    cell.setAttribute("aria-sort", now !== key ? "none" : down ? "descending" : "ascending");
  });
  return cell;
}

/** @param {Context} context @param {Table} table @param {() => number[]} shown */
function selectAll({ state }, table, shown) {
  const box = h("input", {
    type: "checkbox",
    "aria-label": t("Select all columns that are shown"),
    onchange: () => {
      const names = shown().map((index) => table.columns[index].name);
      const others = [...state.data.selected.value].filter((name) => !names.includes(name));
      state.data.selected.value = new Set(box.checked ? [...others, ...names] : others);
    },
  });
  watch(() => {
    const selected = state.data.selected.value;
    const n = shown().filter((index) => selected.has(table.columns[index].name)).length;
    box.checked = n > 0 && n === shown().length;
    box.indeterminate = n > 0 && n < shown().length;
  });
  return box;
}

/** Makes the rows that are in view. @param {Context} context @param {Table} table @param {Descriptions} descriptions @param {() => number[]} shown */
function virtualBody(context, table, descriptions, shown) {
  const body = h("tbody");
  const above = h("tr", { class: "filler", "aria-hidden": "true" });
  const below = h("tr", { class: "filler", "aria-hidden": "true" });
  const range = signal({ first: 0, last: 24 });
  /** @type {Map<number, ReturnType<typeof columnRow>>} */
  let rows = new Map();
  let height = ROW_HEIGHT;

  /** @param {HTMLElement} view */
  function follow(view) {
    const [row] = rows.values();
    height = row?.element.offsetHeight || height;
    const first = Math.max(0, Math.floor(view.scrollTop / height) - SPARE);
    const last = Math.ceil((view.scrollTop + view.clientHeight) / height) + SPARE;
    const was = range.peek();
    if (first !== was.first || last > was.last) {
      range.value = { first, last };
    }
  }

  watch(() => {
    const { first, last } = range.value;
    const all = shown();
    const inView = all.slice(first, last);
    const kept = new Map(
      inView.map((index) => [
        index,
        rows.get(index) ?? columnRow(context, table, index, descriptions),
      ]),
    );
    rows = kept;
    above.style.height = `${Math.min(first, all.length) * height}px`;
    below.style.height = `${Math.max(0, all.length - last) * height}px`;
    kept.forEach(({ update }) => update());
    const wanted = [above, ...[...kept.values()].map(({ element }) => element), below];
    if (wanted.some((element, i) => body.children[i] !== element)) {
      body.replaceChildren(...wanted);
    }
  });
  watch(() => {
    const { first, last } = range.value;
    descriptions.want(shown().slice(first, last));
  });
  return { body, follow };
}

/** @param {Context} context @param {Table} table @param {() => number[]} shown */
function tools(context, table, shown) {
  const { state } = context;
  const search = h("input", {
    type: "search",
    placeholder: t("Find a column…"),
    "aria-label": t("Find a column of the file"),
    oninput: () => (state.data.search.value = search.value),
  });
  search.value = state.data.search.value;
  const told = h("span", { class: "hint", role: "status" });
  bindText(told, () =>
    shown().length < table.columns.length
      ? t("{n} of {all} columns", { n: shown().length, all: table.columns.length })
      : "",
  );
  return h(
    "div",
    { class: "column-tools" },
    h("h3", { id: "data-columns" }, t("Columns")),
    search,
    told,
    fewValuesButton(context, table),
  );
}

/** @param {Context} context @param {Table} table @param {Descriptions} descriptions */
export function mountColumnTable(context, table, descriptions) {
  const { state } = context;
  const order = computed(() => shownColumns(state, table, descriptions));
  const shown = () => order.value;
  const { body, follow } = virtualBody(context, table, descriptions, shown);
  watch(() => {
    if (state.data.sort.value.key === "relation") {
      descriptions.want(table.columns.map((_, index) => index));
    }
  });
  const view = h(
    "div",
    {
      class: "scroll column-view",
      role: "region",
      "aria-label": t("Columns of the file, with what they hold"),
      tabindex: "0",
    },
    h(
      "table",
      { class: "column-table", "aria-rowcount": table.columns.length + 1 },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { class: "pick" }, selectAll(context, table, shown)),
          heads().map((head) => headCell(context, head)),
        ),
      ),
      body,
    ),
  );
  view.addEventListener(
    "scroll",
    oncePerFrame(() => follow(view)),
    { passive: true },
  );
  return h(
    "section",
    { class: "card", "aria-labelledby": "data-columns" },
    tools(context, table, shown),
    selectionBar(context, table),
    view,
  );
}
