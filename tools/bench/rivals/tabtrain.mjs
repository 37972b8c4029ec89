// tabtrain's own module through the page's own core.js, as fast as it goes: one call trains many
// steps. No validation rows are kept apart, unless the variant is "validated": then there are so many
// more rows that as many as ever train, and after every epoch the others are evaluated.

import { Core } from "../../../web/worker/core.js";
import { readTable } from "../../../web/worker/read-table.js";
import { answer } from "../answer.mjs";
import { datasetText } from "../csv-text.mjs";
import { makeData } from "../data.mjs";
import { settingsOf } from "../settings.mjs";
import { trainingCommands } from "../training.mjs";

/** The module with exact or with fused arithmetic. @param {boolean} fused */
async function loadCore(fused) {
  const name = fused ? "tabtrain-fused.wasm" : "tabtrain.wasm";
  const response = await fetch(new URL(`site/${name}`, import.meta.url));
  if (!response.ok) {
    throw new Error(`the site has no ${name}`);
  }
  return Core.load(await response.arrayBuffer());
}

/** The page's own share. */
const VALIDATION = 0.2;

/** Work between two looks at the clock; here nobody looks. */
const WORK = 2 ** 30;

/** @type {import("../training.mjs").Open} */
async function open(workload, data, { variant = "" }) {
  const fused = variant.includes("fused");
  const validation = variant.includes("validated") ? VALIDATION : 0;
  const rows = Math.round(workload.rows / (1 - validation));
  const all = validation > 0 ? makeData({ ...workload, rows }) : data;
  const core = await loadCore(fused);
  const config = core.newConfig([
    ...settingsOf(workload),
    ["split.validation", String(validation)],
    ["train.shuffle", variant.includes("in order") ? "0" : "1"],
    ["train.arithmetic", fused ? "fused" : "exact"],
  ]);
  const table = await readTable(core, new Blob([...datasetText(all)]), config);
  const dataset = core.newDataset(table, config);
  table.free();
  return {
    start(weights) {
      const trainer = core.newTrainer(dataset, config);
      trainer.setParameters(weights);
      return {
        run(steps) {
          const end = trainer.progress().step + steps;
          while (trainer.progress().step < end) {
            const mistake = trainer.run(end, WORK);
            if (mistake) {
              throw new Error(mistake.message);
            }
            trainer.takeHistory();
          }
        },
        weights: () => trainer.parameters(),
        close: () => trainer.free(),
      };
    },
  };
}

answer(trainingCommands(open));
