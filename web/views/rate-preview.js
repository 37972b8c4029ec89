/**
 * The learning rate over the whole run, drawn before it starts.
 */
import { t } from "../i18n.js";
import { h, svg, watch } from "./dom.js";
import { formatNumber } from "./format.js";

/** @import { Context } from "./fields.js" */

const WIDTH = 240;
const HEIGHT = 48;

/** @param {Float64Array} rates @param {number} top */
function linePath(rates, top) {
  const x = (/** @type {number} */ i) => ((i / Math.max(1, rates.length - 1)) * WIDTH).toFixed(1);
  const y = (/** @type {number} */ rate) => (HEIGHT - 4 - (rate / top) * (HEIGHT - 8)).toFixed(1);
  return Array.from(rates, (rate, i) => `${i === 0 ? "M" : "L"}${x(i)} ${y(rate)}`).join("");
}

/** @param {Float64Array} rates @param {number} top */
function rateText(rates, top) {
  const [first, last] = [rates[0], rates[rates.length - 1]];
  if (rates.every((rate) => rate === first)) {
    return t("Rate over the run: {rate} throughout", { rate: formatNumber(first) });
  }
  const ends = { first: formatNumber(first), last: formatNumber(last) };
  return top > Math.max(first, last)
    ? t("Rate over the run: starts at {first}, rises to {top}, ends at {last}", {
        ...ends,
        top: formatNumber(top),
      })
    : t("Rate over the run: starts at {first}, ends at {last}", ends);
}

/** @param {Context} context */
export function mountRatePreview({ state }) {
  const path = svg("path", { class: "line", fill: "none" });
  const caption = h("figcaption");
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    path,
  );
  const figure = h("figure", { class: "rate-preview", id: "rate-preview" }, picture, caption);
  watch(() => {
    const rates = state.rates.value;
    figure.hidden = !rates;
    if (rates) {
      const top = rates.reduce((a, b) => Math.max(a, b), 0);
      path.setAttribute("d", linePath(rates, top || 1));
      caption.textContent = rateText(rates, top);
    }
  });
  return figure;
}
