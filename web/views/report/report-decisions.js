/**
 * What a report's predictions decide: classes, mistakes by threshold, and what these cost.
 */

/** @import { Report } from "../../protocol.js" */

/** Thresholds that are compared: 0, 0.01, ..., 1. */
export const N_THRESHOLDS = 101;

/** @typedef {{ hits: number, falsePositives: number, falseNegatives: number, rejections: number }} Counts of two classes */

/** @typedef {{ truth: number, predicted: number, probability: number }} Decision class indices, and the probability of the predicted one */

/** What a row of a report with classes is, and is taken for. @param {Report} report @param {number} row @param {number} threshold of the second of two classes @returns {Decision} */
export function decisionOf({ predictions, targets, nOutputs, nTargets }, row, threshold) {
  const truth = targets[row * nTargets];
  if (nOutputs === 1) {
    const p = predictions[row];
    const predicted = Number(p >= threshold);
    return { truth, predicted, probability: predicted ? p : 1 - p };
  }
  let predicted = 0;
  for (let k = 1; k < nOutputs; k++) {
    if (predictions[row * nOutputs + k] > predictions[row * nOutputs + predicted]) {
      predicted = k;
    }
  }
  return { truth, predicted, probability: predictions[row * nOutputs + predicted] };
}

/** @param {Report} report @param {(decision: Decision) => boolean} wanted @param {number} threshold @returns {number[]} rows of the report */
export function rowsWhere(report, wanted, threshold) {
  return Array.from({ length: report.rows.length }, (_, row) => row).filter((row) =>
    wanted(decisionOf(report, row, threshold)),
  );
}

/** The highest of the compared thresholds that a probability reaches. @param {number} p */
function reached(p) {
  const last = N_THRESHOLDS - 1;
  let at = Math.min(last, Math.max(0, Math.floor(p * last)));
  while (at < last && p >= (at + 1) / last) {
    at++;
  }
  while (at > 0 && p < at / last) {
    at--;
  }
  return at;
}

/** The four counts at each of the compared thresholds. @param {Report} report of two classes @returns {Counts[]} */
export function countsByThreshold({ predictions, targets }) {
  const positives = new Float64Array(N_THRESHOLDS);
  const negatives = new Float64Array(N_THRESHOLDS);
  predictions.forEach((p, i) => {
    (targets[i] === 1 ? positives : negatives)[reached(p)]++;
  });
  const total = (/** @type {Float64Array} */ values) =>
    values.reduce((sum, value) => sum + value, 0);
  const [nPositive, nNegative] = [total(positives), total(negatives)];
  let [hits, falsePositives] = [nPositive, nNegative];
  return Array.from(positives, (_, i) => {
    hits -= i > 0 ? positives[i - 1] : 0;
    falsePositives -= i > 0 ? negatives[i - 1] : 0;
    return {
      hits,
      falsePositives,
      falseNegatives: nPositive - hits,
      rejections: nNegative - falsePositives,
    };
  });
}

/** @param {Counts} counts as a confusion matrix [true][predicted] */
export const matrixOf = ({ hits, falsePositives, falseNegatives, rejections }) => [
  [rejections, falsePositives],
  [falseNegatives, hits],
];

/** The mean cost of a row. @param {Counts} counts @param {{ falsePositive: number, falseNegative: number }} costs */
export function expectedCost(counts, { falsePositive, falseNegative }) {
  const { hits, falsePositives, falseNegatives, rejections } = counts;
  const n = hits + falsePositives + falseNegatives + rejections;
  return (falsePositives * falsePositive + falseNegatives * falseNegative) / n;
}

/** The threshold with the lowest cost; of several the one next to one half. @param {number[]} costs by threshold */
export function bestThreshold(costs) {
  const middle = (N_THRESHOLDS - 1) / 2;
  return costs.reduce((best, cost, i) => {
    const nearer = Math.abs(i - middle) < Math.abs(best - middle);
    return cost < costs[best] || (cost === costs[best] && nearer) ? i : best;
  }, 0);
}

/**
 * The mean distance of predicted probability and observed share over the bins of a calibration
 * curve, each bin counting by its rows (Naeini, Cooper and Hauskrecht, 2015).
 * @param {{ probability: (number | null)[], share: (number | null)[], count: number[] }} calibration
 */
export function calibrationError({ probability, share, count }) {
  const n = count.reduce((sum, rows) => sum + rows, 0);
  return count.reduce(
    (sum, rows, i) =>
      sum + (rows > 0 ? (rows / n) * Math.abs((share[i] ?? 0) - (probability[i] ?? 0)) : 0),
    0,
  );
}
