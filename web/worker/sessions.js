/**
 * The two modules of the worker. A run that wants fused arithmetic takes a session in the module that
 * has both, with the file that was loaded last; that session then stays.
 */

import { carryOut } from "./commands.js";
import { Core, UserMistake } from "./core.js";
import { overtaken } from "./session.js";

/** @typedef {import("../protocol.js").Command} Command */
/** @typedef {import("./commands.js").CommandOf<"load">} Load */
/** @typedef {import("./session.js").Session} Session */
/** @typedef {(core: Core, lastRun: number) => Session} OpenSession */

/** @param {Command} command that may begin a run */
const wantsFused = (command) =>
  (command.type === "prepare" || command.type === "resume") &&
  command.settings.some(([key, value]) => key === "train.arithmetic" && value === "fused");

export class Sessions {
  #session;
  #fetchFused;
  #openSession;
  #isFused = false;
  /** @type {Load | null} */
  #load = null;
  /** The newest command that changes what is there. @type {Command | null} */
  #newest = null;

  /**
   * @param {Core} core
   * @param {() => Promise<Core>} fetchFused gives a core that has both arithmetics
   * @param {OpenSession} openSession
   */
  constructor(core, fetchFused, openSession) {
    this.#session = openSession(core, 0);
    this.#fetchFused = fetchFused;
    this.#openSession = openSession;
  }

  /** @param {Command} command */
  async carryOut(command) {
    if (command.type === "load" || command.type === "prepare" || command.type === "resume") {
      this.#newest = command;
    }
    if (wantsFused(command) && !this.#isFused) {
      return this.#move(command);
    }
    const result = await carryOut(this.#session, command);
    if (command.type === "load") {
      this.#load = command;
    }
    return result;
  }

  /** @param {Command} command */
  async #move(command) {
    const old = this.#session;
    old.stop();
    const next = this.#openSession(await this.#fetchFused(), old.lastRun);
    if (this.#load !== null) {
      await next.load(this.#load);
    }
    const result = await carryOut(next, command);
    if (this.#newest !== command) {
      throw overtaken();
    }
    next.loadedModel = old.loadedModel;
    this.#session = next;
    this.#isFused = true;
    return result;
  }
}

/** @param {URL} address of the module with both arithmetics */
export async function fetchFused(address) {
  try {
    const response = await fetch(address);
    if (!response.ok) {
      throw new Error(String(response.status));
    }
    return await Core.load(await response.arrayBuffer());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserMistake({
      message: `The module with fused arithmetic does not load here: ${why}. Choose "exact".`,
      key: "train.arithmetic",
    });
  }
}
