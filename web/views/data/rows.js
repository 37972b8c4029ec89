/**
 * The first rows of the file as they were read.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild } from "../parts/dom.js";

/**
 * @import { Column, Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

const MAX_COLUMNS = 50;

/** Texts up to this length fit into a cell whatever they are written in. */
const FITTING = 14;

const alignment = (/** @type {Column} */ { type }) => (type === "number" ? "numeric" : "");

/** @param {string} text @param {Column} column */
function cell(text, column) {
  if (text === "") {
    return h("td", { class: `missing ${alignment(column)}` }, t("missing"));
  }
  return text.length > FITTING
    ? h("td", { class: `cut ${alignment(column)}`, title: text }, text)
    : h("td", { class: alignment(column) }, text);
}

/** @param {Table} table */
function preview(table) {
  const columns = table.columns.slice(0, MAX_COLUMNS);
  const hidden = table.columns.length - columns.length;
  const counts = { shown: table.rows.length, all: table.n_rows, n: hidden };
  const caption =
    hidden > 0
      ? t("First {shown} of {all} rows, {n} more columns not shown", counts)
      : t("First {shown} of {all} rows", counts);
  return h(
    "div",
    { class: "scroll", role: "region", "aria-label": t("Cells of the first rows"), tabindex: "0" },
    h(
      "table",
      {},
      h("caption", {}, caption),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          columns.map((column) =>
            h("th", { scope: "col", class: alignment(column), title: column.name }, column.name),
          ),
        ),
      ),
      h(
        "tbody",
        {},
        table.rows.map((row) =>
          h(
            "tr",
            {},
            columns.map((column, j) => cell(row[j], column)),
          ),
        ),
      ),
    ),
  );
}

/** @param {Context} context */
export function mountRows({ state }) {
  const root = h("div");
  rebuild(
    root,
    () => state.table.value,
    (table) =>
      table
        ? preview(table)
        : h("p", { class: "empty" }, t("The first rows of your file will be shown here.")),
  );
  return h(
    "section",
    { class: "card rows", "aria-labelledby": "card-rows" },
    h("h2", { id: "card-rows" }, t("First rows")),
    root,
  );
}
