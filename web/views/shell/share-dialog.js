/**
 * A link to the set-up, with cards locked or hidden for those who open it.
 */
import { pageKeys } from "../../actions/address.js";
import { t } from "../../text/i18n.js";
import { formatLink } from "../../settings.js";
import { showDialog } from "../parts/dialogs.js";
import { h } from "../parts/dom.js";

/** @import { Context } from "../parts/fields.js" */

/** The cards of the page that can be locked, as they stand there. */
function cardsOnPage() {
  const bodies = [...document.querySelectorAll("section.card > .card-body")];
  return bodies.map((body) => {
    const heading = body.parentElement?.querySelector("h2, h3");
    return {
      key: (heading?.id ?? "").replace(/^card-/, ""),
      title: heading?.firstChild?.textContent ?? "",
    };
  });
}

/** @param {string} label @param {boolean} checked @param {(checked: boolean) => void} act */
function checkbox(label, checked, act) {
  const box = h("input", {
    type: "checkbox",
    "aria-label": label,
    onchange: () => act(box.checked),
  });
  box.checked = checked;
  return h("td", {}, box);
}

/** @param {Set<string>} keys @param {string} key @param {boolean} is */
function put(keys, key, is) {
  if (is) {
    keys.add(key);
  } else {
    keys.delete(key);
  }
}

/** @param {Set<string>} lock @param {Set<string>} hide @param {() => void} changed */
function lockTable(lock, hide, changed) {
  const rows = cardsOnPage().map(({ key, title }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, title),
      checkbox(t("Lock {card}", { card: title }), lock.has(key), (is) => {
        put(lock, key, is);
        changed();
      }),
      checkbox(t("Hide {card}", { card: title }), hide.has(key), (is) => {
        put(hide, key, is);
        changed();
      }),
    ),
  );
  const head = [t("Card"), t("Lock"), t("Hide")].map((text) => h("th", { scope: "col" }, text));
  return h(
    "div",
    { class: "scroll share-locks", role: "region", "aria-label": t("Locks"), tabindex: "0" },
    h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows)),
  );
}

/** @param {HTMLInputElement} field */
function copyButton(field) {
  const button = h("button", { type: "button", class: "primary" }, t("Copy link"));
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = t("Copied");
    } catch {
      button.textContent = t("Copy it from the field");
    }
  });
  return button;
}

/** @param {Context} context */
export function showShare({ state }) {
  const lock = new Set(state.lock.value);
  const hide = new Set(state.hide.value);
  const field = h("input", { type: "text", readonly: true, "aria-label": t("Link") });
  const button = copyButton(field);
  const update = () => {
    const page = { ...pageKeys(state), lock: [...lock], hide: [...hide] };
    field.value = new URL(formatLink(state.settings.value, page) || "#", location.href).href;
    button.textContent = t("Copy link");
  };
  update();
  const made = Boolean(state.source.value?.made);
  const name = state.own.value ? (state.source.value?.name ?? state.awaited.value) : "";
  showDialog(
    t("Share"),
    "wide",
    h(
      "p",
      {},
      made
        ? t("The link holds the whole set-up, and by it the page makes the same points again.")
        : t("The link holds the whole set-up. The data is never part of it."),
    ),
    name && !made
      ? h(
          "p",
          { class: "hint" },
          t("Whoever opens it is asked for {file}, and told whether it is the same file.", {
            file: name,
          }),
        )
      : null,
    h("div", { class: "share-link" }, field, button),
    h(
      "details",
      { class: "fold" },
      h("summary", {}, t("Lock or hide cards, for a lesson")),
      lockTable(lock, hide, update),
    ),
  );
  button.focus();
}
