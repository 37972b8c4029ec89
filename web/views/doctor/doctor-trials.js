/**
 * Buttons that train another run beside the one that is spoken of.
 */
import { t } from "../../text/i18n.js";
import { cardOf } from "../../text/learn.js";
import { h } from "../parts/dom.js";

/**
 * @import { Trial } from "../../doctor/trials.js"
 * @import { RunRecord } from "../../runs.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @param {Context} context @param {RunRecord} run @param {Trial[]} trials */
export function trialButtons({ state, actions }, run, trials) {
  const button = (/** @type {Trial} */ { label, settings }) =>
    h(
      "button",
      {
        type: "button",
        class: "trial",
        "aria-label": t("Try: {label}", { label }),
        title: Object.entries(settings)
          .map(([key, value]) => `${key} = ${value}`)
          .join("\n"),
        disabled: Object.keys(settings).some((key) => state.isLocked(cardOf(key))),
        onclick: () => actions.tryOut(run, settings),
      },
      label,
    );
  return trials.length === 0
    ? null
    : h(
        "div",
        {
          class: "trials",
          role: "group",
          "aria-label": t("Trials: each trains another run beside this one"),
        },
        h("span", { class: "muted" }, t("Try")),
        trials.map(button),
      );
}
