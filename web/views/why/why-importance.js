/**
 * Permutation importance: how much worse the model becomes when one column is shuffled, column after
 * column.
 */
import { signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { messageOf } from "../../actions/notices.js";
import { mapColumns } from "../does/does-axes.js";
import { bindText, h, showWhen, watch, whenGone } from "../parts/dom.js";
import { formatMetric, formatNumber } from "../../text/format.js";
import { liveTable } from "../parts/live-table.js";

/**
 * @import { ImportanceResult } from "../../protocol-model.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/**
 * What was measured of a run, and when.
 * @typedef {object} Ranking
 * @property {any} prepared the run
 * @property {number} step
 * @property {"present" | "best"} which
 * @property {ImportanceResult[]} results in order of the columns
 * @property {number} nColumns to measure
 */

/** @typedef {{ column: string, mean: number, deviation: number }} Bar */

const MOST_ROWS = 2000;
const SHUFFLES = [5, 10, 30];
const SEED = 1;

/** The ranking of the present run. @param {State} state */
const rankingOf = ({ why, prepared }) =>
  why.ranking.value?.prepared === prepared.value ? why.ranking.value : null;

/** By loss or metric, the largest first. @param {State} state @param {Ranking} ranking @returns {Bar[]} */
function barsOf({ why }, { results }) {
  const byLoss = why.judge.value === "loss";
  return results
    .map(({ column, lossRise, lossRiseDeviation, metricDrop, metricDropDeviation }) => ({
      column,
      mean: byLoss ? lossRise : metricDrop,
      deviation: byLoss ? lossRiseDeviation : metricDropDeviation,
    }))
    .sort((a, b) => (b.mean || 0) - (a.mean || 0));
}

/** @param {State} state */
const formatOf = (state) => (/** @type {number} */ value) =>
  state.why.judge.value === "loss"
    ? formatNumber(value, 3)
    : formatMetric(state.metric.value, value);

/** A bar from zero with the deviation as a line across its end. @param {Bar} bar @param {[number, number]} range */
function drawBar({ mean, deviation }, [low, high]) {
  const share = (/** @type {number} */ value) => (100 * (value - low)) / (high - low);
  const lay = (
    /** @type {HTMLElement} */ part,
    /** @type {number} */ from,
    /** @type {number} */ to,
  ) => {
    part.style.left = `${share(Math.min(from, to))}%`;
    part.style.width = `${Math.abs(share(to) - share(from))}%`;
    return part;
  };
  return h(
    "span",
    { class: "importance-room" },
    lay(h("i", { class: mean < 0 ? "importance-bar helps" : "importance-bar" }), 0, mean),
    lay(h("i", { class: "importance-deviation" }), mean - deviation, mean + deviation),
  );
}

/** @param {Bar[]} bars @returns {[number, number]} */
function rangeOf(bars) {
  const finite = bars.filter(({ mean }) => Number.isFinite(mean));
  const low = Math.min(0, ...finite.map(({ mean, deviation }) => mean - deviation));
  const high = Math.max(0, ...finite.map(({ mean, deviation }) => mean + deviation));
  return [low, high > low ? high : low + 1];
}

/** @param {Context} context @param {Ranking} ranking */
function barTable({ state }, ranking) {
  const bars = barsOf(state, ranking);
  const range = rangeOf(bars);
  const format = formatOf(state);
  const rows = bars.map((bar) => {
    const look = h(
      "button",
      {
        type: "button",
        class: "quiet",
        title: t("Show what the model makes of {column}", { column: bar.column }),
        onclick: () => (state.why.column.value = bar.column),
      },
      bar.column,
    );
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, look),
      h("td", { class: "importance-cell" }, drawBar(bar, range)),
      h("td", {}, format(bar.mean)),
      h("td", {}, `± ${format(bar.deviation)}`),
    );
  });
  const head = [
    t("Column"),
    t("Importance"),
    state.why.judge.value === "loss" ? t("Loss rises by") : t("Score worsens by"),
    t("Deviation"),
  ];
  return h(
    "table",
    { class: "classes importance" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((text) => h("th", { scope: "col" }, text)),
      ),
    ),
    h("tbody", {}, rows),
  );
}

/** @param {State} state @param {Ranking} ranking */
function summaryOf(state, ranking) {
  const [first] = barsOf(state, ranking);
  const { results, nColumns } = ranking;
  if (results.length < nColumns) {
    return t("{n} of {all} columns measured.", { n: results.length, all: nColumns });
  }
  const { nRows: n, nShuffles, part } = results[0];
  const where =
    part === "validation"
      ? t("Over {n} validation rows, {shuffles} shuffles each.", { n, shuffles: nShuffles })
      : t("Over {n} training rows, {shuffles} shuffles each.", { n, shuffles: nShuffles });
  return first.mean > 0
    ? `${t("The model needs {column} the most.", { column: first.column })} ${where}`
    : `${t("Shuffling any one column hurts nothing.")} ${where}`;
}

