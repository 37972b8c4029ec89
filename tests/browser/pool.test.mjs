// The pool of workers, with workers that are made up: who gets a job, and what becomes of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool, poolSize } from "../../web/race/pool.js";

/** @typedef {import("../../web/protocol.js").Event} Event */

const FILE = new Blob(["a,b\n1,2\n"]);

/** A worker whose runs end when they are told to. */
class FakeClient {
  /** @type {string[]} */
  commands = [];
  run = 0;

  /** @param {(event: Event) => void} onEvent */
  constructor(onEvent) {
    this.onEvent = onEvent;
  }

  /** @param {string} type @param {any} details */
  async send(type, details) {
    this.commands.push(type);
    if (details.settings?.some((/** @type {string[]} */ [key]) => key === "bad")) {
      throw Object.assign(new Error("bad"), { mistake: { message: "bad", key: "bad" } });
    }
    return type === "prepare" ? { run: ++this.run } : {};
  }

  stop() {
    this.commands.push("stop");
  }

  /** @param {string} phase @param {number[]} [rows] */
  tell(phase, rows = [1]) {
    const event = { type: "training", run: this.run, rows: Float64Array.from(rows), mistake: null };
    this.onEvent(/** @type {any} */ ({ ...event, progress: { phase } }));
  }
}

/** @param {number} size */
function newPool(size) {
  /** @type {FakeClient[]} */
  const clients = [];
  const pool = new Pool((onEvent) => {
    const client = new FakeClient(onEvent);
    clients.push(client);
    return /** @type {any} */ (client);
  }, size);
  return { pool, clients };
}

/** @param {string} name */
const job = (name) => ({ file: FILE, settings: /** @type {[string, string][]} */ ([[name, ""]]) });

const settle = () => sleep(5);

test("one core is left to the page, and eight workers are enough", () => {
  assert.deepEqual([1, 2, 4, 32].map(poolSize), [1, 1, 3, 8]);
});

test("jobs wait for a worker, which reads the file once", async () => {
  const { pool, clients } = newPool(2);
  const batch = pool.batch();
  const endings = ["one", "two", "three"].map((name) => batch.run(job(name)));
  await settle();
  assert.equal(clients.length, 2);
  assert.deepEqual(clients[0].commands, ["load", "prepare", "run"]);
  clients[0].tell("finished");
  assert.equal((await endings[0]).phase, "finished");
  await settle();
  assert.deepEqual(clients[0].commands.slice(3), ["prepare", "run"]);
  clients[0].tell("diverged");
  clients[1].tell("stopped_early");
  const phases = (await Promise.all(endings)).map(({ phase }) => phase);
  assert.deepEqual(phases, ["finished", "stopped_early", "diverged"]);
});

test("rows reach the job in order, the last ones before its end", async () => {
  const { pool, clients } = newPool(1);
  /** @type {number[]} */
  const rows = [];
  const ending = pool.batch().run({ ...job("one"), onRows: (some) => rows.push(...some) });
  await settle();
  clients[0].tell("running", [1, 2]);
  clients[0].tell("running", [3]);
  assert.deepEqual(rows, []);
  clients[0].tell("finished", [4]);
  assert.deepEqual(rows, [1, 2, 3, 4]);
  await ending;
});

test("a worker that breaks down fails its job with the reason, and works again", async () => {
  const { pool, clients } = newPool(1);
  const batch = pool.batch();
  const [first, second] = [batch.run(job("one")), batch.run(job("two"))];
  await settle();
  clients[0].onEvent({ type: "failed", message: "The training core broke down." });
  const { phase, mistake } = await first;
  assert.equal(phase, "failed");
  assert.match(mistake?.message ?? "", /broke down/);
  await settle();
  assert.deepEqual(clients[0].commands.slice(3), ["load", "prepare", "run"]);
  clients[0].tell("finished");
  assert.equal((await second).phase, "finished");
});

test("settings that are refused fail one job alone", async () => {
  const { pool, clients } = newPool(1);
  const batch = pool.batch();
  const [bad, good] = [batch.run(job("bad")), batch.run(job("good"))];
  assert.equal((await bad).mistake?.key, "bad");
  await settle();
  clients[0].tell("finished");
  assert.equal((await good).phase, "finished");
});

test("a batch that is cancelled ends its jobs, waiting or running, and no others", async () => {
  const { pool, clients } = newPool(1);
  const [race, other] = [pool.batch(), pool.batch()];
  const ours = [race.run(job("one")), race.run(job("two"))];
  const theirs = other.run(job("three"));
  await settle();
  await race.cancel();
  const phases = (await Promise.all(ours)).map(({ phase }) => phase);
  assert.deepEqual(phases, ["cancelled", "cancelled"]);
  await settle();
  assert.ok(clients[0].commands.includes("pause"));
  clients[0].tell("finished");
  assert.equal((await theirs).phase, "finished");
});

test("a paused batch leaves its core to others and goes on later", async () => {
  const { pool, clients } = newPool(1);
  const [race, other] = [pool.batch(), pool.batch()];
  const ours = race.run(job("one"));
  await settle();
  await race.pause();
  assert.equal(clients[0].commands.at(-1), "pause");
  const theirs = other.run(job("two"));
  await settle();
  assert.equal(clients.length, 2);
  clients[1].tell("finished");
  await theirs;
  await race.resume();
  assert.equal(clients[0].commands.at(-1), "run");
  clients[0].tell("finished");
  assert.equal((await ours).phase, "finished");
});
