/**
 * Sine, cosine and logarithm from sums and products alone, which every browser rounds alike; those
 * of Math may differ in their last bit.
 */

/** Of the series of the sine up to r^25, which is exact for |r| <= π / 2. */
const SINE_TERMS = 12;

/** Of the series of artanh, which is exact for |s| <= 0.172. */
const ARTANH_TERMS = 14;

/** @param {number} x some turns from zero at most */
export function sine(x) {
  const halfTurns = Math.round(x / Math.PI);
  const r = x - halfTurns * Math.PI;
  let sum = 1;
  for (let n = SINE_TERMS; n > 0; n--) {
    sum = 1 - (r * r * sum) / (2 * n * (2 * n + 1));
  }
  return halfTurns % 2 === 0 ? r * sum : -r * sum;
}

/** @param {number} x some turns from zero at most */
export const cosine = (x) => sine(x + Math.PI / 2);

/**
 * x = m 2^e with m around 1, and ln m = 2 artanh s with s = (m - 1) / (m + 1).
 * @param {number} x positive
 */
export function logarithm(x) {
  let [m, e] = [x, 0];
  for (; m < Math.SQRT1_2; e--) {
    m *= 2;
  }
  for (; m > Math.SQRT2; e++) {
    m /= 2;
  }
  const s = (m - 1) / (m + 1);
  let sum = 0;
  for (let n = ARTANH_TERMS; n >= 0; n--) {
    sum = sum * s * s + 1 / (2 * n + 1);
  }
  return e * Math.LN2 + 2 * s * sum;
}
