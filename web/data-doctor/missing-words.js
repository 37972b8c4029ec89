import { joinNames, splitNames } from "../settings.js";
import { t } from "../text/i18n.js";
import { listNames } from "./names.js";

/** @import { Column } from "../state.js" */
/** @import { FindInData } from "./data-facts.js" */

/** Share of the rows from which on a word is too frequent to be a gap. */
const MANY = 0.1;

/** Words that may as well be an answer: no damage, not applicable. Others, such as NaN, never are. */
const MAY_BE_VALUES = ["NA", "N/A", "n/a", "None", "-"];

/** @type {FindInData} */
export function missingWords({ table, columns, value }) {
  const isDoubtful = (/** @type {Column} */ column) =>
    MAY_BE_VALUES.includes(column.missing_word ?? "") &&
    column.n_missing_words > MANY * table.n_rows;
  const categories = columns.filter(({ categorical }) => categorical).map(({ name }) => name);
  const found = table.columns.filter(
    (column) => categories.includes(column.name) && isDoubtful(column),
  );
  if (found.length === 0) {
    return null;
  }
  const names = found.map(({ name }) => name);
  return {
    text: t("“{word}” counts as missing in {n} cells of {names}.", {
      word: found[0].missing_word ?? "",
      n: found[0].n_missing_words,
      names: listNames(names),
    }),
    why: t(
      "If the word is an answer, such as none at all, these cells should be a value of their own. As it is they are filled in with the most frequent of the other values.",
    ),
    columns: names,
    fixes: [
      {
        label: t("Take it as a value"),
        settings: {
          "data.not_missing": joinNames([...splitNames(value("data.not_missing")), ...names]),
        },
      },
    ],
  };
}
