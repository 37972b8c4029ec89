// The commands that look inside a run (web/worker/commands-inspect.js), in Node.

import assert from "node:assert/strict";
import { test } from "node:test";
import { UserMistake } from "../../web/worker/core.js";
import { allRows, ended, open } from "./worker-session.js";

const LOOK = /** @type {const} */ ({ part: "training", rows: 50, bins: 12 });

test("an inspection has the layers, bins and units of the network", async () => {
  const { prepare, send } = await open();
  await prepare([["model.hidden", "7,5"]]);
  const { part, n_rows, layers } = await send("inspect", LOOK);
  assert.equal(part, "training");
  assert.equal(n_rows, 50);
  assert.deepEqual(
    layers.map(({ name, activation, n_in, n_out }) => [name, activation, n_in, n_out]),
    [
      ["hidden 1", "relu", 4, 7],
      ["hidden 2", "relu", 7, 5],
      ["output", "", 5, 3],
    ],
  );
  for (const { weights, gradients, before, after, units, n_in, n_out } of layers) {
    for (const [histogram, n] of /** @type {const} */ ([
      [weights, n_in * n_out],
      [gradients, n_in * n_out],
      [before, 50 * n_out],
      [after, 50 * n_out],
    ])) {
      assert.equal(histogram.counts.length, 12);
      assert.equal(
        histogram.counts.reduce((sum, count) => sum + count, 0),
        n,
      );
    }
    assert.equal(units.mean.length, n_out);
  }
});

test("a weight's gradient is the sum of its terms, and the difference agrees", async () => {
  const { prepare, send } = await open();
  await prepare([["regularizer", "l2"]]);
  const e = await send("explain", { tensor: 2, row: 1, column: 3, rows: 20 });
  assert.equal(e.name, "hidden 2 weight");
  assert.equal(e.terms.length, 20);
  const sum = e.terms.reduce((all, { input, delta }) => all + input * delta, 0);
  assert.ok(Math.abs(sum / e.weight + e.penalty - e.gradient) < 1e-6);
  assert.ok(Math.abs(e.difference - e.gradient) < 1e-5);
  assert.ok(e.loss_above !== e.loss_below);
});

test("a weight that is not there is refused in words", async () => {
  const { prepare, send } = await open();
  await prepare();
  await assert.rejects(
    send("explain", { tensor: 0, row: 99, column: 0, rows: 20 }),
    (error) => error instanceof UserMistake && /row 100/.test(error.message),
  );
});

test("looking changes nothing of a run", async () => {
  const curves = [];
  for (const looks of [false, true]) {
    const { core, events, prepare, run, send, session } = await open();
    await prepare([["train.epochs", "8"]]);
    for (let epoch = 1; epoch <= 8; epoch++) {
      run("epoch");
      if (looks) {
        await send("inspect", LOOK);
      }
      await ended(events);
    }
    const width = core.catalogue.history.length;
    const seconds = core.catalogue.history.findIndex(({ key }) => key === "seconds");
    curves.push(allRows(events).filter((_, i) => i % width !== seconds));
    assert.equal(session.pause().phase, "finished");
  }
  assert.deepEqual(curves[1], curves[0]);
});

test("a run that diverges has an autopsy that leads to a row of the file", async () => {
  const { prepare, send, load } = await open();
  const lines = Array.from({ length: 60 }, (_, i) => `${i % 7},${i === 41 ? "1e30" : i % 5}`);
  await load(new Blob([`a,b\n${lines.join("\n")}\n`]));
  const { progress } = await prepare([
    ["data.task", "regression"],
    ["data.scale_target", "0"],
    ["split.validation", "0"],
  ]);
  assert.equal(progress.phase, "diverged");
  const { autopsy } = await send("autopsy", {});
  assert.equal(autopsy?.origin, "loss");
  assert.equal(autopsy?.table_row, 41);
  const { columns, rows } = await send("tableRows", { rows: [autopsy?.table_row ?? -1] });
  assert.deepEqual(columns, ["a", "b"]);
  assert.deepEqual(rows, [{ row: 41, line: 43, cells: ["6", "1e30"] }]);
});

test("a good run has no autopsy", async () => {
  const { prepare, send } = await open();
  await prepare();
  assert.deepEqual(await send("autopsy", {}), { autopsy: null });
});

test("rows of a report lead back to rows of the table", async () => {
  const { prepare, send, load, file } = await open();
  const { dataset } = await prepare();
  const { targets, rows } = await send("report", { part: "validation" });
  assert.equal(rows.length, targets.length);
  const table = await send("tableRows", { rows: [...rows] });
  assert.deepEqual(
    table.rows.map(({ cells }) => cells.at(-1)),
    [...targets].map((index) => dataset.classes[index].name),
  );
  await assert.rejects(
    send("tableRows", { rows: [150] }),
    (error) => error instanceof UserMistake && /no row 151/.test(error.message),
  );
  assert.deepEqual((await send("tableRows", { rows: [] })).rows, []);
  await load(file);
  await assert.rejects(send("tableRows", { rows: [0] }), /another file/);
});

test("baselines are those of the task", async () => {
  const { prepare, send } = await open();
  await prepare([["split.validation", "0"]]);
  const { baselines } = await send("baselines", {});
  assert.deepEqual(
    baselines.map(({ key }) => key),
    ["majority", "prior"],
  );
  assert.equal(baselines[0].loss, null);
  assert.ok(Math.abs((baselines[1].loss ?? 0) - Math.log(3)) < 1e-6);
  assert.ok(Math.abs((baselines[1].metric ?? 0) - 1 / 3) < 1e-12);
});

test("samples rows of a part, spread over it", async () => {
  const { prepare, send } = await open();
  const { dataset } = await prepare([["split.method", "order"]]);
  const few = await send("sampleRows", { part: "training", most: 4 });
  const step = dataset.n_training / 4;
  assert.deepEqual(
    few.rows.map(({ row }) => row),
    [0, 1, 2, 3].map((i) => Math.floor(i * step)),
  );
  const all = await send("sampleRows", { part: "validation", most: 1000 });
  assert.equal(all.rows.length, dataset.n_validation);
  assert.equal(all.rows[0].row, dataset.n_training);
});

test("columns are described with their relation to the target, run or no run", async () => {
  const { send } = await open();
  const described = await send("describe", { columns: [2, 4], settings: [], bins: 8 });
  assert.equal(described.target, "species");
  assert.equal(described.task, "multiclass");
  const [length, species] = described.columns;
  assert.equal(length.name, "petal_length_cm");
  assert.deepEqual([length.min, length.median, length.max], [1, 4.35, 6.9]);
  assert.equal(
    length.histogram?.counts.reduce((sum, count) => sum + count, 0),
    150,
  );
  assert.equal(length.relation?.measure, "eta_squared");
  // Between 437.1028, within 27.2226: Fisher's table of the iris, by analysis of variance.
  assert.ok(Math.abs((length.relation?.value ?? 0) - 437.1028 / (437.1028 + 27.2226)) < 1e-5);
  assert.deepEqual(
    species.levels.map(({ text, count }) => [text, count]),
    described.classes.map((name) => [name, 50]),
  );
  assert.equal(species.relation, null);
});
