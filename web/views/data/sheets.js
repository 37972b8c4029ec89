/** Which sheet of a spreadsheet is the table. */
import { t } from "../../text/i18n.js";
import { h, rebuild, showWhen, watch } from "../parts/dom.js";

/** @import { Context } from "../parts/fields.js" */

/** @param {Context} context */
export function sheetSelect({ state, actions }) {
  const sheets = () => state.table.value?.sheets ?? null;
  const showChosen = () => {
    const { names = [], chosen = 0 } = sheets() ?? {};
    select.value = names[chosen] ?? "";
  };
  const select = h("select", { id: "sheet" });
  select.addEventListener("change", async () => {
    await actions.chooseSheet(select.value);
    showChosen();
  });
  rebuild(
    select,
    () => sheets()?.names ?? [],
    (names) => names.map((name) => h("option", { value: name }, name)),
  );
  watch(showChosen);
  const row = h(
    "div",
    { class: "field-head", "data-setting": "data.sheet" },
    h("label", { for: "sheet" }, t("Sheet")),
    select,
  );
  showWhen(row, () => (sheets()?.names.length ?? 0) > 1);
  return row;
}
