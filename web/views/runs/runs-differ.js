/**
 * What differs between the runs that are selected: settings, changes on the way, and results.
 */
import { settingLabels, settingText } from "../../text/catalogue-text.js";
import { t } from "../../text/i18n.js";
import { differingKeys } from "../../run-facts.js";
import { valueOf } from "../../settings.js";
import { bindText, h, rebuild } from "../parts/dom.js";
import { runName } from "../../text/format.js";

/**
 * @import { Context } from "../parts/fields.js"
 * @import { RunRecord } from "../../runs.js"
 * @import { RunColumn } from "./runs-columns.js"
 */

/** Columns that say how it went rather than how it was made. */
const RESULTS = ["best", "bestMetric", "bestEpoch", "last", "lastMetric", "epochs", "time", "data"];

/** @param {string} label @param {string[]} texts */
const line = (label, texts) =>
  h(
    "tr",
    {},
    h("th", { scope: "row" }, label),
    texts.map((text) => h("td", {}, text)),
  );

/** @param {Context} context @param {RunRecord[]} runs @param {RunColumn[]} columns @param {() => number} tick */
function differenceTable({ state }, runs, columns, tick) {
  const { value: index } = state.index;
  const keys = differingKeys(runs, index);
  const labels = settingLabels(index, keys);
  const settings = keys.map((key, i) =>
    line(
      labels[i],
      runs.map((run) => settingText(index, key, valueOf(run.settings, index, key)) || t("none")),
    ),
  );
  const results = columns
    .filter(({ key }) => RESULTS.includes(key))
    .map((column) => {
      const row = line(column.label, runs.map(column.text));
      [...row.cells]
        .slice(1)
        .forEach((cell, i) => bindText(cell, () => (tick() < 0 ? "" : column.text(runs[i]))));
      return row;
    });
  const head = runs.map((run) => h("th", { scope: "col" }, runName(run)));
  return h(
    "section",
    { class: "runs-differ" },
    h("h3", {}, t("What differs")),
    keys.length === 0 ? h("p", { class: "hint" }, t("Their settings are the same.")) : null,
    h(
      "div",
      { class: "scroll", role: "region", "aria-label": t("What differs"), tabindex: "0" },
      h(
        "table",
        {},
        h("thead", {}, h("tr", {}, h("td", {}), head)),
        h("tbody", {}, settings),
        h("tbody", { class: "runs-results" }, results),
      ),
    ),
  );
}

/** @param {Context} context @param {() => RunColumn[]} columns @param {() => number} tick */
export function mountDifferences(context, columns, tick) {
  const { state } = context;
  const root = h("div");
  rebuild(
    root,
    () => ({ ids: state.runTable.selected.value, runs: state.runs.value, columns: columns() }),
    ({ ids, runs, columns: all }) => {
      const selected = runs.filter(({ id }) => ids.has(id));
      return selected.length > 1 ? differenceTable(context, selected, all, tick) : null;
    },
  );
  return root;
}
