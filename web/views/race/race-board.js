/**
 * A race while it runs and afterwards: how far it is, who leads, and whether the lead is more than
 * chance.
 */
import { t } from "../../text/i18n.js";
import { h, oncePerFrame, showWhen, svg, watch } from "../parts/dom.js";
import { formatCount, formatMetric, formatNumber } from "../parts/format.js";
import { startRace } from "./race-form.js";

/**
 * @import { Entry, Race, Standing } from "../../race/race.js"
 * @import { Verdict } from "../../race/race-statistics.js"
 * @import { Context } from "../parts/fields.js"
 */

const KEPT = 3;
const DOTS_WIDTH = 160;
const DOTS_HEIGHT = 22;

/** @param {Race} race @param {number} value */
const format = (race, value) =>
  race.byMetric.value ? formatMetric(race.metric, value) : formatNumber(value);

/** @param {Race} race */
const measure = (race) =>
  race.byMetric.value ? (race.metric?.label ?? t("Metric")) : t("validation loss");

/** @param {Race} race */
function progressText(race) {
  const lanes = race.entries.flatMap((entry) => entry.lanes);
  const done = lanes.filter(({ phase }) => phase !== "waiting" && phase !== "running").length;
  return t("{done} of {n} runs done", { done, n: lanes.length });
}

/** Share of all epochs that are done. @param {Race} race */
function shareDone(race) {
  const lanes = race.entries.flatMap((entry) => entry.lanes);
  const shares = lanes.map(({ run, phase }) => {
    const running = phase === "waiting" || phase === "running";
    return running ? (run ? run.progress.step / run.progress.totalSteps : 0) : 1;
  });
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, lanes.length);
}

/** @param {Race} race @param {Verdict} verdict */
function verdictText(race, verdict) {
  const label = (/** @type {string} */ key) =>
    race.entries.find((entry) => entry.key === key)?.label ?? "";
  switch (verdict.kind) {
    case "none":
      return t("No setting came to its end with every seed.");
    case "alone":
      return t("{best} is the only setting that came to its end with every seed.", {
        best: label(verdict.best),
      });
    case "one-seed":
      return t("{best} came out best, but one seed cannot tell a lead from chance: try 3 seeds.", {
        best: label(verdict.best),
      });
    case "winner":
      return t(
        "{best} wins. Seed by seed, its {measure} differs from that of {second}, the next, by {low} to {high}.",
        {
          best: label(verdict.best),
          second: label(verdict.second),
          measure: measure(race),
          low: formatNumber(
            Math.min(Math.abs(verdict.difference.low), Math.abs(verdict.difference.high)),
            3,
          ),
          high: formatNumber(
            Math.max(Math.abs(verdict.difference.low), Math.abs(verdict.difference.high)),
            3,
          ),
        },
      );
    case "tie":
      return tieText(race, verdict, label);
  }
}

/** @param {Race} race @param {Extract<Verdict, { kind: "tie" }>} verdict @param {(key: string) => string} label */
function tieText({ nSeeds }, { best, rivals, seeds }, label) {
  const values = { best: label(best), rival: label(rivals[0]), n: nSeeds, more: seeds ?? 0 };
  if (rivals.length === 1) {
    return seeds
      ? t("{best} and {rival} cannot be told apart with {n} seeds: try {more}.", values)
      : t("{best} and {rival} are too alike to be told apart.", values);
  }
  const others = { ...values, count: rivals.length };
  return seeds
    ? t(
        "{best} leads, but {count} others cannot be told apart from it with {n} seeds: try {more}.",
        others,
      )
    : t("{best} leads, but {count} others are too much like it to be told apart.", others);
}

/** How the lanes of an entry stand, in a few words. @param {Entry} entry */
function stateText({ lanes }) {
  const count = (/** @type {string} */ phase) =>
    lanes.filter((lane) => lane.phase === phase).length;
  const parts = [
    count("diverged") > 0 ? t("{n} diverged", { n: count("diverged") }) : "",
    count("failed") > 0 ? t("{n} failed", { n: count("failed") }) : "",
    count("cancelled") > 0 ? t("{n} cancelled", { n: count("cancelled") }) : "",
    count("running") > 0 ? t("{n} running", { n: count("running") }) : "",
    count("waiting") > 0 ? t("{n} waiting", { n: count("waiting") }) : "",
  ];
  return parts.filter(Boolean).join(", ");
}

