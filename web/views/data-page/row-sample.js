/**
 * Some rows of the file: the first ones, or some drawn at random, as often as one likes.
 */
import { signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { h, rebuild, watch, whenGone } from "../parts/dom.js";

/**
 * @import { TableRows } from "../../protocol-data.js"
 * @import { Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

const N_ROWS = 20;
const MOST_COLUMNS = 60;

/** @param {Table} table @returns {TableRows} */
function firstRows({ columns, rows }) {
  const cells = rows.slice(0, N_ROWS);
  return {
    columns: columns.map(({ name }) => name),
    rows: cells.map((row, i) => ({ row: i, line: 0, cells: row })),
  };
}

/** @param {Table} table @param {TableRows} sample */
function sampleTable({ columns }, sample) {
  const names = sample.columns.slice(0, MOST_COLUMNS);
  const kind = (/** @type {number} */ i) => (columns[i]?.type === "number" ? "numeric" : "");
  const withLines = sample.rows.some(({ line }) => line > 0);
  return h(
    "table",
    {},
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        withLines && h("th", { scope: "col", class: "numeric" }, t("Line")),
        names.map((name, i) => h("th", { scope: "col", class: kind(i), title: name }, name)),
      ),
    ),
    h(
      "tbody",
      {},
      sample.rows.map(({ line, cells }) =>
        h(
          "tr",
          {},
          withLines && h("td", { class: "numeric muted" }, String(line)),
          cells
            .slice(0, MOST_COLUMNS)
            .map((text, i) =>
              text === ""
                ? h("td", { class: `missing ${kind(i)}` }, t("missing"))
                : h("td", { class: kind(i) }, text),
            ),
        ),
      ),
    ),
  );
}

/** @param {Context} context @param {Table} table */
export function mountRowSample({ state, actions }, table) {
  const { seed } = state.data;
  const sample = signal(firstRows(table));
  let gone = false;
  whenGone(() => (gone = true));

  async function draw() {
    const asked = seed.value;
    if (asked === 0) {
      sample.value = firstRows(table);
      return;
    }
    const drawn = await actions.askTable("drawRows", { n: N_ROWS, seed: asked }).catch(() => null);
    if (drawn && !gone && seed.value === asked) {
      sample.value = drawn;
    }
  }
  watch(() => {
    seed.value;
    draw();
  });
  const root = h("div", {
    class: "scroll rows-view",
    role: "region",
    "aria-label": t("Cells of some rows"),
    tabindex: "0",
  });
  rebuild(
    root,
    () => sample.value,
    (rows) => sampleTable(table, rows),
  );
  const told = h("p", { class: "hint", role: "status" });
  const first = h(
    "button",
    { type: "button", class: "quiet", onclick: () => (seed.value = 0) },
    t("First rows"),
  );
  watch(() => {
    const n = Math.min(N_ROWS, table.n_rows);
    first.hidden = seed.value === 0;
    told.textContent =
      seed.value === 0
        ? t("The first {n} of {all} rows, as they were read.", { n, all: table.n_rows })
        : t("{n} of {all} rows, drawn at random (seed {seed}).", {
            n,
            all: table.n_rows,
            seed: String(seed.value),
          });
  });
  return h(
    "section",
    { class: "card rows", "aria-labelledby": "data-rows" },
    h(
      "div",
      { class: "column-tools" },
      h("h3", { id: "data-rows" }, t("Rows")),
      told,
      h("button", { type: "button", onclick: () => (seed.value += 1) }, t("Draw other rows")),
      first,
    ),
    root,
  );
}
