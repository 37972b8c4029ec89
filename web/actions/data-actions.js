/**
 * Looking at the data and making some, run or no run.
 */
import { toPairs } from "../settings.js";

/**
 * @import { Command, Results } from "../protocol.js"
 * @import { State } from "../state.js"
 * @import { Details, TrainerClient } from "../trainer-client.js"
 */

/** What was chosen on the page of the data was chosen for one file. @param {State} state */
export function forgetView({ data }) {
  data.search.value = "";
  data.selected.value = new Set();
  data.column.value = "";
  data.seed.value = 0;
}

/**
 * @param {object} tools
 * @param {State} tools.state
 * @param {TrainerClient} tools.client
 * @param {() => Promise<void>} tools.bringFile gives the worker the present file, if it has none
 */
export function dataActions({ state, client, bringFile }) {
  /**
   * Asks the worker about the table; null when there is none, or another one by the time of the
   * answer.
   * @template {Command["type"]} T
   * @param {T} type
   * @param {Details<T>} details
   * @returns {Promise<Results[T] | null>} fails with a CommandError
   */
  async function askTable(type, details) {
    const asked = state.table.value;
    if (!asked) {
      return null;
    }
    await bringFile();
    const result = await client.send(type, details);
    return state.table.value === asked ? result : null;
  }

  return {
    askTable,
    /** What the rows tell of the data set that the present settings make. */
    diagnose: () => askTable("diagnose", { settings: toPairs(state.settings.value) }),
    openData: () => (state.data.open.value = true),
    closeData: () => (state.data.open.value = false),
    openMaker: () => (state.maker.open.value = true),
    closeMaker: () => (state.maker.open.value = false),
  };
}
