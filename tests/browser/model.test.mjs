// The commands that ask a model (web/worker/commands-model.js), in Node.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { UserMistake } from "../../web/worker/core.js";
import { open } from "./worker-session.js";

/** @typedef {import("../../web/protocol.js").Setting} Setting */

const ROOT = join(import.meta.dirname, "../..");
const IRIS = (await readFile(join(ROOT, "examples/iris.csv"), "utf8")).replaceAll("_cm", "");

/** A run on the iris flowers that has ended. @param {Setting[]} [settings] */
async function trained(settings = []) {
  const opened = await open();
  const { session, send } = opened;
  await send("load", { file: new Blob([IRIS]), settings: [] });
  await send("prepare", { settings: [["train.epochs", "15"], ...settings] });
  const { trainer } = session.needRun();
  while (trainer.progress().status === 0) {
    trainer.run(trainer.progress().totalSteps, 1000);
    trainer.takeHistory();
  }
  return opened;
}

/** @param {Promise<any>} promise @param {RegExp} message */
const refused = (promise, message) =>
  assert.rejects(promise, (error) => error instanceof UserMistake && message.test(error.message));

test("a model tells its columns as they were in training", async () => {
  const { send } = await trained([["split.validation", "0"]]);
  const info = await send("columnsInfo", { which: "present" });
  assert.equal(info.task, "multiclass");
  assert.deepEqual(info.outputs, ["setosa", "versicolor", "virginica"]);
  assert.equal(info.columns.length, 4);
  const { name, coding, min, max, median } = info.columns[3];
  assert.deepEqual([name, coding, min, max, median], ["petal_width", "number", 0.1, 2.5, 1.3]);
});

test("a saved model predicts in a session that has no run", async () => {
  const { send, session } = await trained();
  const { bytes } = await send("model", { which: "best" });
  const other = await open();
  await refused(other.send("columnsInfo", { which: "loaded" }), /No model is loaded/);
  const info = await other.send("useModel", { bytes });
  assert.deepEqual(info, await send("columnsInfo", { which: "best" }));
  const file = new Blob([IRIS]);
  const here = await send("predict", { which: "best", file, settings: [] });
  const there = await other.send("predict", { which: "loaded", file, settings: [] });
  assert.equal(await there.csv.text(), await here.csv.text());
  assert.equal(there.nRows, 150);
  session.needRun().trainer.restoreBest();
  const { predictions } = await send("report", { part: "validation" });
  const text = await there.csv.text();
  const told = predictions.subarray(0, 3);
  const found = text.split("\r\n").some((line) => {
    const values = line.split(",").slice(-3).map(Number);
    return values.every((value, i) => Math.fround(value) === told[i]);
  });
  assert.ok(found, "the report's first row is among the predictions");
});

const NATIVE = ["train", "predict"].map((name) => join(ROOT, "build/release", name));

