/** An object in wasm memory. */
export class Handle {
  #free;

  /**
   * @param {import("./wasm.js").Wasm} wasm
   * @param {number} pointer
   * @param {(pointer: number) => void} free
   */
  constructor(wasm, pointer, free) {
    this.wasm = wasm;
    this.pointer = pointer;
    this.#free = free;
  }

  /** Twice does no harm. */
  free() {
    if (this.pointer !== 0) {
      this.#free(this.pointer);
      this.pointer = 0;
    }
  }
}
