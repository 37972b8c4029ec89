/**
 * Why the model predicts what it does: which columns matter, how the prediction goes along one of
 * them, and what becomes of a row when it is changed.
 */
import { t } from "../../text/i18n.js";
import { mapColumns } from "../does/does-axes.js";
import { h, rebuild, watch } from "../parts/dom.js";
import { mountDependence } from "./why-dependence.js";
import { mountImportance } from "./why-importance.js";
import { mountWhatIf } from "./why-what-if.js";

/**
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @param {State} state */
function weightsSelect({ why }) {
  const select = h(
    "select",
    {
      onchange: () => (why.which.value = select.selectedIndex === 0 ? "present" : "best"),
    },
    h("option", {}, t("present weights")),
    h("option", {}, t("weights of the best epoch")),
  );
  watch(() => (select.selectedIndex = why.which.value === "present" ? 0 : 1));
  return h("label", { class: "inline" }, t("The model with its"), select);
}

/** @param {Context} context @param {() => boolean} isOpen */
export function mountWhy(context, isOpen) {
  const { state } = context;
  const body = h("div", { class: "stack" });
  rebuild(
    body,
    () => mapColumns(state).length > 0,
    (any) =>
      any
        ? [
            h("div", { class: "why-controls" }, weightsSelect(state)),
            mountWhatIf(context, isOpen),
            mountDependence(context, isOpen),
            mountImportance(context),
          ]
        : h("p", { class: "empty" }, t("There is no column whose values differ to look at.")),
  );
  return h("div", { class: "why" }, h("h2", { class: "visually-hidden" }, t("Why")), body);
}
