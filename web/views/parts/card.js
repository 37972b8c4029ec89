/**
 * A card of settings: a heading, and a switch for the explanations of its fields, which are long to
 * read and short to scan past.
 */
import { t } from "../../text/i18n.js";
import { h, showWhen, watch } from "./dom.js";

/**
 * @import { Child } from "./dom.js"
 * @import { Context } from "./fields.js"
 */

/** @param {string} title @param {() => void} act */
function explainButton(title, act) {
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet explain",
      "aria-pressed": "false",
      "aria-label": t("Explain the settings of {title}", { title }),
      title: t("Explain these settings"),
      onclick: () => {
        button.setAttribute(
          "aria-pressed",
          String(button.getAttribute("aria-pressed") === "false"),
        );
        act();
      },
    },
    "?",
  );
  return button;
}

/**
 * @param {Context} context
 * @param {object} head
 * @param {string} head.key by which a link or a lesson locks or hides the card
 * @param {string} head.title
 * @param {"h2" | "h3"} [head.level]
 * @param {Child} [head.badge]
 * @param {...Child} content
 */
export function card({ state }, { key, title, level = "h3", badge }, ...content) {
  const id = `card-${key}`;
  const lock = h(
    "span",
    { class: "badge", title: t("The lesson or link keeps these as they are") },
    t("locked"),
  );
  const body = h("fieldset", { class: "card-body" }, content);
  watch(() => {
    body.disabled = state.isLocked(key);
    lock.hidden = !body.disabled;
  });
  const root = h(
    "section",
    { class: "card", "aria-labelledby": id },
    h(
      "div",
      { class: "card-head" },
      h(level, { id }, title, badge, lock),
      explainButton(title, () => root.classList.toggle("explained")),
    ),
    body,
  );
  showWhen(root, () => !state.hide.value.includes(key));
  return root;
}
