import { t } from "../text/i18n.js";
import { formatPercent } from "../text/format.js";

/** @import { FindInData } from "./data-facts.js" */

/** Share of what a class would have if all were alike. */
const FAR_TOO_FEW = 0.2;

/** @type {FindInData} */
export function imbalance({ dataset, value }) {
  const classes = dataset.classes
    .map(({ name, training, validation }) => ({ name, n: training + validation }))
    .sort((a, b) => a.n - b.n);
  const all = classes.reduce((sum, { n }) => sum + n, 0);
  const [rarest] = classes;
  if (
    classes.length < 2 ||
    rarest.n >= (FAR_TOO_FEW * all) / classes.length ||
    value("data.class_weight") !== "none"
  ) {
    return null;
  }
  const top = classes[classes.length - 1];
  return {
    text: t(
      "Only {n} of {all} rows are “{name}” ({percent}); always guessing “{top}” is right in {share} of the rows.",
      {
        n: rarest.n,
        all,
        name: rarest.name,
        percent: formatPercent(rarest.n / all),
        top: top.name,
        share: formatPercent(top.n / all),
      },
    ),
    why: t(
      "A network may reach a high accuracy by never naming the rare class. Weights make all classes count alike; judge it by the table of classes rather than by accuracy.",
    ),
    columns: [dataset.target],
    fixes: [{ label: t("Balance the classes"), settings: { "data.class_weight": "balanced" } }],
  };
}
