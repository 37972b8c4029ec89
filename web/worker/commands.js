/** What the worker does for each command of protocol.js: a table, put together from one file a topic. */

import { dataHandlers } from "./commands-data.js";
import { inspectHandlers } from "./commands-inspect.js";
import { modelHandlers } from "./commands-model.js";
import { sessionHandlers } from "./commands-session.js";

/** @typedef {import("../protocol.js").Command} Command */
/** @typedef {import("../protocol.js").Results} Results */
/** @typedef {import("./session.js").Session} Session */
/**
 * @template {Command["type"]} T
 * @typedef {Extract<Command, { type: T }>} CommandOf
 */
/**
 * @template {Command["type"]} T
 * @typedef {(session: Session, command: CommandOf<T>) => Results[T] | Promise<Results[T]>} Handler
 */
/** @typedef {{ [T in Command["type"]]: Handler<T> }} Handlers */

/** @type {Handlers} */
const handlers = { ...sessionHandlers, ...dataHandlers, ...inspectHandlers, ...modelHandlers };

/**
 * @template {Command["type"]} T
 * @param {Session} session
 * @param {CommandOf<T>} command
 */
export function carryOut(session, command) {
  const type = /** @type {T} */ (command.type);
  return handlers[type](session, command);
}
