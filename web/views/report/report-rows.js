/**
 * The rows behind a number of the report.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild } from "../parts/dom.js";
import { formatCount } from "../../text/format.js";
import { pictureCell, pixelReader } from "../parts/pixel-picture.js";
import { scroll } from "./report-scores.js";

/**
 * @import { Signal } from "@preact/signals-core"
 * @import { Report } from "../../protocol.js"
 * @import { Image, TableRows } from "../../protocol-data.js"
 * @import { Child } from "../parts/dom.js"
 * @import { Context } from "../parts/fields.js"
 */

const MOST_ROWS = 50;

/**
 * @typedef {object} Picked
 * @property {string} title
 * @property {number[]} rows of the report
 * @property {string[]} head names of the told values
 * @property {(row: number) => string[]} tell values of a row, such as what is true and predicted
 */

/** @param {Picked} picked @param {TableRows} found @param {Image | null | undefined} image */
function rowsTable({ rows, head, tell }, { columns, rows: cells }, image) {
  const names = [t("Line"), ...(image ? [t("Picture")] : []), ...head, ...columns];
  const read = image && pixelReader(image, columns);
  const body = cells.map(({ line, cells: texts }, i) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, formatCount(line)),
      image && read && pictureCell(image, read(texts), line),
      tell(rows[i]).map((text) => h("td", { class: "told" }, text)),
      texts.map((text) => h("td", {}, text)),
    ),
  );
  return h(
    "table",
    { class: "picked-rows" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        names.map((name) => h("th", { scope: "col" }, name)),
      ),
    ),
    h("tbody", {}, body),
  );
}

/** @param {Context} context @param {Report} report @param {Picked} picked */
async function fetchTable({ state, actions }, report, picked) {
  const shown = { ...picked, rows: picked.rows.slice(0, MOST_ROWS) };
  const found = await actions.look("tableRows", {
    rows: shown.rows.map((row) => report.rows[row]),
  });
  return found && rowsTable(shown, found, state.dataset.value?.image);
}

/** @param {Context} context @param {Report} report @param {Signal<Picked | null>} picked */
export function rowsPanel(context, report, picked) {
  const root = h("div", { class: "picked" });
  rebuild(
    root,
    () => picked.value,
    (now) => {
      if (!now) {
        return null;
      }
      const n = now.rows.length;
      const place = h("div", { class: "picked-table" });
      fetchTable(context, report, now)
        .then((table) => place.replaceChildren(...(table ? [scroll(table, now.title)] : [])))
        .catch((error) => place.replaceChildren(h("p", { class: "hint" }, String(error.message))));
      const close = h(
        "button",
        { type: "button", class: "quiet", onclick: () => (picked.value = null) },
        t("Close"),
      );
      /** @type {Child[]} */
      const content = [
        h("div", { class: "card-head" }, h("h3", {}, now.title), close),
        n > MOST_ROWS &&
          h("p", { class: "hint" }, t("The first {n} of {all} rows.", { n: MOST_ROWS, all: n })),
        place,
      ];
      return content;
    },
  );
  return root;
}
