/**
 * All runs that are kept, to be compared: sorted, searched, named, forked, deleted.
 */
import { computed, signal } from "@preact/signals-core";
import { settingLabels, settingText } from "../../text/catalogue-text.js";
import { t } from "../../text/i18n.js";
import { commonKeys, differingKeys, filterRuns, sortRuns } from "../../run-facts.js";
import { append, bindText, h, rebuild, showWhen, watch, whenGone } from "../parts/dom.js";
import { runName } from "../../text/format.js";
import { runColumns } from "./runs-columns.js";
import { mountDifferences } from "./runs-differ.js";
import { runDetails, runRow } from "./runs-row.js";

/**
 * @import { Context } from "../parts/fields.js"
 * @import { RunRecord } from "../../runs.js"
 * @import { RunColumn } from "./runs-columns.js"
 */

/** Numbers of runs that train change so often. */
const REFRESH_MS = 400;

/** More settings than this that differ are told below each run only. */
const MOST_DIFFERING = 8;

/** Counts up while runs train, at a pace that can be read. @param {Context} context @param {() => boolean} isOpen */
function slowTick({ state }, isOpen) {
  const tick = signal(0);
  let timer = 0;
  watch(() => {
    if (state.drawn.value >= 0 && isOpen() && timer === 0) {
      timer = window.setTimeout(() => {
        timer = 0;
        tick.value++;
      }, REFRESH_MS);
    }
  });
  whenGone(() => clearTimeout(timer));
  return () => tick.value;
}

/** @param {Context} context @param {RunColumn} column */
function headCell({ state }, column) {
  const { sort } = state.runTable;
  const act = () => {
    const { key, down } = sort.value;
    sort.value = { key: column.key, down: key === column.key ? !down : false };
  };
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet",
      title: column.help,
      "data-spot": `sort ${column.key}`,
      onclick: act,
    },
    column.label,
  );
  const classes = [column.numeric && "numeric", column.extra && "extra"];
  const cell = h("th", { scope: "col", class: classes.filter(Boolean).join(" ") }, button);
  watch(() => {
    const { key, down } = sort.value;
    const order = down ? "descending" : "ascending";
    cell.setAttribute("aria-sort", key === column.key ? order : "none");
  });
  return cell;
}

/** On a narrow screen, where the table has no head. @param {Context} context @param {() => RunColumn[]} columns */
function sortSelect({ state }, columns) {
  const { sort } = state.runTable;
  const select = h("select", { id: "runs-sort" });
  select.addEventListener("change", () => {
    const [key, order] = select.value.split(" ");
    sort.value = { key, down: order === "down" };
  });
  watch(() => {
    const options = columns().flatMap(({ key, label }) => [
      h("option", { value: `${key} up` }, t("{column}, rising", { column: label })),
      h("option", { value: `${key} down` }, t("{column}, falling", { column: label })),
    ]);
    select.replaceChildren(...options);
    select.value = `${sort.value.key} ${sort.value.down ? "down" : "up"}`;
  });
  return h("label", { class: "runs-sort" }, t("Sort by"), select);
}

/** On a wide screen, where the columns that tell most are shown at first. @param {Context} context @param {HTMLElement} root */
function columnsSwitch({ state }, root) {
  const { allColumns } = state.runTable;
  const box = h("input", { type: "checkbox" });
  box.addEventListener("change", () => (allColumns.value = box.checked));
  watch(() => {
    box.checked = allColumns.value;
    root.classList.toggle("all-columns", allColumns.value);
  });
  return h("label", { class: "check runs-all" }, box, t("All columns"));
}

/** @param {Context} context */
function filterField({ state }) {
  const input = h("input", {
    type: "search",
    placeholder: t("Filter: name, note, file or setting"),
    "aria-label": t("Filter runs"),
    oninput: () => (state.runTable.filter.value = input.value),
  });
  input.value = state.runTable.filter.value;
  return input;
}

/** @param {Context} context @param {() => RunRecord[]} visible */
function selectionButtons({ state, actions }, visible) {
  const { selected } = state.runTable;
  const show = (/** @type {boolean} */ shown) => () =>
    visible().forEach((run) => actions.editRun(run, { shown }));
  const hint = h("span", { class: "hint" });
  bindText(hint, () =>
    selected.value.size < 2
      ? t("Select two or more to see what differs.")
      : t("{n} selected", { n: selected.value.size }),
  );
  return h(
    "div",
    { class: "buttons runs-bulk" },
    h("button", { type: "button", class: "quiet", onclick: show(true) }, t("Draw all")),
    h("button", { type: "button", class: "quiet", onclick: show(false) }, t("Draw none")),
    hint,
  );
}

