/** The worker's side of protocol.js: each command in, one reply and any events out. */

import { fetchFused, Sessions } from "./sessions.js";
import { Core, UserMistake } from "./core.js";
import { Session } from "./session.js";
import { noteMessage } from "./slices.js";
import { warmUp } from "./warm-up.js";

/** @typedef {import("../protocol.js").Command} Command */

/** When what a person wanted first has been done. */
const WARM_UP_MS = 1000;

// Bundled, this file lies beside the module at the top of the site.
const sessions = fetch(new URL("tabtrain.wasm", import.meta.url))
  .then((response) => response.arrayBuffer())
  .then((bytes) => Core.load(bytes))
  .then((core) => {
    setTimeout(() => warmUp(core).catch(crash), WARM_UP_MS);
    return new Sessions(core, loadFused, openSession);
  });
sessions.catch(crash);

const loadFused = () => fetchFused(new URL("tabtrain-fused.wasm", import.meta.url));

/** @type {import("./sessions.js").OpenSession} */
const openSession = (core, lastRun) => new Session(core, post, crash, lastRun);

/**
 * @param {object} message
 * @param {Transferable[]} [transfer]
 */
function post(message, transfer = []) {
  self.postMessage(message, { transfer });
}

/**
 * A trap or lack of memory leaves the module in an unknown state: nothing more can be done with it.
 * @param {unknown} error
 */
function crash(error) {
  self.onmessage = null;
  const reason = error instanceof Error ? error.message : String(error);
  post({ type: "failed", message: `The training core broke down: ${reason}.` });
}

/** @param {object | null} result */
function arraysIn(result) {
  return Object.values(result ?? {})
    .filter((value) => ArrayBuffer.isView(value))
    .map(({ buffer }) => buffer);
}

/** @param {Command} command */
async function answer(command) {
  try {
    const result = await (await sessions).carryOut(command);
    post({ id: command.id, ok: true, result }, arraysIn(result));
  } catch (error) {
    if (!(error instanceof UserMistake)) {
      throw error;
    }
    post({ id: command.id, ok: false, mistake: error.mistake });
  }
}

self.onmessage = ({ data }) => {
  noteMessage();
  answer(data).catch(crash);
};
