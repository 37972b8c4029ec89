// Numbers as the page shows them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { formatMarks, formatMetric, formatNumber } from "../../web/text/format.js";

test("numbers have few digits, and powers of ten where they are shorter", () => {
  const shown = [0, 1, 0.123456, 1234.56, 13210, 0.00001234, 524387654, 1.234e12, NaN, null].map(
    (value) => formatNumber(value),
  );
  assert.deepEqual(shown, [
    "0",
    "1",
    "0.1235",
    "1235",
    "13,210",
    "1.23e-5",
    "524,400,000",
    "1.23e12",
    "–",
    "–",
  ]);
});

test("the marks of an axis can be told apart", () => {
  assert.deepEqual(formatMarks([1.09861, 1.09862, 1.09863]), ["1.09861", "1.09862", "1.09863"]);
  assert.deepEqual(formatMarks([-0.2, 1e-17, 0.2]), ["-0.2", "0", "0.2"]);
  assert.deepEqual(formatMarks([-1.5, 0, 0.04]), ["-1.5", "0", "0.04"]);
  assert.deepEqual(formatMarks([-0.04, 0, 1.5]), ["-0.04", "0", "1.5"]);
  assert.deepEqual(formatMarks([-2e5, 0, 5e5]), ["-200K", "0", "500K"]);
  assert.deepEqual(formatMarks([1234000, 1234500]), ["1.234M", "1.2345M"]);
  assert.deepEqual(formatMarks([5]), ["5"]);
  assert.deepEqual(formatMarks([]), []);
});

test("metrics that are shares of one are percentages, others numbers", () => {
  const texts = { key: "", label: "", help: "", formula: "", source: "", differs: "" };
  const names = { pytorch: "", keras: "", sklearn: "" };
  const metric = { ...texts, names, params: [], tasks: ["binary"], auto_tasks: [] };
  assert.equal(formatMetric({ ...metric, share: true }, 0.96666), "96.7 %");
  assert.equal(formatMetric({ ...metric, share: false }, 0.96666), "0.9667");
  assert.equal(formatMetric(undefined, 2), "2");
});
