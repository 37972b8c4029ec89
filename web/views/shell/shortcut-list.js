/**
 * The list of keys, loaded when it is asked for.
 */
import { t } from "../../text/i18n.js";
import { areOn, turn } from "../../shortcuts.js";
import { showDialog } from "../parts/dialogs.js";
import { h } from "../parts/dom.js";

/** @returns {[string[], string][]} */
const entries = () => [
  [["T"], t("Train or pause")],
  [["S"], t("Train on one batch")],
  [["E"], t("Train to the end of the epoch")],
  [["R"], t("Back to the same first weights")],
  [["L"], t("Lessons")],
  [["?"], t("This list")],
  [["↑", "↓"], t("In a number: step up and down")],
  [["←", "→"], t("In a chart or a row of tabs: move along")],
  [["Tab"], t("To the next control; Shift and Tab go back")],
  [["Esc"], t("Close what is open")],
];

export function showShortcuts() {
  const box = h("input", { type: "checkbox", onchange: () => turn(box.checked) });
  box.checked = areOn();
  showDialog(
    t("Keyboard shortcuts"),
    "narrow",
    h(
      "table",
      { class: "shortcuts" },
      h(
        "tbody",
        {},
        entries().map(([keys, what]) =>
          h(
            "tr",
            {},
            h(
              "th",
              { scope: "row" },
              keys.map((key) => h("kbd", {}, key)),
            ),
            h("td", {}, what),
          ),
        ),
      ),
    ),
    h("label", { class: "check" }, box, t("Use single letters as shortcuts")),
  );
}
