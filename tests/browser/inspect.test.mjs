// The commands that look inside a run (web/worker/commands-inspect.js), in Node.

import assert from "node:assert/strict";
import { test } from "node:test";
import { UserMistake } from "../../web/worker/core.js";
import { allRows, ended, open } from "./session.js";

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
