// What must not be: a rival that computes or reads something else than the others.

/** @typedef {import("./measure-training.mjs").TrainingResult} TrainingResult */
/** @typedef {import("./measure-reading.mjs").ReadingResult} ReadingResult */

/** The relative difference of weights in 32-bit floats after a few steps; another rate is far beyond. */
export const WEIGHTS_APART = 2e-4;

/** The same of sums, of 32-bit floats or of doubles. */
const SUMS_APART = 1e-5;

/** Titles of those whose weights are not the expected ones. @param {TrainingResult} result */
function miscomputed({ rows }) {
  return Object.values(rows)
    .filter(
      ({ difference, apart = WEIGHTS_APART }) => difference && !(difference.relative <= apart),
    )
    .map(({ title }) => title);
}

/** Titles of those that found other rows or other numbers than the first. @param {ReadingResult} result */
function misread({ rows }) {
  const all = Object.values(rows).filter(({ skipped }) => !skipped);
  return all
    .filter(({ rows: n, sum }) => {
      const [{ rows: expectedRows, sum: expected = NaN }] = all;
      const apart = Math.abs((sum ?? NaN) - expected);
      return n !== expectedRows || !(apart <= SUMS_APART * Math.abs(expected));
    })
    .map(({ title }) => title);
}

/**
 * @param {{ training: Record<string, TrainingResult>, reading: Record<string, ReadingResult> }} results
 * @returns {string[]} a sentence each
 */
export function disagreements({ training, reading }) {
  return [
    ...Object.entries(training).flatMap(([key, result]) =>
      miscomputed(result).map(
        (title) => `${key}: the weights of ${title} are others after the same steps.`,
      ),
    ),
    ...Object.entries(reading).flatMap(([key, result]) =>
      misread(result).map((title) => `${key}: ${title} read other rows or numbers.`),
    ),
  ];
}
