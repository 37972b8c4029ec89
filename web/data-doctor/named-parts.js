import { t } from "../text/i18n.js";
import { columnOf } from "./data-facts.js";

/** @import { DataFacts, FindInData } from "./data-facts.js" */

/** Words of the parts, in the order training, validation, test. @param {DataFacts} facts */
const partWords = ({ value }) =>
  ["split.training_words", "split.validation_words", "split.test_words"].map((key) =>
    value(key)
      .split(",")
      .map((word) => word.trim().toLowerCase()),
  );

/** Whether every cell names a part, and training is not the only one. @param {string[]} levels @param {string[][]} words */
function nameParts(levels, words) {
  const parts = levels.map((level) =>
    words.findIndex((list) => list.includes(level.trim().toLowerCase())),
  );
  return !parts.includes(-1) && parts.includes(0) && new Set(parts).size > 1;
}

/** A column that says which rows are for training and which for a test. @type {FindInData} */
export function namedParts(facts) {
  const { columns, value } = facts;
  const words = partWords(facts);
  const found = columns.find(({ name, n_missing }) => {
    const { levels = [] } = columnOf(facts, name) ?? {};
    return n_missing === 0 && nameParts(levels, words);
  });
  if (!found || value("split.method") === "part") {
    return null;
  }
  return {
    text: t("“{name}” names the part of each row ({levels}), and the split goes another way.", {
      name: found.name,
      levels: (columnOf(facts, found.name)?.levels ?? []).join(", "),
    }),
    why: t(
      "Whoever made the file kept some rows apart to judge by. With another split they train the network, the scores cannot be compared with those of others, and the column is taken for a feature.",
    ),
    columns: [found.name],
    fixes: [
      {
        label: t("Split as the column says"),
        settings: { "split.method": "part", "split.part": found.name, "split.folds": "0" },
      },
    ],
  };
}
