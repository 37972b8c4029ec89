/** The commands that look at the rows of the table, run or no run. */

import {
  columnFacts,
  countColumns,
  drawRows,
  prepared,
  previewPictures,
  repeats,
} from "./core-data.js";
import { tableRows } from "./core-inspect.js";
import { overtaken } from "./session.js";
import { inSlices } from "./slices.js";

/** The newest search for facts, which ends those before it. */
let newest = 0;

/** @satisfies {Partial<import("./commands.js").Handlers>} */
export const dataHandlers = {
  drawRows: (session, { n, seed }) => {
    const table = session.needTable();
    return tableRows(table, drawRows(table, n, seed));
  },

  prepared: (session, { columns, settings, bins }) =>
    session.withDataset(settings, async (dataset) =>
      prepared(session.needTable(), dataset, columns, bins),
    ),

  pictures: (session, { settings, n, seed }) =>
    session.withDataset(settings, async (dataset, config) =>
      previewPictures(dataset, config, n, seed),
    ),

  diagnose: (session, { id, settings }) => {
    newest = id;
    const table = session.needTable();
    return session.withDataset(settings, async (dataset) => {
      const n = countColumns(dataset);
      /** @type {import("../protocol-data.js").ColumnFacts[]} */
      const columns = [];
      await inSlices(() => {
        if (newest !== id || table.pointer === 0 || dataset.pointer === 0) {
          throw overtaken();
        }
        columns.push(...columnFacts(table, dataset, columns.length, Math.min(1, n)));
        return columns.length === n;
      });
      return { dataset: dataset.json(), repeats: repeats(table, dataset), columns };
    });
  },
};
