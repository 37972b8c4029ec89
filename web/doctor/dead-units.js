import { labelText, t } from "../text/i18n.js";
import { formatPercent } from "../text/format.js";
import { choice, rateTimes } from "./trials.js";

/** @import { Find } from "./facts.js" */

/** "As much as 40 % of your network can be dead" if the rate is too high (Karpathy, CS231n notes, on ReLU). */
const MANY = 0.4;
const FEWEST = 3;

/** @type {Find} */
export function deadUnits(facts) {
  const hidden = facts.inspection?.layers.slice(0, -1) ?? [];
  const shares = hidden.map(({ n_dead, n_out }) => n_dead / n_out);
  const worst = shares.indexOf(Math.max(...shares));
  if (worst < 0 || shares[worst] < MANY || hidden[worst].n_dead < FEWEST) {
    return null;
  }
  const { n_dead: n, n_out: all, activation } = hidden[worst];
  const row = facts.index.get("activation")?.family?.rows.find(({ key }) => key === activation);
  const values = {
    n,
    all,
    share: formatPercent(MANY),
    layer: worst + 1,
    activation: labelText(row?.label ?? activation),
  };
  return {
    from: facts.epochs.at(-1) ?? 0,
    text: t(
      "{n} of the {all} units of hidden layer {layer} are dead: their {activation} is 0 on every row, so they learn nothing more.",
      values,
    ),
    why: t(
      "Looked at on up to 256 training rows; said from {share} of a layer on. A step that is too long can push a unit below zero for all rows, where it has no gradient to come back by.",
      values,
    ),
    trials: [choice(facts, "activation", "leaky_relu"), rateTimes(facts, 0.1)],
  };
}
