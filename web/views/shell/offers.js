/**
 * What can be done now and not much later, in a corner of the page: take back a deletion, go on with
 * a run that was interrupted.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild } from "../parts/dom.js";

/** @import { Context } from "../parts/fields.js" */

/** @param {Context} context */
export function mountOffers({ state, actions }) {
  const region = h("div", { class: "offers", role: "status", "aria-label": t("Offers") });
  rebuild(
    region,
    () => state.offers.value,
    (offers) =>
      offers.map(({ key, text, actions: choices }) =>
        h(
          "div",
          { class: "offer" },
          h("p", {}, text),
          choices.map(({ label, act }) => h("button", { type: "button", onclick: act }, label)),
          h(
            "button",
            {
              type: "button",
              class: "quiet",
              "aria-label": t("Dismiss"),
              onclick: () => actions.withdraw(key),
            },
            "✕",
          ),
        ),
      ),
  );
  return region;
}
