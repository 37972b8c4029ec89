/**
 * A setting as a small field with its name above, in a line with others.
 */
import { choiceText } from "../../text/catalogue-text.js";
import { checkValue } from "../../settings.js";
import { bindText, h, showWhen, watch } from "../parts/dom.js";

/**
 * @import { Param } from "../../protocol-catalogue.js"
 * @import { Context } from "../parts/fields.js"
 */

/** What stands for automatic, and why it does; "" where nothing was found. @typedef {{ text: string, evidence: string }} Automatic */

/** A choice of a family is called as its row is. @param {Context} context @param {Param} param @param {string} choice */
function nameOf({ state }, { setting }, choice) {
  const rows = state.index.value.get(setting)?.family?.rows ?? [];
  return rows.find(({ key }) => key === choice)?.label ?? choiceText(choice);
}

/** @param {Context} context @param {Param} param @param {() => Automatic} automatic */
function choiceControl(context, param, automatic) {
  const { state, actions } = context;
  const options = (param.choices ?? []).map((value) =>
    h("option", { value }, nameOf(context, param, value)),
  );
  const select = h(
    "select",
    { onchange: () => actions.change({ [param.setting]: select.value }) },
    options,
  );
  watch(() => {
    const [auto] = options.filter(({ value }) => value === "auto");
    if (auto) {
      auto.textContent = automatic().text || choiceText("auto");
    }
    select.value = state.value(param.setting);
  });
  return select;
}

/** Automatic is an empty field, in which stands what was found. @param {Context} context @param {Param} param @param {() => Automatic} automatic */
function textControl({ state, actions }, param, automatic) {
  const input = h("input", {
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    onchange: () => {
      const text = input.value.trim() || param.default;
      const wrong = checkValue(param, text);
      if (wrong) {
        actions.mark(param.setting, wrong);
      } else {
        actions.change({ [param.setting]: text });
      }
    },
  });
  watch(() => {
    const text = state.value(param.setting);
    input.value = text === "auto" ? "" : text;
    input.placeholder = automatic().text;
  });
  return input;
}

/** @param {Context} context @param {Param} param */
function flagControl({ state, actions }, param) {
  const box = h("input", {
    type: "checkbox",
    onchange: () => actions.change({ [param.setting]: box.checked ? "1" : "0" }),
  });
  watch(() => {
    box.checked = state.value(param.setting) === "1";
  });
  return box;
}

/**
 * @param {Context} context
 * @param {Param} param of the kind choice, flag, or one that is written as a text
 * @param {() => Automatic} [automatic] reactive
 */
export function lineField(context, param, automatic = () => ({ text: "", evidence: "" })) {
  const { state } = context;
  const wrong = h("span", { class: "problem" });
  bindText(wrong, () => state.mistakes.value[param.setting] ?? "");
  showWhen(wrong, () => param.setting in state.mistakes.value);
  const controls = { choice: choiceControl, flag: flagControl };
  const make = controls[/** @type {keyof typeof controls} */ (param.kind)] ?? textControl;
  const root = h("label", { class: `reading-field ${param.kind}` }, param.label);
  root.append(make(context, param, automatic), wrong);
  watch(() => {
    root.title = [param.help, automatic().evidence].filter(Boolean).join("\n");
    root.classList.toggle("changed", state.value(param.setting) !== param.default);
  });
  return root;
}
