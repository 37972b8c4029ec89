/**
 * How good the model is: scores of a part, and what lies behind them.
 */
import { signal } from "@preact/signals-core";
import { reportedPart } from "../../state.js";
import { t } from "../../text/i18n.js";
import { h, rebuild, showWhen, watch } from "../parts/dom.js";
import { follow } from "../parts/follow.js";
import { classDetail } from "./report-classes.js";
import { mountScoreCurves } from "./report-curves.js";
import { metricTiles, scoreTable, scroll } from "./report-scores.js";
import { valueDetail } from "./report-values.js";

/**
 * @import { Part, Report } from "../../protocol.js"
 * @import { Summary } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/**
 * Between two scores of a run that trains, at least; and how much longer than a score takes, because
 * training gets on with half its speed meanwhile.
 */
const LIVE_MS = 500;
const SPARED = 10;

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
  const labels = {
    validation: t("on validation rows"),
    training: t("on training rows"),
    test: t("on test rows"),
  };
  const options = /** @type {Part[]} */ (Object.keys(labels)).map((part) =>
    h("option", { value: part }, labels[part]),
  );
  const select = h("select", { "aria-label": t("Rows of the report") }, options);
  select.addEventListener("change", () => actions.showPart(/** @type {Part} */ (select.value)));
  watch(() => {
    const { n_validation = 0, n_test = 0 } = state.dataset.value ?? {};
    const parts = { validation: n_validation > 0, training: true, test: n_test > 0 };
    select.replaceChildren(...options.filter(({ value }) => parts[/** @type {Part} */ (value)]));
    select.value = reportedPart(state);
    select.disabled = select.options.length < 2 || !state.report.value;
  });
  return select;
}

/** What test rows are good for, and no longer are once they have helped to choose. @param {Context} context */
function testHint({ state }) {
  const hint = h(
    "p",
    { class: "hint" },
    t(
      "Test rows had no part in training, nor in picking the best epoch. Look at them once, at the end: settings that are changed by what they show are no longer tested by them.",
    ),
  );
  showWhen(hint, () => reportedPart(state) === "test");
  return hint;
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

/** The scores of the present weights while it trains. @param {Context} context @param {() => boolean} isOpen */
function followScores(context, isOpen) {
  const { state, actions } = context;
  const scores = signal(/** @type {Summary | null} */ (null));
  let took = 0;
  watch(() => {
    state.current.value;
    scores.value = null;
  });
  follow(context, {
    wanted: () => isOpen() && state.running.value,
    reads: () => reportedPart(state),
    ask: async () => {
      const asked = performance.now();
      const report = await actions.look("report", { part: reportedPart(state) });
      took = performance.now() - asked;
      return report;
    },
    show: (report) => (scores.value = report?.summary ?? scores.value),
    gap: () => Math.max(LIVE_MS, SPARED * took),
  });
  return scores;
}

/** @param {Context} context @param {() => boolean} isOpen */
export function mountReport(context, isOpen) {
  const { state } = context;
  const scores = followScores(context, isOpen);
  const live = h("div", {});
  rebuild(
    live,
    () => scores.value,
    (summary) => summary && metricTiles(context, summary),
  );
  const body = h("div", { class: "stack" });
  rebuild(
    body,
    () => (state.running.value ? null : state.report.value),
    (report) =>
      report
        ? reportBody(context, report)
        : [
            live,
            h(
              "p",
              { class: "empty" },
              t("Which rows it gets wrong, and by how much, appears here when the run pauses."),
            ),
          ],
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
    testHint(context),
    body,
  );
}
