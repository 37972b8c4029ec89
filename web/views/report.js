/**
 * How good the model is: metrics, then confusion matrix and classes, or predicted against true.
 */
import { labelText, t } from "../i18n.js";
import { h, rebuild, showWhen, watch } from "./dom.js";
import { formatCount, formatMetric, formatNumber, formatPercent } from "./format.js";
import { mountScatter } from "./scatter.js";

/**
 * @import { Report } from "../protocol.js"
 * @import { Score, Summary } from "../state.js"
 * @import { Context } from "./fields.js"
 */

/** The matrix grows by the square of the classes. */
const MAX_CLASSES = 40;

/** What the table of several targets shows of each. */
const TARGET_METRICS = ["r2", "mae", "rmse"];

/** @param {Context} context @param {Summary} summary */
function metricTiles({ state }, { loss, metrics }) {
  const family = state.catalogue.value?.families.find(({ key }) => key === "metric");
  const tile = (
    /** @type {string} */ label,
    /** @type {string} */ value,
    /** @type {string} */ help,
  ) => h("div", { class: "tile", title: help }, h("dt", {}, label), h("dd", {}, value));
  const values = metrics.map(({ key, label, value, help }) => {
    const row = family?.rows.find((metric) => metric.key === key);
    return tile(labelText(label), formatMetric(row, value), labelText(help));
  });
  return h(
    "dl",
    { class: "tiles" },
    values,
    tile(t("Loss"), formatNumber(loss), t("Mean loss without penalty")),
  );
}

/**
 * Mistakes are rarer than hits, so their tint grows by the square root of their share.
 * @param {number} count
 * @param {number} total of its row
 * @param {boolean} right
 */
function confusionCell(count, total, right) {
  const share = total > 0 ? count / total : 0;
  const cell = h("td", { class: right ? "hit" : "miss" }, formatCount(count));
  cell.style.setProperty("--share", String(right ? share : Math.sqrt(share)));
  return cell;
}

/** Classes that are listed: all, or those with the most rows. @param {Summary} summary @returns {number[]} */
function listedClasses({ classes = [] }) {
  return classes
    .map(({ support }, i) => ({ support, i }))
    .sort((a, b) => b.support - a.support || a.i - b.i)
    .slice(0, MAX_CLASSES)
    .map(({ i }) => i)
    .sort((a, b) => a - b);
}

/** @param {Summary} summary */
function omissionText({ classes = [] }) {
  return classes.length > MAX_CLASSES
    ? t("For the {shown} of {all} classes with the most rows.", {
        shown: MAX_CLASSES,
        all: classes.length,
      })
    : "";
}

/** @param {Summary} summary */
function confusionTable(summary) {
  const { confusion = [], classes = [] } = summary;
  const listed = listedClasses(summary);
  const rows = listed.map((i) => {
    const total = confusion[i].reduce((a, b) => a + b, 0);
    const cells = listed.map((j) => confusionCell(confusion[i][j], total, i === j));
    return h("tr", {}, h("th", { scope: "row" }, classes[i].name), cells);
  });
  const head = listed.map((i) => h("th", { scope: "col" }, classes[i].name));
  return h(
    "table",
    { class: "confusion" },
    h(
      "caption",
      {},
      t("Confusion matrix: true down, predicted across."),
      ` ${omissionText(summary)}`,
    ),
    h("thead", {}, h("tr", {}, h("td", {}), head)),
    h("tbody", {}, rows),
  );
}

/** @param {Score[]} scores @param {string} kind what they are of @param {string} caption */
function scoreTable(scores, kind, caption) {
  const head = [kind, t("Precision"), t("Recall"), t("F1"), t("Rows")].map((text) =>
    h("th", { scope: "col" }, text),
  );
  const rows = scores.map(({ name, precision, recall, f1, support }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      [precision, recall, f1].map((share) => h("td", {}, formatPercent(share))),
      h("td", {}, formatCount(support)),
    ),
  );
  return h(
    "table",
    { class: "classes" },
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, head)),
    h("tbody", {}, rows),
  );
}

