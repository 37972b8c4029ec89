/**
 * The tab "Cross-validation": the score of every fold, and how far a single split can be trusted.
 */
import { CrossValidation, scoreOf } from "../../race/cross-validation.js";
import { t } from "../../text/i18n.js";
import { bindText, h, oncePerFrame, rebuild, showWhen, watch } from "../parts/dom.js";
import { formatCount, formatMetric, formatNumber } from "../../text/format.js";

/**
 * @import { Trial } from "../../race/cross-validation.js"
 * @import { Context } from "../parts/fields.js"
 */

const MOST_FOLDS = 20;
const MOST_REPEATS = 10;

/** How a trial stands, in a word. @param {Trial} trial */
function phaseText({ phase }) {
  switch (phase) {
    case "waiting":
      return t("waiting");
    case "running":
      return t("running");
    case "diverged":
      return t("diverged");
    case "cancelled":
      return t("cancelled");
    case "failed":
      return t("failed");
    default:
      return "";
  }
}

/** @param {CrossValidation} validation @param {string} name @param {Trial} trial */
function trialRow({ metric }, name, trial) {
  const { loss, metric: score, epoch } = scoreOf(trial);
  const status = h("span", { class: "muted", title: trial.problem || null }, phaseText(trial));
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, name, " ", status),
    h("td", {}, formatNumber(loss)),
    h("td", {}, formatMetric(metric, score)),
    h("td", { class: "epoch" }, Number.isFinite(epoch) ? formatCount(epoch) : "–"),
  );
}

/** @param {string} name @param {string} loss @param {string} metric */
const sumRow = (name, loss, metric) =>
  h(
    "tr",
    {},
    h("th", { scope: "row" }, name),
    h("td", {}, loss),
    h("td", {}, metric),
    h("td", { class: "epoch" }),
  );

/** @param {CrossValidation} validation */
function footRows(validation) {
  const loss = validation.interval("loss");
  const score = validation.interval("metric");
  const inMetric = (/** @type {number} */ value) => formatMetric(validation.metric, value);
  return [
    sumRow(t("Mean of the folds"), formatNumber(loss.mean), inMetric(score.mean)),
    sumRow(t("Deviation"), formatNumber(loss.deviation, 2), inMetric(score.deviation)),
    sumRow(
      t("95 % interval of the mean"),
      `${formatNumber(loss.low, 3)} – ${formatNumber(loss.high, 3)}`,
      `${inMetric(score.low)} – ${inMetric(score.high)}`,
    ),
    trialRow(validation, t("The plain split"), validation.holdOut),
  ];
}

/** @param {CrossValidation} validation @param {Trial} trial */
const nameOf = ({ repeats }, { fold }) =>
  repeats > 1
    ? t("Repeat {repeat}, fold {fold}", { repeat: fold?.repeat ?? 0, fold: fold?.fold ?? 0 })
    : t("Fold {fold}", { fold: fold?.fold ?? 0 });

/** What the folds say of the plain split. @param {CrossValidation} validation */
function verdict(validation) {
  const { n, mean, low, high } = validation.spread("loss");
  const plain = scoreOf(validation.holdOut).loss;
  if (validation.running.value) {
    return "";
  }
  if (n < 2 || !Number.isFinite(plain)) {
    const problem = validation.trials.map((trial) => trial.problem).find(Boolean);
    return problem || t("Too few folds came to their end.");
  }
  const values = { plain: formatNumber(plain), mean: formatNumber(mean) };
  if (plain >= low && plain <= high) {
    return t("The plain split, {plain}, agrees with the folds: {mean} on average.", values);
  }
  return plain < low
    ? t("The plain split was lucky: {plain}, where the folds have {mean} on average.", values)
    : t("The plain split was unlucky: {plain}, where the folds have {mean} on average.", values);
}

