/**
 * The top of the page: its name, its promise, what can be saved and shared, and the colours.
 */
import { h, listen, svg } from "../parts/dom.js";
import { chooseLanguage, language, LANGUAGES, t } from "../../text/i18n.js";
import { press, shortcuts } from "../../shortcuts.js";
import { mountTheme } from "./theme.js";

/** @import { Context } from "../parts/fields.js" */

function mark() {
  return svg(
    "svg",
    { class: "mark", viewBox: "0 0 32 32", "aria-hidden": "true" },
    svg("rect", { width: 32, height: 32, rx: 8 }),
    svg("path", { d: "M6 8C9 20 14 23 26 24", class: "mark-training" }),
    svg("path", { d: "M6 12C10 18 17 19 26 16", class: "mark-validation" }),
  );
}

/** @param {Context} context */
function shareButton(context) {
  const open = async () => (await import("./share-dialog.js")).showShare(context);
  return h("button", { type: "button", "aria-haspopup": "dialog", onclick: open }, t("Share…"));
}

/** @param {Context} context */
function saveButton(context) {
  const open = async () => (await import("./save-dialog.js")).showSave(context);
  return h("button", { type: "button", "aria-haspopup": "dialog", onclick: open }, t("Save…"));
}

/** Languages go by their own names, so that whoever lands in the wrong one finds the way out. */
function languageSelect() {
  const options = Object.entries(LANGUAGES).map(([code, name]) =>
    h("option", { value: code, lang: code, selected: code === language.value }, name),
  );
  const select = h(
    "select",
    {
      class: "language",
      "aria-label": t("Language"),
      onchange: () => chooseLanguage(select.value),
    },
    options,
  );
  return select;
}

const referenceFile = () =>
  language.value === "en" ? "reference.html" : `reference.${language.value}.html`;

const lessonsButton = () =>
  h(
    "button",
    { type: "button", class: "quiet", "aria-haspopup": "dialog", onclick: openLessons },
    t("Lessons"),
  );

const shortcutsButton = () =>
  h(
    "button",
    {
      type: "button",
      class: "quiet shortcut-button",
      "aria-haspopup": "dialog",
      "aria-label": t("Keyboard shortcuts"),
      title: t("Keyboard shortcuts"),
      onclick: openShortcuts,
    },
    "⌨",
  );

async function openLessons() {
  (await import("../lessons/lesson-list.js")).showLessons();
}

async function openShortcuts() {
  (await import("./shortcut-list.js")).showShortcuts();
}

/** Behind a button on a phone; beside the others elsewhere. */
function mountMenu() {
  const menu = h(
    "div",
    { class: "header-menu", id: "header-menu" },
    lessonsButton(),
    h("a", { href: referenceFile() }, t("Reference")),
    languageSelect(),
    shortcutsButton(),
    mountTheme(),
  );
  const button = h(
    "button",
    { type: "button", class: "quiet menu-button", "aria-label": t("More"), title: t("More") },
    "☰",
  );
  button.setAttribute("aria-controls", menu.id);
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  const show = (/** @type {boolean} */ open) => button.setAttribute("aria-expanded", String(open));
  show(false);
  button.addEventListener("click", () => show(!isOpen()));
  listen(document, "pointerdown", ({ target }) => {
    if (!menu.contains(target) && !button.contains(target)) {
      show(false);
    }
  });
  listen(document, "keydown", ({ key }) => {
    if (key === "Escape" && isOpen()) {
      show(false);
      button.focus();
    }
  });
  menu.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLButtonElement) {
      show(false);
    }
  });
  return [button, menu];
}

/** On a phone the card of the data is far below. */
const phoneChooser = () =>
  h(
    "label",
    { for: "file", class: "drop-label phone-chooser" },
    h("strong", {}, t("Choose your CSV")),
  );

/** @param {Context} context */
export function mountHeader(context) {
  const known = shortcuts(context, { lessons: openLessons, list: openShortcuts });
  listen(window, "keydown", (event) => press(event, known));
  return [
    h("h1", {}, mark(), "tabtrain"),
    h(
      "p",
      { class: "promise" },
      t("Train a neural network on your own CSV. Your data never leaves this tab."),
    ),
    phoneChooser(),
    h("div", { class: "header-tools" }, saveButton(context), shareButton(context), mountMenu()),
  ];
}
