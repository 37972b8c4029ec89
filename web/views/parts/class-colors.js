/**
 * Colours of classes and of values: the same class has the same colour everywhere.
 */
import { listen, whenGone } from "./dom.js";

/** Colours in the style sheet: --class-1 to --class-10. */
const N_COLORS = 10;

/** @typedef {[red: number, green: number, blue: number]} Color */

/** Cividis, which every kind of colour vision sees as rising: Nuñez, Anderton and Renslow, 2018. @type {Color[]} */
const VALUES = [
  [0, 32, 81],
  [60, 77, 110],
  [127, 124, 117],
  [187, 175, 113],
  [253, 234, 69],
];

/** @param {number} index of a class */
export const className = (index) => `class-${(index % N_COLORS) + 1}`;

/** @param {string} name of a colour in the style sheet, written as #rrggbb @returns {Color} */
export function cssColor(name) {
  const text = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const value = Number.parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** @param {Color} a @param {Color} b @param {number} share of b @returns {Color} */
export const mix = (a, b, share) => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** @param {number} share of the range of values @returns {Color} */
export function valueColor(share) {
  const at = Math.min(1, Math.max(0, share)) * (VALUES.length - 1);
  const i = Math.min(VALUES.length - 2, Math.floor(at));
  return mix(VALUES[i], VALUES[i + 1], at - i);
}

/** @param {Color} color */
export const toCss = (color) => `rgb(${color.map(Math.round).join(" ")})`;

/** @param {() => void} act called when the page changes between light and dark */
export function whenColorsChange(act) {
  listen(matchMedia("(prefers-color-scheme: dark)"), "change", act);
  const themes = new MutationObserver(act);
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  whenGone(() => themes.disconnect());
}
