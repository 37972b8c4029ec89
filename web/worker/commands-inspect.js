/** The commands that look inside a run, or its table, without disturbing it. */

import {
  autopsy,
  baselines,
  describe,
  explain,
  inspect,
  sampleRows,
  tableRows,
} from "./core-inspect.js";
import { Report } from "./core-report.js";
import { overtaken } from "./session.js";
import { inSlices } from "./slices.js";

/**
 * @param {import("./core-trainer.js").Trainer} trainer
 * @param {import("../protocol.js").Part} part
 */
async function wholeReport(trainer, part) {
  const report = new Report(trainer, part);
  try {
    await inSlices(() => {
      if (trainer.pointer === 0) {
        throw overtaken();
      }
      return report.run();
    });
    return report.result();
  } finally {
    report.free();
  }
}

/** @satisfies {Partial<import("./commands.js").Handlers>} */
export const inspectHandlers = {
  report: (session, { part }) => wholeReport(session.needRun().trainer, part),
  inspect: (session, command) => inspect(session.needRun().trainer, command),
  autopsy: (session) => ({ autopsy: autopsy(session.needRun().trainer) }),
  baselines: (session) => ({ baselines: baselines(session.needRun().trainer) }),
  tableRows: (session, { rows }) => tableRows(session.needRunTable(), rows),
  sampleRows: (session, { part, most }) => {
    const table = session.needRunTable();
    return tableRows(table, session.dataset ? sampleRows(session.dataset, part, most) : []);
  },
  describe: (session, { columns, settings, bins }) => {
    const config = session.core.newConfig(settings);
    try {
      return describe(session.needTable(), config, columns, bins);
    } finally {
      config.free();
    }
  },
  explain: (session, command) => explain(session.needRun().trainer, command),
};
