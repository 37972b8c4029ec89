/**
 * What a person does in a lesson: guess, then make its runs.
 */

/**
 * @import { State } from "../state.js"
 * @import { Values } from "../settings.js"
 */

/**
 * @typedef {object} Tools
 * @property {State} state
 * @property {(values: Values) => void} change
 * @property {() => Promise<boolean>} prepare
 * @property {() => Promise<void>} train
 */

/** @param {Tools} tools */
export function lessonActions({ state, change, prepare, train }) {
  /** The change that leads from the present settings to others. @param {Values} wanted */
  function changeTo(wanted) {
    const others = Object.keys(state.settings.value).filter((key) => !(key in wanted));
    const defaults = others.map((key) => [key, state.index.value.get(key)?.param.default ?? ""]);
    change({ ...Object.fromEntries(defaults), ...wanted });
  }

  /** @param {number} choice */
  function guess(choice) {
    state.guess.value = choice;
  }

  /** @param {string} key of a run of the lesson @param {string} label */
  async function runLesson(key, label) {
    const lesson = state.lesson.value;
    const run = lesson?.runs.find((one) => one.key === key);
    if (!lesson || !run) {
      return;
    }
    if (state.begun.value && !state.ended.value) {
      await prepare();
    }
    changeTo({ ...lesson.setup, ...run.settings });
    await train();
    if (state.current.value) {
      state.current.value.name = label;
    }
    state.runs.value = [...state.runs.value];
    state.lessonRuns.value = [...new Set([...state.lessonRuns.value, key])];
  }

  return { guess, runLesson };
}