/**
 * Measures one column after the other until it is cancelled.
 * @param {Context} context
 * @param {() => boolean} isWanted
 */
async function measure({ state, actions }, isWanted) {
  const { why } = state;
  const columns = mapColumns(state).map(({ name }) => name);
  /** @type {Ranking} */
  const ranking = {
    prepared: state.prepared.value,
    step: state.progress.value?.step ?? 0,
    which: why.which.value,
    results: [],
    nColumns: columns.length,
  };
  why.ranking.value = ranking;
  for (const column of columns) {
    const { which } = ranking;
    const asked = { which, column, repeats: why.shuffles.value, rows: MOST_ROWS, seed: SEED };
    const result = isWanted() ? await actions.look("importance", asked) : null;
    if (!result || !isWanted()) {
      return;
    }
    const { results } = /** @type {Ranking} */ (why.ranking.value);
    why.ranking.value = { ...ranking, results: [...results, result] };
  }
}

/** @param {State} state */
function judgeSelect({ why, metric }) {
  const select = h(
    "select",
    {
      "aria-label": t("Judged by"),
      onchange: () => (why.judge.value = select.selectedIndex === 0 ? "loss" : "metric"),
    },
    h("option", {}, t("by loss")),
  );
  const byMetric = h("option", {});
  select.append(byMetric);
  bindText(byMetric, () => t("by {metric}", { metric: metric.value?.label ?? t("score") }));
  watch(() => (select.selectedIndex = why.judge.value === "loss" ? 0 : 1));
  return select;
}

/** @param {State} state */
function shuffleSelect({ why }) {
  const select = h(
    "select",
    { "aria-label": t("Shuffles"), onchange: () => (why.shuffles.value = Number(select.value)) },
    SHUFFLES.map((n) => h("option", { value: n }, t("{n} shuffles", { n }))),
  );
  select.value = String(why.shuffles.value);
  return select;
}

/**
 * Measures when asked to, until it is done or cancelled.
 * @param {Context} context
 * @returns {{ busy: () => boolean, mistake: () => string, start: () => void, stop: () => void }}
 */
function measurement(context) {
  const work = signal(/** @type {symbol | null} */ (null));
  const mistake = signal("");
  async function start() {
    const own = Symbol("work");
    work.value = own;
    mistake.value = "";
    try {
      await measure(context, () => work.value === own && !context.state.running.value);
    } catch (error) {
      mistake.value = messageOf(error);
    }
    work.value = work.value === own ? null : work.value;
  }
  return {
    busy: () => work.value !== null,
    mistake: () => mistake.value,
    start,
    stop: () => (work.value = null),
  };
}

/** @param {State} state @param {ReturnType<typeof measurement>} work */
function controls(state, { busy, start, stop }) {
  const begin = h("button", { type: "button", onclick: start }, t("Measure"));
  const cancel = h("button", { type: "button", onclick: stop }, t("Cancel"));
  const progress = h("progress", { "aria-label": t("Columns measured") });
  watch(() => {
    const ranking = rankingOf(state);
    begin.hidden = busy();
    cancel.hidden = progress.hidden = !busy();
    begin.disabled = state.running.value || !state.prepared.value;
    progress.max = ranking?.nColumns ?? 1;
    progress.value = ranking?.results.length ?? 0;
  });
  return h(
    "div",
    { class: "why-controls" },
    begin,
    cancel,
    progress,
    shuffleSelect(state),
    judgeSelect(state),
  );
}

/** What was found, and whether it still holds. @param {State} state @param {() => string} mistake */
function remarks(state, mistake) {
  const busy = h("p", { class: "hint" }, t("This can be measured when the run pauses or ends."));
  showWhen(busy, () => state.running.value);
  const said = h("p", { role: "status" });
  bindText(said, () => {
    const ranking = rankingOf(state);
    const any = ranking !== null && ranking.results.length > 0;
    return mistake() || (any ? summaryOf(state, ranking) : "");
  });
  const old = h("p", { class: "hint" }, t("The network has changed since this was measured."));
  showWhen(old, () => {
    const ranking = rankingOf(state);
    const step = state.progress.value?.step;
    return ranking !== null && (ranking.step !== step || ranking.which !== state.why.which.value);
  });
  return [busy, said, old];
}

/** @param {Context} context */
export function mountImportance(context) {
  const { state } = context;
  const work = measurement(context);
  whenGone(work.stop);
  const table = liveTable(t("Importance of the columns"), () => {
    const ranking = rankingOf(state);
    return ranking && ranking.results.length > 0 ? barTable(context, ranking) : null;
  });
  const about = t(
    "Shuffles one column among the rows and looks how much worse the model becomes. Columns that say the same can stand in for one another, and then none seems to matter.",
  );
  return h(
    "section",
    { class: "view-part", "aria-labelledby": "why-importance" },
    h("div", { class: "card-head" }, h("h3", { id: "why-importance" }, t("Which columns matter"))),
    h("p", { class: "muted" }, about),
    controls(state, work),
    remarks(state, work.mistake),
    table,
  );
}
