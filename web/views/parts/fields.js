/**
 * One labelled field for one setting, whatever its kind, drawn from what the catalogue says of it.
 */
import { choiceText } from "../../text/catalogue-text.js";
import { t } from "../../text/i18n.js";
import { checkValue, formatBound, splitList } from "../../settings.js";
import { MAIN_SETTINGS } from "../../text/learn.js";
import { bindText, h, showWhen, watch } from "./dom.js";
import { learnButton } from "./learn-button.js";
import { nextStep } from "./steps.js";

/**
 * @import { Actions } from "../../actions/actions.js"
 * @import { Param } from "../../protocol-catalogue.js"
 * @import { State } from "../../state.js"
 */

/** @typedef {{ state: State, actions: Actions }} Context */

/** A value as it is read. @param {Param} param @param {string} value */
const valueText = ({ kind }, value) => (kind === "choice" ? choiceText(value) : value);

/** @param {string} key */
export const idOf = (key) => `set-${key.replaceAll(/[^a-z0-9_]/gi, "-")}`;

/** "Default 0.001, from 0 to 10." @param {Param} param */
function boundsText(param) {
  const preset = param.kind === "flag" ? "" : valueText(param, param.default);
  const { min, max } = param;
  const bounded = /^(real|integer)/.test(param.kind) && min !== undefined && max !== undefined;
  if (!bounded) {
    return preset && t("Default {value}.", { value: preset });
  }
  const bounds = { min: formatBound(min), max: formatBound(max) };
  return preset
    ? t("Default {value}, from {min} to {max}.", { value: preset, ...bounds })
    : t("From {min} to {max}.", bounds);
}

/** What is wrong with the setting, beside its field. @param {Context} context @param {string} key */
export function problemSlot({ state }, key) {
  const slot = h("p", { class: "problem", id: `${idOf(key)}-problem` });
  bindText(slot, () => state.mistakes.value[key] ?? "");
  showWhen(slot, () => key in state.mistakes.value);
  return slot;
}

/** Marks a control as wrong and points it to its texts. @param {Context} context @param {Element} control @param {string} key */
export function bindProblem({ state }, control, key) {
  const id = idOf(key);
  watch(() => {
    const wrong = key in state.mistakes.value;
    control.setAttribute("aria-invalid", String(wrong));
    control.setAttribute("aria-describedby", wrong ? `${id}-problem ${id}-hint` : `${id}-hint`);
  });
}

/** Passes a text on if it is right, and says what is wrong with it if not. @param {Context} context @param {Param} param @param {string} text */
function submit({ state, actions }, param, text) {
  const wrong = checkValue(param, text);
  if (wrong) {
    actions.mark(param.setting, wrong);
  } else if (text !== state.value(param.setting) || param.setting in state.mistakes.value) {
    actions.change({ [param.setting]: text });
  }
}

/** @param {Context} context @param {Param} param */
function flagControl(context, param) {
  const box = h("input", {
    type: "checkbox",
    onchange: () => submit(context, param, box.checked ? "1" : "0"),
  });
  watch(() => {
    box.checked = context.state.value(param.setting) === "1";
  });
  return box;
}

/** @param {Context} context @param {Param} param */
function choiceControl(context, param) {
  const { choices = [], refused = {} } = param;
  const options = choices.map((choice) => h("option", { value: choice }, choiceText(choice)));
  const others = Object.keys(refused).map((choice) =>
    h("option", { value: choice, disabled: "" }, choiceText(choice)),
  );
  const change = () => submit(context, param, select.value);
  const select = h("select", { onchange: change }, options, others);
  watch(() => {
    select.value = context.state.value(param.setting);
  });
  return select;
}

/** A column of the table, or none. @param {Context} context @param {Param} param */
function columnControl(context, param) {
  const { state } = context;
  const select = h("select", { onchange: () => submit(context, param, select.value) });
  const none = param.setting === "split.order" ? t("as in the file") : t("none");
  watch(() => {
    const chosen = state.value(param.setting);
    const names = (state.table.value?.columns ?? []).map(({ name }) => name);
    const known = chosen === "" || names.includes(chosen) ? names : [chosen, ...names];
    select.replaceChildren(
      h("option", { value: "" }, none),
      ...known.map((name) => h("option", { value: name }, name)),
    );
    select.value = chosen;
  });
  return select;
}

