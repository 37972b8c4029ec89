/**
 * A card of several views, one at a time: each is loaded when it is first opened and stays.
 */
import { signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { h, mountLater, watch } from "./dom.js";

/**
 * @import { Context } from "./fields.js"
 * @import { Signal } from "@preact/signals-core"
 */

/**
 * @typedef {object} Tab
 * @property {string} key unique in the page
 * @property {string} label in English; shown in the reader's language
 * @property {() => Promise<(context: Context, isOpen: () => boolean) => Node>} load gives what makes
 *     the view; `isOpen` is reactive, so that a view can rest while nobody sees it
 */

/** @param {KeyboardEvent} event @param {number} at @param {number} n @returns {number} the tab to go to */
function tabByKey({ key }, at, n) {
  switch (key) {
    case "ArrowRight":
      return (at + 1) % n;
    case "ArrowLeft":
      return (at + n - 1) % n;
    case "Home":
      return 0;
    case "End":
      return n - 1;
    default:
      return at;
  }
}

/**
 * @param {Context} context
 * @param {{ label: string, tabs: Tab[], open: Signal<string> }} options `open` holds the key of the
 *     tab that is open, and may be set from elsewhere
 */
export function mountTabs(context, { label, tabs, open }) {
  const at = () =>
    Math.max(
      0,
      tabs.findIndex(({ key }) => key === open.value),
    );
  const buttons = tabs.map(({ key, label: name }) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${key}`,
        "aria-controls": `panel-${key}`,
        onclick: () => (open.value = key),
      },
      t(name),
    ),
  );
  const panels = tabs.map((tab) => panel(context, tab, () => tabs[at()] === tab));
  const list = h("div", { role: "tablist", "aria-label": t(label), class: "tabs" }, buttons);
  list.addEventListener("keydown", (event) => {
    const next = tabByKey(event, at(), tabs.length);
    if (next !== at()) {
      event.preventDefault();
      open.value = tabs[next].key;
      buttons[next].focus();
    }
  });
  watch(() => {
    buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", String(i === at()));
      button.tabIndex = i === at() ? 0 : -1;
    });
  });
  return h("section", { class: "card tabbed", "aria-label": t(label) }, list, panels);
}

/** @param {Context} context @param {Tab} tab @param {() => boolean} isOpen */
function panel(context, { key, load }, isOpen) {
  const root = h("div", {
    role: "tabpanel",
    id: `panel-${key}`,
    "aria-labelledby": `tab-${key}`,
    tabindex: "0",
  });
  const opened = signal(false);
  watch(() => {
    root.hidden = !isOpen();
    opened.value ||= isOpen();
  });
  mountLater(
    root,
    () => opened.value,
    async () => {
      const mount = await load();
      return () => mount(context, isOpen);
    },
  );
  return root;
}
