/**
 * A file in pieces that a thread of its own reads ahead: what a browser hands out of a file passes
 * through the thread that asks for it, and would keep the one that works on it waiting.
 */

import { endWorker, workerOf } from "../../start-worker.js";

/** Pieces begin small, so that work begins soon, and stay so small that others are read meanwhile. */
export const FIRST_BYTES = 1 << 18;
const MOST_BYTES = 1 << 22;

/** Pieces that are asked for beside the one that is worked on. */
const AHEAD = 2;

/** A smaller file has been read before a thread has begun. */
const LARGE_BYTES = 1 << 22;

/** @typedef {{ bytes: ArrayBuffer } | { error: string }} Answer */

/** The program of the thread, which takes its text: parts of a file come in, and their bytes go out. */
function serve() {
  let served = Promise.resolve();
  self.onmessage = ({ data: part }) => {
    const reading = part.arrayBuffer().then(
      (/** @type {ArrayBuffer} */ bytes) => ({ answer: { bytes }, transfer: [bytes] }),
      (/** @type {unknown} */ error) => ({ answer: { error: String(error) }, transfer: [] }),
    );
    served = served.then(async () => {
      const { answer, transfer } = await reading;
      self.postMessage(answer, { transfer });
    });
  };
}

/** Reads parts of a file in the order in which they are asked for. */
class ReadingThread {
  #started = workerOf(`(${serve})()`);
  /** @type {((answer: Answer) => void)[]} */
  #waiting = [];

  constructor() {
    this.#started.worker.onmessage = ({ data }) => this.#waiting.shift()?.(data);
  }

  /** @param {Blob} part @returns {Promise<ArrayBuffer>} */
  read(part) {
    this.#started.worker.postMessage(part);
    return new Promise((resolve, reject) =>
      this.#waiting.push((answer) =>
        "bytes" in answer ? resolve(answer.bytes) : reject(answer.error),
      ),
    );
  }

  /** Whether nothing is asked of it. */
  get isIdle() {
    return this.#waiting.length === 0;
  }

  end() {
    endWorker(this.#started);
  }
}

/** A thread without a file. @type {ReadingThread | null} */
let spare = null;

/** A thread takes longer to begin than a megabyte to be read: one that has begun waits for a file. */
export function prepareReading() {
  if (typeof Worker === "function") {
    spare ??= new ReadingThread();
  }
}

function takeThread() {
  prepareReading();
  const thread = spare;
  spare = null;
  return thread;
}

/** It waits for another file, unless parts are on their way that nobody wants. @param {ReadingThread} thread */
function giveBack(thread) {
  if (thread.isIdle && spare === null) {
    spare = thread;
  } else {
    thread.end();
  }
}

/** What follows the first piece. @param {Blob} file */
function* laterParts(file) {
  let size = FIRST_BYTES;
  for (let start = size; start < file.size; start += size) {
    size = Math.min(2 * size, MOST_BYTES);
    yield file.slice(start, start + size);
  }
}

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/**
 * @param {Blob} file
 * @param {Bytes} first its first FIRST_BYTES
 * @returns {AsyncGenerator<Bytes>}
 */
export async function* readAhead(file, first) {
  const thread = file.size > LARGE_BYTES ? takeThread() : null;
  const asked = [Promise.resolve(first)];
  try {
    for (const part of laterParts(file)) {
      const bytes = (thread ? thread.read(part) : part.arrayBuffer()).then(
        (buffer) => new Uint8Array(buffer),
      );
      // One that is not waited for any more may fail unheard.
      bytes.catch(() => {});
      asked.push(bytes);
      if (asked.length > AHEAD) {
        yield /** @type {Promise<Bytes>} */ (asked.shift());
      }
    }
    yield* asked;
  } finally {
    if (thread) {
      giveBack(thread);
    }
  }
}
