/**
 * A file that is being read: how far that has come, and a way to end it; and one that is too big,
 * with a way to read a part of it.
 */
import { t } from "../../text/i18n.js";
import { bindText, h, showWhen, watch, whenGone } from "../parts/dom.js";
import { computed, signal } from "@preact/signals-core";

/**
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Most files are read in less, and then nothing flickers. */
const SOON_MS = 250;

const MEGABYTE = 1e6;

/** Megabytes, with a decimal where there are few. @param {number} bytes @param {number} total */
const megabytes = (bytes, total) =>
  total < 100 * MEGABYTE ? Math.round(bytes / (MEGABYTE / 10)) / 10 : Math.round(bytes / MEGABYTE);

/** @param {State} state */
function loadingText({ loading }) {
  const { name = "", done = 0, total = 0 } = loading.value ?? {};
  if (done === 0) {
    return t("Reading {name} ({total} MB)", { name, total: megabytes(total, total) });
  }
  return t("Reading {name}: {done} of {total} MB ({percent}%)", {
    name,
    done: megabytes(done, total),
    total: megabytes(total, total),
    percent: Math.floor((100 * done) / total),
  });
}

/** Whether a file has been being read for a while. @param {State} state */
function readsOn({ loading }) {
  const isLong = signal(false);
  const reads = computed(() => loading.value !== null);
  let timer = 0;
  watch(() => {
    clearTimeout(timer);
    isLong.value = false;
    if (reads.value) {
      timer = window.setTimeout(() => (isLong.value = true), SOON_MS);
    }
  });
  whenGone(() => clearTimeout(timer));
  return isLong;
}

/** The button that was pressed is gone: the keyboard goes on where another file is chosen. @param {Element} button */
function moveFocus(button) {
  const dialog = button.closest("dialog");
  const next = dialog ? dialog.querySelector("button") : document.getElementById("file");
  next?.focus();
}

/** @param {Context} context */
export function mountLoading({ state, actions }) {
  const bar = h("progress", { "aria-label": t("Reading the file"), max: "1" });
  watch(() => {
    const loading = state.loading.value;
    bar.hidden = !loading;
    if (loading && loading.done > 0) {
      bar.value = loading.done / loading.total;
    } else {
      // Under way, and nobody knows how far.
      bar.removeAttribute("value");
    }
  });
  const text = h("span", { class: "hint" });
  bindText(text, () => loadingText(state));
  const cancel = h("button", { type: "button" }, t("Cancel"));
  cancel.addEventListener("click", () => {
    actions.cancelLoading();
    moveFocus(cancel);
  });
  const line = h("p", { class: "loading-line" }, text, cancel);
  const isLong = readsOn(state);
  showWhen(line, () => isLong.value);
  return [bar, line];
}

/** @param {Context} context */
export function mountTooBig({ state, actions }) {
  const button = h("button", { type: "button", class: "read-sample", onclick: actions.readSample });
  bindText(button, () =>
    t("Read a sample of about {n} rows", { n: state.tooBig.value?.fits.rows ?? 0 }),
  );
  const line = h("p", {}, button);
  showWhen(line, () => state.tooBig.value !== null);
  return line;
}
