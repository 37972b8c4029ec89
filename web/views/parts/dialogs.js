/**
 * Dialogs that are made when they are opened and gone when they are closed.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild, whenGone } from "./dom.js";

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

/**
 * A dialog that is there as long as the state says so, also after the page is made anew in another
 * language; then the focus returns to where it was.
 * @param {() => boolean} isOpen
 * @param {() => HTMLDialogElement} make
 */
export function dialogWhile(isOpen, make) {
  const root = h("div");
  rebuild(root, isOpen, (open) => {
    if (!open) {
      return null;
    }
    const opener = document.activeElement;
    const dialog = make();
    queueMicrotask(() => dialog.isConnected && !dialog.open && dialog.showModal());
    whenGone(() => opener instanceof HTMLElement && opener.focus());
    return dialog;
  });
  return root;
}
