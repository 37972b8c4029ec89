// The two modules of the worker (web/worker/sessions.js), in Node: the exact one stands for both.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Core } from "../../web/worker/core.js";
import { Session } from "../../web/worker/session.js";
import { Sessions } from "../../web/worker/sessions.js";

const MODULE = await readFile(join(import.meta.dirname, "../../build/wasm/tabtrain.wasm"));

test("another module reads the last file that was taken, not one that was refused", async () => {
  let fetched = 0;
  const openSession = (/** @type {Core} */ core, /** @type {number} */ lastRun) =>
    new Session(
      core,
      () => {},
      (error) => assert.fail(String(error)),
      lastRun,
    );
  const fetchOther = () => {
    fetched++;
    return Core.load(MODULE);
  };
  const sessions = new Sessions(await Core.load(MODULE), fetchOther, openSession);
  const send = (/** @type {any} */ command) => sessions.carryOut({ id: 1, ...command });
  const load = (/** @type {string} */ text) =>
    send({ type: "load", file: new Blob([text]), settings: [] });
  await load("a,y\n1,2\n2,3\n3,5\n4,7\n");
  await assert.rejects(load(""), /empty/);
  const fused = [["train.arithmetic", "fused"]];
  const prepared = send({ type: "prepare", settings: fused });
  // Where nothing fuses, the refusal is the setting's: the file was read.
  await prepared.catch((error) => assert.match(error.message, /fused/i));
  assert.equal(fetched, 1);
});
