/**
 * The page's side of protocol.js.
 */
import { endWorker, startWorker, workerOf } from "./start-worker.js";
import { t } from "./text/i18n.js";

/** @typedef {import("./protocol.js").Command} Command */
/** @typedef {import("./protocol.js").Event} Event */
/** @typedef {import("./protocol.js").Mistake} Mistake */
/** @typedef {import("./protocol.js").Results} Results */
/** @typedef {{ resolve: (result: any) => void, reject: (error: Error) => void }} Waiting */
/**
 * What a command takes besides its type.
 * @template {Command["type"]} T
 * @typedef {Omit<Extract<Command, { type: T }>, "id" | "type">} Details
 */

/** A module of one function that makes a vector: valid only where wasm has SIMD. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
]);

/** A command that was refused; `mistake` says why and where. */
export class CommandError extends Error {
  /** @param {Mistake} mistake */
  constructor(mistake) {
    super(mistake.message);
    this.mistake = mistake;
  }
}

/** The browser lacks something that training needs. */
export class UnsupportedBrowser extends Error {
  /** @param {"wasm-simd" | "module-workers"} feature */
  constructor(feature) {
    const name = {
      "wasm-simd": t("WebAssembly with SIMD"),
      "module-workers": t("module workers"),
    };
    super(
      t(
        "This browser has no {feature}, which training needs. Chrome and Edge from version 91, Firefox from 114 and Safari from 16.4 have it.",
        { feature: name[feature] },
      ),
    );
    this.feature = feature;
  }
}

/** Fails with UnsupportedBrowser where training is not possible. */
export function checkBrowser() {
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(SIMD_MODULE)) {
    throw new UnsupportedBrowser("wasm-simd");
  }
  const probe = workerOf("");
  endWorker(probe);
  if (!probe.readsType) {
    throw new UnsupportedBrowser("module-workers");
  }
}

/**
 * Sends commands to the worker and hands out its events. The worker starts with the first command.
 * After a "failed" event it is gone, all it held is lost, and the next command starts a new one.
 */
export class TrainerClient {
  #onEvent;
  /** @type {import("./start-worker.js").StartedWorker | null} */
  #started = null;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #lastId = 0;
  /** The present worker has said something. */
  #answered = false;

  /** @param {(event: Event) => void} onEvent */
  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  /** Starts the worker ahead of the first command. */
  wake() {
    this.#started ??= this.#start();
    return this.#started;
  }

  /**
   * @template {Command["type"]} T
   * @param {T} type
   * @param {Details<T>} details
   * @returns {Promise<Results[T]>} fails with a CommandError
   */
  async send(type, details) {
    const { worker } = this.wake();
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, type, ...details });
    });
  }

  /** Ends the worker with all it holds. Commands without a reply fail with `message`. */
  stop(message = t("The trainer was stopped.")) {
    if (this.#started) {
      endWorker(this.#started);
      this.#started = null;
    }
    const unanswered = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of unanswered) {
      reject(new CommandError({ message, key: "", line: 0, column: 0 }));
    }
  }

  #start() {
    this.#answered = false;
    const started = startWorker("worker.js", document.baseURI);
    started.worker.onmessage = ({ data }) => this.#receive(data);
    started.worker.onerror = (event) => {
      event.preventDefault();
      const why = event.message || t("its files do not load");
      this.#fail(
        this.#answered
          ? t("The trainer broke down: {why}.", { why })
          : t("The trainer cannot be started: {why}.", { why }),
      );
    };
    return started;
  }

  /** @param {any} message */
  #receive(message) {
    this.#answered = true;
    if (message.type === "failed") {
      this.#fail(message.message);
    } else if (message.type) {
      this.#onEvent(message);
    } else {
      this.#settle(message);
    }
  }

  /** @param {{ id: number, ok: boolean, result?: any, mistake?: any }} reply */
  #settle({ id, ok, result, mistake }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (ok) {
      waiting?.resolve(result);
    } else {
      waiting?.reject(new CommandError(mistake));
    }
  }

  /** @param {string} message */
  #fail(message) {
    this.stop(message);
    this.#onEvent({ type: "failed", message });
  }
}
