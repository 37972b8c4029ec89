import { t } from "../text/i18n.js";
import { formatNumber } from "../text/format.js";
import { isTime } from "./names.js";

/** @import { FindInData } from "./data-facts.js" */

/** Likeness of neighbours from which on one tells much of the other. */
const ALIKE = 0.5;

/** @type {FindInData} */
export function timeOrder(facts) {
  const { columns, dataset, value } = facts;
  const [first] = columns
    .filter(({ name, serial }) => (serial ?? 0) >= ALIKE && isTime(facts, name))
    .sort((a, b) => (b.serial ?? 0) - (a.serial ?? 0));
  if (!first || value("split.method") !== "random" || dataset.n_validation === 0) {
    return null;
  }
  return {
    text: t(
      "Rows that are close in “{name}” have much the same “{target}” (likeness {serial}), and the split is random.",
      { name: first.name, target: dataset.target, serial: formatNumber(first.serial, 2) },
    ),
    why: t(
      "The network then sees the day before and the day after each validation row, as it never will when it predicts the future. Judge it by the last rows in time.",
    ),
    columns: [first.name],
    fixes: [
      {
        label: t("Split by time"),
        settings: { "split.method": "order", "split.order": first.name, "split.folds": "0" },
      },
    ],
  };
}
