// Sessions of the worker in Node, for tests of its commands.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { carryOut } from "../../web/worker/commands.js";
import { Core } from "../../web/worker/core.js";
import { Session } from "../../web/worker/session.js";

/** @typedef {import("../../web/protocol.js").Command} Command */
/** @typedef {import("../../web/protocol.js").Results} Results */
/** @typedef {import("../../web/protocol.js").Event} Event */
/** @typedef {import("../../web/protocol.js").Setting} Setting */
/** @typedef {Extract<Event, { type: "training" }>} TrainingEvent */

const ROOT = join(import.meta.dirname, "../..");
const MODULE = await readFile(join(ROOT, "build/wasm/tabtrain.wasm"));

let lastId = 0;

/** A session with an example in it. @param {string} [name] */
export async function open(name = "iris") {
  /** @type {Event[]} */
  const events = [];
  const core = await Core.load(MODULE);
  const session = new Session(
    core,
    (event) => events.push(event),
    (error) => assert.fail(String(error)),
  );
  const file = new Blob([await readFile(join(ROOT, `examples/${name}.csv`))]);
  /** @param {Blob} blob @param {import("../../web/protocol.js").Setting[]} [settings] */
  const load = (blob, settings = []) =>
    session.load({ id: ++lastId, type: "load", file: blob, settings });
  const prepare = (/** @type {Setting[]} */ settings = []) =>
    session.prepare({ id: ++lastId, type: "prepare", settings });
  const run = (/** @type {"end" | "epoch" | "step"} */ until) =>
    session.run({ id: ++lastId, type: "run", until });
  /**
   * Any command, as the page sends it.
   * @template {Command["type"]} T
   * @param {T} type
   * @param {Omit<Extract<Command, { type: T }>, "id" | "type">} details
   * @returns {Promise<Results[T]>}
   */
  const send = async (type, details) =>
    /** @type {any} */ (
      await carryOut(session, /** @type {any} */ ({ id: ++lastId, type, ...details }))
    );
  const { table } = await load(file);
  return { core, session, events, load, prepare, run, send, file, table };
}

/** @param {Event[]} events */
const trainingEvents = (events) =>
  /** @type {TrainingEvent[]} */ (events.filter(({ type }) => type === "training"));

/** Waits for the event that ends a run. @param {Event[]} events */
export async function ended(events) {
  for (const start = performance.now(); performance.now() - start < 10_000; await sleep(5)) {
    const last = trainingEvents(events).at(-1);
    if (last && last.progress.phase !== "running") {
      return last;
    }
  }
  return assert.fail("the run did not end");
}

/** @param {Event[]} events */
export const allRows = (events) => trainingEvents(events).flatMap(({ rows }) => [...rows]);

/** One column of all rows. @param {Core} core @param {Event[]} events @param {string} key */
export function column(core, events, key) {
  const index = core.catalogue.history.findIndex((each) => each.key === key);
  return allRows(events).filter((_, i) => i % core.catalogue.history.length === index);
}
