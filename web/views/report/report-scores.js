/**
 * Scores in tiles and tables: of the whole part, of each class or label, of each target.
 */
import { labelText, t } from "../../text/i18n.js";
import { h } from "../parts/dom.js";
import {
  formatCount,
  formatMetric,
  formatNumber,
  formatPercent,
  isLong,
} from "../../text/format.js";

/**
 * @import { Score, Summary } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** The matrix grows by the square of the classes. */
const MAX_CLASSES = 40;

/** What the table of several targets shows of each. */
const TARGET_METRICS = ["r2", "mae", "rmse"];

/** @param {Context} context @param {Summary} summary */
export function metricTiles({ state }, { loss, metrics }) {
  const family = state.catalogue.value?.families.find(({ key }) => key === "metric");
  const tile = (
    /** @type {string} */ label,
    /** @type {string} */ value,
    /** @type {string} */ help,
  ) =>
    h(
      "div",
      { class: "tile", title: help },
      h("dt", {}, label),
      h("dd", { class: isLong(value) ? "long" : "" }, value),
    );
  const values = metrics.map(({ key, label, value, help }) => {
    const row = family?.rows.find((metric) => metric.key === key);
    return tile(labelText(label), formatMetric(row, value), labelText(help));
  });
  return h(
    "dl",
    { class: "tiles" },
    values,
    tile(t("Loss"), formatNumber(loss), t("Mean loss without penalty")),
  );
}

/** Classes that are listed: all, or those with the most rows. @param {Summary} summary @returns {number[]} */
export function listedClasses({ classes = [] }) {
  return classes
    .map(({ support }, i) => ({ support, i }))
    .sort((a, b) => b.support - a.support || a.i - b.i)
    .slice(0, MAX_CLASSES)
    .map(({ i }) => i)
    .sort((a, b) => a - b);
}

/** @param {Summary} summary */
export function omissionText({ classes = [] }) {
  return classes.length > MAX_CLASSES
    ? t("For the {shown} of {all} classes with the most rows.", {
        shown: MAX_CLASSES,
        all: classes.length,
      })
    : "";
}

/** @param {Score[]} scores @param {string} kind what they are of @param {string} caption */
export function scoreTable(scores, kind, caption) {
  const head = [kind, t("Precision"), t("Recall"), t("F1"), t("Rows")].map((text) =>
    h("th", { scope: "col" }, text),
  );
  const rows = scores.map(({ name, precision, recall, f1, support }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      [precision, recall, f1].map((share) => h("td", {}, formatPercent(share))),
      h("td", {}, formatCount(support)),
    ),
  );
  return h(
    "table",
    { class: "classes" },
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, head)),
    h("tbody", {}, rows),
  );
}

/** @param {Context} context @param {Summary} summary */
export function targetTable({ state }, { metrics, targets = [] }) {
  const family = state.catalogue.value?.families.find(({ key }) => key === "metric");
  const shown = metrics.filter(({ key }) => TARGET_METRICS.includes(key));
  const head = [t("Target"), ...shown.map(({ label }) => labelText(label))].map((text) =>
    h("th", { scope: "col" }, text),
  );
  const rows = targets.map((target) => {
    const values = shown.map(({ key }) => {
      const row = family?.rows.find((metric) => metric.key === key);
      return h("td", {}, formatMetric(row, target[key]));
    });
    return h("tr", {}, h("th", { scope: "row" }, target.name), values);
  });
  return h(
    "table",
    { class: "classes" },
    h("caption", {}, t("Each target")),
    h("thead", {}, h("tr", {}, head)),
    h("tbody", {}, rows),
  );
}

/** @param {Element} content @param {string} label */
export const scroll = (content, label) =>
  h("div", { class: "scroll", role: "region", "aria-label": label, tabindex: "0" }, content);
