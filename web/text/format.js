/**
 * Numbers as people read them.
 */

import { computed } from "@preact/signals-core";
import { language, t } from "./i18n.js";

/**
 * @import { Row } from "../protocol-catalogue.js"
 * @import { RunRecord } from "../runs.js"
 */

const counts = computed(() => new Intl.NumberFormat(language.value, { maximumFractionDigits: 0 }));

/** @param {number} value */
export const formatCount = (value) => counts.value.format(value);

const compact = computed(
  () => new Intl.NumberFormat(language.value, { notation: "compact", maximumSignificantDigits: 3 }),
);

/** 2.12M for 2,120,000. @param {number} value */
export const formatCompact = (value) => compact.value.format(value);

/** From here on numbers have powers of ten. */
const MOST = 1e12;

/** From here on thousands are set apart, and told as 10K on the axes. */
const LONG = 1e4;

/** Few significant digits, in powers of ten where that is shorter. @param {number | null | undefined} value @param {number} [digits] */
export function formatNumber(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return "–";
  }
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= MOST)) {
    return value.toExponential(2).replace(/\.?0*e\+?/, "e");
  }
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) < LONG ? String(rounded) : formatCount(rounded);
}

/** One mark of an axis, which has little room: 500K for 500,000. @param {number} value @param {number} [digits] */
export function formatMark(value, digits = 4) {
  const size = Math.abs(value);
  return size >= LONG && size < MOST
    ? new Intl.NumberFormat(language.value, {
        notation: "compact",
        maximumSignificantDigits: Math.min(21, digits),
      }).format(value)
    : formatNumber(value, digits);
}

/** Beside the steps of an axis this is nothing but rounding. */
const ROUNDING = 1e-9;

/** The marks of a linear axis, with as many digits as tell them apart. @param {number[]} values in order */
export function formatMarks(values) {
  const step = Math.max(0, ...values.slice(1).map((value, i) => value - values[i]));
  const size = Math.max(...values.map(Math.abs));
  const digits = step > 0 ? Math.ceil(Math.log10(size / step)) + 2 : 4;
  return values.map((value) => formatMark(Math.abs(value) < ROUNDING * step ? 0 : value, digits));
}

/** A share of one with as many digits as help. @param {number | null | undefined} value */
export function formatPercent(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return "–";
  }
  const percent = 100 * value;
  return `${Math.abs(percent) < LONG ? percent.toFixed(1) : formatNumber(percent)} %`;
}

/** @param {Row | undefined} metric */
export const isShare = (metric) => metric?.share === true;

/** @param {Row | undefined} metric @param {number | null | undefined} value */
export const formatMetric = (metric, value) =>
  isShare(metric) ? formatPercent(value) : formatNumber(value);

/** Whether a value needs small type in a tile. @param {string} text */
export const isLong = (text) => text.length > 9;

/** What a run is called. @param {RunRecord} run */
export const runName = ({ name, number }) => name || t("Run {number}", { number });

/** @param {Intl.NumberFormatOptions["unit"]} unit */
const unitFormat = (unit) =>
  computed(
    () =>
      new Intl.NumberFormat(language.value, {
        style: "unit",
        unit,
        unitDisplay: "short",
        maximumSignificantDigits: 2,
      }),
  );

const DURATIONS = [
  { most: 90, length: 1, format: unitFormat("second") },
  { most: 5400, length: 60, format: unitFormat("minute") },
  { most: Infinity, length: 3600, format: unitFormat("hour") },
];

/** Seconds, minutes or hours, roughly. @param {number} seconds */
export function formatDuration(seconds) {
  const { length, format } = /** @type {typeof DURATIONS[0]} */ (
    DURATIONS.find(({ most }) => seconds < most)
  );
  return format.value.format(seconds / length);
}
