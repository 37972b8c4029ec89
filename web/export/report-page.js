/**
 * A report on one page that opens anywhere, without a network and without scripts: what came out,
 * what it was trained on, how it went, and the curves as drawings.
 */
import { signal } from "@preact/signals-core";
import { settingLabels, settingText } from "../text/catalogue-text.js";
import { coreText, labelText, language, t } from "../text/i18n.js";
import { factsOf, isStandardized } from "../run-facts.js";
import { valueOf } from "../settings.js";
import { chartsOf } from "../views/curves/chart-table.js";
import { formatCount, formatMetric, formatNumber, runName } from "../text/format.js";
import { baselineVerdict } from "../views/report/baseline-rows.js";
import { stateText, timeText } from "../views/runs/runs-columns.js";
import { chartSvg } from "./chart-svg.js";
import { paragraph, section, table, writePage } from "./report-html.js";
import { svgChartOf } from "./save-chart.js";

/**
 * @import { Row } from "../protocol-catalogue.js"
 * @import { State } from "../state.js"
 * @import { RunRecord } from "../runs.js"
 */

/** More curves on one chart cannot be told apart on paper. */
const MOST_DRAWN = 6;

/** @param {State} state @param {string} key @returns {Row | undefined} */
const metricRow = ({ catalogue }, key) =>
  catalogue.value?.families
    .find((family) => family.key === "metric")
    ?.rows.find((row) => row.key === key);

/** @param {State} state @param {RunRecord} run */
function metricOf(state, run) {
  const row = metricRow(state, run.trainer.metric);
  return {
    label: row?.label ?? t("Metric"),
    /** @param {number} value */
    text: (value) => formatMetric(row, value),
  };
}

/** Baselines belong to the run that the worker has. @param {State} state @param {RunRecord} run */
const baselinesOf = (state, run) => (run === state.current.value ? state.baselines.value : []);

/** What came out, in a sentence or two. @param {State} state @param {RunRecord} run */
function conclusion(state, run) {
  const { best, bestEpoch, bestMetric } = factsOf(run);
  const { n_validation: nValidation, n_training: nTraining, targets } = run.dataset;
  const metric = metricOf(state, run);
  if (bestEpoch < 0) {
    return paragraph(t("The run has not come to the end of an epoch yet."), "conclusion");
  }
  const values = {
    ...{ target: targets.join(", "), metric: metric.label, value: metric.text(bestMetric) },
    ...{ epoch: bestEpoch, n: nValidation || nTraining },
  };
  const text =
    nValidation > 0
      ? t(
          "The network predicts {target} with {metric} {value} on {n} validation rows, at its best epoch, {epoch}.",
          values,
        )
      : t(
          "The network predicts {target} with {metric} {value} on its own {n} training rows; nothing was kept back to judge it by.",
          values,
        );
  const verdict = baselineVerdict(best, baselinesOf(state, run));
  return paragraph([text, verdict].filter(Boolean).join(" "), "conclusion");
}

/** Best and last beside one another, and what has to be beaten. @param {State} state @param {RunRecord} run */
function resultSection(state, run) {
  const { best, bestEpoch, bestMetric, last, lastMetric, epochs } = factsOf(run);
  const metric = metricOf(state, run);
  const rows = [
    [t("Network, best epoch"), bestEpoch < 0 ? "–" : bestEpoch, best, bestMetric],
    [t("Network, last epoch"), epochs, last, lastMetric],
    ...baselinesOf(state, run).map((one) => [one.label, "–", one.loss, one.metric]),
  ].map(([name, epoch, loss, value]) => [
    name,
    epoch,
    formatNumber(Number(loss)),
    metric.text(Number(value)),
  ]);
  const note = isStandardized(run, state.index.value)
    ? paragraph(t("The loss is measured on standardized targets, not in their units."), "note")
    : "";
  const head = ["", t("Epoch"), t("Loss"), metric.label];
  return section(t("Results"), table(rows, head), note, presentScores(state, run));
}

/** All scores of the weights that are in place. @param {State} state @param {RunRecord} run */
function presentScores(state, run) {
  const found = run === state.current.value ? state.report.value : null;
  if (!found) {
    return "";
  }
  const { summary, hash } = found;
  const epoch = state.restored.value ? run.progress.bestEpoch : run.progress.epoch;
  const values = { epoch, n: summary.n_rows };
  const titles = {
    training: t("All scores of the weights of epoch {epoch}, on {n} training rows:", values),
    validation: t("All scores of the weights of epoch {epoch}, on {n} validation rows:", values),
    test: t("All scores of the weights of epoch {epoch}, on {n} test rows:", values),
  };
  const rows = [
    ...summary.metrics.map(
      (/** @type {{ key: string, label: string, value: number | null }} */ one) => [
        labelText(one.label),
        formatMetric(metricRow(state, one.key), one.value),
      ],
    ),
    [t("Hash of the weights"), hash],
  ];
  return (
    paragraph(titles[/** @type {import("../protocol.js").Part} */ (summary.part)]) + table(rows)
  );
}

