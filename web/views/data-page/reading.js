/**
 * How the file was read, as one line that can be changed: the file is then read once more.
 */
import { choiceText } from "../../text/catalogue-text.js";
import { coreText, t } from "../../text/i18n.js";
import { checkValue } from "../../settings.js";
import { isGivenByFormat } from "../../state.js";
import { bindText, h, rebuild, showWhen, watch } from "../parts/dom.js";

/**
 * @import { Param } from "../../protocol-catalogue.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/**
 * Settings of the catalogue that say how the whole file is read; what becomes of problems is told
 * beside them.
 * @param {State} state
 * @returns {Param[]}
 */
const readingParams = ({ index, table }) =>
  [...index.value.values()]
    .map(({ param }) => param)
    .filter(({ reads_file: reads, kind }) => reads && kind !== "columns")
    .filter(({ key }) => !(key in (table.value?.problem_counts ?? {})));

/** What the reader has found and why; undefined where it was told. @param {State} state @param {Param} param */
function foundFor({ table }, { key }) {
  const found = table.value?.dialect?.[key];
  return found?.found ? found : undefined;
}

/** @param {State} state @param {Param} param */
function foundText(state, param) {
  const { value = "" } = foundFor(state, param) ?? {};
  return value === "" ? "" : t("{found} (found)", { found: choiceText(value) });
}

/** @param {Context} context @param {Param} param */
function choiceControl({ state, actions }, param) {
  const options = (param.choices ?? []).map((value) => h("option", { value }, choiceText(value)));
  const select = h(
    "select",
    { onchange: () => actions.change({ [param.setting]: select.value }) },
    options,
  );
  watch(() => {
    const [auto] = options.filter(({ value }) => value === "auto");
    if (auto) {
      auto.textContent = foundText(state, param) || choiceText("auto");
    }
    select.value = state.value(param.setting);
  });
  return select;
}

/** Automatic is an empty field, in which stands what was found. @param {Context} context @param {Param} param */
function textControl({ state, actions }, param) {
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
    input.placeholder = foundText(state, param);
  });
  return input;
}

/** @param {Context} context @param {Param} param */
function readingField(context, param) {
  const { state } = context;
  const wrong = h("span", { class: "problem" });
  bindText(wrong, () => state.mistakes.value[param.setting] ?? "");
  showWhen(wrong, () => param.setting in state.mistakes.value);
  const control =
    param.kind === "choice" ? choiceControl(context, param) : textControl(context, param);
  const root = h("label", { class: `reading-field ${param.kind}` }, param.label);
  root.append(control, wrong);
  showWhen(root, () => !isGivenByFormat(state, param.key));
  watch(() => {
    const evidence = coreText(foundFor(state, param)?.evidence ?? "");
    root.title = [param.help, evidence].filter(Boolean).join("\n");
    root.classList.toggle("changed", state.value(param.setting) !== param.default);
  });
  return root;
}

/** @param {Context} context */
function backToFound({ state, actions }) {
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: () =>
        actions.change(
          Object.fromEntries(readingParams(state).map((param) => [param.setting, param.default])),
        ),
    },
    t("As found"),
  );
  showWhen(button, () =>
    readingParams(state).some((param) => state.value(param.setting) !== param.default),
  );
  return button;
}

/** @param {Context} context */
export function mountReading(context) {
  const fields = h("div", { class: "reading-fields" });
  rebuild(
    fields,
    () => context.state.catalogue.value,
    () => readingParams(context.state).map((param) => readingField(context, param)),
  );
  return h(
    "fieldset",
    { class: "reading" },
    h("legend", {}, t("How the file is read")),
    fields,
    backToFound(context),
  );
}
