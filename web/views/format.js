/**
 * Numbers as people read them.
 */

const counts = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** @param {number} value */
export const formatCount = (value) => counts.format(value);

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** 2.12M for 2,120,000. @param {number} value */
export const formatCompact = (value) => compact.format(value);

/** Four significant digits, in powers of ten where that is shorter. @param {number | null | undefined} value */
export function formatNumber(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return "–";
  }
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e7)) {
    return value.toExponential(2).replace(/\.?0*e\+?/, "e");
  }
  return String(Number(value.toPrecision(4)));
}

/** A share of one with as many digits as help. @param {number | null | undefined} value */
export function formatPercent(value) {
  return value === null || value === undefined || !Number.isFinite(value)
    ? "–"
    : `${(100 * value).toFixed(1)} %`;
}

/** @param {number} n @param {string} noun */
export const plural = (n, noun) => `${formatCount(n)} ${noun}${n === 1 ? "" : "s"}`;
