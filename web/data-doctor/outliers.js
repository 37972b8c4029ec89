import { t } from "../text/i18n.js";
import { formatNumber } from "../text/format.js";
import { columnOf, withStep } from "./data-facts.js";
import { listNames } from "./names.js";

/** @import { ColumnFacts } from "../protocol-data.js" */
/** @import { DataFacts, FindInData } from "./data-facts.js" */

/** Interquartile ranges beyond the quartiles; 3 are called far out: Tukey, 1977. */
const EXTREME = 30;
const VERY_SKEWED = 8;
const FEWEST_VALUES = 20;

/** Scalers that one value cannot upset. */
const ROBUST = ["robust", "quantile", "log1p", "power", "none"];

/** How far the farthest value is out, in interquartile ranges. @param {ColumnFacts} column */
function reach({ min, first_quartile: q1, third_quartile: q3, max }) {
  if (min === null || max === null || q1 === null || q3 === null || q3 <= q1) {
    return 0;
  }
  return Math.max(max - q3, q1 - min) / (q3 - q1);
}

/** @param {ColumnFacts} column */
const isExtreme = (column) =>
  column.n_distinct >= FEWEST_VALUES &&
  (reach(column) > EXTREME || Math.abs(column.skewness ?? 0) > VERY_SKEWED);

/** @type {FindInData} */
export function outliers(facts) {
  const found = facts.columns.filter(
    (column) => isExtreme(column) && !ROBUST.includes(facts.stepOf(column.name, "scaler")),
  );
  if (facts.pixels || found.length === 0) {
    return null;
  }
  const worst = found.reduce((a, b) => (reach(b) > reach(a) ? b : a));
  const names = found.map(({ name }) => name);
  const many = names.length > 1 || Math.abs(worst.skewness ?? 0) > VERY_SKEWED;
  const scaledBy = (/** @type {string} */ scaler) => withStep(facts, names, "scaler", scaler);
  const robust = { label: t("Scale by quartiles"), settings: scaledBy("robust") };
  const power = { label: t("Straighten by a power"), settings: scaledBy("power") };
  return {
    text: t(
      "Values far out of line in {names}. Half of “{name}” lies between {low} and {high}, and it reaches from {min} to {max}.",
      {
        names: listNames(names),
        name: worst.name,
        low: formatNumber(worst.first_quartile),
        high: formatNumber(worst.third_quartile),
        min: formatNumber(worst.min),
        max: formatNumber(worst.max),
      },
    ),
    why: t(
      "Scaled by mean and deviation, a few huge values press all others together, and each of them tears at the weights. If they are mistakes, correct the file.",
    ),
    columns: names,
    fixes: many ? [power, robust] : [robust, power],
  };
}

/** Deviations from the mean to the largest value. */
const LONG_TAIL = 8;

/** Of a target without negative numbers. @param {DataFacts} facts */
function targetTail(facts) {
  const { min = null, max, mean, deviation } = columnOf(facts, facts.dataset.target) ?? {};
  return min !== null && min >= 0 ? (Number(max) - Number(mean)) / Number(deviation) : 0;
}

/** @type {FindInData} */
export function skewedTarget(facts) {
  const { dataset, value } = facts;
  const fits = dataset.task === "regression" && dataset.targets.length === 1;
  if (!fits || value("data.log_target") === "1" || !(targetTail(facts) >= LONG_TAIL)) {
    return null;
  }
  const { max, mean } = columnOf(facts, dataset.target) ?? {};
  return {
    text: t("The target “{target}” has a long tail: {mean} on average, and up to {max}.", {
      target: dataset.target,
      mean: formatNumber(mean),
      max: formatNumber(max),
    }),
    why: t(
      "Squared errors of a few huge values decide everything. On the logarithm being wrong by a tenth counts alike for small and large amounts.",
    ),
    columns: [dataset.target],
    fixes: [{ label: t("Predict the logarithm"), settings: { "data.log_target": "1" } }],
  };
}
