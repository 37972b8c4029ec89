/**
 * What was wrong in the file: line, reason, and what was done about it.
 */
import { coreText, t } from "../../text/i18n.js";
import { h } from "../parts/dom.js";

/** @import { Table } from "../../state.js" */
/** @import { Context } from "../parts/fields.js" */

/** @param {Table} table @param {Table["problems"][number]} problem */
function problemRow({ columns }, { line, column, message }) {
  return h(
    "tr",
    {},
    h("td", { class: "numeric" }, line > 0 ? String(line) : "–"),
    h("td", {}, columns[column - 1]?.name ?? ""),
    h("td", {}, coreText(message)),
  );
}

/** @param {Context} _context @param {Table} table */
export function mountProblems(_context, table) {
  const { n_problems: n, problems } = table;
  if (n === 0) {
    return null;
  }
  const hidden = n - problems.length;
  return h(
    "details",
    { class: "card data-problems", open: n <= 5 },
    h("summary", {}, t("{n} problems in the file", { n })),
    h(
      "div",
      { class: "scroll", role: "region", "aria-label": t("Problems in the file"), tabindex: "0" },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col", class: "numeric" }, t("Line")),
            h("th", { scope: "col" }, t("Column")),
            h("th", { scope: "col" }, t("What is wrong, and what was done")),
          ),
        ),
        h(
          "tbody",
          {},
          problems.map((problem) => problemRow(table, problem)),
        ),
      ),
    ),
    hidden > 0 ? h("p", { class: "hint" }, t("{n} more are not listed.", { n: hidden })) : null,
  );
}