/** What all runs have in common, folded away. @param {Context} context @param {() => RunRecord[]} visible */
function commonSettings({ state }, visible) {
  const list = h("p", { class: "hint" });
  const fold = h(
    "details",
    { class: "fold" },
    h("summary", {}, t("The same in all of these runs")),
    list,
  );
  const keys = computed(() => commonKeys(visible(), state.index.value));
  watch(() => {
    const [first] = visible();
    const { value: index } = state.index;
    const labels = settingLabels(index, keys.value);
    const parts = keys.value.map(
      (key, i) => `${labels[i]} ${settingText(index, key, first.settings[key])}`,
    );
    list.textContent = parts.join(" · ");
  });
  showWhen(fold, () => keys.value.length > 0 && visible().length > 1);
  return fold;
}

/** Keeps the focus on the same control while the table is built anew. @param {HTMLElement} root */
function keepFocus(root) {
  const { activeElement } = document;
  const inside = activeElement instanceof HTMLElement && root.contains(activeElement);
  const spot = inside ? activeElement.dataset.spot : undefined;
  queueMicrotask(() => {
    const found = spot && root.querySelector(`[data-spot="${CSS.escape(spot)}"]`);
    if (found instanceof HTMLElement) {
      found.focus();
    }
  });
}

/**
 * What the line of a run is built anew for. Nothing else may do that: it would take the button away
 * that a person is about to press.
 * @param {import("../../state.js").State} state
 * @param {RunRecord} run
 */
function looksOf({ running, current }, run) {
  const rests = run !== current.value || !running.value;
  const { phase, epoch, totalSteps } = run.progress;
  const course = rests ? [phase, epoch, totalSteps, run.snapshots.length] : [];
  return [run.id, run.name, run.shown, run.pinned, ...course];
}

/** @param {Context} context @param {() => boolean} isOpen */
export function mountRuns(context, isOpen) {
  const { state } = context;
  const { sort, filter, unfolded } = state.runTable;
  const tick = slowTick(context, isOpen);
  const isBegun = (/** @type {RunRecord} */ run) =>
    run.begun || run.group !== "" || (run === state.current.value && state.begun.value);
  // The phase is read so that the order is found anew when a run starts or ends.
  const begun = computed(() => (state.phase.value ? state.runs.value.filter(isBegun) : []));
  const differing = computed(() => differingKeys(begun.value, state.index.value));
  const columns = computed(() => runColumns(state, differing.value.slice(0, MOST_DIFFERING)));
  const visible = computed(() => {
    const by = columns.value.find(({ key }) => key === sort.value.key) ?? columns.value[0];
    const found = filterRuns(begun.value, filter.value, runName);
    return sortRuns(found, by.value, sort.value.down);
  });
  const table = h("div", { class: "runs-list" });
  rebuild(
    table,
    () => {
      const heads = columns.value.map(({ key, label }) => [key, label]);
      const lines = visible.value.map((run) => looksOf(state, run));
      return JSON.stringify([heads, lines, unfolded.value, state.current.value?.id]);
    },
    () => {
      keepFocus(table);
      const layout = { runs: visible.value, columns: columns.value, unfolded: unfolded.value };
      return runsTable(context, layout, tick, new Set(differing.value));
    },
  );
  const empty = h(
    "p",
    { class: "empty" },
    t("No run has this in its name, note, file or settings."),
  );
  showWhen(empty, () => visible.value.length === 0 && filter.value !== "");
  const list = () => visible.value;
  const root = h("div", { class: "runs stack" });
  append(root, [
    h(
      "div",
      { class: "runs-tools" },
      filterField(context),
      columnsSwitch(context, root),
      sortSelect(context, () => columns.value),
    ),
    table,
    empty,
    selectionButtons(context, list),
    mountDifferences(context, () => columns.value, tick),
    commonSettings(context, list),
  ]);
  return root;
}

/**
 * @param {Context} context
 * @param {{ runs: RunRecord[], columns: RunColumn[], unfolded: string }} layout
 * @param {() => number} tick
 * @param {ReadonlySet<string>} differing
 */
function runsTable(context, { runs, columns, unfolded }, tick, differing) {
  const span = columns.length + 2;
  const head = columns.map((column) => headCell(context, column));
  return h(
    "div",
    { class: "scroll", role: "region", "aria-label": t("Runs"), tabindex: "0" },
    h(
      "table",
      { class: "runs-table" },
      h("caption", { class: "visually-hidden" }, t("Runs that are kept")),
      h("thead", {}, h("tr", {}, h("td", {}), head[0], h("td", {}), head.slice(1))),
      h(
        "tbody",
        {},
        runs.map((run) => [
          runRow(context, run, columns, tick, differing),
          run.id === unfolded ? runDetails(context, run, span) : null,
        ]),
      ),
    ),
  );
}
