// What the report decides from its predictions, against plain counting and closed forms.

import assert from "node:assert/strict";
import { test } from "node:test";
import { zeroLines } from "../../web/views/parts/contour.js";
import {
  bestThreshold,
  calibrationError,
  countsByThreshold,
  decisionOf,
  expectedCost,
  matrixOf,
  N_THRESHOLDS,
  rowsWhere,
} from "../../web/views/report/report-decisions.js";

/** A report of two classes. @param {number[]} predictions @param {number[]} targets */
const binary = (predictions, targets) =>
  /** @type {import("../../web/protocol.js").Report} */ ({
    summary: {},
    nOutputs: 1,
    nTargets: 1,
    predictions: Float32Array.from(predictions),
    targets: Float32Array.from(targets),
    rows: Int32Array.from(predictions.keys()),
    hash: "",
  });

const PREDICTIONS = [0, 0.009, 0.01, 0.25, 0.29, 0.3, 0.49, 0.5, 0.51, 0.57, 0.58, 0.99, 1, 1];
const TARGETS = [0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0];

test("the counts at each threshold are those of counting", () => {
  const report = binary(PREDICTIONS, TARGETS);
  const counts = countsByThreshold(report);
  assert.equal(counts.length, N_THRESHOLDS);
  counts.forEach((found, i) => {
    const threshold = i / (N_THRESHOLDS - 1);
    const count = (/** @type {number} */ truth, /** @type {boolean} */ above) =>
      TARGETS.filter(
        (target, row) => target === truth && report.predictions[row] >= threshold === above,
      ).length;
    const matrix = [
      [count(0, false), count(0, true)],
      [count(1, false), count(1, true)],
    ];
    assert.deepEqual(matrixOf(found), matrix, `threshold ${threshold}`);
  });
});

test("rows behind a cell are those that it counts", () => {
  const report = binary(PREDICTIONS, TARGETS);
  const falsePositives = rowsWhere(
    report,
    ({ truth, predicted }) => truth === 0 && predicted === 1,
    0.5,
  );
  assert.deepEqual(falsePositives, [7, 10, 13]);
});

test("the likeliest of several classes is predicted", () => {
  const report = {
    ...binary([0.2, 0.5, 0.3, 0.1, 0.1, 0.8], [1, 0]),
    nOutputs: 3,
    rows: Int32Array.from([0, 1]),
  };
  assert.equal(decisionOf(report, 0, 0.5).predicted, 1);
  assert.deepEqual(
    { ...decisionOf(report, 1, 0.5), probability: 0 },
    { truth: 0, predicted: 2, probability: 0 },
  );
});

test("the best threshold follows the costs", () => {
  // Positives from 0.3 on, negatives up to 0.6: dear misses ask for a low threshold, dear alarms for
  // a high one.
  const report = binary([0.3, 0.5, 0.7, 0.9, 0.1, 0.2, 0.4, 0.6], [1, 1, 1, 1, 0, 0, 0, 0]);
  const counts = countsByThreshold(report);
  const best = (/** @type {number} */ falsePositive, /** @type {number} */ falseNegative) =>
    bestThreshold(counts.map((one) => expectedCost(one, { falsePositive, falseNegative }))) / 100;
  assert.ok(best(1, 10) > 0.2 && best(1, 10) <= 0.3);
  assert.ok(best(10, 1) > 0.6 && best(10, 1) <= 0.7);
  assert.equal(expectedCost(counts[0], { falsePositive: 2, falseNegative: 5 }), 1);
  assert.equal(expectedCost(counts[100], { falsePositive: 2, falseNegative: 5 }), 2.5);
});

test("the calibration error is the mean distance, by rows", () => {
  const calibration = {
    probability: [0.1, null, 0.8],
    share: [0.3, null, 0.7],
    count: [30, 0, 10],
  };
  assert.ok(Math.abs(calibrationError(calibration) - (0.75 * 0.2 + 0.25 * 0.1)) < 1e-12);
});

test("the zero of a plane is a straight line, that of a cone a circle", () => {
  for (const [x1, y1, x2, y2] of zeroLines((i, j) => i + 2 * j - 7.5, 8, 8)) {
    assert.ok(Math.abs(x1 + 2 * y1 - 7.5) < 1e-9 && Math.abs(x2 + 2 * y2 - 7.5) < 1e-9);
  }
  const circle = zeroLines((i, j) => Math.hypot(i - 20, j - 20) - 12, 41, 41);
  const length = circle.reduce((sum, [x1, y1, x2, y2]) => sum + Math.hypot(x2 - x1, y2 - y1), 0);
  assert.ok(Math.abs(length - 2 * Math.PI * 12) < 0.5);
  assert.ok(circle.every(([x, y]) => Math.abs(Math.hypot(x - 20, y - 20) - 12) < 0.05));
});
