// The arithmetic of curves: thinning for the screen and smoothing, against plain computations.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Smoothing } from "../../web/views/curves/smoothing.js";
import { lowerBound, toColumns } from "../../web/views/curves/thinning.js";

const GRID = { from: 0, to: 99_999, columns: 500, logX: false, positive: false, sparse: false };

/** @param {number} n @param {(i: number) => number} f */
const sequence = (n, f) => Float64Array.from({ length: n }, (_, i) => f(i));

/** @param {import("../../web/views/curves/thinning.js").Columns} columns */
const points = ({ length, xs, low, high, mid }) =>
  Array.from({ length }, (_, i) => ({ x: xs[i], low: low[i], high: high[i], mid: mid[i] }));

test("few points stay as they are, and what does not exist is a break", () => {
  const [xs, ys] = [Float64Array.of(1, 2, 3), Float64Array.of(5, NaN, 7)];
  const thin = points(toColumns(xs, ys, { ...GRID, to: 3 }));
  assert.deepEqual(
    thin.map(({ mid }) => mid),
    [5, NaN, 7],
  );
  const sparse = points(toColumns(xs, ys, { ...GRID, to: 3, sparse: true }));
  assert.deepEqual(
    sparse.map(({ x, mid }) => [x, mid]),
    [
      [1, 5],
      [3, 7],
    ],
  );
});

test("a column tells the lowest, the highest and the mean of its points", () => {
  const xs = sequence(100_000, (i) => i);
  const ys = sequence(100_000, (i) => Math.sin(i / 5000) + (i % 7) / 10);
  ys[12_345] = 50;
  ys[77_777] = -50;
  const thin = points(toColumns(xs, ys, GRID));
  assert.ok(thin.length <= 502 && thin.length >= 500);
  assert.ok(thin.every(({ x }, i) => i === 0 || x > thin[i - 1].x));
  const width = 99_999 / 500;
  for (const at of [0, 61, 388, 499]) {
    const inside = [...ys].filter((_, i) => Math.floor(i / width) === at);
    const column = thin.find(({ x }) => Math.floor(x / width) === at);
    assert.equal(column?.low, Math.min(...inside));
    assert.equal(column?.high, Math.max(...inside));
    const mean = inside.reduce((a, b) => a + b) / inside.length;
    assert.ok(Math.abs((column?.mid ?? NaN) - mean) < 1e-12);
  }
  assert.ok(thin.some(({ high }) => high === 50) && thin.some(({ low }) => low === -50));
});

test("a logarithmic axis has no place for zero and less", () => {
  const xs = sequence(5000, (i) => i);
  const ys = sequence(5000, (i) => (i % 2 === 0 ? -1 : i));
  const grid = { ...GRID, from: 1, to: 4999, columns: 100, logX: true, positive: true };
  const thin = points(toColumns(xs, ys, grid));
  assert.ok(thin.every(({ x, low }) => x > 0 && !(low <= 0)));
  assert.equal(thin.at(-1)?.high, 4999);
});

test("what lies outside of the view is left out but for the next column", () => {
  const xs = sequence(10_000, (i) => i);
  const thin = points(toColumns(xs, xs, { ...GRID, from: 4000, to: 5000, columns: 50 }));
  assert.ok(thin[0].x >= 3980 && thin[0].x < 4000);
  assert.ok((thin.at(-1)?.x ?? 0) <= 5021 && (thin.at(-1)?.x ?? 0) > 5000);
});

test("an index is found among rising places", () => {
  const xs = [0, 1, 1, 4];
  assert.deepEqual(
    [-1, 0, 0.5, 1, 2, 4, 5].map((x) => lowerBound(xs, x)),
    [0, 0, 1, 1, 3, 3, 4],
  );
});

test("smoothing is the weighted mean of what came before", () => {
  const ys = Float64Array.of(3, 1, NaN, 4, 1, 5);
  const smooth = new Smoothing(0.6).follow(ys);
  const finite = [3, 1, 4, 1, 5];
  const weights = finite.map((_, i) => 0.6 ** (finite.length - 1 - i));
  const total = weights.reduce((a, b) => a + b);
  const mean = weights.reduce((sum, weight, i) => sum + weight * finite[i], 0) / total;
  assert.ok(Math.abs(smooth[5] - mean) < 1e-12);
  assert.equal(smooth[0], 3);
  assert.ok(Number.isNaN(smooth[2]));
});

test("smoothing follows a growing curve as if it had seen it at once", () => {
  const ys = sequence(1000, (i) => Math.cos(i) + 1 / (i + 1));
  const growing = new Smoothing(0.9);
  for (const n of [1, 2, 100, 999]) {
    growing.follow(ys.subarray(0, n));
  }
  assert.deepEqual(growing.follow(ys), new Smoothing(0.9).follow(ys));
});

test("a constant stays what it is, to the bit", () => {
  const ys = new Float64Array(500).fill(0.1);
  assert.deepEqual(new Smoothing(0.99).follow(ys), ys);
});
