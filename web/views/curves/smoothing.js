/**
 * Exponential smoothing of a growing curve, with the correction of its start that TensorBoard makes:
 * s = w s + (1 - w) y, told as s / (1 - w^n), so that the first values are not drawn towards zero.
 */
export class Smoothing {
  #sum = 0;
  #n = 0;
  #first = NaN;
  #constant = true;
  #done = 0;
  #values = new Float64Array(256);

  /** @param {number} weight of what came before, from 0 to below 1 */
  constructor(weight) {
    this.weight = weight;
  }

  /**
   * Takes up what has been appended since the last call.
   * @param {Float64Array} ys
   * @returns {Float64Array} as long as ys: a view that the next call may leave behind. Values that
   *     are not finite stay as they are; while all values are equal, so are the smoothed ones
   */
  follow(ys) {
    if (this.#values.length < ys.length) {
      const grown = new Float64Array(Math.max(ys.length, 2 * this.#values.length));
      grown.set(this.#values);
      this.#values = grown;
    }
    for (; this.#done < ys.length; this.#done++) {
      const y = ys[this.#done];
      this.#values[this.#done] = Number.isFinite(y) ? this.#next(y) : y;
    }
    return this.#values.subarray(0, ys.length);
  }

  /** @param {number} y */
  #next(y) {
    this.#first = this.#n === 0 ? y : this.#first;
    this.#constant &&= y === this.#first;
    this.#sum = this.weight * this.#sum + (1 - this.weight) * y;
    this.#n++;
    return this.#constant ? y : this.#sum / (1 - this.weight ** this.#n);
  }
}
