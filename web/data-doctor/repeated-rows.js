import { t } from "../text/i18n.js";
import { formatPercent } from "../text/format.js";
import { countRows } from "./data-facts.js";

/** @import { RepeatExample } from "../protocol-data.js" */
/** @import { DataFacts, FindInData } from "./data-facts.js" */

/** Fewer repeats than this come of rounding. */
const FEWEST = 5;
const SHARE = 0.01;

/** Where there are fewer combinations of values than this a row, rows agree by chance. */
const COMBINATIONS_A_ROW = 20;

/** @param {DataFacts} facts */
function agreeByChance({ columns, dataset }) {
  const combinations = columns.reduce((product, { n_distinct: n }) => product * Math.max(1, n), 1);
  return combinations < COMBINATIONS_A_ROW * countRows(dataset);
}

/** @param {RepeatExample[]} examples */
function linesText(examples) {
  return examples
    .slice(0, 3)
    .map(({ line, same_line: same }) =>
      t("line {line} like line {same}", { line: String(line), same: String(same) }),
    )
    .join(", ");
}

const dropThem = () => ({
  label: t("Drop repeated rows"),
  settings: { "data.duplicates": "drop" },
});

/** @type {FindInData} */
export function sharedRows(facts) {
  const { repeats, dataset } = facts;
  const { n_shared: n } = repeats;
  const all = dataset.n_validation;
  if (n < FEWEST || n < SHARE * all || agreeByChance(facts)) {
    return null;
  }
  return {
    text: t(
      "{n} of the {all} validation rows ({percent}) are also among the training rows, such as {lines}.",
      { n, all, percent: formatPercent(n / all), lines: linesText(repeats.examples) },
    ),
    why: t(
      "The network has seen these answers already, so the validation score looks better than it will be on new rows.",
    ),
    columns: [],
    fixes: [dropThem()],
  };
}

/** @type {FindInData} */
export function sharedTestRows(facts) {
  const { repeats, dataset } = facts;
  const { n_shared_test: n } = repeats;
  const all = dataset.n_test;
  if (n < FEWEST || n < SHARE * all || agreeByChance(facts)) {
    return null;
  }
  return {
    text: t(
      "{n} of the {all} test rows ({percent}) are also among the rows for training or validation, such as {lines}.",
      { n, all, percent: formatPercent(n / all), lines: linesText(repeats.test_examples) },
    ),
    why: t(
      "The network has seen these answers already, or was chosen by them, so the test score looks better than it will be on new rows.",
    ),
    columns: [],
    fixes: [dropThem()],
  };
}

/** @type {FindInData} */
export function repeatedRows(facts) {
  const { repeats, dataset } = facts;
  const { n_repeated: n } = repeats;
  const all = countRows(dataset);
  if (n < FEWEST || n < SHARE * all || agreeByChance(facts)) {
    return null;
  }
  return {
    text: t("{n} of {all} rows ({percent}) are the same as a row before them, such as {lines}.", {
      n,
      all,
      percent: formatPercent(n / all),
      lines: linesText(repeats.examples),
    }),
    why: t(
      "A row that stands there twice counts twice. If it was copied by mistake, the network gives it too much weight.",
    ),
    columns: [],
    fixes: [dropThem()],
  };
}
