/**
 * Keys that do without the mouse what the buttons do. They rest while a field or a dialog has the
 * focus, and can be switched off for those whose software speaks in single keys.
 */
import { remember, remembered } from "./memory.js";

/** @import { Actions } from "./actions/actions.js" */
/** @import { State } from "./state.js" */

const KEY = "shortcuts";

export const areOn = () => remembered(KEY) !== "off";

/** @param {boolean} on */
export const turn = (on) => remember(KEY, on ? "on" : "off");

/** @typedef {{ key: string, act: () => void }} Shortcut */

/** @param {Event} event */
function isTyping({ target }) {
  return (
    target instanceof HTMLElement &&
    target.closest("input, select, textarea, dialog, [contenteditable]") !== null
  );
}

/** @param {{ state: State, actions: Actions }} context @param {{ lessons: () => void, list: () => void }} views @returns {Shortcut[]} */
export function shortcuts({ state, actions }, { lessons, list }) {
  const able = () => Boolean(state.table.value) && !state.refusal.value && !state.awaitsGuess.value;
  const idle = () => able() && !state.running.value;
  const unlessOver = (/** @type {() => void} */ act) => () => {
    if (idle() && (!state.ended.value || state.stale.value)) {
      act();
    }
  };
  return [
    { key: "t", act: () => (state.running.value ? actions.pause() : idle() && actions.train()) },
    { key: "s", act: unlessOver(actions.step) },
    { key: "e", act: unlessOver(actions.stepEpoch) },
    { key: "r", act: () => state.table.value && actions.reset() },
    { key: "l", act: lessons },
    { key: "?", act: list },
  ];
}

/** What a key press does, if anything. @param {KeyboardEvent} event @param {Shortcut[]} known */
export function press(event, known) {
  const { key, ctrlKey, metaKey, altKey } = event;
  const found = known.find((shortcut) => shortcut.key === key.toLowerCase());
  const free = !ctrlKey && !metaKey && !altKey && !event.repeat && !isTyping(event);
  if (found && free && (areOn() || key === "?")) {
    event.preventDefault();
    found.act();
  }
}
