/**
 * How good the model is: scores of a part, and what lies behind them.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild, showWhen, watch } from "../parts/dom.js";
import { classDetail } from "./report-classes.js";
import { mountScoreCurves } from "./report-curves.js";
import { metricTiles, scoreTable, scroll } from "./report-scores.js";
import { valueDetail } from "./report-values.js";

/**
 * @import { Report } from "../../protocol.js"
 * @import { Summary } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @param {Summary} summary */
function labelDetail(summary) {
  const scores = scoreTable(summary.labels ?? [], t("Label"), t("Each label"));
  return [scroll(scores, t("Scores of each label")), mountScoreCurves(summary, () => null)];
}

/** @param {Context} context @param {Report} report */
function reportDetail(context, report) {
  const summary = /** @type {Summary} */ (report.summary);
  if (summary.confusion) {
    return classDetail(context, report);
  }
  return summary.labels ? labelDetail(summary) : valueDetail(context, report);
}

/** @param {Context} context @param {Report} report */
const reportBody = (context, report) => [
  metricTiles(context, report.summary),
  reportDetail(context, report),
];

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