/** @param {Context} context @param {Param} param */
function textControl(context, param) {
  const numeric = /^(real|integer)$/.test(param.kind);
  const input = h("input", {
    type: "text",
    inputmode: numeric ? "decimal" : null,
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => submit(context, param, input.value.trim()),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (numeric && direction) {
        event.preventDefault();
        step(direction);
      }
    },
  });
  /** @param {number} direction */
  function step(direction) {
    input.value = nextStep(param, input.value, direction);
    submit(context, param, input.value);
  }
  watch(() => {
    const text = context.state.value(param.setting);
    if (document.activeElement !== input && !(param.setting in context.state.mistakes.value)) {
      input.value = text;
    }
  });
  return numeric ? withSteppers(input, param, step) : input;
}

/** Buttons beside a number; the arrow keys do the same, so that they stay out of the tab order. @param {HTMLInputElement} input @param {{ label: string }} param @param {(direction: number) => void} step */
export function withSteppers(input, param, step) {
  /** @param {number} direction @param {string} sign @param {string} name */
  const button = (direction, sign, name) =>
    h(
      "button",
      {
        type: "button",
        tabindex: "-1",
        "aria-label": name,
        onclick: () => step(direction),
      },
      sign,
    );
  const { label } = param;
  return h(
    "span",
    { class: "number" },
    button(-1, "−", t("Lower {label}", { label })),
    input,
    button(1, "+", t("Raise {label}", { label })),
  );
}

/** @param {Context} context @param {Param} param */
function controlFor(context, param) {
  switch (param.kind) {
    case "flag":
      return flagControl(context, param);
    case "choice":
      return choiceControl(context, param);
    case "column":
      return columnControl(context, param);
    case "choices":
      return null;
    default:
      return textControl(context, param);
  }
}

/** Boxes to tick for a setting of any number of choices. @param {Context} context @param {Param} param */
function choicesField(context, param) {
  const { state, actions } = context;
  const boxes = (param.choices ?? []).map((choice) => {
    const box = h("input", { type: "checkbox", value: choice, onchange: send });
    watch(() => {
      box.checked = splitList(state.value(param.setting)).includes(choice);
    });
    return box;
  });
  function send() {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    actions.change({ [param.setting]: chosen.join(",") });
  }
  const labels = boxes.map((box) => h("label", { class: "check" }, box, choiceText(box.value)));
  return h(
    "fieldset",
    { "data-setting": param.setting },
    h("legend", {}, param.label),
    labels,
    problemSlot(context, param.setting),
  );
}

/** A button that brings the default back, there only when the value is another. @param {Context} context @param {Param} param */
function defaultButton({ state, actions }, param) {
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet reset-one",
      "aria-label": t("Default for {label}", { label: param.label }),
      title: param.default
        ? t("Back to {value}", { value: valueText(param, param.default) })
        : t("Back to empty"),
      onclick: () => actions.change({ [param.setting]: param.default }),
    },
    "↺",
  );
  showWhen(button, () => state.value(param.setting) !== param.default);
  return button;
}

/**
 * Settings that most people leave alone, folded away. They unfold when one of them is wrong.
 * @param {Context} context
 * @param {string} title
 * @param {Param[]} params
 * @param {...Node} more content before the fields
 */
export function foldedFields(context, title, params, ...more) {
  const fold = h(
    "details",
    { class: "fold" },
    h("summary", {}, title),
    h(
      "div",
      { class: "stack" },
      more,
      params.map((param) => settingField(context, param)),
    ),
  );
  watch(() => {
    if (params.some(({ setting }) => setting in context.state.mistakes.value)) {
      fold.open = true;
    }
  });
  return fold;
}

/**
 * Label, control, help, bounds and the place for what is wrong.
 * @param {Context} context
 * @param {Param} param
 */
export function settingField(context, param) {
  const control = controlFor(context, param);
  if (control === null) {
    return choicesField(context, param);
  }
  const id = idOf(param.setting);
  const input = control.matches("input, select") ? control : control.querySelector("input");
  input?.setAttribute("id", id);
  input?.setAttribute("name", param.setting);
  bindProblem(context, /** @type {Element} */ (input), param.setting);
  const reset = param.kind === "flag" ? null : defaultButton(context, param);
  const reasons = Object.values(param.refused ?? {});
  const help = [param.help, ...reasons, boundsText(param)].filter(Boolean).join(" ");
  return h(
    "div",
    { class: `field ${param.kind}`, "data-setting": param.setting },
    h(
      "div",
      { class: "field-head" },
      h("label", { for: id, title: help }, param.label),
      reset,
      control,
    ),
    h(
      "p",
      { class: "hint" },
      h("span", { id: `${id}-hint` }, help),
      MAIN_SETTINGS.includes(param.setting) ? learnButton(context, null, param) : null,
    ),
    problemSlot(context, param.setting),
  );
}
