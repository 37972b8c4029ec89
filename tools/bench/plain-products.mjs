// Matrix products over typed arrays, in tiles that fit the processor's registers.

/** @typedef {Float64Array} Numbers */

/**
 * Y = X W' + b: every output is a dot product. X is (rows, n), W (outs, n), Y (rows, outs).
 * @param {number} rows @param {number} outs @param {number} n
 * @param {Numbers} x @param {Numbers} w @param {Numbers} bias @param {Numbers} y
 */
export function affine(rows, outs, n, x, w, bias, y) {
  for (let o = 0; o < outs; o += 2) {
    const two = o + 1 < outs;
    let r = 0;
    for (; two && r + 4 <= rows; r += 4) {
      dots4x2(n, outs, x, r * n, w, o * n, bias, o, y, r * outs + o);
    }
    for (; r < rows; r++) {
      for (let p = o; p < o + (two ? 2 : 1); p++) {
        y[r * outs + p] = bias[p] + dot(n, x, r * n, w, p * n);
      }
    }
  }
}

/** @param {number} n @param {Numbers} x @param {number} i @param {Numbers} w @param {number} j */
function dot(n, x, i, w, j) {
  let sum = 0;
  for (let k = 0; k < n; k++) {
    sum += x[i + k] * w[j + k];
  }
  return sum;
}

/**
 * Four rows of X with two of W.
 * @param {number} n @param {number} outs @param {Numbers} x @param {number} i @param {Numbers} w
 * @param {number} j @param {Numbers} bias @param {number} o @param {Numbers} y @param {number} at
 */
function dots4x2(n, outs, x, i, w, j, bias, o, y, at) {
  const [p, q] = [bias[o], bias[o + 1]];
  let [a0, a1, a2, a3, b0, b1, b2, b3] = [p, p, p, p, q, q, q, q];
  for (let k = 0; k < n; k++) {
    const v = w[j + k];
    const u = w[j + n + k];
    const x0 = x[i + k];
    const x1 = x[i + n + k];
    const x2 = x[i + 2 * n + k];
    const x3 = x[i + 3 * n + k];
    a0 += x0 * v;
    a1 += x1 * v;
    a2 += x2 * v;
    a3 += x3 * v;
    b0 += x0 * u;
    b1 += x1 * u;
    b2 += x2 * u;
    b3 += x3 * u;
  }
  y[at] = a0;
  y[at + 1] = b0;
  y[at + outs] = a1;
  y[at + outs + 1] = b1;
  y[at + 2 * outs] = a2;
  y[at + 2 * outs + 1] = b2;
  y[at + 3 * outs] = a3;
  y[at + 3 * outs + 1] = b3;
}

/**
 * C(r, i) += sum over k of A(r, k) B(k, i): rows of C gather multiples of rows of B. A(r, k) lies at
 * r * rowStep + k * kStep, so A may be read transposed.
 * @param {number} rows @param {number} ks @param {number} n
 * @param {Numbers} a @param {number} rowStep @param {number} kStep
 * @param {Numbers} b @param {Numbers} c
 */
export function gather(rows, ks, n, a, rowStep, kStep, b, c) {
  for (let r = 0; r < rows; r++) {
    let k = 0;
    for (; k + 4 <= ks; k += 4) {
      const at = r * rowStep + k * kStep;
      gather4(n, a[at], a[at + kStep], a[at + 2 * kStep], a[at + 3 * kStep], b, k * n, c, r * n);
    }
    for (; k < ks; k++) {
      const factor = a[r * rowStep + k * kStep];
      for (let i = 0; i < n; i++) {
        c[r * n + i] += factor * b[k * n + i];
      }
    }
  }
}

/**
 * @param {number} n @param {number} a0 @param {number} a1 @param {number} a2 @param {number} a3
 * @param {Numbers} b @param {number} j @param {Numbers} c @param {number} to
 */
function gather4(n, a0, a1, a2, a3, b, j, c, to) {
  for (let i = 0; i < n; i++) {
    c[to + i] += a0 * b[j + i] + a1 * b[j + n + i] + a2 * b[j + 2 * n + i] + a3 * b[j + 3 * n + i];
  }
}
