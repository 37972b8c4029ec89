/**
 * A row that one wonders about: its cells can be changed, and the prediction follows.
 */
import { signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { messageOf } from "../../actions/notices.js";
import { mapColumns, readNumber } from "../does/does-axes.js";
import { bindText, h, showWhen, watch } from "../parts/dom.js";
import { follow } from "../parts/follow.js";
import { paintGreys, pictureCanvas } from "../parts/pixel-picture.js";
import { mountAnswer } from "./why-answer.js";
import { mountCells } from "./why-cells.js";
import { lookedColumn } from "./why-dependence.js";
import { wonderedRow } from "./why-row.js";

/**
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Answer } from "./why-answer.js"
 * @import { WonderedRow } from "./why-row.js"
 */

const POINTS = 60;
/** So that the prediction keeps up with a slider. */
const GAP_MS = 30;

/** @param {State} state */
function baseField(state) {
  const { why } = state;
  const number = h("input", {
    type: "text",
    inputmode: "numeric",
    "aria-label": t("Row to begin with"),
    value: "1",
    onchange: () => choose(),
  });
  const select = h(
    "select",
    { "aria-label": t("Begin with"), onchange: () => choose() },
    h("option", { value: "typical" }, t("a typical row")),
    h("option", { value: "row" }, t("row of the table")),
  );
  function choose() {
    const last = state.table.value?.n_rows ?? 1;
    const row = Math.min(last, Math.max(1, Math.round(Number(number.value) || 1)));
    number.value = String(row);
    why.changes.value = {};
    why.base.value = select.value === "row" ? row - 1 : "typical";
  }
  watch(() => {
    const base = why.base.value;
    select.value = base === "typical" ? "typical" : "row";
    number.hidden = base === "typical";
    number.value = base === "typical" ? number.value : String(base + 1);
  });
  return h("span", { class: "inline" }, t("Begin with"), select, number);
}

/** What another run does not have is not changed any more. @param {State} state */
function forgetStrangers(state) {
  watch(() => {
    const names = mapColumns(state).map(({ name }) => name);
    const { changes, base } = state.why;
    const known = Object.entries(changes.value).filter(([name]) => names.includes(name));
    if (names.length > 0 && known.length < Object.keys(changes.value).length) {
      changes.value = Object.fromEntries(known);
    }
    const { n_rows: nRows = 0 } = state.table.value ?? {};
    if (base.value !== "typical" && base.value >= nRows) {
      base.value = "typical";
    }
  });
}

/** The row with its changes, where rows are pictures. @param {State} state @param {WonderedRow} row */
function wonderedPicture({ dataset }, row) {
  const canvas = pictureCanvas(t("Picture of this row"));
  const image = () => dataset.value?.image;
  watch(() => {
    const [now, cells] = [image(), row.cells()];
    if (now && cells) {
      const values = now.columns.map((name) => readNumber(cells[name ?? ""] ?? ""));
      paintGreys(canvas, now, values);
    }
  });
  showWhen(canvas, () => Boolean(image()));
  return canvas;
}

/** @param {Context} context @param {WonderedRow} row @returns {Promise<Answer | null>} */
async function askRow({ state, actions }, row) {
  const [original, cells, axis] = [row.original(), row.cells(), lookedColumn(state)];
  if (!original || !cells || !axis) {
    return null;
  }
  const which = state.why.which.value;
  const x = { column: axis.column.name, n: POINTS };
  const [now, before, along] = await Promise.all([
    actions.look("whatIf", { which, row: cells }),
    actions.look("whatIf", { which, row: original }),
    actions.look("map", { which, x, y: null, base: cells }),
  ]);
  return now && before && along && { now: now.values, before: before.values, along, axis };
}

/** @param {Context} context @param {() => boolean} isOpen */
export function mountWhatIf(context, isOpen) {
  const { state } = context;
  const row = wonderedRow(context, isOpen);
  const answer = signal(/** @type {Answer | null} */ (null));
  const problem = signal("");
  forgetStrangers(state);
  follow(context, {
    wanted: () => isOpen() && row.cells() !== null,
    reads: () => {
      row.cells();
      lookedColumn(state);
      state.why.which.value;
    },
    gap: () => GAP_MS,
    ask: () => askRow(context, row),
    show: (found) => {
      problem.value = "";
      answer.value = found ?? answer.value;
    },
    fail: (error) => (problem.value = messageOf(error)),
  });
  const said = h("p", { class: "problem" });
  bindText(said, () => row.problem() || problem.value);
  showWhen(said, () => (row.problem() || problem.value) !== "");
  const reset = h(
    "button",
    { type: "button", onclick: () => (state.why.changes.value = {}) },
    t("Undo all changes"),
  );
  watch(() => (reset.disabled = Object.keys(state.why.changes.value).length === 0));
  return h(
    "section",
    { class: "view-part", "aria-labelledby": "why-row" },
    h("div", { class: "card-head" }, h("h3", { id: "why-row" }, t("What if?"))),
    h("div", { class: "why-controls" }, baseField(state), reset),
    said,
    h(
      "div",
      { class: "what-if" },
      h("div", { class: "why-cells-part" }, wonderedPicture(state, row), mountCells(context, row)),
      mountAnswer(
        state,
        row,
        () => answer.value,
        () => lookedColumn(state),
      ),
    ),
  );
}