test("native programs keep the same model", { skip: !NATIVE.every(existsSync) }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "tabtrain-"));
  try {
    const run = promisify(execFile);
    const csv = join(folder, "flowers.csv");
    const kept = join(folder, "flowers.model");
    await writeFile(csv, IRIS);
    await writeFile(join(folder, "flowers.cfg"), "data.file = flowers.csv\ntrain.epochs = 15\n");
    await run(NATIVE[0], [join(folder, "flowers.cfg"), "--model", kept]);
    const { send } = await trained([["data.file", "flowers.csv"]]);
    const { bytes } = await send("model", { which: "present" });
    assert.deepEqual(new Uint8Array(await readFile(kept)), bytes);
    const { stdout } = await run(NATIVE[1], [kept, csv]);
    const file = new Blob([IRIS]);
    const here = await send("predict", { which: "present", file, settings: [] });
    assert.equal(await here.csv.text(), stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("bytes that are no model are refused", async () => {
  const { send } = await open();
  await refused(send("useModel", { bytes: new Uint8Array(0) }), /not a model/);
  await refused(send("useModel", { bytes: new TextEncoder().encode("a,b\n1,2\n") }), /not a model/);
});

test("a table to predict may have its columns in another order, and gaps", async () => {
  const { send } = await trained();
  const csv = "petal_width;name;petal_length;sepal_width;sepal_length\n0,2;A;1,4;3,5;5,1\n";
  const points = csv.replaceAll(/(\d),(\d)/g, "$1.$2");
  const file = new Blob([`${points}?;B;many;3.0;6.0\n`]);
  const {
    columns,
    notes,
    nRows,
    csv: result,
  } = await send("predict", {
    which: "present",
    file,
    settings: [],
  });
  assert.equal(nRows, 2);
  assert.deepEqual(columns.slice(0, 2), ["predicted_species", "probability_setosa"]);
  const [head, first] = (await result.text()).split("\r\n");
  assert.match(head, /^petal_width,name,petal_length,sepal_width,sepal_length,predicted_species,/);
  assert.match(first, /^0\.2,A,1\.4,3\.5,5\.1,setosa,0\.\d+/);
  assert.deepEqual(
    notes.map(({ column, kind, lines }) => [column, kind, lines]),
    [
      ["petal_length", "word", [3]],
      ["petal_width", "missing", [3]],
    ],
  );
  await refused(
    send("predict", { which: "present", file: new Blob(["a,b\n1,2\n"]), settings: [] }),
    /no column "sepal_length"/,
  );
});

test("the what-if row agrees with the map at its point, and with the table's row", async () => {
  const { send } = await trained();
  const row = { petal_length: "4.5", petal_width: "1.5" };
  const { values, notes } = await send("whatIf", { which: "present", row });
  assert.deepEqual(notes, []);
  const map = await send("map", {
    which: "present",
    x: { column: "petal_length", n: 2, low: 1, high: 4.5 },
    y: { column: "petal_width", n: 3, low: 1, high: 1.5 },
    base: "typical",
  });
  assert.deepEqual(map.x, [1, 4.5]);
  assert.deepEqual(map.y, [1, 1.25, 1.5]);
  assert.deepEqual([...map.predictions.subarray(-3)], values);
  assert.ok(Math.abs(values[0] + values[1] + values[2] - 1) < 1e-6);
  const cells = IRIS.split("\n")[1].split(",");
  const names = IRIS.split("\n")[0].split(",");
  const whole = Object.fromEntries(names.slice(0, 4).map((name, i) => [name, cells[i]]));
  const of = (/** @type {any} */ base) =>
    send("map", {
      which: "present",
      x: { column: "petal_width", n: 1, low: 2, high: 2 },
      y: null,
      base,
    });
  assert.deepEqual((await of(0)).predictions, (await of(whole)).predictions);
  await refused(of(150), /no row 150/);
  await refused(send("whatIf", { which: "present", row: { colour: "red" } }), /"colour"/);
});

test("a sweep draws a line for each row, and their mean", async () => {
  const { send } = await trained([["split.validation", "0"]]);
  const axis = { column: "petal_length", n: 7 };
  const sweep = await send("sweep", { which: "present", axis, rows: 40, seed: 1 });
  assert.equal(sweep.nLines, 40);
  assert.deepEqual([sweep.points[0], sweep.points[6]], [1, 6.9]);
  assert.equal(sweep.lines.length, 40 * 7 * 3);
  for (let j = 0; j < sweep.mean.length; j++) {
    let sum = 0;
    for (let i = 0; i < 40; i++) {
      sum += sweep.lines[i * sweep.mean.length + j];
    }
    assert.ok(Math.abs(sweep.mean[j] - sum / 40) < 1e-12);
  }
  const all = await send("sweep", { which: "best", axis, rows: 1000, seed: 1 });
  assert.equal(all.nLines, 150);
  await refused(send("sweep", { which: "present", axis, rows: 0, seed: 1 }), /number of rows/);
});

test("petals matter more than sepals", async () => {
  const { send } = await trained([["train.epochs", "80"]]);
  const ask = (/** @type {string} */ column) =>
    send("importance", { which: "present", column, repeats: 10, rows: 1000, seed: 1 });
  const petal = await ask("petal_length");
  const sepal = await ask("sepal_length");
  assert.deepEqual([petal.part, petal.nRows, petal.nShuffles], ["validation", 30, 10]);
  assert.ok(petal.lossRise > 3 * Math.abs(sepal.lossRise));
  assert.deepEqual(await ask("petal_length"), petal);
  await refused(ask("species"), /no column "species"/);
});

test("questions between the slices of a run change none of its bits", async () => {
  const settings = /** @type {Setting[]} */ ([["train.epochs", "40"]]);
  const end = async (/** @type {boolean} */ asked) => {
    const { session, send } = await open();
    await send("load", { file: new Blob([IRIS]), settings: [] });
    await send("prepare", { settings });
    const { trainer } = session.needRun();
    for (let step = 0; trainer.progress().status === 0; step += 9) {
      trainer.run(step, 1000);
      trainer.takeHistory();
      if (asked && step % 2 === 0) {
        const axis = { column: "petal_width", n: 20 };
        const x = { column: "sepal_width", n: 20 };
        await send("map", { which: "present", x, y: axis, base: 3 });
        await send("sweep", { which: "best", axis, rows: 20, seed: step });
        const column = "petal_width";
        await send("importance", { which: "present", column, repeats: 2, rows: 50, seed: 1 });
      }
    }
    return trainer.hash();
  };
  assert.equal(await end(true), await end(false));
});

test("a question whose data go away is answered with a mistake", async () => {
  const { send } = await trained();
  const ask = { column: "petal_width", repeats: 500, rows: 1000, seed: 1 };
  const asked = refused(send("importance", { which: "present", ...ask }), /newer command/);
  await send("prepare", { settings: [["split.seed", "5"]] });
  await asked;
});
