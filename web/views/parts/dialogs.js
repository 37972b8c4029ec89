/**
 * Dialogs that are made when they are opened and gone when they are closed.
 */
import { t } from "../../text/i18n.js";
import { h } from "./dom.js";

/** @import { Child } from "./dom.js" */

/** @param {string} title @param {string} kind class of its look @param {...Child} content */
export function showDialog(title, kind, ...content) {
  const close = h(
    "button",
    { type: "button", class: "quiet", "aria-label": t("Close"), onclick: () => dialog.close() },
    "✕",
  );
  const dialog = h(
    "dialog",
    { class: kind, "aria-label": title },
    h("div", { class: "card-head" }, h("h2", {}, title), close),
    content,
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
