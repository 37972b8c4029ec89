// How long the worker computes before it looks for messages: a press of Pause is one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Pace, Turns } from "../../web/worker/slices.js";

const SHORTEST_MS = 8;
const LONGEST_MS = 20;
const SLICES = 20;
const DETOUR_MS = 4;

/** @param {Pace} pace @param {number} unitMs what a unit of work takes */
function settle(pace, unitMs) {
  for (let slice = 0; slice < SLICES; slice++) {
    pace.adapt(pace.work * unitMs, true);
  }
  return pace.work * unitMs;
}

test("slices of small and of large networks are neither long nor many", () => {
  for (const unitMs of [0.001, 0.01, 0.3, 1, 7, 11, 16, 19]) {
    const milliseconds = settle(new Pace(), unitMs);
    assert.ok(milliseconds <= LONGEST_MS, `${unitMs} ms a unit: ${milliseconds} ms a slice`);
    assert.ok(milliseconds >= SHORTEST_MS, `${unitMs} ms a unit: ${milliseconds} ms a slice`);
  }
});

test("a unit that takes longer than a slice is a slice", () => {
  const pace = new Pace();
  settle(pace, 80);
  assert.equal(pace.work, 1);
});

test("slices get shorter when the machine gets slower, and longer again", () => {
  const pace = new Pace();
  settle(pace, 0.1);
  assert.ok(settle(pace, 5) <= LONGEST_MS);
  assert.ok(settle(pace, 0.1) >= SHORTEST_MS);
});

test("a slice that ended before its time says nothing of the pace", () => {
  const pace = new Pace();
  settle(pace, 0.1);
  const { work } = pace;
  pace.adapt(1, false);
  assert.equal(pace.work, work);
});

test("once a message has been late, a turn comes to its end without one", async () => {
  const { MessageChannel } = globalThis;
  /** @type {() => void} */
  let arrive = () => assert.fail("no message was sent");
  globalThis.MessageChannel = /** @type {any} */ (
    class {
      port1 = { onmessage: () => {} };
      port2 = { postMessage: () => (arrive = this.port1.onmessage) };
    }
  );
  const turns = new Turns();
  globalThis.MessageChannel = MessageChannel;
  const late = turns.next();
  await setTimeout(2 * DETOUR_MS);
  arrive();
  await late;
  await turns.next();
  arrive();
  const second = turns.next();
  arrive();
  await second;
});
