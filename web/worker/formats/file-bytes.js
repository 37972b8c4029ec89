import { UserMistake } from "../core.js";
import { FIRST_BYTES, readAhead } from "./read-ahead.js";

/** @typedef {import("./read-ahead.js").Bytes} Bytes */
/** @typedef {(done: number) => void | Promise<void>} OnPart */

/** Enough to tell one format from another. */
const HEAD_BYTES = 512;

/** @param {Uint8Array} head */
const isGzip = ([first, second]) => first === 0x1f && second === 0x8b;

/**
 * Counts the bytes that pass.
 * @param {(n: number) => void} count
 * @returns {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>}
 */
const counter = (count) =>
  new TransformStream({
    transform(part, controller) {
      count(part.length);
      controller.enqueue(part);
    },
  });

/** @param {Blob} file @param {Bytes} first its first bytes */
async function* plain(file, first) {
  try {
    yield* readAhead(file, first);
  } catch (error) {
    unreadable(error);
  }
}

/** @param {Blob} file @param {(n: number) => void} count called with the packed bytes that are read */
async function* unpacked(file, count) {
  const unpack = new DecompressionStream("gzip");
  const reader = file.stream().pipeThrough(counter(count)).pipeThrough(unpack).getReader();
  const next = () => reader.read().catch(damaged);
  try {
    for (let { value } = await next(); value; { value } = await next()) {
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** The bytes of a file, unpacked where gzip has packed them; they can be read more than once. */
export class FileBytes {
  #file;
  #isPacked;
  #first;

  /** @param {Blob} file */
  static async open(file) {
    const first = await file.slice(0, FIRST_BYTES).arrayBuffer().catch(unreadable);
    return new FileBytes(file, new Uint8Array(first));
  }

  /** @param {Blob} file @param {Bytes} first its first FIRST_BYTES */
  constructor(file, first) {
    this.#file = file;
    this.#first = first;
    this.#isPacked = isGzip(first);
  }

  /** Bytes of the file as it is, packed or not. */
  get size() {
    return this.#file.size;
  }

  /**
   * @param {OnPart} [onPart] called with the bytes of the file that have been read, each time a part
   *     has been worked on, and waited for; what it throws ends the reading
   */
  async *parts(onPart = () => {}) {
    let done = 0;
    const count = (/** @type {number} */ n) => (done += n);
    const parts = this.#isPacked ? unpacked(this.#file, count) : plain(this.#file, this.#first);
    for await (const part of parts) {
      yield part;
      await onPart(this.#isPacked ? done : count(part.length));
    }
  }

  /** The first bytes. */
  async head() {
    if (!this.#isPacked) {
      return this.#first.subarray(0, HEAD_BYTES);
    }
    /** @type {number[]} */
    const bytes = [];
    for await (const part of this.parts()) {
      bytes.push(...part.subarray(0, HEAD_BYTES - bytes.length));
      if (bytes.length === HEAD_BYTES) {
        break;
      }
    }
    return new Uint8Array(bytes);
  }

  /** All of it at once. */
  async blob() {
    if (!this.#isPacked) {
      return this.#file;
    }
    const parts = [];
    for await (const part of this.parts()) {
      parts.push(part);
    }
    return new Blob(parts);
  }
}

/** @param {unknown} error @returns {never} */
function unreadable(error) {
  throw new UserMistake({ message: `The file cannot be read: ${error}. Choose it once more.` });
}

/** @returns {never} */
function damaged() {
  throw new UserMistake({
    message:
      "This file is compressed by gzip and cannot be unpacked: it is damaged, incomplete, or made of several parts. Unpack it first.",
  });
}
