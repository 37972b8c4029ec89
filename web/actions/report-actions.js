/**
 * What the trainer is asked about the weights of the run that it has: the report, other weights put in
 * their place, a check of the gradient.
 */
import { batch } from "@preact/signals-core";
import { messageOf } from "./notices.js";
import { reportedPart } from "../state.js";

/**
 * @import { Notices } from "./notices.js"
 * @import { Part, Progress } from "../protocol.js"
 * @import { State } from "../state.js"
 * @import { TrainerClient } from "../trainer-client.js"
 */

/**
 * @typedef {object} Tools
 * @property {State} state
 * @property {TrainerClient} client
 * @property {Notices} notices
 * @property {(progress: Progress) => void} setProgress of the current run
 * @property {() => Promise<boolean>} needRun makes one where the trainer has none
 */

/** @param {Tools} tools */
export function reportActions({ state, client, notices, setProgress, needRun }) {
  const { notify, dismiss } = notices;

  /** How many reports were asked for; an answer to an older question is no longer wanted. */
  let newest = 0;

  async function fetchReport() {
    const asked = state.prepared.value?.run;
    const question = ++newest;
    const isWanted = () => question === newest && state.prepared.value?.run === asked;
    try {
      const report = await client.send("report", { part: reportedPart(state) });
      if (isWanted() && !state.running.value) {
        state.report.value = report;
      }
    } catch (error) {
      if (isWanted()) {
        notify("run", messageOf(error));
      }
    }
  }

  /** @param {Part} part */
  function showPart(part) {
    state.reportPart.value = part;
    return fetchReport();
  }

  async function restoreBest() {
    setProgress(await client.send("restoreBest", {}));
    state.restored.value = true;
    await fetchReport();
  }

  /** Back to the end of a kept epoch. @param {number} epoch */
  async function rewind(epoch) {
    try {
      const progress = await client.send("rewind", { epoch });
      batch(() => {
        state.history.value.cutAfter(progress.step);
        setProgress(progress);
        state.restored.value = false;
        state.checks.value = null;
        dismiss("run");
      });
      await fetchReport();
    } catch (error) {
      notify("run", messageOf(error));
    }
  }

  async function checkGradient() {
    if (!(await needRun())) {
      return;
    }
    try {
      state.checks.value = (await client.send("checkGradient", {})).checks;
    } catch (error) {
      notify("run", messageOf(error));
    }
  }

  return { fetchReport, showPart, restoreBest, rewind, checkGradient };
}
