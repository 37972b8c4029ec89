// What the tab can do at the most: floating point operations a second, and bytes read a second.

import { answer } from "../answer.mjs";
import { FLOPS_PER_TURN, MEMORY_BYTES, probeModule } from "../probe-module.mjs";

/** @typedef {{ multiplyAdd: number, fused: number | null, read: number }} Limits GFLOP/s, GFLOP/s, GB/s */

const hasFused = WebAssembly.validate(probeModule(true));
const instance = new WebAssembly.Instance(new WebAssembly.Module(probeModule(hasFused)));
const probe = /** @type {Record<string, any>} */ (instance.exports);
new Uint8Array(probe.memory.buffer).fill(1);

const TIMES = 4;

/**
 * The mean of some times, as what is compared with the limit is a mean over its time: what else the
 * machine does meanwhile slows both down.
 * @param {() => number} work
 * @returns {number} seconds
 */
function time(work) {
  work();
  const begin = performance.now();
  for (let i = 0; i < TIMES; i++) {
    work();
  }
  return (performance.now() - begin) / 1000 / TIMES;
}

/** About 10 ms. */
const TURNS = 5e5;

/** @param {"multiplyAdd" | "fused"} name */
function gigaflops(name) {
  return (TURNS * FLOPS_PER_TURN) / time(() => probe[name](TURNS, 0.75, 0.25)) / 1e9;
}

answer({
  /** @returns {Limits} */
  measure: () => ({
    multiplyAdd: gigaflops("multiplyAdd"),
    fused: hasFused ? gigaflops("fused") : null,
    read: MEMORY_BYTES / time(() => probe.read(0, MEMORY_BYTES)) / 1e9,
  }),
});
