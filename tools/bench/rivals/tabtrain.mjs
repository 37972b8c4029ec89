// tabtrain's own module through the page's own core.js, as fast as it goes: one call trains many
// steps, and no validation rows are kept apart.

import { Core } from "../../../web/worker/core.js";
import { readTable } from "../../../web/worker/read-table.js";
import { answer } from "../answer.mjs";
import { datasetText } from "../csv-text.mjs";
import { settingsOf } from "../settings.mjs";
import { trainingCommands } from "../training.mjs";

const module = fetch(new URL("site/tabtrain.wasm", import.meta.url));
const core = module.then((response) => response.arrayBuffer()).then((bytes) => Core.load(bytes));

/** Units of work between two looks at the clock; here nobody looks. */
const UNITS = 2 ** 30;

/** @type {import("../training.mjs").Open} */
async function open(workload, data, { variant }) {
  const own = await core;
  const config = own.newConfig([
    ...settingsOf(workload),
    ["split.validation", "0"],
    ["train.shuffle", variant === "in order" ? "0" : "1"],
  ]);
  const table = await readTable(own, new Blob([...datasetText(data)]), config);
  const dataset = own.newDataset(table, config);
  table.free();
  return {
    start(weights) {
      const trainer = own.newTrainer(dataset, config);
      trainer.setParameters(weights);
      return {
        run(steps) {
          const end = trainer.progress().step + steps;
          while (trainer.progress().step < end) {
            const mistake = trainer.run(end, UNITS);
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
