/**
 * What the colours and marks of a map or curve stand for.
 */
import { t } from "../../text/i18n.js";
import { className } from "../parts/class-colors.js";
import { shownOutput } from "./does-outputs.js";
import { valueRange } from "./does-shade.js";
import { h } from "../parts/dom.js";
import { formatNumber } from "../../text/format.js";

/**
 * @import { State } from "../../state.js"
 * @import { Reading } from "./does-outputs.js"
 * @import { Grid } from "./does-shade.js"
 */

/** The shades of a value with what they stand for. @param {State} state @param {Grid} grid */
export function valueKey(state, grid) {
  const [low, high] = valueRange(state, grid);
  const target = state.dataset.value?.targets[shownOutput(state)] ?? "";
  return [
    h("span", {}, target),
    h("span", {}, formatNumber(low, 3)),
    h("i", { class: "value-bar" }),
    h("span", {}, formatNumber(high, 3)),
  ];
}

/** @param {Reading} reading */
export function classKey({ names }) {
  return names.map((name, k) => {
    const swatch = h("i", { class: "swatch" });
    swatch.style.background = `var(--${className(k)})`;
    return h("span", { class: "key" }, swatch, name);
  });
}

/** What the two kinds of dots are. @param {State} state */
export function dotKey(state) {
  const training = h("span", { class: "key" }, h("i", { class: "disc" }), t("training row"));
  const validation = h("span", { class: "key" }, h("i", { class: "diamond" }), t("validation row"));
  return (state.dataset.value?.n_validation ?? 0) > 0 ? [training, validation] : [training];
}
