/**
 * What the page has to say, in one region that screen readers announce.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild } from "../parts/dom.js";

/**
 * @import { Topic } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Brings the field that a notice is about into view. @param {string} key */
export function goToField(key) {
  const field = document.querySelector(`[data-setting~="${CSS.escape(key)}"]`);
  const control = field?.querySelector("input, select") ?? field;
  if (control instanceof HTMLElement) {
    control.closest("details")?.setAttribute("open", "");
    control.scrollIntoView({ block: "center" });
    control.focus();
  }
}

/** @param {Context} context */
export function mountMessages({ state, actions }) {
  const region = h("div", { class: "messages", role: "status", "aria-label": t("Messages") });
  rebuild(
    region,
    () => state.notices.value,
    (notices) =>
      Object.entries(notices).map(([topic, notice]) =>
        h(
          "div",
          { class: "message problem" },
          h("p", {}, notice.text),
          notice.keys.length > 0
            ? h(
                "button",
                { type: "button", class: "quiet", onclick: () => goToField(notice.keys[0]) },
                t("Show field"),
              )
            : null,
          h(
            "button",
            {
              type: "button",
              class: "quiet",
              "aria-label": t("Dismiss"),
              onclick: () => actions.dismiss(/** @type {Topic} */ (topic)),
            },
            "✕",
          ),
        ),
      ),
  );
  return region;
}
