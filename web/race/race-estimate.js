/**
 * How long runs are going to take, roughly.
 *
 * @import { Variant } from "./race-plan.js"
 * @import { State } from "../state.js"
 */
import { mergeValues, valueOf } from "../settings.js";

/** Of a core: additions and multiplications a second, and the time of a step besides. */
const OPERATIONS_PER_SECOND = 2e9;
const SECONDS_PER_STEP = 5e-6;
/** Forward, backward to weights and backward to inputs, a multiplication and an addition each. */
const OPERATIONS_PER_PARAMETER = 6;

/** Seconds for one epoch of the present settings: as measured, or as counted. @param {State} state */
function secondsPerEpoch(state) {
  const { progress, prepared, dataset } = state;
  const now = progress.value;
  if (now && now.epoch > 0) {
    return (now.seconds * now.stepsPerEpoch) / now.step;
  }
  const rows = dataset.value?.n_training ?? 0;
  const operations = rows * OPERATIONS_PER_PARAMETER * (prepared.value?.trainer.n_parameters ?? 0);
  return operations / OPERATIONS_PER_SECOND + (now?.stepsPerEpoch ?? 0) * SECONDS_PER_STEP;
}

/** @param {State} state @param {Variant[]} variants @param {number} nSeeds @param {number} nWorkers */
export function estimateSeconds(state, variants, nSeeds, nWorkers) {
  const index = state.index.value;
  const epochs = variants.map(({ change }) =>
    Number(valueOf(mergeValues(state.settings.value, change, index), index, "train.epochs")),
  );
  const total = epochs.reduce((sum, n) => sum + n, 0) * nSeeds * secondsPerEpoch(state);
  return total / Math.min(nWorkers, Math.max(1, variants.length * nSeeds));
}
