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

/** The seeds that give a first answer. */
const FEW_SEEDS = 3;

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
 * A rival beside the best.
 * @typedef {object} Comparison
 * @property {string} key
 * @property {Interval} difference of the scores, seed by seed
 * @property {boolean} beaten the difference is more than chance
 * @property {number | null} seeds that would likely tell the two apart; null where not even the most would
 */

/**
 * @typedef {(
 *   | { kind: "none" }
 *   | { kind: "alone", best: string }
 *   | { kind: "one-seed", best: string }
 *   | { kind: "compared", best: string, rivals: Comparison[] }
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

/** How often chance alone gives differences like these. @param {Interval} difference */
function chanceOf({ n, mean, deviation }) {
  const t = Math.abs(mean) / (deviation / Math.sqrt(n));
  return Number.isNaN(t) ? 1 : 1 - shareWithin(t, n - 1);
}

const DOUBT = 0.05;

/**
 * Compares every rival with the best by paired differences: the runs of one seed have the same first
 * weights and batches, so that much of their chance is shared. The clearest comparison is made at the
 * strictest level and so on, so that all that are named hold at once (Holm, 1979).
 * @param {Contestant} best
 * @param {Contestant[]} rivals
 * @returns {Comparison[]} in the order of the rivals
 */
function compareAll(best, rivals) {
  const pairs = rivals.map(({ key, scores }) => {
    const differences = best.scores.map((score, i) => score - scores[i]);
    return { key, differences, chance: chanceOf(intervalOf(differences)) };
  });
  let clear = true;
  /** @type {Map<string, Comparison>} */
  const found = new Map();
  pairs
    .toSorted((a, b) => a.chance - b.chance)
    .forEach(({ key, differences, chance }, i) => {
      const doubt = DOUBT / (rivals.length - i);
      clear &&= chance < doubt;
      const difference = intervalOf(differences, { confidence: 1 - doubt });
      const seeds = clear ? null : seedsNeeded(difference, 1 - doubt);
      found.set(key, { key, difference, beaten: clear, seeds });
    });
  return pairs.map(({ key }) => /** @type {Comparison} */ (found.get(key)));
}

/** Whom the best one beats, and with whom it is too close to call. @param {Contestant[]} ranked @returns {Verdict} */
export function judge(ranked) {
  const usable = ranked.filter(({ scores }) => scores.length > 0 && scores.every(Number.isFinite));
  const [best, ...rivals] = usable;
  if (!best) {
    return { kind: "none" };
  }
  if (rivals.length === 0) {
    return { kind: "alone", best: best.key };
  }
  return best.scores.length < 2
    ? { kind: "one-seed", best: best.key }
    : { kind: "compared", best: best.key, rivals: compareAll(best, rivals) };
}

/** Seeds that a race should have for its open questions; null where more would not help. @param {Verdict} verdict */
export function seedsToTry(verdict) {
  if (verdict.kind === "one-seed") {
    return FEW_SEEDS;
  }
  const open = verdict.kind === "compared" ? verdict.rivals.filter(({ beaten }) => !beaten) : [];
  const seeds = open.flatMap(({ seeds: n }) => n ?? []);
  return seeds.length > 0 ? Math.max(...seeds) : null;
}
