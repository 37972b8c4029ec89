/**
 * Lines on which a function that is known on a grid is zero: marching squares.
 */

/** @typedef {[x1: number, y1: number, x2: number, y2: number]} Segment in steps of the grid */

/** Where between two values the zero lies. @param {number} a @param {number} b */
const crossing = (a, b) => a / (a - b);

/**
 * @param {(i: number, j: number) => number} value at column i and row j
 * @param {number} nx
 * @param {number} ny
 * @returns {Segment[]}
 */
export function zeroLines(value, nx, ny) {
  /** @type {Segment[]} */
  const segments = [];
  for (let j = 0; j + 1 < ny; j++) {
    for (let i = 0; i + 1 < nx; i++) {
      const a = value(i, j);
      const b = value(i + 1, j);
      const c = value(i + 1, j + 1);
      const d = value(i, j + 1);
      /** @type {[number, number][]} */
      const cuts = [];
      if (a < 0 !== b < 0) {
        cuts.push([i + crossing(a, b), j]);
      }
      if (b < 0 !== c < 0) {
        cuts.push([i + 1, j + crossing(b, c)]);
      }
      if (d < 0 !== c < 0) {
        cuts.push([i + crossing(d, c), j + 1]);
      }
      if (a < 0 !== d < 0) {
        cuts.push([i, j + crossing(a, d)]);
      }
      for (let k = 0; k + 1 < cuts.length; k += 2) {
        segments.push([...cuts[k], ...cuts[k + 1]]);
      }
    }
  }
  return segments;
}
