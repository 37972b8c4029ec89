import { t } from "../text/i18n.js";
import { formatCount } from "../text/format.js";
import { splitList } from "../settings.js";

/** @import { DataFacts, FindInData } from "./data-facts.js" */

/** Weights for each training row and output, from which on rows are learned by heart. */
const MANY = 20;

/** The weights of a network with these hidden layers. @param {DataFacts} facts @param {number[]} widths */
function countWeights({ dataset }, widths) {
  const sizes = [dataset.n_features, ...widths, dataset.n_outputs];
  return sizes.slice(1).reduce((sum, size, i) => sum + (sizes[i] + 1) * size, 0);
}

/** @type {FindInData} */
export function tooFewRows(facts) {
  const { dataset, value } = facts;
  const widths = splitList(value("model.hidden")).map(Number);
  const weights = countWeights(facts, widths);
  const rows = dataset.n_training;
  if (widths.length === 0 || weights <= MANY * rows * dataset.n_outputs) {
    return null;
  }
  const fitting = Math.floor(rows / (dataset.n_features + 1 + dataset.n_outputs));
  const width = String(Math.max(2, Math.min(fitting, ...widths)));
  const none = { label: t("No hidden layer"), settings: { "model.hidden": "" } };
  const small = {
    label: t("One layer of {width} units", { width }),
    settings: { "model.hidden": width },
  };
  return {
    text: t("The network has {weights} weights for {rows} training rows: {ratio} for each row.", {
      weights: formatCount(weights),
      rows,
      ratio: formatCount(weights / rows),
    }),
    why: t(
      "With so many weights a network can learn every row by heart. A smaller one, more rows, fewer columns or a penalty leave it no choice but to find what rows have in common.",
    ),
    columns: [],
    fixes: fitting >= 2 ? [small, none] : [none, small],
  };
}
