/**
 * The report on classes: the confusion matrix whose cells lead to their rows, scores, the threshold
 * of two classes, and curves.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { h, rebuild } from "../parts/dom.js";
import { formatCount, formatPercent } from "../../text/format.js";
import { mountScoreCurves } from "./report-curves.js";
import {
  countsByThreshold,
  decisionOf,
  matrixOf,
  N_THRESHOLDS,
  rowsWhere,
} from "./report-decisions.js";
import { rowsPanel } from "./report-rows.js";
import { listedClasses, omissionText, scoreTable, scroll } from "./report-scores.js";
import { mountThreshold } from "./report-threshold.js";

/**
 * @import { Report } from "../../protocol.js"
 * @import { Summary } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Picked } from "./report-rows.js"
 */

/** The threshold that the core decides by. */
const HALF = 0.5;

/** Classes from which on the confusion matrix is drawn small. */
const MANY_CLASSES = 12;

/**
 * Mistakes are rarer than hits, so their tint grows by the square root of their share.
 * @param {{ count: number, total: number, right: boolean, label: string, show: () => void }} cell
 */
function confusionCell({ count, total, right, label, show }) {
  const share = total > 0 ? count / total : 0;
  const content =
    count > 0
      ? h(
          "button",
          { type: "button", "aria-label": label, title: label, onclick: show },
          formatCount(count),
        )
      : formatCount(count);
  const cell = h("td", { class: right ? "hit" : "miss" }, content);
  cell.style.setProperty("--share", String(right ? share : Math.sqrt(share)));
  return cell;
}

/**
 * @param {Summary} summary
 * @param {number[][]} confusion [true][predicted]
 * @param {(truth: number, predicted: number) => void} show
 */
function confusionTable(summary, confusion, show) {
  const { classes = [] } = summary;
  const listed = listedClasses(summary);
  const rows = listed.map((i) => {
    const total = confusion[i].reduce((a, b) => a + b, 0);
    const cells = listed.map((j) =>
      confusionCell({
        count: confusion[i][j],
        total,
        right: i === j,
        label: t("{n} rows of {truth} predicted as {predicted}", {
          n: confusion[i][j],
          truth: classes[i].name,
          predicted: classes[j].name,
        }),
        show: () => show(i, j),
      }),
    );
    return h("tr", {}, h("th", { scope: "row" }, classes[i].name), cells);
  });
  const head = listed.map((i) => h("th", { scope: "col" }, classes[i].name));
  return h(
    "table",
    { class: listed.length > MANY_CLASSES ? "confusion many" : "confusion" },
    h(
      "caption",
      {},
      t("Confusion matrix: true down, predicted across. Choose a cell to see its rows."),
      ` ${omissionText(summary)}`,
    ),
    h("thead", {}, h("tr", {}, h("td", {}), head)),
    h("tbody", {}, rows),
  );
}

/** @param {Report} report @param {number} truth @param {number} predicted @param {number} threshold @returns {Picked} */
function pickCell(report, truth, predicted, threshold) {
  const { classes = [] } = /** @type {Summary} */ (report.summary);
  const rows = rowsWhere(
    report,
    (decision) => decision.truth === truth && decision.predicted === predicted,
    threshold,
  );
  return {
    title: t("Rows of {truth} predicted as {predicted}", {
      truth: classes[truth].name,
      predicted: classes[predicted].name,
    }),
    rows,
    head: [t("True"), t("Predicted"), t("Probability")],
    tell: (row) => {
      const decision = decisionOf(report, row, threshold);
      return [
        classes[decision.truth].name,
        classes[decision.predicted].name,
        formatPercent(decision.probability),
      ];
    },
  };
}

/** @param {Context} context @param {Report} report */
export function classDetail(context, report) {
  const { state } = context;
  const summary = /** @type {Summary} */ (report.summary);
  const { classes = [], confusion = [] } = summary;
  const isBinary = report.nOutputs === 1;
  const picked = signal(/** @type {Picked | null} */ (null));
  const counts = isBinary ? countsByThreshold(report) : [];
  const at = computed(() => Math.round(state.threshold.value * (N_THRESHOLDS - 1)));
  const matrix = h("div", {});
  rebuild(
    matrix,
    () => (isBinary ? at.value : -1),
    (index) => {
      picked.value = null;
      const threshold = isBinary ? state.threshold.peek() : HALF;
      const now = isBinary ? matrixOf(counts[index]) : confusion;
      const show = (/** @type {number} */ truth, /** @type {number} */ predicted) =>
        (picked.value = pickCell(report, truth, predicted, threshold));
      return scroll(confusionTable(summary, now, show), t("Confusion matrix"));
    },
  );
  const scores = scoreTable(
    listedClasses(summary).map((i) => classes[i]),
    t("Class"),
    [t("Each class."), omissionText(summary)].join(" "),
  );
  return [
    h("div", { class: "report-detail" }, matrix, scroll(scores, t("Scores of each class"))),
    rowsPanel(context, report, picked),
    isBinary && mountThreshold(context, report, counts),
    mountScoreCurves(summary, isBinary ? () => counts[at.value] : () => null),
  ];
}
