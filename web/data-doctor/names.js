import { t } from "../text/i18n.js";
import { columnOf } from "./data-facts.js";

/** @import { DataFacts } from "./data-facts.js" */

/** Names told before the rest is counted. */
const MOST = 4;

/** @param {string[]} names */
export function listNames(names) {
  const listed = names.slice(0, MOST).join(", ");
  return names.length > MOST
    ? t("{names} and {n} more", { names: listed, n: names.length - MOST })
    : listed;
}

/** Words of a name that say it tells a time. */
const TIME_WORDS =
  /(^|[^a-z])(date|datetime|time|timestamp|year|month|week|day|hour|minute|quarter|season|period|when)([^a-z]|$)/i;

/** Whether a column tells a time, by its type or its name. @param {DataFacts} facts @param {string} name */
export const isTime = (facts, name) =>
  columnOf(facts, name)?.type === "date" ||
  TIME_WORDS.test(name.replaceAll(/([a-z])([A-Z])/g, "$1 $2"));
