/**
 * Steps of the preparation that one column, or those selected, have of their own, and the list of all
 * columns that have some.
 */
import { t } from "../../text/i18n.js";
import { typeOf } from "../../state.js";
import {
  BY_COLUMN,
  fittingSteps,
  groupSteps,
  possibleSteps,
  readSteps,
  settingOf,
  stepKey,
  writeSteps,
} from "../../steps-by-column.js";
import { bindText, h, rebuild, showWhen } from "../parts/dom.js";
import { stepField, stepText } from "./step-field.js";

/**
 * @import { Column, Table } from "../../state.js"
 * @import { Steps } from "../../steps-by-column.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @param {Context} context @param {string} name @returns {Steps} */
const stepsOf = ({ state }, name) => readSteps(state.value(BY_COLUMN)).get(name) ?? {};

/** The settings that can be a step of a column as it is prepared now. @param {Context} context @param {Column} column */
const possibleFor = (context, column) =>
  possibleSteps(
    stepsOf(context, column.name),
    typeOf(context.state, column),
    context.state.index.value,
    context.state.value,
  );

/** Those of at least one of the columns. @param {Context} context @param {Column[]} columns */
function settingsFor(context, columns) {
  const possible = new Set(columns.flatMap((column) => possibleFor(context, column)));
  return [...context.state.index.value.keys()].filter((setting) => possible.has(setting));
}

/** @param {Context} context @param {Column[]} columns @param {string} setting */
function placeOf(context, columns, setting) {
  const { state, actions } = context;
  const key = stepKey(setting);
  const fits = (/** @type {Column} */ column) => possibleFor(context, column).includes(setting);
  const read = () => {
    const values = new Set(
      columns.filter(fits).map(({ name }) => stepsOf(context, name)[key] ?? ""),
    );
    return values.size > 1 ? null : ([...values][0] ?? "");
  };
  const write = (/** @type {string} */ value) => {
    const steps = readSteps(state.value(BY_COLUMN));
    for (const column of columns.filter(fits)) {
      const { [key]: _, ...others } = steps.get(column.name) ?? {};
      const own = value === "" ? others : { ...others, [key]: value };
      const type = typeOf(state, column);
      steps.set(column.name, fittingSteps(own, type, state.index.value, state.value));
    }
    actions.change({ [BY_COLUMN]: writeSteps(steps) });
  };
  return { read, write };
}

/** @param {Context} context @param {string[]} names */
function withoutSteps({ state, actions }, names) {
  const steps = readSteps(state.value(BY_COLUMN));
  names.forEach((name) => steps.delete(name));
  actions.change({ [BY_COLUMN]: writeSteps(steps) });
}

/** What the core says against the steps. @param {Context} context */
function problem({ state }) {
  const slot = h("p", { class: "problem" });
  bindText(slot, () => state.mistakes.value[BY_COLUMN] ?? "");
  showWhen(slot, () => BY_COLUMN in state.mistakes.value);
  return slot;
}

/** @param {Context} context @param {string} legend @param {Column[]} columns */
function stepFields(context, legend, columns) {
  const { state } = context;
  const names = columns.map(({ name }) => name);
  const fields = h("div", { class: "reading-fields" });
  rebuild(
    fields,
    () => settingsFor(context, columns).join(" "),
    (settings) =>
      settings.split(" ").map((setting) => {
        const param = state.index.value.get(setting)?.param;
        return param && stepField(context, param, placeOf(context, columns, setting));
      }),
  );
  const reset = h(
    "button",
    { type: "button", class: "quiet", onclick: () => withoutSteps(context, names) },
    t("As for all columns"),
  );
  showWhen(reset, () => names.some((name) => Object.keys(stepsOf(context, name)).length > 0));
  return h(
    "fieldset",
    { class: "reading own-steps" },
    h("legend", {}, legend),
    fields,
    reset,
    problem(context),
  );
}

/** Of the column that is looked at; nothing for one that is no input. @param {Context} context @param {Column} column */
export function columnSteps(context, column) {
  const { state } = context;
  const root = h("div");
  rebuild(
    root,
    () => `${typeOf(state, column)} ${state.targets.value.includes(column.name)}`,
    (use) =>
      /^(number|date|category) false$/.test(use) &&
      stepFields(context, t("Steps for {name} alone", { name: column.name }), [column]),
  );
  return root;
}

/** Of the columns that are selected. @param {Context} context @param {Table} table */
export function selectedSteps(context, table) {
  const { state } = context;
  const chosen = () =>
    table.columns.filter(
      (column) =>
        state.data.selected.value.has(column.name) &&
        !state.targets.value.includes(column.name) &&
        typeOf(state, column) !== "text",
    );
  const root = h("div");
  rebuild(
    root,
    () => JSON.stringify(chosen().map((column) => [column.name, typeOf(state, column)])),
    () => {
      const columns = chosen();
      return columns.length === 0
        ? h(
            "p",
            { class: "hint" },
            t("Select columns above, or look at one, to give them steps of their own."),
          )
        : stepFields(context, t("Steps for these {n} columns", { n: columns.length }), columns);
    },
  );
  return root;
}

/** @param {Context} context @param {Steps} steps */
function stepsText(context, steps) {
  const index = context.state.index.value;
  return Object.entries(steps)
    .map(([key, value]) => {
      const param = index.get(settingOf(index, key))?.param;
      return param
        ? t("{label}: {value}", { label: param.label, value: stepText(context, param, value) })
        : `${key}=${value}`;
    })
    .join(" · ");
}

/** All columns with steps of their own. @param {Context} context */
export function stepsList(context) {
  const { state } = context;
  const list = h("ul", { class: "steps-list", "aria-label": t("Columns with steps of their own") });
  rebuild(
    list,
    () => state.value(BY_COLUMN),
    (text) =>
      groupSteps(readSteps(text)).map(({ names, steps }) =>
        h(
          "li",
          {},
          h("div", {}, h("strong", {}, names.join(", ")), " ", stepsText(context, steps)),
          h(
            "button",
            {
              type: "button",
              class: "quiet",
              "aria-label": t("As for all columns: {names}", { names: names.join(", ") }),
              onclick: () => withoutSteps(context, names),
            },
            "✕",
          ),
        ),
      ),
  );
  showWhen(list, () => state.value(BY_COLUMN) !== "");
  return list;
}
