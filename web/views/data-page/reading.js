/**
 * How the file was read, as one line that can be changed: the file is then read once more.
 */
import { choiceText } from "../../text/catalogue-text.js";
import { coreText, t } from "../../text/i18n.js";
import { isGivenByFormat } from "../../state.js";
import { h, rebuild, showWhen } from "../parts/dom.js";
import { lineField } from "./line-field.js";

/**
 * @import { Param } from "../../protocol-catalogue.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/**
 * Settings of the catalogue that say how the whole file is read; what becomes of problems is told
 * beside them, and the sheet is chosen where the file is.
 * @param {State} state
 * @returns {Param[]}
 */
const readingParams = ({ index, table }) =>
  [...index.value.values()]
    .map(({ param }) => param)
    .filter(({ reads_file: reads, kind }) => reads && kind !== "columns")
    .filter(({ setting }) => setting !== "data.sheet")
    .filter(({ key }) => !(key in (table.value?.problem_counts ?? {})));

/** What the reader has found and why; undefined where it was told. @param {State} state @param {Param} param */
function foundFor({ table }, { key }) {
  const found = table.value?.dialect?.[key];
  return found?.found ? found : undefined;
}

/** @param {State} state @param {Param} param */
function automatic(state, param) {
  const { value = "", evidence = "" } = foundFor(state, param) ?? {};
  const text = value === "" ? "" : t("{found} (found)", { found: choiceText(value) });
  return { text, evidence: coreText(evidence) };
}

/** @param {Context} context @param {Param} param */
function readingField(context, param) {
  const { state } = context;
  const field = lineField(context, param, () => automatic(state, param));
  showWhen(field, () => !isGivenByFormat(state, param.key));
  return field;
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
