/**
 * Keeps what the data doctor says in step with the file and the settings.
 */
import { messageOf } from "../../actions/notices.js";
import { dataFacts } from "../../data-doctor/data-facts.js";
import { examineData } from "../../data-doctor/examine-data.js";
import { language } from "../../text/i18n.js";
import { nowAndThen, watch } from "../parts/dom.js";

/**
 * @import { Diagnosis } from "../../protocol-data.js"
 * @import { Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { DataFinding } from "../../data-doctor/data-facts.js"
 */

/**
 * What was found in a table with some settings; `problem` says why nothing could be looked for.
 * @typedef {{ table: Table, settings: string, findings: DataFinding[], problem: string }} Verdict
 */

const SETTLE_MS = 400;

/** Settings that a verdict depends on. */
const PARTS = /^(data|split|scaler|model\.hidden)(\.|$)/;

/** @param {Record<string, string>} values */
const settingsText = (values) =>
  language.value + JSON.stringify(Object.entries(values).filter(([key]) => PARTS.test(key)));

/** @param {Context} context @param {() => boolean} wanted */
export function followDiagnosis({ state, actions }, wanted) {
  const { diagnosis } = state.data;

  /** @param {Table} table @param {Diagnosis | null} found @param {string} problem */
  function tell(table, found, problem) {
    const settings = settingsText(state.settings.value);
    const findings = found
      ? examineData(dataFacts(table, found, state.settings.value, state.index.value))
      : [];
    diagnosis.value = { table, settings, findings, problem };
  }

  async function look() {
    const table = state.table.value;
    const asked = settingsText(state.settings.value);
    const isNew = diagnosis.value?.table !== table || diagnosis.value?.settings !== asked;
    if (!table || !isNew || !wanted()) {
      return;
    }
    try {
      const found = await actions.diagnose();
      if (found && settingsText(state.settings.value) === asked) {
        tell(table, found, "");
      }
    } catch (error) {
      if (state.table.value === table && settingsText(state.settings.value) === asked) {
        tell(table, null, messageOf(error));
      }
    }
  }

  const ask = nowAndThen(SETTLE_MS, look);
  watch(() => {
    [state.table, state.settings, state.index].forEach((one) => one.value);
    if (wanted()) {
      ask();
    }
  });
}
