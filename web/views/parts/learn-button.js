/**
 * A small button that opens what can be learnt about a choice.
 */
import { t } from "../../text/i18n.js";
import { h } from "./dom.js";

/**
 * @import { Family, Param, Row } from "../../protocol-catalogue.js"
 * @import { Context } from "./fields.js"
 */

/** @param {Context} context @param {Family | null} family null for a setting of no family @param {Row | Param} item */
export function learnButton(context, family, item) {
  const open = async () => (await import("./learn-panel.js")).showLearn(context, family, item);
  return h(
    "button",
    { type: "button", class: "learn-button", "aria-haspopup": "dialog", onclick: open },
    t("Learn: {label}", { label: item.label }),
  );
}
