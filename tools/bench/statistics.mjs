// Numbers of several rounds.

/** @param {number[]} values at least one */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** @param {number[]} values at least one */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Quotients round by round: what disturbs a whole round cancels out.
 * @param {number[]} values
 * @param {number[]} others of the same rounds
 */
export function ratios(values, others) {
  const all = values.map((value, round) => value / others[round]);
  return { median: median(all), low: Math.min(...all), high: Math.max(...all) };
}

/**
 * How far weights are from those of an independent computation.
 * @param {ArrayLike<number>} weights
 * @param {ArrayLike<number>} expected
 * @returns {{ largest: number, relative: number }} the largest difference, and the root mean square
 *     of all over that of the expected weights
 */
export function difference(weights, expected) {
  if (weights.length !== expected.length) {
    return { largest: Infinity, relative: Infinity };
  }
  let [largest, squares, size] = [0, 0, 0];
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs(weights[i] - expected[i]);
    largest = apart <= largest ? largest : apart;
    squares += apart * apart;
    size += expected[i] * expected[i];
  }
  return { largest, relative: Math.sqrt(squares / size) };
}
