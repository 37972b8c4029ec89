/**
 * Random numbers that are the same for a seed in every browser.
 */
import { cosine, logarithm } from "./elementary.js";

/**
 * @typedef {object} Source
 * @property {() => number} random even in [0, 1): mulberry32, by Tommy Ettinger
 * @property {() => number} normal of mean 0 and variance 1: Box and Muller, 1958
 */

/** @param {number} seed a whole number @returns {Source} */
export function randomSource(seed) {
  let state = seed;
  function random() {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }
  const normal = () => Math.sqrt(-2 * logarithm(1 - random())) * cosine(2 * Math.PI * random());
  return { random, normal };
}

/** Puts items in a random order: Fisher and Yates. @template T @param {T[]} items @param {Source} source */
export function shuffle(items, { random }) {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
}
