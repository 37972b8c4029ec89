import { t } from "../text/i18n.js";
import { withStep } from "./data-facts.js";
import { listNames } from "./names.js";

/** @import { FindInData } from "./data-facts.js" */

/** As TT_RARE_ROWS of the core. */
const RARE_ROWS = 5;
const FEWEST_LEVELS = 3;

/** @type {FindInData} */
export function rareLevels(facts) {
  const found = facts.columns.filter(
    ({ name, categorical, n_rare: n }) =>
      categorical && n >= FEWEST_LEVELS && Number(facts.stepOf(name, "min_count")) === 0,
  );
  if (found.length === 0) {
    return null;
  }
  const names = found.map(({ name }) => name);
  const n = found.reduce((sum, { n_rare: rare }) => sum + rare, 0);
  return {
    text: t("{n} levels have fewer than {rows} rows each, in {names}.", {
      n,
      rows: RARE_ROWS,
      names: listNames(names),
    }),
    why: t(
      "Of a level that a handful of rows have the network learns their accidents. Together as one level, other, they say something, and a level that is new later has a place too.",
    ),
    columns: names,
    fixes: [
      {
        label: t("Put rare levels together"),
        settings: withStep(facts, names, "min_count", String(RARE_ROWS)),
      },
    ],
  };
}