/** Pinned ones, or else the best of those that are drawn, and the run itself. @param {State} state @param {RunRecord} run */
function drawnRuns(state, run) {
  const others = state.runs.value.filter((one) => one !== run && one.begun);
  const pinned = others.filter((one) => one.pinned);
  const best = others
    .filter((one) => one.shown && run.isComparable(one))
    .sort((a, b) => factsOf(a).best - factsOf(b).best);
  return [...(pinned.length > 0 ? pinned : best).slice(0, MOST_DRAWN - 1), run];
}

/** @param {State} state @param {RunRecord} run */
function curvesSection(state, run) {
  const runs = drawnRuns(state, run);
  const chosen = {
    ...state,
    runs: signal(runs),
    charted: signal(run),
    charts: { ...state.charts, zoomX: signal(null), zoomY: signal(null) },
  };
  const drawings = chartsOf(state.catalogue.value?.history ?? [])
    .map((chart) => svgChartOf(/** @type {State} */ (chosen), chart))
    .filter((chart) => chart !== null)
    .filter(({ lines }) => lines.some(({ ys }) => Array.from(ys).some(Number.isFinite)))
    .map(chartSvg);
  const names = runs.map(runName).join(", ");
  const note =
    runs.length > 1
      ? paragraph(t("Drawn: {runs}. The others are in the table of runs.", { runs: names }), "note")
      : "";
  return section(t("Curves"), note, `<div class="charts">${drawings.join("\n")}</div>`);
}

/** @param {State} state */
function runsSection(state) {
  const runs = state.runs.value.filter((one) => one.begun);
  const rows = runs.map((run) => {
    const { best, bestEpoch, bestMetric, last } = factsOf(run);
    const metric = metricOf(state, run);
    const score = `${metric.label} ${metric.text(bestMetric)}`;
    const course = [run.progress.epoch, timeText(run.progress.seconds), stateText(state, run)];
    return [
      ...[runName(run), formatNumber(best), score, bestEpoch, formatNumber(last)],
      ...course,
      run.note,
    ];
  });
  const head = [
    ...[t("Run"), t("Best loss"), t("Metric"), t("Best epoch"), t("Last loss")],
    ...[t("Epochs"), t("Time"), t("State"), t("Note")],
  ];
  return section(t("Runs"), table(rows, head));
}

/** @param {RunRecord} run */
function dataSection({ data, dataset }) {
  const rows = [
    [t("File"), data.name],
    [t("Fingerprint"), data.fingerprint],
    [t("Rows"), formatCount(data.rows)],
    [t("Target"), dataset.targets.join(", ")],
    [t("Training rows"), formatCount(dataset.n_training)],
    [t("Validation rows"), formatCount(dataset.n_validation)],
    ...(dataset.n_test > 0 ? [[t("Test rows"), formatCount(dataset.n_test)]] : []),
    [t("Inputs"), dataset.features.join(", ")],
  ];
  const notes = dataset.notes.map(({ column, message }) =>
    column ? t("{column}: {message}", { column, message: coreText(message) }) : coreText(message),
  );
  return section(t("Data"), table(rows), ...notes.map((note) => paragraph(note, "note")));
}

/** @param {State} state @param {RunRecord} run */
function settingsSection({ index: { value: index } }, run) {
  const keys = Object.keys(run.settings);
  const labels = settingLabels(index, keys);
  const text = (/** @type {string} */ key, /** @type {string} */ value) =>
    settingText(index, key, value) || t("none");
  const rows = keys.map((key, i) => [
    labels[i],
    text(key, run.settings[key]),
    text(key, valueOf({}, index, key)),
    key,
  ]);
  const head = [t("Setting"), t("Value"), t("Default"), t("Key")];
  return section(t("Settings other than the defaults"), table(rows, head));
}

/** @param {State} state @param {RunRecord} run that the report is about */
export function reportPage(state, run) {
  const date = new Date().toLocaleString(language.value);
  return writePage({
    language: language.value,
    title: t("{name} on {file}", { name: runName(run), file: run.data.name }),
    content: [
      conclusion(state, run),
      resultSection(state, run),
      curvesSection(state, run),
      runsSection(state),
      dataSection(run),
      settingsSection(state, run),
    ],
    footer: t("Made with tabtrain, {date}.", { date }),
  });
}
