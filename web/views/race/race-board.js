/**
 * A race while it runs and afterwards: how far it is, who leads, and whether the lead is more than
 * chance.
 */
import { t } from "../../text/i18n.js";
import { h, oncePerFrame, showWhen, svg, watch } from "../parts/dom.js";
import { seedsToTry } from "../../race/race-statistics.js";
import { formatCount } from "../../text/format.js";
import { startRace } from "./race-form.js";
import { tellEnd } from "./race-end.js";
import { useButton, usedNote } from "./race-use.js";
import { formatScore, measureText, standingText, verdictText } from "./race-verdict.js";

/**
 * @import { Entry, Race, Standing } from "../../race/race.js"
 * @import { Context } from "../parts/fields.js"
 */

const KEPT = 3;
const DOTS_WIDTH = 160;
const DOTS_HEIGHT = 22;

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
function entryRow(context, race, entry) {
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
  const root = h(
    "tr",
    {},
    place,
    h("th", { scope: "row" }, swatch, entry.label, " ", status),
    score,
    picture,
    epoch,
    h("td", {}, useButton(context, race, entry)),
  );
  /** @param {Standing} standing @param {number} rank @param {{ low: number, high: number }} scale @param {string} beside how it stands beside the best */
  function update(standing, rank, scale, beside) {
    const { interval, epochs } = standing;
    place.textContent = Number.isFinite(interval.mean) ? formatCount(rank) : "–";
    mean.textContent = formatScore(race, interval.mean);
    spread.textContent = Number.isFinite(interval.low)
      ? `± ${formatScore(race, interval.high - interval.mean, 2)}`
      : "";
    picture.replaceChildren(dots(standing, scale));
    const known = epochs.filter(Number.isFinite);
    const at = known.reduce((sum, value) => sum + value, 0) / known.length;
    epoch.textContent = known.length > 0 ? formatCount(Math.round(at)) : "–";
    status.textContent = [stateText(entry), beside].filter(Boolean).join(", ");
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
    const verdict = race.phase.value === "ended" ? race.verdict() : null;
    head.textContent = t("Best {measure}", { measure: measureText(race) });
    const wanted = standings.map(
      ({ entry }) => /** @type {{ root: HTMLElement }} */ (rows.get(entry.key)).root,
    );
    standings.forEach((standing, i) => {
      const { key } = standing.entry;
      const beside = verdict ? standingText(race, verdict, key) : "";
      rows.get(key)?.update(standing, i + 1, scale, beside);
    });
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
    race.phase.value;
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
    return race.phase.value === "ended" ? seedsToTry(race.verdict()) : null;
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
  tellEnd(context, race, verdict);
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
    usedNote(context, race),
    raceButtons(context, race),
    h(
      "details",
      { class: "fold" },
      h("summary", {}, t("How to read this")),
      h(
        "p",
        { class: "muted" },
        t(
          "The score of a run is its best value on the validation rows. With several seeds the table shows their mean, and ± half the width of its 95 % interval: t · s / √n, with s the deviation of the n seeds and t of Student's distribution with n − 1 degrees of freedom. Each setting is compared with the best one seed by seed; it is called worse only where the differences leave no doubt at 95 % for all that are called so together. The interval tells the chance in weights and batches; the chance in the choice of rows is what cross-validation tells.",
        ),
      ),
    ),
  ];
}