/** Every seed a dot, the mean a line, the interval a bar; all settings on one scale. @param {Standing} standing @param {{ low: number, high: number }} scale */
function dots({ entry, scores, interval }, { low, high }) {
  const x = (/** @type {number} */ value) => {
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return 6 + Math.max(0, Math.min(1, share)) * (DOTS_WIDTH - 12);
  };
  const middle = DOTS_HEIGHT / 2;
  const bar = Number.isFinite(interval.low)
    ? svg("line", {
        class: "interval",
        x1: x(interval.low),
        x2: x(interval.high),
        y1: middle,
        y2: middle,
      })
    : null;
  const marks = scores
    .filter(Number.isFinite)
    .map((score) => svg("circle", { cx: x(score), cy: middle, r: 3.5 }));
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${DOTS_WIDTH} ${DOTS_HEIGHT}`, "aria-hidden": "true" },
    bar,
    marks,
  );
  picture.style.color = `var(--run-${entry.color})`;
  return picture;
}

/** @param {Standing[]} standings */
function scaleOf(standings) {
  const values = standings.flatMap(({ scores }) => scores).filter(Number.isFinite);
  return { low: Math.min(...values), high: Math.max(...values) };
}

/** A row that is made once and follows its entry. @param {Context} context @param {Race} race @param {Entry} entry */
function entryRow({ actions }, race, entry) {
  const place = h("td", { class: "place" });
  const score = h("td", { class: "score" });
  const spread = h("span", { class: "muted" });
  const mean = h("strong");
  score.append(mean, " ", spread);
  const picture = h("td", { class: "dots" });
  const epoch = h("td", { class: "epoch" });
  const status = h("span", { class: "muted" });
  const swatch = h("i", { class: "swatch" });
  swatch.style.background = `var(--run-${entry.color})`;
  const use = h(
    "button",
    { type: "button", class: "quiet", onclick: () => actions.change(entry.change) },
    t("Use"),
  );
  use.setAttribute("aria-label", t("Use {setting}", { setting: entry.label }));
  const root = h(
    "tr",
    {},
    place,
    h("th", { scope: "row" }, swatch, entry.label, " ", status),
    score,
    picture,
    epoch,
    h("td", {}, use),
  );
  /** @param {Standing} standing @param {number} rank @param {{ low: number, high: number }} scale */
  function update(standing, rank, scale) {
    const { interval, epochs } = standing;
    place.textContent = Number.isFinite(interval.mean) ? formatCount(rank) : "–";
    mean.textContent = format(race, interval.mean);
    spread.textContent = Number.isFinite(interval.low)
      ? `± ${race.byMetric.value ? format(race, interval.high - interval.mean) : formatNumber(interval.high - interval.mean, 2)}`
      : "";
    picture.replaceChildren(dots(standing, scale));
    const known = epochs.filter(Number.isFinite);
    const at = known.reduce((sum, value) => sum + value, 0) / known.length;
    epoch.textContent = known.length > 0 ? formatCount(Math.round(at)) : "–";
    status.textContent = stateText(entry);
    status.title = entry.lanes.map(({ problem }) => problem).find(Boolean) ?? "";
  }
  return { root, update };
}

/** @param {Context} context @param {Race} race */
function boardTable(context, race) {
  const rows = new Map(race.entries.map((entry) => [entry.key, entryRow(context, race, entry)]));
  const body = h("tbody");
  const head = h("th", { scope: "col" });
  const draw = oncePerFrame(() => {
    const standings = race.standings();
    const scale = scaleOf(standings);
    head.textContent = t("Best {measure}", { measure: measure(race) });
    const wanted = standings.map(
      ({ entry }) => /** @type {{ root: HTMLElement }} */ (rows.get(entry.key)).root,
    );
    standings.forEach((standing, i) =>
      rows.get(standing.entry.key)?.update(standing, i + 1, scale),
    );
    if (
      wanted.length !== body.children.length ||
      wanted.some((row, i) => body.children[i] !== row)
    ) {
      const focused = document.activeElement;
      body.replaceChildren(...wanted);
      if (focused instanceof HTMLElement && body.contains(focused)) {
        focused.focus();
      }
    }
  });
  watch(() => {
    race.changed.value;
    race.byMetric.value;
    draw();
  });
  const columns = [
    h("th", { scope: "col" }, "#"),
    h("th", { scope: "col" }, t("Setting")),
    head,
    h("th", { scope: "col", class: "dots" }, t("Seeds")),
    h("th", { scope: "col", class: "epoch" }, t("at epoch")),
    h("td"),
  ];
  return h(
    "div",
    { class: "scroll", role: "region", "aria-label": t("Leaderboard"), tabindex: "0" },
    h("table", { class: "board" }, h("thead", {}, h("tr", {}, columns)), body),
  );
}

/** @param {Context} context @param {Race} race */
function raceButtons(context, race) {
  const pause = h("button", { type: "button" });
  pause.addEventListener("click", () =>
    race.phase.value === "paused" ? race.resume() : race.pause(),
  );
  const cancel = h(
    "button",
    { type: "button", onclick: () => race.cancel() },
    t("Cancel the race"),
  );
  watch(() => {
    pause.textContent = race.phase.value === "paused" ? t("Go on") : t("Pause the race");
  });
  [pause, cancel].forEach((button) => showWhen(button, () => race.phase.value !== "ended"));
  const keep = h(
    "button",
    { type: "button", onclick: () => race.keepBest(KEPT) },
    t("Keep only the best three"),
  );
  showWhen(keep, () => {
    race.changed.value;
    return race.entries.length > KEPT;
  });
  const more = h("button", { type: "button" });
  const seedsOf = () => {
    race.changed.value;
    const verdict = race.phase.value === "ended" ? race.verdict() : null;
    return verdict?.kind === "one-seed" ? 3 : verdict?.kind === "tie" ? verdict.seeds : null;
  };
  more.addEventListener("click", () => {
    const nSeeds = seedsOf();
    if (nSeeds) {
      context.state.raceDraft.value = { ...context.state.raceDraft.value, nSeeds };
      startRace(context);
    }
  });
  watch(() => {
    const n = seedsOf();
    more.hidden = !n;
    more.textContent = n ? t("Race again with {n} seeds", { n }) : "";
  });
  return h("div", { class: "buttons" }, pause, cancel, more, keep);
}

/** @param {Race} race */
function rankBy(race) {
  const select = h(
    "select",
    {
      id: "race-rank",
      onchange: () => {
        race.byMetric.value = select.value === "metric";
      },
    },
    h("option", { value: "loss", disabled: race.lossesDiffer }, t("validation loss")),
    h("option", { value: "metric" }, race.metric?.label ?? t("Metric")),
  );
  watch(() => {
    select.value = race.byMetric.value ? "metric" : "loss";
  });
  return h("div", { class: "race-rank" }, h("label", { for: "race-rank" }, t("Rank by")), select);
}

/** @param {Context} context @param {Race} race */
export function mountRaceBoard(context, race) {
  const bar = h("progress", { max: "1", "aria-label": t("Race") });
  const text = h("span", { class: "muted" });
  const verdict = h("p", { class: "verdict", role: "status" });
  const draw = oncePerFrame(() => {
    bar.value = shareDone(race);
    text.textContent = progressText(race);
    verdict.textContent = race.phase.value === "ended" ? verdictText(race, race.verdict()) : "";
  });
  watch(() => {
    race.changed.value;
    race.phase.value;
    race.byMetric.value;
    draw();
  });
  showWhen(bar, () => race.phase.value !== "ended");
  return [
    h(
      "div",
      { class: "race-head" },
      h("h3", {}, t("Race: {what}", { what: race.title })),
      text,
      rankBy(race),
    ),
    bar,
    verdict,
    boardTable(context, race),
    raceButtons(context, race),
    h(
      "details",
      { class: "fold" },
      h("summary", {}, t("How to read this")),
      h(
        "p",
        { class: "muted" },
        t(
          "The score of a run is its best value on the validation rows. With several seeds the table shows their mean, and ± half the width of its 95 % interval: t · s / √n, with s the deviation of the n seeds and t of Student's distribution with n − 1 degrees of freedom. A winner is named only if the differences to every rival, seed by seed, leave no doubt at 95 % for all of them together. The interval tells the chance in weights and batches; the chance in the choice of rows is what cross-validation tells.",
        ),
      ),
    ),
  ];
}
