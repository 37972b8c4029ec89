/**
 * What columns are used as, and the settings that say so.
 */
import { t } from "../../text/i18n.js";
import { joinNames, splitNames } from "../../settings.js";
import { BY_COLUMN, fittingSteps, readSteps, writeSteps } from "../../steps-by-column.js";

/**
 * @import { Column } from "../../state.js"
 * @import { Values } from "../../settings.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @returns {Record<string, string>} */
export const typeNames = () => ({
  number: t("number"),
  date: t("date"),
  category: t("category"),
  text: t("text"),
});

/** Columns whose texts are no dates, and those kept as they are written. */
const NOT_DATES = "data.not_dates";
const TEXTS = "data.texts";

/** Whether the dates of a column are written as numbers: 20240301. @param {Column} column */
const areDigits = ({ type, reading }) => type === "date" && /^\d+$/.test(reading?.evidence ?? "");

/** The types that a column may be taken for. @param {Context} context @param {Column} column */
export function typesFor({ state }, column) {
  const { name, type: found } = column;
  const isDate = found === "date";
  const fits = {
    number: !isDate || areDigits(column),
    date: isDate || splitNames(state.value(NOT_DATES)).includes(name),
    category: true,
    text: isDate || found === "text",
  };
  return Object.keys(typeNames()).filter((type) => fits[/** @type {keyof typeof fits} */ (type)]);
}

/** What a column is for where it is no feature: a word for people, "" for none. @param {Context["state"]} state @param {string} name */
export function purposeOf(state, name) {
  if (state.targets.value.includes(name)) {
    return t("target");
  }
  const by = state.value("split.method");
  const purposes = [
    { column: state.value("data.weights"), word: t("weights") },
    { column: by === "group" ? state.value("split.group") : "", word: t("groups") },
    { column: by === "part" ? state.value("split.part") : "", word: t("parts") },
  ];
  return purposes.find(({ column }) => column === name)?.word ?? "";
}

/** The names that a setting lists, with some more or without them. @param {Context} context @param {string} key @param {string[]} names @param {boolean} on */
export function withNames({ state }, key, names, on) {
  const some = new Set(names);
  const others = splitNames(state.value(key)).filter((name) => !some.has(name));
  return joinNames(on ? [...others, ...names] : others);
}

/** Settings by which the dates of columns are read as something else, or again as dates: they ask for reading the file once more. @param {Context} context @param {Column[]} columns @param {string} type @returns {Values} */
function readingSettings(context, columns, type) {
  const { state } = context;
  const names = columns.map(({ name }) => name);
  const dates = columns.filter((column) => column.type === "date").map(({ name }) => name);
  const isListed = (/** @type {string} */ key) =>
    splitNames(state.value(key)).some((name) => names.includes(name));
  if (type === "" || type === "date") {
    const listed = [NOT_DATES, TEXTS].filter(isListed);
    return Object.fromEntries(listed.map((key) => [key, withNames(context, key, names, false)]));
  }
  const key = { number: NOT_DATES, text: TEXTS }[type];
  return key && dates.length > 0 ? { [key]: withNames(context, key, dates, true) } : {};
}

/** Settings by which columns are of a type; "" for that found. @param {Context} context @param {Column[]} columns @param {string} type @returns {Values} */
export function typeSettings(context, columns, type) {
  const names = columns.map(({ name }) => name);
  const changed = columns
    .filter((column) => column.type !== type && (column.type !== "date" || type === "category"))
    .map(({ name }) => name);
  const lists = { number: "data.numbers", category: "data.categories" };
  const cleared = Object.values(lists).map((key) => [key, withNames(context, key, names, false)]);
  const values = Object.fromEntries(cleared);
  const key = lists[/** @type {keyof typeof lists} */ (type)];
  if (key) {
    const kept = splitNames(values[key]);
    values[key] = joinNames([...kept, ...changed]);
  }
  return {
    ...values,
    ...readingSettings(context, columns, type),
    ...stepSettings(context, columns, type),
  };
}

/** Own steps of columns that do nothing for their new type are dropped. @param {Context} context @param {Column[]} columns @param {string} type "" for that found @returns {Values} */
function stepSettings({ state }, columns, type) {
  const steps = readSteps(state.value(BY_COLUMN));
  for (const { name, type: found } of columns) {
    const own = steps.get(name);
    if (own) {
      steps.set(name, fittingSteps(own, type || found, state.index.value, state.value));
    }
  }
  return steps.size > 0 ? { [BY_COLUMN]: writeSteps(steps) } : {};
}

/** Settings by which columns are features or not. @param {Context} context @param {string[]} names @param {boolean} used @returns {Values} */
export const useSettings = (context, names, used) => ({
  "data.ignore": withNames(context, "data.ignore", names, !used),
});
