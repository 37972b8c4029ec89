// The parts of the benchmark that need no other system.

import assert from "node:assert/strict";
import { test } from "node:test";
import { disagreements, WEIGHTS_APART } from "../../tools/bench/agreement.mjs";
import { datasetText, fileText } from "../../tools/bench/csv-text.mjs";
import { makeData, makeWeights } from "../../tools/bench/data.mjs";
import { PlainNetwork } from "../../tools/bench/plain-network.mjs";
import { FLOPS_PER_TURN, MEMORY_BYTES, probeModule } from "../../tools/bench/probe-module.mjs";
import { report, table } from "../../tools/bench/report.mjs";
import { difference, median, ratios } from "../../tools/bench/statistics.mjs";
import { flopsPerRow, READING, rowsIn, TRAINING } from "../../tools/bench/workloads.mjs";

/** @typedef {import("../../tools/bench/workloads.mjs").Workload} Workload */

/** Small, and with edges that tiles of 2, 3 and 4 do not cover. @type {Workload} */
const SMALL = {
  title: "small",
  widths: [5, 7, 3],
  activation: "tanh",
  task: "multiclass",
  rows: 9,
  optimizer: { kind: "sgd", rate: 1 },
  batch: 9,
};

test("the median lies in the middle, in any order", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

test("ratios are taken round by round", () => {
  assert.deepEqual(ratios([10, 40, 30], [5, 10, 10]), { median: 3, low: 2, high: 4 });
});

test("a difference is found, and weights that are no numbers differ", () => {
  assert.deepEqual(difference([3, 4], [3, 4]), { largest: 0, relative: 0 });
  assert.deepEqual(difference([3, 5], [3, 4]), { largest: 1, relative: 0.2 });
  assert.ok(Number.isNaN(difference([3, NaN], [3, 4]).relative));
  assert.equal(difference([3], [3, 4]).relative, Infinity);
});

test("useful operations leave out the input gradient of the first layer", () => {
  // 784 x 128 twice, 128 x 10 three times, a multiplication and an addition each.
  assert.equal(flopsPerRow(TRAINING.W4), 2 * (2 * 784 * 128 + 3 * 128 * 10));
});

test("rows of steps count the smaller last batch", () => {
  assert.equal(rowsIn(TRAINING.W2, 4), 128);
  assert.equal(rowsIn(TRAINING.W2, 5), 150);
  assert.equal(rowsIn(TRAINING.W2, 11), 332);
});

for (const task of /** @type {const} */ (["regression", "binary", "multiclass"])) {
  for (const activation of /** @type {const} */ (["relu", "tanh"])) {
    test(`the plain network's gradient is that of its loss: ${task}, ${activation}`, () => {
      const widths = task === "multiclass" ? [5, 7, 6, 3] : [5, 7, 6, 1];
      const workload = { ...SMALL, widths, task, activation };
      const data = makeData(workload);
      // Biases apart from 0, where relu has a kink.
      const start = Float64Array.from(
        makeWeights(workload),
        (weight, i) => weight + 0.1 * Math.sin(i),
      );
      const network = new PlainNetwork(workload, start);
      network.step(data, 0, SMALL.rows);
      const stepped = network.weights;
      const lossAt = (/** @type {number} */ i, /** @type {number} */ by) => {
        const moved = start.with(i, start[i] + by);
        return new PlainNetwork(workload, moved).loss(data, 0, SMALL.rows);
      };
      start.forEach((weight, i) => {
        const slope = (lossAt(i, 1e-5) - lossAt(i, -1e-5)) / 2e-5;
        assert.ok(Math.abs(weight - stepped[i] - slope) < 1e-6, `weight ${i}: ${slope}`);
      });
    });
  }
}

test("a rate that is 1 % off is a disagreement", () => {
  for (const key of ["W1", "W2"]) {
    const workload = TRAINING[key];
    const data = makeData(workload);
    const [right, wrong] = [1, 1.01].map((factor) => {
      const optimizer = { ...workload.optimizer, rate: factor * workload.optimizer.rate };
      const network = new PlainNetwork({ ...workload, optimizer }, makeWeights(workload));
      for (let step = 0; step < 10; step++) {
        network.step(data, 0, workload.batch);
      }
      return network.weights;
    });
    assert.ok(difference(wrong, right).relative > WEIGHTS_APART, key);
  }
});

test("whoever computes or reads something else is named", () => {
  /** @param {string} title @param {number} relative */
  const trained = (title, relative) => ({
    title,
    rates: [1],
    startLoss: 1,
    endLoss: 1,
    difference: { largest: relative, relative },
  });
  /** @param {string} title @param {number} rows @param {number} sum */
  const read = (title, rows, sum) => ({ title, speeds: [1], memory: null, rows, sum });
  const found = disagreements({
    training: {
      W1: { rows: { a: trained("right", 1e-6), b: trained("wrong", 0.01) }, limits: [] },
      W2: { rows: { a: trained("not a number", NaN) }, limits: [] },
    },
    reading: {
      C1: {
        megabytes: 1,
        rows: {
          a: read("first", 10, 5),
          b: read("same", 10, 5.00001),
          c: read("short", 9, 5),
          d: read("off", 10, 5.1),
        },
      },
    },
  });
  assert.deepEqual(
    found.map((text) => text.split(" ")[0]),
    ["W1:", "W2:", "C1:", "C1:"],
  );
  ["wrong", "not a number", "short", "off"].forEach((title, i) =>
    assert.ok(found[i].includes(title)),
  );
});

test("a data set survives its CSV text", () => {
  const { features, targets } = makeData(SMALL);
  const [header, ...lines] = [...datasetText({ features, targets })].join("").trim().split("\n");
  assert.equal(header, "x1,x2,x3,x4,x5,y");
  const cells = lines.map((line) => line.split(",").map(Number));
  assert.deepEqual(cells.map((row) => row.slice(0, 5)).flat(), [...features]);
  assert.deepEqual(
    cells.map((row) => row[5]),
    [...targets],
  );
});

test("files to read have the size and the columns that are asked for", () => {
  for (const workload of Object.values(READING)) {
    const text = [...fileText({ ...workload, megabytes: 0.5 })].join("");
    assert.ok(text.length > 5e5 && text.length < 1.2e6, `${text.length}`);
    const [first] = text.split("\n");
    assert.equal(first.split(",").length, workload.columns);
  }
});

test("the probe computes what it says, in every chain and byte", () => {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(probeModule(false)));
  const { multiplyAdd, read, memory } = /** @type {any} */ (instance.exports);
  // Thirteen chains that begin at c: one turn is four times x = x m + c.
  assert.equal(multiplyAdd(1, 0.5, 1), 13 * 1.9375);
  assert.equal(FLOPS_PER_TURN, 13 * 4 * 4 * 2);
  const bytes = new Int32Array(memory.buffer);
  bytes[0] = 5;
  bytes[MEMORY_BYTES / 4 - 4] = 3;
  assert.equal(read(0, MEMORY_BYTES), 6);
  assert.equal(read(0, MEMORY_BYTES - 128), 5);
});

