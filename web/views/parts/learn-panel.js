/**
 * A panel about one choice: what it does, its formula, when to use it, and an experiment.
 */
import { language, t } from "../../text/i18n.js";
import { cardOf, experiment, fetchEntry } from "../../text/learn.js";
import { showDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { formula } from "./formula.js";

/**
 * @import { Family, Param, Row } from "../../protocol-catalogue.js"
 * @import { Context } from "./fields.js"
 */

/** @param {string} title @param {...import("./dom.js").Child} content */
const part = (title, ...content) => h("section", { class: "stack" }, h("h3", {}, title), content);

/** @param {Context} context @param {Family | null} family @param {Row | Param} item */
export async function showLearn(context, family, item) {
  const { state, actions } = context;
  const key = "setting" in item ? item.setting : item.key;
  const entry = await fetchEntry(family?.key ?? "settings", key);
  const advice = entry[language.value] ?? entry.en;
  const wanted = experiment(state, family, key, entry);
  const locked = Object.keys(wanted).some((setting) => state.isLocked(cardOf(setting)));
  /** @param {boolean} train */
  function apply(train) {
    actions.change(wanted);
    dialog.close();
    if (train) {
      actions.train();
    }
  }
  const dialog = showDialog(
    item.label,
    "side",
    part(t("What it does"), h("p", {}, item.help)),
    "formula" in item && item.formula ? part(t("Formula"), formula(item.formula)) : null,
    part(t("When to use it"), h("p", {}, advice.when)),
    part(
      t("Try it now"),
      h("p", {}, advice.try),
      h(
        "div",
        { class: "buttons" },
        h(
          "button",
          { type: "button", class: "primary", disabled: locked, onclick: () => apply(true) },
          t("Apply and train"),
        ),
        h(
          "button",
          { type: "button", disabled: locked, onclick: () => apply(false) },
          t("Apply only"),
        ),
      ),
    ),
    "source" in item && item.source ? h("cite", { class: "hint" }, item.source) : null,
  );
}
