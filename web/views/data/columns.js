/**
 * What is predicted from what: target, task, and for each column whether it is a feature and of which
 * type. Wide files are shown a page at a time.
 */
import { MOST_DISTINCT } from "../../protocol-data.js";
import { t } from "../../text/i18n.js";
import { signal } from "@preact/signals-core";
import { joinNames, splitNames } from "../../settings.js";
import { typeOf } from "../../state.js";
import { h, rebuild, svg, watch } from "../parts/dom.js";
import { idOf, problemSlot } from "../parts/fields.js";
import { formatNumber } from "../../text/format.js";
import { purposeOf, typeNames, typesFor, typeSettings, useSettings } from "./column-types.js";
import { targetField } from "./targets.js";

/**
 * @import { Column, Dataset, Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

const PAGE = 40;

/** What the list of columns sets. */
const KEYS = ["data.ignore", "data.numbers", "data.categories"];

/** @param {Column} column */
export function columnText({ type, min, max, mean, n_missing: missing, n_distinct: distinct }) {
  const about =
    type === "number" && min !== null
      ? t("{min} to {max}, mean {mean}", {
          min: formatNumber(min),
          max: formatNumber(max),
          mean: formatNumber(mean),
        })
      : distinct >= MOST_DISTINCT
        ? t("{n} or more different", { n: MOST_DISTINCT })
        : t("{n} different", { n: distinct });
  return missing > 0 ? t("{about}, {n} missing", { about, n: missing }) : about;
}

/** Bars of the levels of a category. @param {number[]} counts */
function levelBars(counts) {
  const shown = counts.slice(0, 12);
  const top = Math.max(...shown, 1);
  const width = 48 / shown.length;
  return shown.map((count, i) => {
    const height = Math.max(1, (count / top) * 18);
    return svg("rect", {
      x: i * width,
      y: 20 - height,
      width: Math.max(1, width - 1.5),
      height,
      rx: 1,
    });
  });
}

/** Smallest to largest as a line, mean ± deviation as a box. @param {Column} column */
function rangeBox({ min, max, mean, deviation }) {
  if (min === null || max === null || mean === null || deviation === null || max <= min) {
    return [svg("line", { x1: 0, x2: 48, y1: 10, y2: 10 })];
  }
  const x = (/** @type {number} */ v) => 48 * Math.min(1, Math.max(0, (v - min) / (max - min)));
  const [from, to] = [x(mean - deviation), x(mean + deviation)];
  return [
    svg("line", { x1: 0, x2: 48, y1: 10, y2: 10 }),
    svg("rect", { x: from, y: 5, width: Math.max(1, to - from), height: 10, rx: 2 }),
    svg("line", { class: "mean", x1: x(mean), x2: x(mean), y1: 4, y2: 16 }),
  ];
}

/** @param {Column} column */
function miniature(column) {
  const { counts = [], type } = column;
  const marks = type === "number" || counts.length === 0 ? rangeBox(column) : levelBars(counts);
  return svg("svg", { class: "miniature", viewBox: "0 0 48 20", "aria-hidden": "true" }, marks);
}

/** @param {Context} context @param {Column} column */
function columnRow(context, column) {
  const { state, actions } = context;
  const { name } = column;
  const box = h("input", {
    type: "checkbox",
    "aria-label": t("Use {name} as a feature", { name }),
    onchange: () => actions.change(useSettings(context, [name], box.checked)),
  });
  const select = h(
    "select",
    {
      "aria-label": t("Type of {name}", { name }),
      onchange: () => actions.change(typeSettings(context, [column], select.value)),
    },
    typesFor(context, column).map((type) => h("option", { value: type }, typeNames()[type])),
  );
  const label = h("span", { class: "column-name", title: name }, name);
  const row = h(
    "li",
    { class: "column" },
    box,
    miniature(column),
    label,
    select,
    h("span", { class: "hint" }, columnText(column)),
  );
  watch(() => {
    const type = typeOf(state, column);
    select.value = type;
    const purpose = purposeOf(state, name);
    label.dataset.mark = purpose;
    box.disabled = purpose !== "" || type === "text";
    box.checked = !box.disabled && !state.ignored.value.has(name);
    row.classList.toggle("target", state.targets.value.includes(name));
    row.classList.toggle("unused", !box.checked && purpose === "");
  });
  return row;
}