test("a table is markdown, figures at the right", () => {
  const lines = ["|          |  W1 |", "| -------- | --: |", "| tabtrain |   5 |"];
  assert.equal(table(["", "W1"], [["tabtrain", "5"]]), lines.join("\n"));
});

test("a report tells rates, ratios, shares of the limit, and who was left out by a dash", () => {
  /** @param {string} title @param {number[]} rates */
  const row = (title, rates) => ({ title, rates, startLoss: 2, endLoss: 0.5 });
  const aligned = report({
    date: "2026-01-31",
    machine: "a machine",
    browser: "1",
    rounds: 3,
    seconds: 1,
    training: {
      W4: {
        rows: {
          tabtrain: row("tabtrain", [1e5, 2e5, 3e5]),
          slow: row("slow", [1e4, 1e4, 1e4]),
          absent: { ...row("absent", []), skipped: "not installed" },
        },
        limits: [1, 2, 3].map((n) => ({ multiplyAdd: 81 * n, fused: null, read: 10 })),
      },
    },
    reading: {
      C1: {
        megabytes: 100,
        rows: {
          fast: { title: "fast", speeds: [150], memory: 99.6, grown: 80, rows: 1e6, sum: 1 },
        },
      },
    },
    page: { workload: "W5", longestTask: 12.3, tasks: 400, pauses: [10, 20, 40] },
  });
  const text = aligned.replaceAll(/ +/g, " ");
  assert.match(text, /\| tabtrain \| 200,000 \|/);
  assert.match(text, /\| slow \| 20 \(10 to 30\) \|/);
  assert.match(text, /\| tabtrain, useful GFLOP\/s \| 82 \|/);
  assert.match(text, /\| share of the multiply-and-add limit \| 51 % \|/);
  assert.match(text, /\| limit, fused multiply-add, GFLOP\/s \| – \|/);
  assert.doesNotMatch(text, /\| absent \|/);
  assert.match(text, /\| slow \| 2\.00 → 0\.500 \|/);
  assert.match(text, /\| fast \| 150 \|/);
  assert.match(text, /C1 takes 160 MB/);
  assert.match(text, /\| fast \| 99\.6 \(80\.0\) \|/);
  assert.match(
    text,
    /takes 12 ms \(400 tasks\), and Pause is obeyed after 20 ms \(40 ms at the most/,
  );
});
