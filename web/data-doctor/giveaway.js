import { t } from "../text/i18n.js";
import { formatPercent } from "../text/format.js";
import { leavingOut } from "./data-facts.js";
import { isTime, listNames } from "./names.js";

/** @import { ColumnFacts } from "../protocol-data.js" */
/** @import { FindInData } from "./data-facts.js" */

/** Share of the error that a guess by the column alone takes away. */
const NEARLY_ALL = 0.99;
const FEWEST_JUDGED = 10;

/** @param {ColumnFacts} column */
const worseScore = ({ training_score: training, validation_score: validation }) =>
  Math.min(training ?? 0, validation ?? 0);

/** @type {FindInData} */
export function giveaway(facts) {
  const { columns, dataset } = facts;
  // Of a slow series any time tells the value; that is for the rule of time.
  const found = columns.filter(
    (column) => worseScore(column) >= NEARLY_ALL && !isTime(facts, column.name),
  );
  if (found.length === 0 || columns.length < 2 || dataset.n_validation < FEWEST_JUDGED) {
    return null;
  }
  const names = found.map(({ name }) => name);
  const values = {
    names: listNames(names),
    target: dataset.target,
    percent: formatPercent(Math.min(...found.map(worseScore))),
  };
  const fixes =
    names.length < columns.length
      ? [{ label: t("Leave out"), settings: leavingOut(facts, names) }]
      : [];
  return {
    text: t(
      "Gives the target away: {names}. A guess at “{target}” by it alone has {percent} less error than one by nothing.",
      values,
    ),
    why: t(
      "This is too good to be true in most data: such a column is often made from the target, or known only after it. If it is not known at the time of a prediction, leave it out.",
    ),
    columns: names,
    fixes,
  };
}
