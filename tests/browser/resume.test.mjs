// Snapshots of a run: what they bring back, bit for bit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { UserMistake } from "../../web/worker/core.js";
import { ended, open } from "./worker-session.js";

/** @typedef {import("../../web/protocol.js").Setting} Setting */

/** @type {Setting[]} */
const SETTINGS = [
  ["train.epochs", "40"],
  ["model.dropout", "0.2"],
];

/** Trains on. @param {Awaited<ReturnType<typeof open>>} opened @param {"end" | "epoch" | "step"} until */
async function train({ events, run }, until) {
  events.length = 0;
  run(until);
  await ended(events);
}

/** The hash of the weights at the end. @param {Awaited<ReturnType<typeof open>>} opened */
async function finish(opened) {
  await train(opened, "end");
  return (await opened.send("report", { part: "validation" })).hash;
}

test("both branches of a fork begin with the same bits, and one left alone ends as if unforked", async () => {
  const unforked = await open();
  await unforked.prepare(SETTINGS);
  const hash = await finish(unforked);
  const kept = await unforked.send("snapshot", { epoch: 12 });
  assert.equal(kept.epoch, 12);

  const first = await open();
  const { progress } = await first.send("resume", { settings: SETTINGS, snapshots: [kept] });
  assert.equal(progress.step, kept.step);
  assert.deepEqual(progress.keptEpochs, [12]);
  assert.equal(await finish(first), hash);

  const second = await open();
  await second.send("resume", { settings: SETTINGS, snapshots: [kept] });
  const { bytes } = await second.send("snapshot", {});
  assert.deepEqual(await bytes.arrayBuffer(), await kept.bytes.arrayBuffer());
  await second.send("set", { key: "optimizer.adam.lr", value: "0.2" });
  assert.notEqual(await finish(second), hash);
});

test("a run that is resumed in the middle of an epoch ends with the same bits and can go back", async () => {
  const unbroken = await open();
  await unbroken.prepare(SETTINGS);
  await train(unbroken, "epoch");
  const end = await unbroken.send("snapshot", {});
  await train(unbroken, "step");
  const middle = await unbroken.send("snapshot", {});
  assert.equal(middle.step, end.step + 1);
  const hash = await finish(unbroken);

  const resumed = await open();
  const snapshots = [end, middle];
  const { progress } = await resumed.send("resume", { settings: SETTINGS, snapshots });
  assert.equal(progress.step, middle.step);
  assert.equal(progress.phase, "paused");
  assert.deepEqual(progress.keptEpochs, [1]);
  assert.equal(await finish(resumed), hash);
  assert.equal((await resumed.send("rewind", { epoch: 1 })).step, end.step);
  assert.equal(await finish(resumed), hash);
});

test("a finished run goes on with more epochs as if it had had them from the start", async () => {
  const long = await open();
  await long.prepare(SETTINGS);
  const hash = await finish(long);
  const short = await open();
  await short.prepare([["train.epochs", "15"], SETTINGS[1]]);
  await finish(short);
  const last = await short.send("snapshot", {});
  const { progress } = await short.send("resume", { settings: SETTINGS, snapshots: [last] });
  assert.equal(progress.phase, "paused");
  assert.equal(await finish(short), hash);
  const fewer = /** @type {Setting[]} */ ([["train.epochs", "14"], SETTINGS[1]]);
  const refused = short.send("resume", { settings: fewer, snapshots: [last] });
  await assert.rejects(refused, UserMistake);
  assert.equal((await short.send("report", { part: "validation" })).hash, hash);
});

test("an epoch that is not kept cannot be had", async () => {
  const { prepare, send } = await open();
  await prepare(SETTINGS);
  await assert.rejects(send("snapshot", { epoch: 3 }), /Epoch 3 is not kept/);
});

test("a snapshot that cannot be read any more leaves the run as it was", async () => {
  const { prepare, send } = await open();
  await prepare(SETTINGS);
  const { hash } = await send("report", { part: "validation" });
  const kept = await send("snapshot", {});
  const lost = Object.assign(new Blob(), {
    arrayBuffer: () => Promise.reject(new Error("the file is gone")),
  });
  const resumed = send("resume", { settings: SETTINGS, snapshots: [{ ...kept, bytes: lost }] });
  await assert.rejects(resumed, /cannot be read: .*the file is gone/);
  assert.equal((await send("report", { part: "validation" })).hash, hash);
});

test("a resumed run gives way to a newer one", async () => {
  const { prepare, send } = await open();
  await prepare(SETTINGS);
  const kept = await send("snapshot", {});
  const resumed = send("resume", { settings: SETTINGS, snapshots: [kept] });
  const newer = prepare([["train.epochs", "7"]]);
  await assert.rejects(resumed, /A newer command/);
  assert.equal((await newer).progress.step, 0);
});
