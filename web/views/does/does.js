/**
 * What the network does, while it trains: a map over two columns or a curve over one.
 */
import { signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { mistakeOf } from "../../actions/notices.js";
import { chosenAxes, mapColumns } from "./does-axes.js";
import { mountCurve } from "./does-curve.js";
import { mountMap } from "./does-map.js";
import { outputSelect, shownOutput } from "./does-outputs.js";
import { sampleOf } from "./does-sample.js";
import { h, rebuild, showWhen, watch } from "../parts/dom.js";

/**
 * @import { Context } from "../parts/fields.js"
 * @import { State } from "../../state.js"
 */

const SHUFFLES = 1;
const IMPORTANCE_ROWS = 400;
const MOST_RANKED = 200;

/** The option that stands for no second column. */
const NONE = "none";

/** @param {State} state @param {"x" | "y"} side */
function axisSelect(state, side) {
  const select = h("select", {
    "aria-label": side === "x" ? t("Column across") : t("Column upwards"),
    onchange: () => {
      const { value, selectedIndex } = select;
      const isNone = side === "y" && selectedIndex === select.options.length - 1;
      const other = side === "x" ? "y" : "x";
      if (!isNone && value === chosenAxes(state)[other]?.column.name) {
        state.map[other].value = chosenAxes(state)[side]?.column.name ?? "";
      }
      state.map[side].value = isNone ? null : value;
    },
  });
  watch(() => {
    const names = mapColumns(state).map(({ name }) => name);
    const none = side === "y" ? [h("option", { value: NONE }, t("none: a curve"))] : [];
    select.replaceChildren(...names.map((name) => h("option", { value: name }, name)), ...none);
    const chosen = chosenAxes(state)[side]?.column.name;
    select.selectedIndex = chosen === undefined ? names.length : names.indexOf(chosen);
    select.disabled = names.length < 2;
  });
  return h("label", { class: "inline" }, side === "x" ? t("across") : t("up"), select);
}

/** The row that the other columns are taken from: the typical one, or one of the table. @param {State} state */
function baseField(state) {
  const rowNumber = h("input", {
    type: "text",
    inputmode: "numeric",
    "aria-label": t("Row of the table"),
    value: "1",
    onchange: () => setBase(),
  });
  const select = h(
    "select",
    { "aria-label": t("Values of the other columns"), onchange: () => setBase() },
    h("option", { value: "typical" }, t("typical values")),
    h("option", { value: "row" }, t("those of row")),
  );
  function setBase() {
    const last = state.table.value?.n_rows ?? 1;
    const row = Math.min(last, Math.max(1, Math.round(Number(rowNumber.value) || 1)));
    rowNumber.value = String(row);
    state.map.base.value = select.value === "row" ? row - 1 : "typical";
  }
  watch(() => {
    const base = state.map.base.value;
    select.value = base === "typical" ? "typical" : "row";
    rowNumber.hidden = base === "typical";
    if (typeof base === "number") {
      rowNumber.value = String(base + 1);
    }
  });
  const label = h("span", { class: "inline" }, t("the others at"), select, rowNumber);
  showWhen(label, () => {
    const { x, y } = chosenAxes(state);
    return mapColumns(state).length > Number(x !== null) + Number(y !== null);
  });
  return label;
}

/** Finds the two columns that the model needs most and puts them on the axes. @param {Context} context */
function usefulButton({ state, actions }) {
  const busy = signal(false);
  const button = h(
    "button",
    { type: "button", class: "quiet", onclick: find },
    t("Most useful two"),
  );
  async function find() {
    busy.value = true;
    try {
      const ranked = [];
      for (const { name: column } of mapColumns(state).slice(0, MOST_RANKED)) {
        const found = await actions.look("importance", {
          which: "present",
          column,
          repeats: SHUFFLES,
          rows: IMPORTANCE_ROWS,
          seed: 0,
        });
        ranked.push({ column, rise: found?.lossRise ?? 0 });
      }
      const [first, second] = ranked.sort((a, b) => b.rise - a.rise);
      state.map.x.value = first.column;
      state.map.y.value = second.column;
    } catch (error) {
      actions.notify("run", mistakeOf(error).message);
    } finally {
      busy.value = false;
    }
  }
  watch(() => (button.disabled = busy.value));
  showWhen(button, () => mapColumns(state).length > 2);
  return button;
}

/** @param {Context} context @param {() => boolean} isOpen */
export function mountDoes(context, isOpen) {
  const { state } = context;
  const sample = sampleOf(context, isOpen);
  const figure = h("div", {});
  const shown = () => {
    const { x, y } = chosenAxes(state);
    const names = [x?.column.name, y?.column.name, shownOutput(state), state.map.base.value];
    return JSON.stringify([state.prepared.value?.run, ...names]);
  };
  rebuild(figure, shown, () => {
    const { x, y } = chosenAxes(state);
    if (!x) {
      return h("p", { class: "empty" }, t("There is no column whose values differ to draw over."));
    }
    return y
      ? mountMap(context, { x, y }, { isOpen, sample })
      : mountCurve(context, x, { isOpen, sample });
  });
  return h(
    "div",
    { class: "does stack" },
    h("h2", { class: "visually-hidden" }, t("What it does")),
    h(
      "div",
      { class: "does-controls" },
      h("span", {}, t("Prediction")),
      outputSelect(state),
      axisSelect(state, "x"),
      axisSelect(state, "y"),
      baseField(state),
      usefulButton(context),
    ),
    figure,
  );
}
