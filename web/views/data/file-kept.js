/**
 * About a file of the person's own: whether it is the one that was asked for, and whether this
 * browser keeps it.
 */
import { t } from "../../text/i18n.js";
import { bindText, h, showWhen, watch } from "../parts/dom.js";

/**
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Only where a link named a fingerprint and there is a file to compare. @param {State} state */
function isExpected({ expected, table }) {
  const found = table.value?.fingerprint;
  return expected.value === "" || !found ? null : found === expected.value;
}

/** @param {State} state */
function matchText(state) {
  return isExpected(state)
    ? t("This is the very file that was asked for.")
    : t("This is not the file that was asked for: its contents differ, and so will the results.");
}

/** @param {Context} context */
export function mountFileKept({ state, actions }) {
  const match = h("p", { class: "awaited" });
  bindText(match, () => matchText(state));
  watch(() => match.classList.toggle("problem", isExpected(state) === false));
  showWhen(match, () => state.own.value && isExpected(state) !== null);
  const box = h("input", {
    type: "checkbox",
    id: "keep-file",
    onchange: () => actions.keepFile(box.checked),
  });
  watch(() => {
    box.checked = state.keepFile.value;
  });
  const keep = h(
    "label",
    { class: "check", for: "keep-file" },
    box,
    t("Keep this file in this browser, for the next visit"),
  );
  showWhen(keep, () => state.source.value?.example === false);
  return [match, keep];
}
