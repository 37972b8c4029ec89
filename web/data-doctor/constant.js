import { t } from "../text/i18n.js";
import { formatPercent } from "../text/format.js";
import { leavingOut } from "./data-facts.js";
import { listNames } from "./names.js";

/** @import { ColumnFacts } from "../protocol-data.js" */
/** @import { FindInData } from "./data-facts.js" */

const ALMOST = 0.99;
const FEWEST_ROWS = 20;

/** Share of the rows with the most frequent value, a missing one included. @param {ColumnFacts} column */
const topShare = ({ n_top, n_missing, n_rows }) => Math.max(n_top, n_missing) / n_rows;

/** @type {FindInData} */
export function constant(facts) {
  const { columns, pixels } = facts;
  const found = columns.filter(
    (column) => column.n_rows >= FEWEST_ROWS && topShare(column) >= ALMOST,
  );
  if (pixels || found.length === 0 || found.length === columns.length) {
    return null;
  }
  const names = found.map(({ name }) => name);
  return {
    text: t("The same in at least {percent} of the rows: {names}.", {
      percent: formatPercent(Math.min(...found.map(topShare))),
      names: listNames(names),
    }),
    why: t(
      "A column that hardly varies has hardly anything to tell, and scaled to the size of the others its few other values become very large.",
    ),
    columns: names,
    fixes: [{ label: t("Leave out"), settings: leavingOut(facts, names) }],
  };
}
