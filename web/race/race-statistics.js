/**
 * What several seeds tell of a setting: means with intervals, and whether one setting is better than
 * another. Pure functions.
 */

/**
 * The share of Student's t distribution between -t and t; exact (Abramowitz and Stegun, 26.7.3 and 4).
 * @param {number} t
 * @param {number} freedom a whole number from 1 on
 */
function shareWithin(t, freedom) {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine2 = Math.cos(angle) ** 2;
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= (cosine2 * (k - 1)) / k;
    sum += term;
  }
  const series = Math.sin(angle) * sum;
  return odd ? (2 / Math.PI) * (angle + series) : series;
}

/**
 * The t that a share `confidence` of the distribution lies within: 12.7 for one degree of freedom.
 * @param {number} freedom
 * @param {number} [confidence]
 */
export function studentT(freedom, confidence = 0.95) {
  let low = 0;
  let high = 1;
  while (shareWithin(high, freedom) < confidence) {
    high *= 2;
  }
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (shareWithin(middle, freedom) < confidence) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return high;
}

/** @typedef {{ n: number, mean: number, deviation: number, low: number, high: number }} Interval */

/**
 * Mean, standard deviation (divided by n - 1) and the interval of the mean, as tt_interval_of in
 * cross-validation.h: mean ± t s √(1/n + overlap). Values that are not finite are left out; what a
 * single value cannot tell is NaN.
 * @param {number[]} values
 * @param {{ overlap?: number, confidence?: number }} [options] overlap: validation rows by training
 *     rows, where the values share their training rows (Nadeau and Bengio, 2003); 1 for the interval of
 *     one more value
 * @returns {Interval}
 */
export function intervalOf(values, { overlap = 0, confidence = 0.95 } = {}) {
  const finite = values.filter(Number.isFinite);
  const n = finite.length;
  const mean = finite.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) {
    return { n, mean, deviation: NaN, low: NaN, high: NaN };
  }
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (n - 1));
  const reach = studentT(n - 1, confidence) * deviation * Math.sqrt(1 / n + overlap);
  return { n, mean, deviation, low: mean - reach, high: mean + reach };
}

/** The seeds, at most, that a person is asked to try. */
export const MOST_SEEDS = 10;

/**
 * How many seeds would tell two settings apart, if the differences go on as they are.
 * @param {Interval} difference
 * @param {number} confidence
 * @returns {number | null} null when not even the most would
 */
function seedsNeeded({ n, mean, deviation }, confidence) {
  for (let more = n + 1; more <= MOST_SEEDS; more++) {
    if (studentT(more - 1, confidence) * deviation < Math.abs(mean) * Math.sqrt(more)) {
      return more;
    }
  }
  return null;
}

/** @typedef {{ key: string, scores: number[] }} Contestant scores by seed; NaN where a run has none */

/**
 * @typedef {(
 *   | { kind: "none" }
 *   | { kind: "alone", best: string }
 *   | { kind: "one-seed", best: string, second: string }
 *   | { kind: "winner", best: string, second: string, difference: Interval }
 *   | { kind: "tie", best: string, rivals: string[], difference: Interval, seeds: number | null }
 * )} Verdict
 */

/** Best mean first; who never finished comes last. @param {Contestant[]} contestants @param {boolean} higherIsBetter */
export function rank(contestants, higherIsBetter) {
  const sign = higherIsBetter ? -1 : 1;
  /** Where a seed diverged, the mean of the others would flatter. @param {Contestant} one */
  const order = ({ scores }) =>
    scores.length > 0 && scores.every(Number.isFinite) ? sign * intervalOf(scores).mean : Infinity;
  return contestants.toSorted((a, b) => {
    const [first, second] = [order(a), order(b)];
    return first === second ? 0 : first - second;
  });
}

/**
 * Names a winner only where it is better than every rival by paired differences: the runs of one seed
 * have the same first weights and batches, so that much of their chance is shared. With several rivals
 * each comparison is made at a stricter level, so that all hold at once (Bonferroni).
 * @param {Contestant[]} ranked
 * @returns {Verdict}
 */
export function judge(ranked) {
  const usable = ranked.filter(({ scores }) => scores.length > 0 && scores.every(Number.isFinite));
  const [best, ...rivals] = usable;
  if (!best) {
    return { kind: "none" };
  }
  if (rivals.length === 0) {
    return { kind: "alone", best: best.key };
  }
  const second = rivals[0].key;
  if (best.scores.length < 2) {
    return { kind: "one-seed", best: best.key, second };
  }
  const confidence = 1 - 0.05 / rivals.length;
  const compared = rivals.map((rival) => {
    const differences = best.scores.map((score, i) => score - rival.scores[i]);
    return { key: rival.key, difference: intervalOf(differences, { confidence }) };
  });
  const close = compared.filter(({ difference }) => difference.low <= 0 && difference.high >= 0);
  if (close.length === 0) {
    return { kind: "winner", best: best.key, second, difference: compared[0].difference };
  }
  const [{ difference }] = close;
  return {
    kind: "tie",
    best: best.key,
    rivals: close.map(({ key }) => key),
    difference,
    seeds: seedsNeeded(difference, confidence),
  };
}
