/**
 * The sketches that undo leads back to, and redo forward again.
 */

/** @import { Sketch } from "./sketch.js" */

/** @typedef {{ readonly past: readonly Sketch[], readonly present: Sketch, readonly future: readonly Sketch[] }} History */

const MOST_STEPS = 200;

/** @param {Sketch} present @returns {History} */
export const historyOf = (present) => ({ past: [], present, future: [] });

/**
 * A sketch that was made takes the place of one that was made before it and left as it was, so that
 * one step leads back to what was drawn by hand.
 * @param {History} history
 * @param {Sketch} sketch
 * @returns {History}
 */
export function push({ past, present }, sketch) {
  const replaces = !sketch.edited && !present.edited;
  return {
    past: replaces ? past : [...past, present].slice(-MOST_STEPS),
    present: sketch,
    future: [],
  };
}

/** @param {History} history @returns {History} */
export function undo(history) {
  const { past, present, future } = history;
  const before = past.at(-1);
  return before
    ? { past: past.slice(0, -1), present: before, future: [present, ...future] }
    : history;
}

/** @param {History} history @returns {History} */
export function redo(history) {
  const { past, present, future } = history;
  const [after, ...rest] = future;
  return after ? { past: [...past, present], present: after, future: rest } : history;
}
