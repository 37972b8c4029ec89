/**
 * The column to predict: how its numbers lie, or how its classes balance.
 */
import { t } from "../../text/i18n.js";
import { className } from "../parts/class-colors.js";
import { h, rebuild, watch } from "../parts/dom.js";
import { formatCount, formatNumber, formatPercent } from "../../text/format.js";
import { histogramChart } from "./column-detail.js";

/**
 * @import { DescribedColumn } from "../../protocol-data.js"
 * @import { Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Descriptions } from "./descriptions.js"
 */

/** @param {DescribedColumn} column */
function balanceText({ levels, n_values: n, n_other: others }) {
  const counts = levels.map(({ count }) => count);
  const top = levels[0];
  return others === 0 && Math.max(...counts) - Math.min(...counts) <= 1
    ? t("{n} classes with the same number of rows.", { n: levels.length })
    : t("Always guessing “{name}” is right in {percent} of the rows.", {
        name: top.text,
        percent: formatPercent(top.count / n),
      });
}

/** @param {DescribedColumn} column @param {string[]} classes in the order of their colours */
function balanceBars(column, classes) {
  const { levels, n_values: n } = column;
  const top = Math.max(1, ...levels.map(({ count }) => count));
  return h(
    "ul",
    { class: "balance", role: "list" },
    levels.map(({ text, count }) => {
      const bar = h("span", {
        class: "balance-bar",
        "aria-hidden": "true",
      });
      bar.style.background = `var(--${className(Math.max(0, classes.indexOf(text)))})`;
      bar.style.width = `${(100 * count) / top}%`;
      return h(
        "li",
        {},
        h("span", { class: "balance-name" }, text),
        h("span", { class: "balance-room" }, bar),
        h(
          "span",
          { class: "balance-count" },
          t("{count} · {percent}", {
            count: formatCount(count),
            percent: formatPercent(count / n),
          }),
        ),
      );
    }),
  );
}

/** @param {DescribedColumn} column */
function numbersText({ mean, deviation, min, max }) {
  return t("{mean} on average, give or take {deviation}; from {min} to {max}.", {
    mean: formatNumber(mean),
    deviation: formatNumber(deviation),
    min: formatNumber(min),
    max: formatNumber(max),
  });
}

/** @param {DescribedColumn} column @param {string[]} classes */
function targetParts(column, classes) {
  return classes.length > 0 || column.role !== "number"
    ? [h("p", {}, balanceText(column)), balanceBars(column, classes)]
    : [h("p", {}, numbersText(column)), histogramChart(column)];
}

/** @param {Context} context @param {Table} table @param {Descriptions} descriptions */
export function mountTargetCard({ state }, table, descriptions) {
  const indexOfTarget = () => table.columns.findIndex(({ name }) => name === state.target.value);
  watch(() => descriptions.want([indexOfTarget()].filter((index) => index >= 0)));
  const body = h("div", { class: "stack" });
  rebuild(
    body,
    () => descriptions.of(indexOfTarget()),
    (column) =>
      column && column.n_values > 0 && targetParts(column, descriptions.target()?.classes ?? []),
  );
  const name = h("h3", { id: "data-target" });
  watch(() => {
    const others = state.targets.value.length - 1;
    name.textContent =
      others > 0
        ? t("Target: {name} and {n} more", { name: state.target.value, n: others })
        : t("Target: {name}", { name: state.target.value });
  });
  return h("section", { class: "card", "aria-labelledby": "data-target" }, name, body);
}
