import { UserMistake } from "../core.js";

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

/** The bytes of a file, unpacked where gzip has packed them; they can be read more than once. */
export class FileBytes {
  #file;
  #isPacked;
  #head;

  /** @param {Blob} file */
  static async open(file) {
    const head = await file.slice(0, HEAD_BYTES).arrayBuffer().catch(unreadable);
    return new FileBytes(file, new Uint8Array(head));
  }

  /** @param {Blob} file @param {Uint8Array} head its first bytes */
  constructor(file, head) {
    this.#file = file;
    this.#head = head;
    this.#isPacked = isGzip(head);
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
    const reader = (this.#isPacked ? this.#unpacked(count) : this.#file.stream()).getReader();
    try {
      for (let part = await this.#next(reader); part; part = await this.#next(reader)) {
        yield part;
        await onPart(this.#isPacked ? done : count(part.length));
      }
    } finally {
      reader.cancel().catch(() => {});
    }
  }

  /** The first bytes. */
  async head() {
    if (!this.#isPacked) {
      return this.#head;
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

  /** @param {(n: number) => void} count */
  #unpacked(count) {
    const unpack = new DecompressionStream("gzip");
    return this.#file.stream().pipeThrough(counter(count)).pipeThrough(unpack);
  }

  /** The next part; undefined at the end. @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader */
  async #next(reader) {
    try {
      return (await reader.read()).value;
    } catch (error) {
      return this.#isPacked ? damaged() : unreadable(error);
    }
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
