/**
 * A card of settings: a heading, and a switch for the explanations of its fields, which are long to
 * read and short to scan past.
 */
import { t } from "../i18n.js";
import { h } from "./dom.js";

/** @import { Child } from "./dom.js" */

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
 * @param {{ id: string, title: string, level?: "h2" | "h3", badge?: Child }} head
 * @param {...Child} content
 */
export function card({ id, title, level = "h3", badge }, ...content) {
  const root = h(
    "section",
    { class: "card", "aria-labelledby": id },
    h(
      "div",
      { class: "card-head" },
      h(level, { id }, title, badge),
      explainButton(title, () => root.classList.toggle("explained")),
    ),
    content,
  );
  return root;
}
