/**
 * What a column has to do with the target, as a number and a bar.
 */
import { t } from "../../text/i18n.js";
import { h, svg } from "../parts/dom.js";
import { formatNumber } from "../../text/format.js";

/** @import { DescribedColumn, Relation } from "../../protocol-data.js" */

const WIDTH = 64;

/** @param {Relation["measure"]} measure */
const symbolOf = (measure) => ({ pearson: "r", eta_squared: "η²", cramers_v: "V" })[measure];

/** @param {Relation["measure"]} measure */
export function measureText(measure) {
  const texts = {
    pearson: t("Correlation of two numbers (Pearson), from −1 to 1"),
    eta_squared: t("Share of the variance of the numbers that the levels explain, from 0 to 1"),
    cramers_v: t("Association of two sets of levels (Cramér’s V), from 0 to 1"),
  };
  return texts[measure];
}

/** @param {number} value from -1 to 1, or from 0 @param {boolean} signed */
function bar(value, signed) {
  const zero = signed ? WIDTH / 2 : 0;
  const length = Math.abs(value) * (signed ? WIDTH / 2 : WIDTH);
  return svg(
    "svg",
    { class: "relation-bar", viewBox: `0 0 ${WIDTH} 6`, "aria-hidden": "true" },
    svg("rect", { class: "room", x: 0, y: 0, width: WIDTH, height: 6, rx: 3 }),
    svg("rect", {
      class: value < 0 ? "negative" : "positive",
      x: value < 0 ? zero - length : zero,
      y: 0,
      width: length,
      height: 6,
      rx: Math.min(3, length / 2),
    }),
  );
}

/** How strong a relation is, for sorting; NaN where there is none. @param {DescribedColumn | null} column */
export const strength = (column) => Math.abs(column?.relation?.value ?? NaN);

/** @param {DescribedColumn | null} column */
export function relationCell(column) {
  const { measure, value } = column?.relation ?? {};
  if (!measure || value === null || value === undefined) {
    return h("span", { class: "muted" }, column ? "–" : "…");
  }
  return h(
    "span",
    { class: "relation", title: measureText(measure) },
    h("span", {}, `${symbolOf(measure)} ${formatNumber(value, 2)}`),
    bar(value, measure === "pearson"),
  );
}
