/** Which sheet of a spreadsheet is the table. */
import { t } from "../../text/i18n.js";
import { h, rebuild, showWhen, watch } from "../parts/dom.js";

/** @import { Context } from "../parts/fields.js" */

/** The same file, with another sheet asked for. @param {Blob} blob @param {string} sheet from 0 */
function withSheet(blob, sheet) {
  const [type] = blob.type.split(";");
  return blob.slice(0, blob.size, `${type || "application/octet-stream"};sheet=${sheet}`);
}

/** @param {Context} context */
export function sheetSelect({ state, actions }) {
  const sheets = () => state.table.value?.sheets ?? null;
  const showChosen = () => (select.value = String(sheets()?.chosen ?? ""));
  const select = h("select", { id: "sheet" });
  select.addEventListener("change", async () => {
    const { value: source } = state.source;
    if (source) {
      await actions.loadOwn(withSheet(source.blob, select.value), source.name);
      showChosen();
    }
  });
  rebuild(
    select,
    () => sheets()?.names ?? [],
    (names) => names.map((name, i) => h("option", { value: String(i) }, name)),
  );
  watch(showChosen);
  const row = h("div", { class: "field-head" }, h("label", { for: "sheet" }, t("Sheet")), select);
  showWhen(row, () => (sheets()?.names.length ?? 0) > 1);
  return row;
}
