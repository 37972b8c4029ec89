/**
 * What can be done with several columns at once.
 */
import { t } from "../../text/i18n.js";
import { joinNames } from "../../settings.js";
import { typeOf } from "../../state.js";
import { typesFor, typeSettings, useSettings } from "../data/column-types.js";
import { bindText, h, showWhen } from "../parts/dom.js";

/** @import { Column, Table } from "../../state.js" */
/** @import { Context } from "../parts/fields.js" */

/** Whole numbers with so many different values may be names of something. */
const FEW = 10;

/** @param {Context} context @param {Column} column */
function hasFewValues({ state }, column) {
  const { name, whole, n_distinct: n } = column;
  const isNumber = typeOf(state, column) === "number";
  return isNumber && whole && n > 2 && n <= FEW && !state.targets.value.includes(name);
}

/** @param {Context} context @param {Table} table */
export function fewValuesButton(context, table) {
  const columns = () => table.columns.filter((column) => hasFewValues(context, column));
  const button = h("button", {
    type: "button",
    class: "quiet",
    title: t("Whole numbers of at most {n} different values may be names of something.", {
      n: FEW,
    }),
    onclick: () => context.actions.change(typeSettings(context, columns(), "category")),
  });
  bindText(button, () =>
    t("Take {n} numbers with few values for categories", { n: columns().length }),
  );
  showWhen(button, () => columns().length > 0);
  return button;
}

/** @param {Context} context @param {Table} table */
export function selectionBar(context, table) {
  const { state, actions } = context;
  const chosen = () => table.columns.filter(({ name }) => state.data.selected.value.has(name));
  const names = () =>
    chosen()
      .map(({ name }) => name)
      .filter((name) => !state.targets.value.includes(name));
  const fitting = (/** @type {string} */ type) =>
    chosen().filter((column) => typesFor(context, column).includes(type));
  const told = h("strong", { role: "status" });
  bindText(told, () => t("{n} columns selected", { n: chosen().length }));
  /** @param {string} label @param {() => Record<string, string>} settings */
  const button = (label, settings) =>
    h("button", { type: "button", onclick: () => actions.change(settings()) }, label);
  const bar = h(
    "div",
    { class: "selection-bar", role: "group", "aria-label": t("Selected columns") },
    told,
    button(t("Leave out"), () => useSettings(context, names(), false)),
    button(t("Use"), () => useSettings(context, names(), true)),
    button(t("As numbers"), () => typeSettings(context, fitting("number"), "number")),
    button(t("As categories"), () => typeSettings(context, chosen(), "category")),
    button(t("Type as found"), () => typeSettings(context, chosen(), "")),
    button(t("Predict"), () => ({
      "data.target": joinNames(chosen().map(({ name }) => name)),
    })),
    h(
      "button",
      { type: "button", class: "quiet", onclick: () => (state.data.selected.value = new Set()) },
      t("Clear selection"),
    ),
  );
  showWhen(bar, () => chosen().length > 0);
  return bar;
}
