/** Files read into tables: the part of core.js that knows CSV. */

import { Handle } from "./handle.js";

/** @typedef {import("./core.js").Config} Config */
/** @typedef {import("./wasm.js").Wasm} Wasm */

const CSV_CHUNK_BYTES = 1 << 18;
const N_SO_FAR = 3;

/** Bytes of a CSV file in, in chunks of any size; a table out. */
export class CsvReader extends Handle {
  #buffer;

  /**
   * @param {Wasm} wasm
   * @param {Config} config
   */
  constructor(wasm, config) {
    super(wasm, wasm.created(wasm.call.csv_new(config.pointer, wasm.error)), wasm.call.csv_free);
    this.#buffer = wasm.alloc(CSV_CHUNK_BYTES);
  }

  free() {
    this.wasm.call.free(this.#buffer);
    this.#buffer = 0;
    super.free();
  }

  /** @param {Uint8Array} bytes */
  feed(bytes) {
    const { wasm, pointer } = this;
    for (let start = 0; start < bytes.length; start += CSV_CHUNK_BYTES) {
      const chunk = bytes.subarray(start, start + CSV_CHUNK_BYTES);
      wasm.write(this.#buffer, chunk);
      wasm.check(wasm.call.csv_feed(pointer, this.#buffer, chunk.length, wasm.error));
    }
  }

  /** What has been read. */
  soFar() {
    const { wasm, pointer } = this;
    const [nRows, nLeftOut, nColumns] = wasm.withBytes(
      N_SO_FAR * Float64Array.BYTES_PER_ELEMENT,
      (out) => {
        wasm.call.csv_so_far(pointer, out);
        return wasm.doubles(out, N_SO_FAR);
      },
    );
    return { nRows, nLeftOut, nColumns };
  }

  /** Does a piece of the work of finish(). @returns {boolean} whether it was the last */
  finishPiece() {
    const { wasm, pointer } = this;
    const left = wasm.call.csv_finish_piece(pointer, wasm.error);
    if (left < 0) {
      throw wasm.failure();
    }
    return left === 0;
  }

  finish() {
    const { wasm, pointer } = this;
    return new Table(wasm, wasm.created(wasm.call.csv_finish(pointer, wasm.error)));
  }
}

export class Table extends Handle {
  /**
   * @param {Wasm} wasm
   * @param {number} pointer
   */
  constructor(wasm, pointer) {
    super(wasm, pointer, wasm.call.table_free);
  }

  get nRows() {
    return this.wasm.call.table_n_rows(this.pointer);
  }

  /** @param {number} nRows rows to show */
  json(nRows) {
    return this.wasm.takeJson(this.wasm.call.table_json(this.pointer, nRows));
  }
}
