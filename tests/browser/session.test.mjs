// The worker's side of web/protocol.js, in Node; what depends on time is tested in worker.spec.js,
// because Node reads a thousand messages of a channel before it looks at anything else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { carryOut } from "../../web/worker/commands.js";
import { UserMistake } from "../../web/worker/core.js";
import { allRows, column, ended, open } from "./worker-session.js";

/** @typedef {import("../../web/protocol.js").Setting} Setting */

test("a prepared run has been evaluated once, and is at its start", async () => {
  const { core, prepare, table } = await open();
  const { run, dataset, trainer, progress, history } = await prepare();
  assert.equal(table.n_rows, 150);
  assert.equal(run, 1);
  assert.ok(dataset && trainer.n_parameters > 0);
  assert.equal(progress.phase, "ready");
  assert.equal(history.length, core.catalogue.history.length);
});

test("a fold is prepared as the core deals it: other rows, and another repeat other seeds", async () => {
  const { session, prepare, send } = await open();
  const settings = /** @type {Setting[]} */ ([
    ["split.folds", "5"],
    ["split.repeats", "2"],
  ]);
  const prepareFold = (/** @type {number} */ repeat, /** @type {number} */ fold) =>
    send("prepare", { settings, fold: { repeat, fold } });
  const lossOf = (/** @type {{ history: Float64Array }} */ { history }) =>
    history[session.catalogue().history.findIndex(({ key }) => key === "validation_loss")];
  const first = await prepareFold(1, 1);
  assert.equal(first.dataset.n_validation, 30);
  assert.equal(lossOf(await prepare(settings)), lossOf(first));
  const byHand = await prepare([
    ...settings,
    ["split.fold", "3"],
    ["split.seed", "1"],
    ["model.seed", "1"],
    ["train.seed", "1"],
  ]);
  assert.equal(lossOf(await prepareFold(2, 3)), lossOf(byHand));
  assert.notEqual(lossOf(byHand), lossOf(first));
  await assert.rejects(prepareFold(1, 6), /folds are 1 to 5/);
});

test("a run to the end tells every epoch", async () => {
  const { core, events, prepare, run } = await open();
  await prepare([["train.epochs", "20"]]);
  assert.equal(run("end").phase, "running");
  const { progress, mistake } = await ended(events);
  assert.equal(progress.phase, "finished");
  assert.equal(progress.epoch, 20);
  assert.equal(mistake, null);
  assert.equal(allRows(events).length, 20 * core.catalogue.history.length);
});

test("the same settings give the same curve", async () => {
  const { core, events, prepare, run } = await open();
  const width = core.catalogue.history.length;
  const seconds = core.catalogue.history.findIndex(({ key }) => key === "seconds");
  const curves = [];
  for (let i = 0; i < 2; i++) {
    await prepare([["train.epochs", "10"]]);
    events.length = 0;
    run("end");
    await ended(events);
    curves.push(allRows(events).filter((_, j) => j % width !== seconds));
  }
  assert.deepEqual(curves[0], curves[1]);
});

test("rows tell the seconds of training, and going back turns the clock back", async () => {
  const { core, session, events, prepare, run } = await open();
  await prepare([["train.epochs", "20"]]);
  run("end");
  const { progress } = await ended(events);
  const seconds = column(core, events, "seconds");
  assert.ok(seconds.every((now, i) => now > (seconds[i - 1] ?? 0)));
  assert.equal(seconds.at(-1), progress.seconds);
  assert.ok(session.rewind({ id: 1, type: "rewind", epoch: 5 }).seconds < progress.seconds);
  events.length = 0;
  run("epoch");
  await ended(events);
  const [again] = column(core, events, "seconds");
  assert.ok(again > 0 && again < progress.seconds + seconds[0], `${again}`);
});

test("step does one batch, epoch the rest of the epoch", async () => {
  const { events, prepare, run } = await open();
  const { progress } = await prepare();
  for (const [until, step] of /** @type {const} */ ([
    ["step", 1],
    ["step", 2],
    ["epoch", progress.stepsPerEpoch],
    ["epoch", 2 * progress.stepsPerEpoch],
  ])) {
    events.length = 0;
    run(until);
    assert.equal((await ended(events)).progress.step, step);
  }
});

test("a file that cannot be used leaves the table as it was", async () => {
  const { load, prepare } = await open();
  await assert.rejects(load(new Blob([""])), UserMistake);
  const { dataset } = await prepare([["data.target", "species"]]);
  assert.equal(dataset.n_classes, 3);
});

test("settings that cannot be used leave the run as it was", async () => {
  const { session, prepare } = await open();
  const { run } = await prepare();
  for (const setting of /** @type {Setting[]} */ ([
    ["data.target", "colour"],
    ["optimizer.adam.lr", "fast"],
    ["metric", "r2"],
  ])) {
    await assert.rejects(prepare([setting]), UserMistake);
  }
  assert.equal(session.pause().phase, "ready");
  assert.equal((await prepare()).run, run + 1);
});

