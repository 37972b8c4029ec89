/** The wasm module underneath core.js: its memory, its functions, its way of telling mistakes. */

/** @typedef {import("../protocol.js").Mistake} Mistake */

/** @enum {number} tt_status */
export const Status = { OK: 0, FINISHED: 1, STOPPED_EARLY: 2, DIVERGED: 3, NO_MEMORY: 6 };

/** A mistake of the user, or of the file. */
export class UserMistake extends Error {
  /** @param {Partial<Mistake> & { message: string }} mistake */
  constructor(mistake) {
    super(mistake.message);
    /** @type {Mistake} */
    this.mistake = { key: "", line: 0, column: 0, ...mistake };
  }
}

/** Something would not fit into memory. */
export class OutOfMemory extends UserMistake {}

/** The module's memory and functions, and the one tt_error that all calls share. */
export class Wasm {
  /** @param {BufferSource} bytes the module: tabtrain.wasm */
  static async load(bytes) {
    const imports = { env: { emscripten_notify_memory_growth() {} } };
    const { instance } = await WebAssembly.instantiate(bytes, imports);
    return new Wasm(instance.exports);
  }

  /** @param {WebAssembly.Exports} exports */
  constructor(exports) {
    this.memory = /** @type {WebAssembly.Memory} */ (exports.memory);
    this.call = /** @type {Record<string, (...values: number[]) => number>} */ (
      /** @type {unknown} */ (exports)
    );
    this.call._initialize();
    this.error = this.call.error_new();
    this.encoder = new TextEncoder();
    this.decoder = new TextDecoder();
  }

  /**
   * Room for `size` bytes during `use`.
   * @template T
   * @param {number} size
   * @param {(pointer: number) => T} use
   * @returns {T}
   */
  withBytes(size, use) {
    const pointer = this.alloc(size);
    try {
      return use(pointer);
    } finally {
      this.call.free(pointer);
    }
  }

  /**
   * Copies of `texts` in wasm memory, each ended by a zero, during `use`.
   * @template T
   * @param {string[]} texts
   * @param {(...pointers: number[]) => T} use
   * @returns {T}
   */
  withTexts(texts, use) {
    const encoded = texts.map((text) => this.encoder.encode(`${text}\0`));
    const size = encoded.reduce((sum, { length }) => sum + length, 0);
    return this.withBytes(size, (start) => {
      let end = start;
      const pointers = encoded.map((bytes) => {
        this.write(end, bytes);
        end += bytes.length;
        return end - bytes.length;
      });
      return use(...pointers);
    });
  }

  /** @param {number} size */
  alloc(size) {
    const pointer = this.call.alloc(size) >>> 0;
    if (pointer === 0) {
      throw new OutOfMemory({ message: "There is not enough memory in this tab." });
    }
    return pointer;
  }

  /**
   * @param {number} pointer
   * @param {Uint8Array} bytes
   */
  write(pointer, bytes) {
    new Uint8Array(this.memory.buffer, pointer, bytes.length).set(bytes);
  }

  /**
   * @param {number} pointer
   * @param {number} length
   */
  doubles(pointer, length) {
    return new Float64Array(this.memory.buffer, pointer, length).slice();
  }

  /**
   * @param {number} pointer
   * @param {number} length
   */
  floats(pointer, length) {
    return new Float32Array(this.memory.buffer, pointer >>> 0, length).slice();
  }

  /**
   * @param {number} pointer
   * @param {number} length
   */
  integers(pointer, length) {
    return new Int32Array(this.memory.buffer, pointer, length).slice();
  }

  /**
   * @param {number} pointer
   * @param {number} length
   */
  bytes(pointer, length) {
    return new Uint8Array(this.memory.buffer, pointer, length).slice();
  }

  /** @param {number} pointer to a text that ends with a zero */
  text(pointer) {
    const bytes = new Uint8Array(this.memory.buffer, pointer >>> 0);
    return this.decoder.decode(bytes.subarray(0, bytes.indexOf(0)));
  }

  /**
   * The bytes of a text of the core's making, which is freed.
   * @param {number} pointer to a text that ends with a zero
   */
  takeBytes(pointer) {
    if (pointer === 0) {
      throw new OutOfMemory({ message: "There is not enough memory in this tab." });
    }
    const bytes = new Uint8Array(this.memory.buffer, pointer >>> 0);
    const copy = bytes.slice(0, bytes.indexOf(0));
    this.call.text_free(pointer);
    return copy;
  }

  /**
   * Parses a JSON text of the core's making, and frees it.
   * @param {number} pointer
   * @returns {any}
   */
  takeJson(pointer) {
    if (pointer === 0) {
      throw new OutOfMemory({ message: "There is not enough memory in this tab." });
    }
    const text = this.text(pointer);
    this.call.text_free(pointer);
    return JSON.parse(text);
  }

  /** What the last failed call said, to be thrown. */
  failure() {
    const isMemory = this.call.error_status(this.error) === Status.NO_MEMORY;
    return new (isMemory ? OutOfMemory : UserMistake)(this.mistake());
  }

  /** @returns {Mistake} what the last failed call said */
  mistake() {
    return {
      message: this.text(this.call.error_message(this.error)),
      key: this.text(this.call.error_key(this.error)),
      line: this.call.error_line(this.error),
      column: this.call.error_column(this.error),
    };
  }

  /** @param {number} status */
  check(status) {
    if (status !== Status.OK) {
      throw this.failure();
    }
  }

  /** @param {number} pointer a new object, or 0 */
  created(pointer) {
    if (pointer === 0) {
      throw this.failure();
    }
    return pointer >>> 0;
  }
}
