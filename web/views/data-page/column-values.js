/**
 * Numbers of a column as people read them; those of dates are seconds since 1970.
 */
import { t } from "../../text/i18n.js";
import { formatNumber } from "../../text/format.js";

const DAY = 86_400;

/** Whether values of a type lie on an axis. @param {string} type */
export const isMeasured = (type) => type === "number" || type === "date";

/** @param {number} seconds */
function dateText(seconds) {
  const date = new Date(1000 * Math.round(seconds));
  if (Number.isNaN(date.getTime())) {
    return "–";
  }
  const [day, time] = date.toISOString().split("T");
  return seconds % DAY === 0 ? day : `${day} ${time.slice(0, 5)}`;
}

/** @param {string} type @param {number | null | undefined} value @param {number} [digits] */
export const formatValue = (type, value, digits) =>
  type === "date" && value !== null && value !== undefined
    ? dateText(value)
    : formatNumber(value, digits);

/** A deviation. @param {string} type @param {number | null | undefined} value */
export const formatSpread = (type, value) =>
  type === "date" && value !== null && value !== undefined
    ? t("{days} days", { days: formatNumber(value / DAY, 3) })
    : formatNumber(value);
