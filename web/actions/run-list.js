/**
 * The list of runs: how runs get into it, and what they are numbered.
 */
import { leaveRun } from "../state.js";
import { freeColors, RunRecord } from "../runs.js";

/**
 * @import { Prepared } from "../protocol.js"
 * @import { DataMark } from "../runs.js"
 * @import { State } from "../state.js"
 * @import { Values } from "../settings.js"
 */

/** @param {State} state */
export function createRunList(state) {
  let nRuns = 0;
  /** The newest run of this page, whose number is free again if it is never begun. @type {RunRecord | null} */
  let unbegun = null;

  const nextNumber = () => ++nRuns;

  /** @returns {DataMark} */
  function dataMark() {
    const { n_rows: rows = 0, columns = [], fingerprint = "" } = state.table.value ?? {};
    const { name = "", example = false, made = "" } = state.source.value ?? {};
    return { name, example, made, fingerprint, rows, columns: columns.length };
  }

  /** @param {number} number @param {Prepared} prepared @param {Values} settings */
  function append(number, prepared, settings) {
    const keys = state.catalogue.value?.history.map((column) => column.key) ?? [];
    const run = new RunRecord({ number, settings, data: dataMark(), prepared, keys });
    [run.color] = freeColors(state.runs.value);
    state.runs.value = [...state.runs.value, run];
    return run;
  }

  /** A run in the place of the current one. @param {Prepared} prepared @param {Values} settings */
  function beginRun(prepared, settings) {
    leaveRun(state);
    const number = unbegun?.begun === false ? unbegun.number : nextNumber();
    unbegun = append(number, prepared, settings);
    return unbegun;
  }

  /** Keeps a run that a worker of the pool trains. @param {Prepared} prepared @param {Values} settings */
  const addRun = (prepared, settings) => append(nextNumber(), prepared, settings);

  /** Takes runs into the list that were kept, before those of this page. @param {RunRecord[]} kept */
  function adoptRuns(kept) {
    const known = new Set(state.runs.value.map(({ id }) => id));
    const fresh = kept.filter(({ id }) => !known.has(id));
    const present = new Set([...state.runs.value, ...(unbegun ? [unbegun] : [])]);
    const taken = new Set();
    for (const run of [...fresh, ...present]) {
      if (taken.has(run.number)) {
        run.number = Math.max(...taken) + 1;
        [run.color] = freeColors([...fresh, ...present].filter((other) => other !== run));
      }
      taken.add(run.number);
    }
    nRuns = Math.max(nRuns, ...taken);
    state.runs.value = [...fresh, ...state.runs.value];
  }

  return { nextNumber, beginRun, addRun, adoptRuns };
}