/** @param {Context} context @param {Summary} summary */
function targetTable({ state }, { metrics, targets = [] }) {
  const family = state.catalogue.value?.families.find(({ key }) => key === "metric");
  const shown = metrics.filter(({ key }) => TARGET_METRICS.includes(key));
  const head = [t("Target"), ...shown.map(({ label }) => labelText(label))].map((text) =>
    h("th", { scope: "col" }, text),
  );
  const rows = targets.map((target) => {
    const values = shown.map(({ key }) => {
      const row = family?.rows.find((metric) => metric.key === key);
      return h("td", {}, formatMetric(row, target[key]));
    });
    return h("tr", {}, h("th", { scope: "row" }, target.name), values);
  });
  return h(
    "table",
    { class: "classes" },
    h("caption", {}, t("Each target")),
    h("thead", {}, h("tr", {}, head)),
    h("tbody", {}, rows),
  );
}

/** @param {Element} content @param {string} label */
const scroll = (content, label) =>
  h("div", { class: "scroll", role: "region", "aria-label": label, tabindex: "0" }, content);

/** @param {Context} context @param {Report} report */
function reportDetail(context, report) {
  const summary = /** @type {Summary} */ (report.summary);
  const { confusion, classes = [], labels, targets } = summary;
  if (confusion) {
    return [
      scroll(confusionTable(summary), t("Confusion matrix")),
      scroll(
        scoreTable(
          listedClasses(summary).map((i) => classes[i]),
          t("Class"),
          [t("Each class."), omissionText(summary)].join(" "),
        ),
        t("Scores of each class"),
      ),
    ];
  }
  if (labels) {
    return [scroll(scoreTable(labels, t("Label"), t("Each label")), t("Scores of each label"))];
  }
  const names = (targets ?? []).map(({ name }) => name);
  const table = targets && scroll(targetTable(context, summary), t("Scores of each target"));
  return [mountScatter(report, names), table];
}

/** @param {Context} context @param {Report} report */
function reportBody(context, report) {
  return [
    metricTiles(context, report.summary),
    h("div", { class: "report-detail" }, reportDetail(context, report)),
  ];
}

/** @param {Context} context */
function partSwitch({ state, actions }) {
  const select = h("select", { "aria-label": t("Rows of the report") }, [
    h("option", { value: "validation" }, t("on validation rows")),
    h("option", { value: "training" }, t("on training rows")),
  ]);
  select.addEventListener("change", () =>
    actions.showPart(select.value === "training" ? "training" : "validation"),
  );
  watch(() => {
    const without = state.dataset.value?.n_validation === 0;
    select.value = without ? "training" : state.reportPart.value;
    select.disabled = without || !state.report.value;
  });
  return select;
}

/** @param {Context} context */
function restoreButton({ state, actions }) {
  const button = h("button", { type: "button", onclick: actions.restoreBest });
  watch(() => {
    const best = state.progress.value?.bestEpoch ?? -1;
    button.textContent = state.restored.value
      ? t("Weights of epoch {n} restored", { n: best })
      : t("Restore best weights (epoch {n})", { n: best });
    button.disabled = state.restored.value;
  });
  showWhen(
    button,
    () => state.report.value !== null && (state.progress.value?.bestEpoch ?? -1) >= 0,
  );
  return button;
}

/** @param {Context} context */
export function mountReport(context) {
  const { state } = context;
  const body = h("div", { class: "stack" });
  rebuild(
    body,
    () => (state.running.value ? null : state.report.value),
    (report) =>
      report
        ? reportBody(context, report)
        : h(
            "p",
            { class: "empty" },
            t(
              "Scores on rows that the network has not seen appear here when the run pauses or ends.",
            ),
          ),
  );
  return h(
    "div",
    { class: "report stack" },
    h(
      "div",
      { class: "card-head" },
      h("h2", {}, t("Results")),
      partSwitch(context),
      restoreButton(context),
    ),
    body,
  );
}
