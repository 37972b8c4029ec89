/**
 * The steps of the preparation as a line of fields, beside what they do.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild } from "../parts/dom.js";
import { lineField } from "./line-field.js";

/**
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Steps that are shown, and when they do something; the others always do. @type {{ key: string, matters?: (state: State) => boolean }[]} */
const STEPS = [
  { key: "data.missing" },
  { key: "data.fill_value", matters: (state) => state.value("data.missing") === "constant" },
  { key: "data.missing_flag" },
  { key: "data.encoding" },
  { key: "data.min_count" },
  { key: "data.scale_target", matters: isRegression },
  { key: "data.log_target", matters: isRegression },
];

/** @param {State} state */
function isRegression({ dataset }) {
  return dataset.value?.task === "regression";
}

/** The scaler and its parameters. @param {State} state @returns {string[]} */
function scalerKeys({ index, value }) {
  const family = index.value.get("scaler")?.family;
  const row = family?.rows.find(({ key }) => key === value("scaler"));
  return ["scaler", ...(row?.params ?? []).map(({ setting }) => setting)];
}

/** @param {State} state */
const shownKeys = (state) => [
  ...scalerKeys(state),
  ...STEPS.filter(({ matters }) => !matters || matters(state)).map(({ key }) => key),
];

/** @param {Context} context */
export function preparedSteps(context) {
  const { state } = context;
  const fields = h("div", { class: "reading-fields" });
  rebuild(
    fields,
    () => shownKeys(state).join(" "),
    (keys) =>
      keys.split(" ").map((key) => {
        const param = state.index.value.get(key)?.param;
        return param && lineField(context, param);
      }),
  );
  return h("fieldset", { class: "reading" }, h("legend", {}, t("Steps, for all columns")), fields);
}
