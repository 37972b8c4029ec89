import { t } from "../text/i18n.js";
import { leavingOut } from "./data-facts.js";
import { isTime, listNames } from "./names.js";

/** @import { ColumnFacts } from "../protocol-data.js" */
/** @import { FindInData } from "./data-facts.js" */

const FEWEST_ROWS = 20;

/** Share of the whole numbers between the ends that are there. */
const DENSE = 0.9;

/** Numbers like 1, 2, 3, ...: each row has its own, in the order of the file or without gaps. @param {ColumnFacts} column */
function isIdentifier({ name, whole, in_order: inOrder, min, max, ...column }) {
  const { n_rows: n, n_distinct: distinct, n_missing: missing } = column;
  const unique = whole && missing === 0 && distinct === n && n >= FEWEST_ROWS;
  const dense = min !== null && max !== null && n / (max - min + 1) > DENSE;
  const named = /(^|[^a-z])(id|key|index|nr|no|number)$/i.test(name);
  return unique && (inOrder || dense || named);
}

/** @type {FindInData} */
export function identifier(facts) {
  const names = facts.columns
    .filter((column) => isIdentifier(column) && !isTime(facts, column.name))
    .map(({ name }) => name);
  if (names.length === 0 || names.length === facts.columns.length) {
    return null;
  }
  return {
    text: t("Looks like a row number or an identifier: {names}. No two rows have the same.", {
      names: listNames(names),
    }),
    why: t(
      "Such a number says where a row stands in the file and nothing about it. The network may learn rows by heart from it, which is of no use for new ones.",
    ),
    columns: names,
    fixes: [{ label: t("Leave out"), settings: leavingOut(facts, names) }],
  };
}
