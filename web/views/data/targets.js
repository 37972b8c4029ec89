/**
 * The columns to predict: one, or several numbers or labels.
 */
import { t } from "../../text/i18n.js";
import { signal } from "@preact/signals-core";
import { joinNames } from "../../settings.js";
import { typeOf } from "../../state.js";
import { bindText, h, rebuild, watch } from "../parts/dom.js";
import { idOf, problemSlot } from "../parts/fields.js";

/**
 * @import { Column, State, Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

const MAX_LISTED = 100;

/** What a column must be to be predicted with others. @param {State} state @param {Column} column */
const isCandidate = (state, column) =>
  typeOf(state, column) === "number" || column.n_distinct === 2;

/** @param {Context} context @param {string} name */
function targetBox({ state, actions }, name) {
  const box = h("input", {
    type: "checkbox",
    onchange: () => {
      const others = state.targets.value.filter((target) => target !== name);
      actions.change({ "data.target": joinNames(box.checked ? [...others, name] : others) });
    },
  });
  watch(() => (box.checked = state.targets.value.includes(name)));
  return h("li", {}, h("label", {}, box, ` ${name}`));
}

/** The list is made when it is opened: a file may have thousands of columns. @param {Context} context @param {Table} table */
function moreTargets(context, table) {
  const { state } = context;
  const opened = signal(false);
  const summary = h("summary", {});
  const list = h("ul", { class: "more-targets-list" });
  const details = h("details", { class: "more-targets" }, summary, list);
  const others = () => {
    const [first, ...more] = state.targets.value;
    const names = table.columns
      .filter((column) => column.name !== first && isCandidate(state, column))
      .map(({ name }) => name);
    return [...new Set([...names.slice(0, MAX_LISTED), ...more])];
  };
  bindText(summary, () => {
    const more = state.targets.value.length - 1;
    return more > 0 ? t("Predict more columns ({n} more)", { n: more }) : t("Predict more columns");
  });
  rebuild(
    list,
    () => (opened.value ? joinNames(others()) : ""),
    (shown) => shown !== "" && others().map((name) => targetBox(context, name)),
  );
  details.addEventListener("toggle", () => (opened.value ||= details.open));
  details.open = state.targets.value.length > 1;
  return details;
}

/** @param {Context} context @param {Table} table */
export function targetField(context, table) {
  const { state, actions } = context;
  const id = idOf("data.target");
  const options = table.columns.map(({ name }) => h("option", { value: name }, name));
  const select = h(
    "select",
    {
      id,
      name: "data.target",
      "aria-describedby": `${id}-problem`,
      onchange: () => {
        const more = state.targets.value.slice(1).filter((name) => name !== select.value);
        actions.change({ "data.target": joinNames([select.value, ...more]) });
      },
    },
    options,
  );
  watch(() => {
    select.value = state.target.value;
    select.setAttribute("aria-invalid", String("data.target" in state.mistakes.value));
  });
  return h(
    "div",
    { class: "field aim", "data-setting": "data.target" },
    h("div", { class: "field-head" }, h("label", { for: id }, t("Predict")), select),
    table.columns.length > 2 && moreTargets(context, table),
    problemSlot(context, "data.target"),
  );
}
