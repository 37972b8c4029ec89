// Predicting a whole file (web/worker/predict-table.js and scores.js), in Node.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { open } from "./worker-session.js";

/** @typedef {import("../../web/protocol.js").Setting} Setting */

const ROOT = join(import.meta.dirname, "../..");
const PREDICT = join(ROOT, "build/release/predict");

const folder = await mkdtemp(join(tmpdir(), "tabtrain-"));
after(() => rm(folder, { recursive: true }));

/** A session whose run on a file has ended. @param {Blob} file @param {Setting[]} [settings] */
async function trained(file, settings = []) {
  const { session, send } = await open();
  await send("load", { file, settings: [] });
  await send("prepare", {
    settings: [["train.epochs", "6"], ["split.validation", "0"], ...settings],
  });
  const { trainer } = session.needRun();
  while (trainer.progress().status === 0) {
    trainer.run(trainer.progress().totalSteps, 1000);
    trainer.takeHistory();
  }
  return send;
}

/** @param {string} name */
const example = async (name) => new Blob([await readFile(join(ROOT, `examples/${name}.csv`))]);

/** What the native program prints. @param {Uint8Array} model @param {Blob} file */
async function natively(model, file) {
  const paths = ["kept.model", "rows.csv"].map((name) => join(folder, name));
  await writeFile(paths[0], model);
  await writeFile(paths[1], new Uint8Array(await file.arrayBuffer()));
  const options = { maxBuffer: 1 << 26 };
  return (await promisify(execFile)(PREDICT, paths, options)).stdout;
}

for (const name of ["iris", "diabetes", "moons", "wine", "digits"]) {
  test(`${name}: scores are those of the report`, async () => {
    const file = await example(name);
    const send = await trained(file);
    const { scores, nRows } = await send("predict", { which: "present", file, settings: [] });
    const { summary } = await send("report", { part: "training" });
    assert.equal(scores.length, 1);
    assert.equal(scores[0].nRows, nRows);
    for (const [key, value] of Object.entries(scores[0].metrics)) {
      const told = summary.metrics.find((/** @type {any} */ metric) => metric.key === key).value;
      assert.ok(
        Math.abs(Number(value) - told) <= 1e-5 * Math.abs(told),
        `${key}: ${value} ${told}`,
      );
    }
  });

  test(`${name}: the CSV is that of ./run predict`, { skip: !existsSync(PREDICT) }, async () => {
    const file = await example(name);
    const send = await trained(file);
    const { bytes } = await send("model", { which: "best" });
    const { csv } = await send("predict", { which: "best", file, settings: [] });
    assert.equal(await csv.text(), await natively(bytes, file));
  });
}

test("odd rows are predicted as natively, too", { skip: !existsSync(PREDICT) }, async () => {
  const send = await trained(await example("iris"));
  const file = new Blob([
    'note;petal_width_cm;petal_length_cm;sepal_width_cm;sepal_length_cm\n"a, ""b""";0.2;1.4;?;5.1\n',
    "plain;1.3;many;2.9;6.0\n",
  ]);
  const { bytes } = await send("model", { which: "best" });
  const { csv, scores } = await send("predict", { which: "best", file, settings: [] });
  assert.equal(await csv.text(), await natively(bytes, file));
  assert.deepEqual(scores, []);
});

test("the first rows say what the CSV says", async () => {
  const file = await example("iris");
  const send = await trained(file);
  const { first, csv } = await send("predict", { which: "present", file, settings: [] });
  const lines = (await csv.text()).split("\r\n").slice(1, first.rows.length + 1);
  assert.equal(first.rows.length, 20);
  const told = first.rows.map(({ cells, predicted, probabilities }) =>
    [...cells, ...predicted, ...probabilities].join(","),
  );
  assert.deepEqual(told, lines);
  assert.deepEqual([first.rows[0].line, first.rows[19].line], [2, 21]);
});

test("rows without a target are left out of its scores, unknown classes are wrong", async () => {
  const send = await trained(await example("iris"), [["train.epochs", "40"]]);
  const row = (/** @type {string} */ species) => `5.1,3.5,1.4,0.2,${species}\n`;
  const names = "sepal_length_cm,sepal_width_cm,petal_length_cm,petal_width_cm,species\n";
  const file = new Blob([names, ...["setosa", "setosa", "", "lily"].map(row)]);
  const { scores } = await send("predict", { which: "present", file, settings: [] });
  assert.deepEqual(scores, [
    { target: "species", nRows: 3, metrics: { accuracy: 2 / 3, balanced_accuracy: 0.5 } },
  ]);
});

test("each label is scored for itself", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const x = (i % 20) - 9.5;
    return `${x},${x > 0 ? "yes" : "no"},${x > 3 ? 1 : 0}\n`;
  });
  const file = new Blob(["x,warm,hot\n", ...rows]);
  const send = await trained(file, [["data.target", "warm, hot"]]);
  const { scores, csv } = await send("predict", { which: "present", file, settings: [] });
  const cells = (await csv.text())
    .trim()
    .split("\r\n")
    .slice(1)
    .map((line) => line.split(","));
  const right = (/** @type {number} */ at) => cells.filter((row) => row[at] === row[at + 2]).length;
  assert.deepEqual(
    scores.map(({ target, metrics }) => [target, metrics.accuracy]),
    [
      ["warm", right(1) / 60],
      ["hot", right(2) / 60],
    ],
  );
});

test("classes with long names are told apart when they are scored", async () => {
  const names = ["no", "yes"].map((end) => "A long answer to a question. ".repeat(12) + end);
  const rows = Array.from({ length: 60 }, (_, i) => `${i},"${names[Number(i >= 30)]}"`);
  const file = new Blob([`x,answer\n${rows.join("\n")}\n`]);
  const send = await trained(file, [["train.epochs", "100"]]);
  const { scores } = await send("predict", { which: "present", file, settings: [] });
  const { summary } = await send("report", { part: "training" });
  const told = summary.metrics.find((/** @type {any} */ { key }) => key === "accuracy").value;
  assert.ok(told > 0.8, `${told}`);
  assert.ok(Math.abs(Number(scores[0].metrics.accuracy) - told) < 1e-5);
});
