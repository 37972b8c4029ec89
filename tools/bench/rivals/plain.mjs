// Loops over typed arrays, in double.

import { answer } from "../answer.mjs";
import { PlainNetwork } from "../plain-network.mjs";
import { trainingCommands } from "../training.mjs";
import { stepsPerEpoch } from "../workloads.mjs";

/** @type {import("../training.mjs").Open} */
function open(workload, data) {
  const epoch = stepsPerEpoch(workload);
  return {
    start(weights) {
      const network = new PlainNetwork(workload, weights);
      let done = 0;
      return {
        run(steps) {
          for (const end = done + steps; done < end; done++) {
            const first = (done % epoch) * workload.batch;
            network.step(data, first, Math.min(first + workload.batch, workload.rows));
          }
        },
        weights: () => network.weights,
        close() {},
      };
    },
  };
}

answer(trainingCommands(open));
