/**
 * Views of the present weights: they ask the worker again as the run goes on, a few times a second,
 * never twice at once, and rest while nobody looks.
 */
import { untracked } from "@preact/signals-core";
import { watch, whenGone } from "./dom.js";

/**
 * @template T
 * @typedef {object} Follower
 * @property {() => boolean} wanted whether somebody looks; reactive
 * @property {() => void} reads reads what the question depends on besides the weights; reactive
 * @property {() => Promise<T | null>} ask null when there is no answer
 * @property {(answer: T | null) => void} show
 * @property {(error: unknown) => void} [fail]
 * @property {() => number} [gap] milliseconds between two questions
 */

/** Between two questions, where the follower does not say otherwise. */
const GAP_MS = 220;

/**
 * @template T
 * @param {import("./fields.js").Context} context
 * @param {Follower<T>} follower
 */
export function follow({ state }, { wanted, reads, ask, show, fail, gap = () => GAP_MS }) {
  let busy = false;
  let due = false;
  let gone = false;
  let timer = 0;

  async function askOnce() {
    try {
      const answer = await ask();
      if (!gone) {
        show(answer);
      }
    } catch (error) {
      if (!gone) {
        fail?.(error);
      }
    }
  }

  async function work() {
    busy = true;
    while (due && !gone) {
      due = false;
      await askOnce();
      await new Promise((resolve) => (timer = window.setTimeout(resolve, gap())));
    }
    busy = false;
  }

  watch(() => {
    state.drawn.value;
    state.restored.value;
    state.preparing.value;
    reads();
    if (wanted()) {
      due = true;
      untracked(() => !busy && work());
    }
  });
  whenGone(() => {
    gone = true;
    clearTimeout(timer);
  });
}
