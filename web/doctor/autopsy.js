/**
 * What is told of a run that diverged: what failed, which cell may be at fault, what grew before,
 * and what could be tried.
 */
import { t } from "../text/i18n.js";
import { formatCount, formatNumber } from "../text/format.js";
import { medianOf } from "./curve.js";
import { choice, clipNorm, hiddenWidths, rateTimes } from "./trials.js";

/**
 * @import { Autopsy } from "../protocol-inside.js"
 * @import { TableRows } from "../protocol-data.js"
 * @import { Column, Table } from "../state.js"
 * @import { Facts } from "./facts.js"
 * @import { Trial } from "./trials.js"
 */

/** @typedef {"gradient_norm" | "largest" | "loss"} Vital */
/** @typedef {{ step: number, value: number }} Reading */
/** @typedef {{ vital: Vital, from: Reading, to: Reading }} Growth */
/** @typedef {{ name: string, text: string, isTarget: boolean, mean: number }} Suspect */

/**
 * @typedef {object} Story
 * @property {string} what failed, and where
 * @property {string} why it is likely to have
 * @property {Suspect | null} suspect a cell far from all others of its column
 * @property {Growth | null} growth of what grew most
 * @property {Trial[]} trials
 */

/** Deviations from the mean of a column; n values cannot have one beyond sqrt(n) (Samuelson, 1968). */
const FAR = 5;
const OF_THE_MOST = 0.8;

/** Times its usual value that a value has at last when its growth is the reason. */
const GREW = 10;

/** @param {Column} column @param {string} text @param {number} nRows */
function isFar({ type, mean, deviation }, text, nRows) {
  const far = Math.abs(Number(text) - (mean ?? NaN)) / (deviation ?? NaN);
  return type === "number" && far > Math.min(FAR, OF_THE_MOST * Math.sqrt(nRows));
}

/** @param {TableRows | null} row @param {Table} table @param {Facts} facts @returns {Suspect | null} */
function suspectIn(row, table, { run }) {
  const cells = row?.rows[0]?.cells ?? [];
  const at = cells.findIndex((text, j) => isFar(table.columns[j], text, table.n_rows));
  if (at < 0) {
    return null;
  }
  const { name, mean } = table.columns[at];
  return { name, text: cells[at], isTarget: run.dataset.targets.includes(name), mean: mean ?? NaN };
}

/**
 * A value by step: at the ends of epochs, then at each of the last good steps.
 * @param {Autopsy} autopsy
 * @param {Facts} facts
 * @param {Vital} vital
 * @returns {Reading[]}
 */
export function readingsOf({ vitals }, { column }, vital) {
  const key = { gradient_norm: "gradient_norm", loss: "training_loss", largest: "" }[vital];
  const [steps, values] = [column("step"), column(key)];
  const before = vitals[0]?.step ?? Infinity;
  const early = [...values].map((value, i) => ({ step: steps[i], value }));
  const late = vitals.map(({ step, [vital]: value }) => ({ step, value: value ?? NaN }));
  return [...early.filter(({ step }) => step < before), ...late].filter(({ value }) => value > 0);
}

/** @param {Autopsy} autopsy @param {Facts} facts @returns {Growth | null} */
function growthOf(autopsy, facts) {
  const growths = /** @type {const} */ (["gradient_norm", "largest", "loss"]).flatMap((vital) => {
    const readings = readingsOf(autopsy, facts, vital);
    const last = readings.at(-1);
    const usual = medianOf(readings.slice(0, -1).map(({ value }) => value));
    const lowest = readings.reduce((a, b) => (b.value < a.value ? b : a), readings[0]);
    return last && last.value > GREW * usual ? [{ vital, from: lowest, to: last }] : [];
  });
  const times = (/** @type {Growth} */ { from, to }) => to.value / from.value;
  return growths.reduce(
    (/** @type {Growth | null} */ a, b) => (a && times(a) >= times(b) ? a : b),
    null,
  );
}

/** @param {Autopsy} autopsy */
function layerText({ layer_name: name }) {
  const number = /^hidden (\d+)$/.exec(name)?.[1];
  return number ? t("hidden layer {number}", { number }) : t("the output layer");
}

