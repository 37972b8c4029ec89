/**
 * Colours of values to both sides of zero: orange below, blue above, the card's own colour at zero.
 * Every kind of colour vision tells the two apart.
 */
import { cssColor, mix, toCss } from "./class-colors.js";
import { h } from "./dom.js";
import { formatNumber } from "../../text/format.js";

/** @import { Color } from "./class-colors.js" */

/** @typedef {{ below: Color, zero: Color, above: Color }} Diverging */

/** As the page is now, light or dark. @returns {Diverging} */
export const divergingColors = () => ({
  below: cssColor("validation"),
  zero: cssColor("sunken"),
  above: cssColor("training"),
});

/** Small values are seen as well: the tint grows faster at first. @param {Diverging} colors @param {number} share from -1 to 1 @returns {Color} */
export function divergingColor({ below, zero, above }, share) {
  const size = Math.min(1, Math.abs(share)) ** 0.7;
  return mix(zero, share < 0 ? below : above, size);
}

const STOPS = 17;

/** The key to the colours. @param {Diverging} colors @param {number} most the value of the full colour */
export function colorBar(colors, most) {
  const stops = Array.from({ length: STOPS }, (_, i) =>
    toCss(divergingColor(colors, (2 * i) / (STOPS - 1) - 1)),
  );
  const bar = h("i", { class: "color-bar" });
  bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
  const mark = (/** @type {number} */ value) => h("span", {}, formatNumber(value, 3));
  return h(
    "div",
    { class: "color-key hint", "aria-hidden": "true" },
    bar,
    mark(-most),
    mark(0),
    mark(most),
  );
}