/** @param {CrossValidation} validation */
function mountValidation(validation) {
  const bar = h("progress", { max: "1", "aria-label": t("Cross-validation") });
  showWhen(bar, () => validation.running.value);
  const told = h("p", { class: "verdict", role: "status" });
  const body = h("tbody");
  const foot = h("tfoot");
  const draw = oncePerFrame(() => {
    bar.value = validation.done;
    told.textContent = verdict(validation);
    body.replaceChildren(
      ...validation.trials.map((trial) => trialRow(validation, nameOf(validation, trial), trial)),
    );
    foot.replaceChildren(...footRows(validation));
  });
  watch(() => {
    validation.changed.value;
    validation.running.value;
    draw();
  });
  const head = [
    h("th", { scope: "col" }, t("Judged by")),
    h("th", { scope: "col" }, t("Best loss")),
    h("th", { scope: "col" }, validation.metric?.label ?? t("Metric")),
    h("th", { scope: "col", class: "epoch" }, t("at epoch")),
  ];
  return [
    bar,
    told,
    h(
      "div",
      { class: "scroll", role: "region", "aria-label": t("Folds"), tabindex: "0" },
      h("table", { class: "board folds" }, h("thead", {}, h("tr", {}, head)), body, foot),
    ),
  ];
}

/** @param {Context} context @param {{ id: string, label: string, key: "folds" | "repeats", low: number, high: number }} field */
function numberField({ state }, { id, label, key, low, high }) {
  const input = h("input", { type: "number", id, min: low, max: high });
  input.addEventListener("input", () => {
    const asked = Math.round(Number(input.value)) || low;
    const value = Math.max(low, Math.min(high, asked));
    state.foldsDraft.value = { ...state.foldsDraft.value, [key]: value };
  });
  input.addEventListener("blur", () => {
    input.value = String(state.foldsDraft.value[key]);
  });
  input.value = String(state.foldsDraft.value[key]);
  return h("div", { class: "race-seeds" }, h("label", { for: id }, label), input);
}

/** @param {Context} context */
export function mountFolds(context) {
  const { state } = context;
  const busy = () => state.crossValidation.value?.running.value === true;
  const start = h("button", { type: "button" }, t("Cross-validate"));
  start.addEventListener("click", () => {
    const validation = new CrossValidation(context, state.foldsDraft.value);
    state.crossValidation.value = validation;
    validation.start();
  });
  watch(() => {
    start.disabled = busy() || !state.prepared.value;
  });
  const cancel = h(
    "button",
    { type: "button", onclick: () => state.crossValidation.value?.cancel() },
    t("Cancel"),
  );
  showWhen(cancel, busy);
  const size = h("span", { class: "muted" });
  bindText(size, () => {
    const { folds, repeats } = state.foldsDraft.value;
    return t("{n} runs", { n: folds * repeats + 1 });
  });
  const result = h("div", { class: "stack" });
  rebuild(
    result,
    () => state.crossValidation.value,
    (validation) => validation && mountValidation(validation),
  );
  const folds = { id: "cv-folds", label: t("Folds"), key: /** @type {const} */ ("folds") };
  const repeats = { id: "cv-repeats", label: t("Repeats"), key: /** @type {const} */ ("repeats") };
  return h(
    "div",
    { class: "stack" },
    h("h2", { class: "visually-hidden" }, t("Cross-validation")),
    h(
      "p",
      { class: "muted" },
      t(
        "How far can the score on one split be trusted? The rows are dealt into folds; each judges once, by the present set-up trained on all others. Every repeat deals them anew, with other seeds.",
      ),
    ),
    h(
      "div",
      { class: "race-start" },
      numberField(context, { ...folds, low: 2, high: MOST_FOLDS }),
      numberField(context, { ...repeats, low: 1, high: MOST_REPEATS }),
      start,
      cancel,
      size,
    ),
    result,
    h(
      "details",
      { class: "fold" },
      h("summary", {}, t("How to read this")),
      h(
        "p",
        { class: "muted" },
        t(
          "The score of a fold is its best one at the end of an epoch. The folds share most of their training rows, so that their plain spread would promise too much: the interval is mean ± t · s · √(1/n + validation rows / training rows) (Nadeau and Bengio, 2003), with t of n − 1 degrees of freedom.",
        ),
      ),
    ),
  );
}
