/**
 * A formula of the catalogue, set as in a textbook: variables slanted, powers raised, one equation a
 * line. What it cannot read it shows as it is.
 */
import { h } from "./dom.js";

/** A name in backquotes, a word, a variable with its index, a power; else one character. */
const TOKENS =
  /`([^`]+)`|([A-Za-z]{2,}\w*)|(\p{Ll}\p{M}*|[A-Z])(?:_([a-z]+))?|\^(⌊[^⌋]+⌋|.)|([^])/gu;

/** @param {RegExpMatchArray} token */
function setToken([, name, word, variable, index, power, other]) {
  if (name) {
    return h("code", {}, name);
  }
  if (variable) {
    return [h("var", {}, variable), index ? h("sub", {}, index) : null];
  }
  return power ? h("sup", {}, setLine(power)) : (word ?? other);
}

/** @param {string} text @returns {import("./dom.js").Child[]} */
function setLine(text) {
  return [...text.matchAll(TOKENS)].map(setToken);
}

/** @param {string} text */
export function formula(text) {
  const lines = text.split(/;\s+/);
  return h(
    "div",
    { class: "formula" },
    lines.map((line) => h("span", {}, setLine(line))),
  );
}
