/** How closely an inspection looks. */

/** @import { State } from "../../state.js" */

const MOST = 256;
const FEWEST = 64;

/** Rows times parameters: some milliseconds of work, in which the worker does not look for Pause. */
const WORK = 2 ** 24;

/** How many rows of the current run's network are looked at. @param {State} state */
export function rowsToInspect({ prepared: { value } }) {
  const affordable = Math.floor(WORK / Math.max(1, value?.trainer.n_parameters ?? 1));
  return Math.min(MOST, Math.max(FEWEST, affordable));
}
