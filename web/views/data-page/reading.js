/**
 * How the file was read, as one line that can be changed: the file is then read once more.
 */
import { choiceText } from "../../text/catalogue-text.js";
import { t } from "../../text/i18n.js";
import { checkValue } from "../../settings.js";
import { bindText, h, rebuild, showWhen, watch } from "../parts/dom.js";

/**
 * @import { Param } from "../../protocol.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @param {Param} param */
const readsFile = ({ key, reads_file: reads }) => reads ?? ["delimiter", "header"].includes(key);

/** Settings of the catalogue that say how a file is read. @param {State} state @returns {Param[]} */
function readingParams({ catalogue, index }) {
  const group = catalogue.value?.groups.find(({ key }) => key === "data");
  const params = group?.params.filter(readsFile) ?? [];
  return params.filter(({ setting }) => index.value.has(setting));
}

/** What automatic has found. @param {State} state @param {Param} param */
function foundText({ table }, { key }) {
  const { [key]: found } = /** @type {Record<string, any>} */ (table.value ?? {});
  if (typeof found === "boolean") {
    return choiceText(found ? "yes" : "no");
  }
  return typeof found === "string" || typeof found === "number" ? choiceText(String(found)) : "";
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
    const found = foundText(state, param);
    const [auto] = options.filter(({ value }) => value === "auto");
    if (auto) {
      auto.textContent = found ? t("{found} (found)", { found }) : choiceText("auto");
    }
    select.value = state.value(param.setting);
  });
  return select;
}

/** @param {Context} context @param {Param} param */
function textControl({ state, actions }, param) {
  const input = h("input", {
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    onchange: () => {
      const text = input.value.trim();
      const wrong = checkValue(param, text);
      if (wrong) {
        actions.mark(param.setting, wrong);
      } else {
        actions.change({ [param.setting]: text });
      }
    },
  });
  watch(() => {
    input.value = state.value(param.setting);
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
  const root = h("label", { class: `reading-field ${param.kind}`, title: param.help }, param.label);
  root.append(control, wrong);
  watch(() => root.classList.toggle("changed", state.value(param.setting) !== param.default));
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
