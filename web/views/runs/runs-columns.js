/**
 * The columns of the table of runs: what each shows, and what it is ordered by.
 */
import { settingLabels, settingText } from "../../text/catalogue-text.js";
import { t } from "../../text/i18n.js";
import { factsOf } from "../../run-facts.js";
import { valueOf } from "../../settings.js";
import { formatCount, formatMetric, formatNumber, runName } from "../../text/format.js";

/**
 * @import { State } from "../../state.js"
 * @import { RunRecord } from "../../runs.js"
 */

/**
 * @typedef {object} RunColumn
 * @property {string} key
 * @property {string} label
 * @property {string} [help]
 * @property {boolean} numeric
 * @property {boolean} [minor] left out on a narrow screen until the run is unfolded
 * @property {boolean} [extra] left out on a wide screen until all columns are asked for
 * @property {(run: RunRecord) => string | number} value
 * @property {(run: RunRecord) => string} text
 */

/** The phases of a run that is not under way, in words. @param {State} state @param {RunRecord} run */
export function stateText(state, run) {
  const { phase } = run.progress;
  const texts = {
    ready: t("Ready"),
    running: t("Training"),
    paused: t("Paused"),
    finished: t("Finished"),
    stopped_early: t("Stopped early"),
    diverged: t("Diverged"),
  };
  return run.group === "" && phase === "running" && run !== state.current.value
    ? texts.paused
    : texts[phase];
}

/** @param {number} seconds */
export function timeText(seconds) {
  return seconds < 60
    ? t("{seconds} s", { seconds: Number(seconds.toPrecision(2)) })
    : t("{minutes} min {seconds} s", {
        minutes: Math.floor(seconds / 60),
        seconds: Math.round(seconds % 60),
      });
}

/** @param {State} state @param {RunRecord} run @param {number} value */
function metricText(state, run, value) {
  const rows = state.catalogue.value?.families.find(({ key }) => key === "metric")?.rows;
  return formatMetric(
    rows?.find(({ key }) => key === run.trainer.metric),
    value,
  );
}

/** The name of the metric that all runs share. @param {State} state */
function metricLabel(state) {
  const keys = new Set(state.runs.value.map(({ trainer }) => trainer.metric));
  const [only] = keys;
  const rows = state.catalogue.value?.families.find(({ key }) => key === "metric")?.rows;
  const found = rows?.find(({ key }) => key === only)?.label;
  return (keys.size === 1 && found) || t("Metric");
}

/** A setting whose value is not the same in all runs. @param {State} state @param {string} key @param {string} label @returns {RunColumn} */
function settingColumn({ index }, key, label) {
  const read = (/** @type {RunRecord} */ run) =>
    settingText(index.value, key, valueOf(run.settings, index.value, key));
  return {
    key,
    label,
    help: key,
    minor: key.endsWith(".seed"),
    extra: key.endsWith(".seed"),
    numeric: false,
    value: read,
    text: (run) => read(run) || t("none"),
  };
}

/** The best, which is what runs are compared by. @param {State} state @returns {RunColumn[]} */
function bestColumns(state) {
  const metric = metricLabel(state);
  return [
    {
      key: "best",
      label: t("Best loss"),
      help: t(
        "Lowest validation loss at the end of an epoch; training loss without validation rows",
      ),
      numeric: true,
      value: (run) => factsOf(run).best,
      text: (run) => formatNumber(factsOf(run).best),
    },
    {
      key: "bestMetric",
      label: t("{metric}, best", { metric }),
      help: t("At the epoch of the best loss"),
      numeric: true,
      value: (run) => factsOf(run).bestMetric,
      text: (run) => metricText(state, run, factsOf(run).bestMetric),
    },
  ];
}

/** @param {State} state @returns {RunColumn[]} */
function lastColumns(state) {
  const metric = metricLabel(state);
  return [
    {
      key: "bestEpoch",
      label: t("Best epoch"),
      minor: true,
      numeric: true,
      value: (run) => factsOf(run).bestEpoch,
      text: (run) => (factsOf(run).bestEpoch < 0 ? "–" : formatCount(factsOf(run).bestEpoch)),
    },
    {
      key: "last",
      label: t("Last loss"),
      minor: true,
      numeric: true,
      value: (run) => factsOf(run).last,
      text: (run) => formatNumber(factsOf(run).last),
    },
    {
      key: "lastMetric",
      minor: true,
      extra: true,
      label: t("{metric}, last", { metric }),
      numeric: true,
      value: (run) => factsOf(run).lastMetric,
      text: (run) => metricText(state, run, factsOf(run).lastMetric),
    },
  ];
}

/** @param {State} state @returns {RunColumn[]} */
function courseColumns(state) {
  return [
    {
      key: "epochs",
      minor: true,
      extra: true,
      label: t("Epochs done"),
      numeric: true,
      value: (run) => run.progress.epoch,
      text: (run) => formatCount(run.progress.epoch),
    },
    {
      key: "time",
      minor: true,
      extra: true,
      label: t("Time"),
      numeric: true,
      value: (run) => run.progress.seconds,
      text: (run) => timeText(run.progress.seconds),
    },
    {
      key: "state",
      label: t("State"),
      numeric: false,
      value: (run) => stateText(state, run),
      text: (run) => stateText(state, run),
    },
    {
      key: "data",
      minor: true,
      extra: true,
      label: t("Data"),
      help: t("The file, and the first digits of its fingerprint"),
      numeric: false,
      value: ({ data }) => `${data.name} ${data.fingerprint}`,
      text: ({ data }) => `${data.name} ${data.fingerprint.slice(0, 6)}`,
    },
  ];
}

/** @param {RunRecord} run */
const nameOf = (run) => (run.name ? run.name : run.number);

/** @param {State} state @param {string[]} differing keys of settings @returns {RunColumn[]} */
export function runColumns(state, differing) {
  const labels = settingLabels(state.index.value, differing);
  return [
    {
      key: "name",
      label: t("Run"),
      numeric: false,
      value: nameOf,
      text: runName,
    },
    ...bestColumns(state),
    ...differing.map((key, i) => settingColumn(state, key, labels[i])),
    ...lastColumns(state),
    ...courseColumns(state),
  ];
}