/** @param {Context} context @param {Table} table */
function columnList(context, table) {
  const search = signal("");
  const shown = signal(PAGE);
  const list = h("ul", { class: "columns", tabindex: "0", "aria-label": t("Columns of the file") });
  const matching = () =>
    table.columns.filter(({ name }) => name.toLowerCase().includes(search.value));
  const more = h("button", {
    type: "button",
    class: "quiet",
    onclick: () => (shown.value += PAGE),
  });
  rebuild(
    list,
    () => `${shown.value} ${search.value}`,
    () =>
      matching()
        .slice(0, shown.value)
        .map((column) => columnRow(context, column)),
  );
  watch(() => {
    const left = matching().length - shown.value;
    more.hidden = left <= 0;
    more.textContent = t("Show more ({n} left)", { n: left });
  });
  const box = h("input", {
    type: "search",
    placeholder: t("Find a column…"),
    "aria-label": t("Find a column"),
  });
  box.addEventListener("input", () => {
    search.value = box.value.toLowerCase();
    shown.value = PAGE;
  });
  box.hidden = table.columns.length <= 12;
  const problems = KEYS.map((key) => problemSlot(context, key));
  return [allOrNone(context, table, matching), problems, box, list, more];
}

/** Switches all columns that are listed on or off at once. @param {Context} context @param {Table} table @param {() => Column[]} matching */
function allOrNone({ state, actions }, table, matching) {
  /** @param {boolean} on */
  function switchAll(on) {
    const names = new Set(matching().map(({ name }) => name));
    const targets = new Set(state.targets.value);
    const ignored = splitNames(state.value("data.ignore")).filter((name) => !names.has(name));
    const off = on
      ? []
      : table.columns
          .map(({ name }) => name)
          .filter((name) => names.has(name) && !targets.has(name));
    actions.change({ "data.ignore": joinNames([...ignored, ...off]) });
  }
  return h(
    "div",
    { class: "row-end" },
    h("button", { type: "button", class: "quiet", onclick: () => switchAll(true) }, t("All")),
    h("button", { type: "button", class: "quiet", onclick: () => switchAll(false) }, t("None")),
  );
}

/** @returns {Record<Dataset["task"], string>} */
const taskNames = () => ({
  regression: t("a number"),
  binary: t("two classes"),
  multiclass: t("several classes"),
  multilabel: t("several labels"),
});

/** What automatic has found. @param {Dataset} dataset */
const taskText = ({ task, targets }) =>
  task === "regression" && targets.length > 1 ? t("several numbers") : taskNames()[task];

/** @param {Context} context */
function taskField(context) {
  const { state, actions } = context;
  const param = state.index.value.get("data.task")?.param;
  const id = idOf("data.task");
  const options = (param?.choices ?? []).map((choice) => h("option", { value: choice }, choice));
  const select = h(
    "select",
    {
      id,
      name: "data.task",
      "aria-describedby": `${id}-problem`,
      onchange: () => actions.change({ "data.task": select.value }),
    },
    options,
  );
  watch(() => {
    const dataset = state.dataset.value;
    const isAuto = state.value("data.task") === "auto";
    for (const option of options) {
      const label = taskNames()[/** @type {Dataset["task"]} */ (option.value)];
      option.textContent =
        label ??
        (dataset && isAuto ? t("automatic ({task})", { task: taskText(dataset) }) : t("automatic"));
    }
    select.value = state.value("data.task");
    select.setAttribute("aria-invalid", String("data.task" in state.mistakes.value));
  });
  return h(
    "div",
    { class: "field aim", "data-setting": "data.task" },
    h("div", { class: "field-head" }, h("label", { for: id }, t("as")), select),
    problemSlot(context, "data.task"),
  );
}

/** @param {Context} context */
export function mountColumns(context) {
  const root = h("div", { class: "stack" });
  rebuild(
    root,
    () => context.state.table.value,
    (table) =>
      table && [
        targetField(context, table),
        taskField(context),
        h(
          "fieldset",
          { class: "columns-field", "data-setting": KEYS.join(" ") },
          h("legend", {}, t("From these columns")),
          columnList(context, table),
        ),
      ],
  );
  return root;
}
