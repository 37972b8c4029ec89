import { t } from "../text/i18n.js";
import { formatNumber } from "../text/format.js";
import { levelOf, medianOf } from "./curve.js";
import { moreEpochs, rateTimes } from "./trials.js";

/** @import { Facts, Find } from "./facts.js" */

/** Updates usually have this share of their weights (Karpathy, CS231n notes, "Ratio of weights:updates"). */
const SMALL_UPDATE = 0.001;
/** A curve that has bent falls less in its second half than this share of what it fell in the first. */
const UNBENT = 0.3;
/** Below this share of a guess's loss there is little left to gain. */
const LEARNED = 0.3;
/** A fall that is hardly one: the rate may be wrong by more than ten. */
const HARDLY = 0.05;

/** The largest of the layers' usual updates, lately. @param {Facts} facts */
function updateOf({ column, run }) {
  const n = run.trainer.tensors.length;
  const recent = Array.from({ length: n }, (_, i) => column(`update_ratio_${i + 1}`))
    .map((ratios) => medianOf(ratios.subarray(-Math.ceil(ratios.length / 4))))
    .filter(Number.isFinite);
  return recent.length > 0 ? Math.max(...recent) : NaN;
}

/** @type {Find} */
export function rateTooLow(facts) {
  const { training, scale, epochs } = facts;
  const [start, middle, end] = [training[0], levelOf(training, 0.5, 0.5), levelOf(training, 1, 1)];
  const update = updateOf(facts);
  const unbent = end < middle && middle - end > UNBENT * (start - middle);
  if (!(unbent && end > LEARNED * scale && update < SMALL_UPDATE)) {
    return null;
  }
  const rate = facts.column("learning_rate").at(-1);
  const values = {
    rate: formatNumber(rate),
    start: formatNumber(start),
    end: formatNumber(end),
    epochs: formatNumber(epochs.at(-1)),
    update: formatNumber(update, 2),
  };
  const slow = start - end < HARDLY * scale;
  return {
    from: epochs[0],
    text: t(
      "The learning rate is too low: at {rate} the training loss went only from {start} to {end} in {epochs} epochs, and is still falling steadily.",
      values,
    ),
    why: t(
      "The curve has hardly bent, and a step changes the weights by {update} of their size where more than 0.001 is usual.",
      values,
    ),
    trials: slow
      ? [rateTimes(facts, 100), rateTimes(facts, 10)]
      : [rateTimes(facts, 10), moreEpochs(facts, 3)],
  };
}
