/**
 * What was wrong in the file: line, reason, and what was done about it.
 */
import { choiceText } from "../../text/catalogue-text.js";
import { coreText, t } from "../../text/i18n.js";
import { h, watch } from "../parts/dom.js";

/** @import { Param } from "../../protocol-catalogue.js" */
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

/** What becomes of the problems of a kind. @param {Context} context @param {Param} param */
function ruleField({ state, actions }, param) {
  const options = (param.choices ?? []).map((value) => h("option", { value }, choiceText(value)));
  const select = h(
    "select",
    { onchange: () => actions.change({ [param.setting]: select.value }) },
    options,
  );
  watch(() => (select.value = state.value(param.setting)));
  return h("label", { class: "reading-field", title: param.help }, param.label, select);
}

/** A rule for each kind of problem that is there. @param {Context} context @param {Table} table */
function rules(context, { problem_counts: counts = {} }) {
  const params = Object.entries(counts)
    .filter(([, n]) => n > 0)
    .flatMap(([kind]) => context.state.index.value.get(`data.${kind}`)?.param ?? []);
  return params.length > 0
    ? h(
        "div",
        { class: "reading-fields" },
        params.map((param) => ruleField(context, param)),
      )
    : null;
}

/** @param {Context} context @param {Table} table */
export function mountProblems(context, table) {
  const { n_problems: n, problems } = table;
  if (n === 0) {
    return null;
  }
  const hidden = n - problems.length;
  return h(
    "details",
    { class: "card data-problems", open: n <= 5 },
    h("summary", {}, t("{n} problems in the file", { n })),
    rules(context, table),
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