test("a newer file takes the place of one being read", async () => {
  const { load, file } = await open();
  const [older, newer] = await Promise.allSettled([load(file), load(file)]);
  assert.equal(older.status, "rejected");
  assert.equal(newer.status, "fulfilled");
});

test("a reading that is cancelled leaves the table, and takes its memory with it", async () => {
  const { core, load, prepare, send, file } = await open();
  const inUse = core.memoryInUse();
  const reading = load(new Blob(Array(20_000).fill(file)));
  await send("cancelLoad", {});
  await assert.rejects(reading, /newer command/);
  assert.ok(Math.abs(core.memoryInUse() - inUse) < 1000);
  assert.equal((await prepare()).dataset.n_training, 120);
});

test("a file with fewer rows than asked for leaves the table", async () => {
  const { send, prepare } = await open();
  const file = new Blob(["a,b\n1,2\n"]);
  await assert.rejects(send("load", { file, settings: [], least: 2 }), /only one row/);
  assert.equal((await prepare()).dataset.n_training, 120);
  assert.equal((await send("load", { file, settings: [] })).table.n_rows, 1);
});

test("a file that needs more memory than it may have tells how many of its rows fit", async () => {
  const { core, send } = await open();
  const rows = Array.from({ length: 50_000 }, (_, i) => `${i / 8},${(i * 7919) % 1000}\n`);
  const file = new Blob(["a,b\n", ...Array(10).fill(rows.join(""))]);
  const most = core.memoryInUse() + 2 ** 25;
  /** @type {import("../../web/protocol.js").Fits} */
  let fits = { rows: 0, of: 0, share: 1 };
  await assert.rejects(send("load", { file, settings: [], most }), ({ mistake }) => {
    fits = mistake.fits;
    return /About [\d,]+ of about 500,000 rows fit/.test(mistake.message);
  });
  assert.equal(fits.of, 500_000);
  assert.ok(fits.rows > 100_000 && fits.rows < 300_000, `${fits.rows}`);
  /** @type {[string, string][]} */
  const settings = [["data.sample_share", String(fits.share)]];
  const { table } = await send("load", { file, settings, most });
  assert.equal(table.n_rows + table.n_left_out, 500_000);
  assert.ok(Math.abs(table.n_rows / (500_000 * fits.share) - 1) < 0.02);
  const prepared = await send("prepare", { settings });
  assert.equal(prepared.dataset.n_training + prepared.dataset.n_validation, table.n_rows);
  assert.ok(core.memoryInUse() < most, "the data set fits, too");
});

test("the data set is made anew only when the settings or the table ask for it", async () => {
  const { core, load, prepare, file } = await open();
  let made = 0;
  const { newDataset } = core;
  core.newDataset = (table, config) => {
    made += 1;
    return newDataset.call(core, table, config);
  };
  await prepare();
  await prepare([["optimizer", "sgd"]]);
  assert.equal(made, 1);
  await prepare([["split.seed", "1"]]);
  await prepare([
    ["split.seed", "1"],
    ["scaler", "minmax"],
  ]);
  assert.equal(made, 3);
  await load(file);
  await prepare([
    ["split.seed", "1"],
    ["scaler", "minmax"],
  ]);
  assert.equal(made, 4);
});

test("a run that diverges says so and keeps finite weights", async () => {
  const { events, prepare, run, send } = await open("diabetes");
  await prepare([
    ["optimizer", "sgd"],
    ["optimizer.sgd.lr", "100"],
  ]);
  run("end");
  const { progress, mistake } = await ended(events);
  assert.equal(progress.phase, "diverged");
  assert.match(mistake?.message ?? "", /step/i);
  const { predictions } = await send("report", { part: "validation" });
  assert.ok(predictions.every(Number.isFinite));
});

test("a report that another run overtakes says so", async () => {
  const { load, prepare, send } = await open();
  const rows = Array.from({ length: 200_000 }, (_, i) => `${i % 1000},${i % 77}\n`);
  await load(new Blob(["a,b\n", ...rows]));
  await prepare();
  const report = send("report", { part: "training" });
  await Promise.all([
    assert.rejects(report, /newer command/),
    prepare([["data.sample_share", "0.001"]]),
  ]);
});

test("a live setting changes the run under way, another one is refused", async () => {
  const { session, prepare } = await open();
  await prepare();
  session.set({ id: 1, type: "set", key: "optimizer.adam.lr", value: "0.5" });
  assert.equal(session.pause().learningRate, 0.5);
  assert.throws(
    () => session.set({ id: 2, type: "set", key: "train.epochs", value: "5" }),
    UserMistake,
  );
});

test("commands that need a run say so when there is none", async () => {
  const { session } = await open();
  assert.throws(() => session.pause(), /prepare/);
});

test("tells a few of the parameters", async () => {
  const { session, prepare } = await open();
  const { trainer } = await prepare();
  const all = session.needRun().trainer.parameters();
  const places = [0, trainer.tensors[1].offset, trainer.n_parameters - 1];
  const { values } = await carryOut(session, { id: 1, type: "parameters", places });
  assert.deepEqual(
    [...values],
    places.map((place) => all[place]),
  );
});
