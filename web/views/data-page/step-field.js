/**
 * One step of the preparation of some columns as a small field: as for all columns, or otherwise.
 */
import { signal } from "@preact/signals-core";
import { choiceText, settingText } from "../../text/catalogue-text.js";
import { t } from "../../text/i18n.js";
import { checkValue, splitList } from "../../settings.js";
import { bindText, h, showWhen, watch } from "../parts/dom.js";

/**
 * @import { Param } from "../../protocol-catalogue.js"
 * @import { Context } from "../parts/fields.js"
 */

/**
 * Where the value of a step is: "" stands for that of all columns, null where the columns differ.
 * @typedef {object} Place
 * @property {() => string | null} read reactive
 * @property {(value: string) => void} write
 */

const DIFFERENT = "…";

/** The value of a step as it is read. @param {Context} context @param {Param} param @param {string} value */
export function stepText({ state }, { kind, setting }, value) {
  const flags = { 0: t("off"), 1: t("on") };
  return kind === "flag"
    ? flags[/** @type {"0" | "1"} */ (value)]
    : settingText(state.index.value, setting, value);
}

/** @param {Context} context @param {Param} param */
const forAllText = (context, param) =>
  t("as for all: {value}", {
    value: stepText(context, param, context.state.value(param.setting)),
  });

/** @param {Context} context @param {Param} param @param {Place} place */
function choiceControl(context, param, { read, write }) {
  const values = param.kind === "flag" ? ["1", "0"] : (param.choices ?? []);
  const forAll = h("option", { value: "" });
  bindText(forAll, () => forAllText(context, param));
  const different = h("option", { value: DIFFERENT, disabled: "" }, t("different"));
  const options = values.map((value) => h("option", { value }, stepText(context, param, value)));
  const select = h(
    "select",
    { onchange: () => write(select.value) },
    forAll,
    ...options,
    different,
  );
  watch(() => {
    const value = read();
    different.hidden = value !== null;
    select.value = value ?? DIFFERENT;
  });
  return select;
}

/** @param {Context} context @param {Param} param @param {Place} place @param {(wrong: string) => void} tell */
function textControl(context, param, { read, write }, tell) {
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    onchange: () => {
      const text = input.value.trim();
      const wrong = text === "" ? "" : checkValue(param, text);
      tell(wrong);
      if (!wrong) {
        write(text);
      }
    },
  });
  watch(() => {
    const value = read();
    input.value = value ?? "";
    input.placeholder = value === null ? t("different") : forAllText(context, param);
  });
  return input;
}

/** Boxes to tick; without any it is as for all. @param {Context} context @param {Param} param @param {Place} place */
function choicesField(context, param, { read, write }) {
  const boxes = (param.choices ?? []).map((choice) => {
    const box = h("input", { type: "checkbox", value: choice, onchange: send });
    watch(() => {
      box.checked = splitList(read() ?? "").includes(choice);
    });
    return box;
  });
  function send() {
    const ticked = boxes.filter((box) => box.checked);
    write(ticked.map(({ value }) => value).join(","));
  }
  const note = h("span", { class: "muted" });
  bindText(note, () => {
    const value = read();
    return value === null ? t("different") : value === "" ? forAllText(context, param) : "";
  });
  return h(
    "fieldset",
    { class: "reading-field step-choices", title: param.help },
    h("legend", {}, param.label),
    ...boxes.map((box) => h("label", { class: "check" }, box, choiceText(box.value))),
    note,
  );
}

/** @param {Context} context @param {Param} param @param {Place} place */
export function stepField(context, param, place) {
  if (param.kind === "choices") {
    return choicesField(context, param, place);
  }
  const wrong = signal("");
  const told = h("span", { class: "problem" });
  bindText(told, () => wrong.value);
  showWhen(told, () => wrong.value !== "");
  const isChoice = param.kind === "choice" || param.kind === "flag";
  const control = isChoice
    ? choiceControl(context, param, place)
    : textControl(context, param, place, (text) => (wrong.value = text));
  const root = h(
    "label",
    { class: "reading-field", title: param.help },
    param.label,
    control,
    told,
  );
  watch(() => root.classList.toggle("changed", place.read() !== ""));
  return root;
}
