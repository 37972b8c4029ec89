/**
 * The network in words, and what the arrow keys lead to.
 */
import { t } from "../../text/i18n.js";
import { readLayers } from "../../settings.js";
import { formatCount, formatNumber } from "../../text/format.js";

/**
 * @import { State } from "../../state.js"
 * @import { LineMark, UnitMark } from "./network-drawing.js"
 * @import { Column, Places } from "./network-shape.js"
 */

/** Values of the drawn weights and biases, as the places are. @typedef {Places} Weights */
/** @typedef {UnitMark | LineMark} Mark */

const MOST_LISTED = 3;

/** @param {Column} column @param {number} at of the column @param {number} place */
function unitName({ kind, names, shown }, at, place) {
  const n = shown[place] + 1;
  switch (kind) {
    case "input":
      return t("input {name}", { name: names[place] });
    case "output":
      return names[place] ? t("output {name}", { name: names[place] }) : t("output {n}", { n });
    default:
      return t("hidden layer {layer}, unit {n}", { layer: at, n });
  }
}

/** The strongest of the weights that lead to a unit, in words. @param {Column} from @param {number} at @param {number[]} weights */
function strongest(from, at, weights) {
  return weights
    .map((weight, i) => ({ weight, i }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_LISTED)
    .map(({ weight, i }) => `${unitName(from, at, i)}: ${formatNumber(weight, 3)}`)
    .join("; ");
}

/** What the picture says of a line or unit. @param {State} state @param {Column[]} columns @param {Weights[] | null} weights @param {Mark} mark */
export function describe(state, columns, weights, mark) {
  const { at, unit } = mark;
  const name = unitName(columns[at], at, unit);
  const layer = weights?.[at - 1];
  if ("from" in mark) {
    const from = unitName(columns[at - 1], at - 1, mark.from);
    const weight = formatNumber(layer?.weights[unit][mark.from], 4);
    return t("From {from} to {to}: weight {weight}", { from, to: name, weight });
  }
  if (at === 0) {
    return name;
  }
  const parts = [name];
  if (layer?.biases.length) {
    parts.push(t("bias {bias}", { bias: formatNumber(layer.biases[unit], 4) }));
  }
  if (columns[at].kind === "hidden") {
    const key = readLayers(state.value)[at - 1]?.activation;
    const family = state.catalogue.value?.families.find((one) => one.key === "activation");
    parts.push(family?.rows.find((row) => row.key === key)?.label ?? key);
  }
  const from = layer && strongest(columns[at - 1], at - 1, layer.weights[unit]);
  return from
    ? t("{unit}. Strongest from {list}.", { unit: parts.join(", "), list: from })
    : parts.join(", ");
}

/** The network as a sentence. @param {Column[]} columns */
export const summarize = (columns) =>
  t("Network with layers of {widths} units, inputs first", {
    widths: columns.map(({ width }) => formatCount(width)).join(", "),
  });

/** @param {Column} column */
export function caption({ shown, width }) {
  return shown.length < width ? t("{n} of {all}", { n: shown.length, all: width }) : "";
}

/** The mark that an arrow key leads to. @param {Column[]} columns @param {Mark | null} mark @param {KeyboardEvent} event @returns {Mark | null} */
export function markByKey(columns, mark, { key, shiftKey }) {
  const { at, unit } = mark ?? { at: 1, unit: -1 };
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  const turn = (/** @type {number} */ i, /** @type {number} */ n) => (i + n) % n;
  if (step && shiftKey && mark && at > 0) {
    const n = columns[at - 1].shown.length;
    const from = "from" in mark ? turn(mark.from + step, n) : step > 0 ? 0 : n - 1;
    return { at, unit, from };
  }
  if (step) {
    return { at, unit: turn(unit + step, columns[at].shown.length) };
  }
  const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (side) {
    const to = Math.min(columns.length - 1, Math.max(0, at + side));
    return { at: to, unit: Math.min(Math.max(unit, 0), columns[to].shown.length - 1) };
  }
  return null;
}
