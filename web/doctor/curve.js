/**
 * Robust statistics of one curve: a column of a history, one value a row.
 */

/** @typedef {ArrayLike<number>} Curve */

/** @param {Curve} ys @returns {number} NaN for none */
export function medianOf(ys) {
  const sorted = Float64Array.from(ys).filter(Number.isFinite).sort();
  return sorted.length === 0 ? NaN : sorted[sorted.length >> 1];
}

/**
 * A running median of three: single spikes go, levels and edges stay (Tukey, Exploratory Data
 * Analysis, 1977).
 * @param {Float64Array} ys
 */
export function smooth(ys) {
  return ys.map((y, i) => {
    const [a, c] = [ys[i - 1] ?? y, ys[i + 1] ?? y];
    return Math.max(Math.min(a, y), Math.min(Math.max(a, y), c));
  });
}

/**
 * The standard deviation of the noise around a smooth curve, over its later half. Second differences
 * cancel a straight trend and have six times the variance of the noise (Gasser, Sroka and
 * Jennen-Steinmetz, 1986); their median absolute value is 0.6745 deviations of a normal noise.
 * @param {Float64Array} ys
 */
export function noiseOf(ys) {
  const late = ys.subarray(ys.length >> 1);
  const differences = late.slice(1, -1).map((y, i) => Math.abs(late[i + 2] - 2 * y + late[i]));
  return medianOf(differences) / (0.6745 * Math.sqrt(6)) || 0;
}

/** @param {Float64Array} ys @returns {number} -1 where no value is finite */
export function indexOfLowest(ys) {
  let at = -1;
  ys.forEach((y, i) => {
    if (Number.isFinite(y) && (at < 0 || y < ys[at])) {
      at = i;
    }
  });
  return at;
}

/** The level of a part of a curve, from and to as shares of its length. @param {Float64Array} ys @param {number} from @param {number} to */
export function levelOf(ys, from, to) {
  const last = ys.length;
  const begin = Math.min(Math.floor(from * last), last - 1);
  return medianOf(ys.subarray(begin, Math.max(begin + 1, Math.ceil(to * last))));
}

/** Where the curve is now: the median of its last tenth, three rows at the least. @param {Float64Array} ys */
export const endLevel = (ys) => medianOf(ys.subarray(-Math.max(3, Math.ceil(ys.length / 10))));