/** @param {Autopsy} autopsy */
function failureText(autopsy) {
  const { origin, tensor, step, epoch, evaluating, part } = autopsy;
  const values = { layer: layerText(autopsy), tensor, step: formatCount(step), epoch };
  const texts = {
    activation: t("The numbers of {layer} grew beyond what can be computed with.", values),
    loss: t("The loss of a row grew beyond what can be computed with.", values),
    gradient: t("The gradient of {tensor} grew beyond what can be computed with.", values),
    weight: t("The update left a weight of {tensor} that is not a number.", values),
  };
  const place =
    step === 0
      ? t("It happened before the first step, on looking at all rows.")
      : evaluating
        ? part === "validation"
          ? t("It happened on the validation rows, after step {step} in epoch {epoch}.", values)
          : t("It happened on evaluating the training rows, after step {step}.", values)
        : t("It happened in step {step}, in epoch {epoch}.", values);
  return `${texts[origin]} ${place}`;
}

/** @param {Vital} vital @param {Autopsy} autopsy */
export function vitalName(vital, autopsy) {
  const names = {
    gradient_norm: t("Gradient norm"),
    largest: t("Largest number in {layer}", { layer: layerText(autopsy) }),
    loss: t("Loss of the batch"),
  };
  return names[vital];
}

/** @param {Autopsy} autopsy @param {Story["suspect"]} suspect @param {Story["growth"]} growth */
function reasonText(autopsy, suspect, growth) {
  if (suspect) {
    return t(
      "The cell {column} = {value} of this row is far from all others of its column. If it is a mistake, correct it in the file.",
      { column: suspect.name, value: suspect.text },
    );
  }
  if (growth) {
    return t(
      "{name} grew from {from} at step {since} to {to} at step {last}: each step made the next one longer, so the steps are too long.",
      {
        name: vitalName(growth.vital, autopsy),
        from: formatNumber(growth.from.value, 3),
        to: formatNumber(growth.to.value, 3),
        since: formatCount(growth.from.step),
        last: formatCount(growth.to.step),
      },
    );
  }
  return autopsy.vitals.length > 1
    ? t("Nothing had grown over the last good steps: it came at once.")
    : "";
}

/** Cures for a value far from all others. @param {Facts} facts @param {Suspect} suspect @returns {Trial[]} */
function cellTrials(facts, { isTarget }) {
  if (!isTarget) {
    return ["standard", "quantile"].map((row) => choice(facts, "scaler", row));
  }
  const robust = ["mse", "msle", "mape"].includes(facts.run.trainer.loss);
  return [
    { label: t("Scale the target"), settings: { "data.scale_target": "1" } },
    ...(robust ? [choice(facts, "loss", "huber")] : []),
  ];
}

/** Cures for steps that are too long, or for what makes them so. @param {Facts} facts @param {Autopsy} autopsy @returns {Trial[]} */
function stepTrials(facts, { origin }) {
  const unscaled = facts.value("scaler") === "none" ? [choice(facts, "scaler", "standard")] : [];
  const bounded =
    hiddenWidths(facts).length > 0 && /exponential/.test(facts.value("activation"))
      ? [choice(facts, "activation", "relu")]
      : [];
  const loss = origin === "loss" ? [choice(facts, "loss", "auto")] : [];
  return [rateTimes(facts, 0.1), ...bounded, ...unscaled, clipNorm(facts), ...loss];
}

/** Trials that change something. @param {Facts} facts @param {Trial[]} trials */
const thatChange = ({ value }, trials) =>
  trials.filter(({ settings }) => Object.entries(settings).some(([key, to]) => value(key) !== to));

const MOST_TRIALS = 3;

/**
 * @param {Autopsy} autopsy
 * @param {TableRows | null} row the row at fault
 * @param {Table} table
 * @param {Facts} facts
 * @returns {Story}
 */
export function tellStory(autopsy, row, table, facts) {
  const suspect = suspectIn(row, table, facts);
  const growth = growthOf(autopsy, facts);
  const trials = [...(suspect ? cellTrials(facts, suspect) : []), ...stepTrials(facts, autopsy)];
  return {
    what: failureText(autopsy),
    why: reasonText(autopsy, suspect, growth),
    suspect,
    growth,
    trials: thatChange(facts, trials).slice(0, MOST_TRIALS),
  };
}
