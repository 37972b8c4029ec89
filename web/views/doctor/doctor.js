/**
 * The curve doctor under the curves: what was found, why, and what to try.
 */
import { effect, signal } from "@preact/signals-core";
import { examine } from "../../doctor/examine.js";
import { factsFor } from "../../doctor/facts.js";
import { t } from "../../text/i18n.js";
import { factsOf } from "../../run-facts.js";
import { trialButtons } from "./doctor-trials.js";
import { h, mountLater, nowAndThen, rebuild, showWhen, watch, whenGone } from "../parts/dom.js";
import { rowsToInspect } from "../parts/inspected-rows.js";
import { formatNumber, runName } from "../../text/format.js";

/**
 * @import { Finding } from "../../doctor/facts.js"
 * @import { Inspection } from "../../protocol-inside.js"
 * @import { RunRecord } from "../../runs.js"
 * @import { Mark, State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @typedef {{ run: RunRecord, findings: Finding[], atRest: boolean }} Verdict */

const EXAMINE_MS = 1000;
const INSPECT_MS = 5000;

/** Losses that differ by less are the same. */
const ALIKE = 0.02;

/**
 * The newest look inside the network of the current run.
 * @param {Context} context
 * @param {() => void} changed
 */
function followInspection({ state, actions }, changed) {
  let at = "";
  /** @type {{ run: RunRecord, inspection: Inspection } | null} */
  let newest = null;
  async function look() {
    const run = state.current.value;
    const place = run ? `${run.id} ${run.progress.step}` : "";
    if (!run?.begun || place === at || run.progress.phase === "diverged") {
      return;
    }
    at = place;
    const what = /** @type {const} */ ({ part: "training", rows: rowsToInspect(state), bins: 1 });
    const inspection = await actions.look("inspect", what).catch(() => null);
    if (inspection) {
      newest = { run, inspection };
      changed();
    }
  }
  const now = () => (newest?.run === state.current.value ? (newest?.inspection ?? null) : null);
  return { ask: nowAndThen(INSPECT_MS, look), askAtOnce: look, now };
}

/** Whether two verdicts say the same; while a run goes on, new numbers alone are no news. @param {Verdict | null} a @param {Verdict} b */
function sameVerdict(a, b) {
  const all = (/** @type {Verdict} */ { findings }) =>
    findings.map(({ kind, text }) => (b.atRest ? `${kind} ${text}` : kind)).join("\n");
  return a?.run === b.run && a.atRest === b.atRest && all(a) === all(b);
}

/** @param {Context} context */
function followVerdict(context) {
  const { state } = context;
  const verdict = signal(/** @type {Verdict | null} */ (null));
  function judge() {
    const run = state.current.value;
    if (!run?.begun || run.progress.phase === "diverged") {
      verdict.value = null;
      return;
    }
    const more = { inspection: inspections.now(), baselines: state.baselines.value };
    const facts = factsFor(run, state.index.value, more);
    const found = { run, findings: examine(facts), atRest: facts.atRest };
    if (!sameVerdict(verdict.peek(), found)) {
      verdict.value = found;
    }
  }
  const inspections = followInspection(context, judge);
  const judgeNowAndThen = nowAndThen(EXAMINE_MS, judge);
  watch(() => {
    state.drawn.value;
    judgeNowAndThen();
    inspections.ask();
  });
  watch(() => {
    [state.current, state.phase, state.baselines].forEach((one) => one.value);
    judge();
    if (!state.running.value) {
      inspections.askAtOnce();
    }
  });
  return verdict;
}

/** Findings stand as numbered marks on the curves. @param {State} state @param {{ value: Verdict | null }} verdict */
function markCurves(state, verdict) {
  /** @type {Mark[]} */
  let mine = [];
  watch(() => {
    const { run, findings = [] } = verdict.value ?? {};
    const runId = run?.id ?? "";
    const found = findings.filter(({ kind }) => kind !== "healthy");
    mine = found.map(({ kind, from: epoch, text }) => ({ runId, epoch, text, kind }));
    state.marks.value = mine;
    state.openMark.value = null;
  });
  whenGone(() => (state.marks.value = []));
  return (/** @type {Mark | null} */ mark) => (mark ? mine.indexOf(mark) : -1);
}

/** @param {Context} context @param {RunRecord} run @param {Finding} finding @param {number} i */
function findingItem(context, run, { kind, text, why, trials }, i) {
  const healthy = kind === "healthy";
  return h(
    "li",
    { class: `finding ${kind}` },
    h("span", { class: "finding-mark", "aria-hidden": "true" }, healthy ? "✓" : String(i + 1)),
    h(
      "div",
      { class: "finding-body" },
      h("p", {}, text),
      h(
        "div",
        { class: "finding-more" },
        trialButtons(context, run, trials),
        h("details", {}, h("summary", {}, t("Why")), h("p", { class: "muted" }, why)),
      ),
    ),
  );
}

/** What has come of a trial, beside the run whose trouble it tries to cure. @param {State} state @param {RunRecord} run */
function trialText({ runs }, run) {
  const first = runs.value.find(({ id }) => id === run.trialOf);
  const [now, then] = [factsOf(run).best, first ? factsOf(first).best : NaN];
  if (!first?.isComparable(run) || Number.isNaN(now) || Number.isNaN(then)) {
    return "";
  }
  const values = { name: runName(first), now: formatNumber(now), then: formatNumber(then) };
  if (Math.abs(now - then) <= ALIKE * Math.abs(then)) {
    return t("The trial did about as well as {name}: best {now}, there {then}.", values);
  }
  return now < then
    ? t("The trial did better than {name}: best {now} instead of {then}.", values)
    : t("The trial did worse than {name}: best {now} instead of {then}.", values);
}

/** @param {Context} context @param {Verdict} verdict */
function verdictCard(context, { run, findings, atRest }) {
  const outcome = atRest ? trialText(context.state, run) : "";
  return [
    h("h2", {}, t("Curve doctor")),
    outcome ? h("p", { class: "outcome" }, outcome) : null,
    findings.length > 0
      ? h(
          "ol",
          { class: "findings", role: "list" },
          findings.map((finding, i) => findingItem(context, run, finding, i)),
        )
      : h("p", { class: "muted" }, t("Too early to tell: ten epochs are needed.")),
  ];
}

/** The mark that is pressed on the curve unfolds its finding. @param {State} state @param {Element} root @param {(mark: Mark | null) => number} indexOf */
function openWithMark(state, root, indexOf) {
  const stop = effect(() => {
    const at = indexOf(state.openMark.value);
    root.querySelectorAll(".finding").forEach((item, i) => item.classList.toggle("open", i === at));
    const item = root.querySelectorAll(".finding")[at];
    item?.querySelector("details")?.setAttribute("open", "");
    item?.scrollIntoView({ block: "nearest" });
  });
  whenGone(stop);
}

/** @param {Context} context */
export function mountDoctor(context) {
  const { state } = context;
  const verdict = followVerdict(context);
  const indexOf = markCurves(state, verdict);
  const card = h("section", { class: "doctor", "aria-label": t("Curve doctor") });
  rebuild(
    card,
    () => verdict.value,
    (now) => now && verdictCard(context, now),
  );
  showWhen(card, () => verdict.value !== null);
  openWithMark(state, card, indexOf);
  const autopsy = h("div");
  mountLater(
    autopsy,
    () => state.phase.value === "diverged",
    async () => {
      const { mountAutopsy } = await import("./autopsy-card.js");
      return () => mountAutopsy(context);
    },
  );
  return [card, autopsy];
}
