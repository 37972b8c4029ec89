// The loop of the manual: variables, optimizer.minimize, gradients found by the library.

import * as tf from "@tensorflow/tfjs-core";
import { layersOf } from "../workloads.mjs";
import { batchTensors, flatWeights, meanLoss, newOptimizer, weightTensors } from "./tfjs-parts.mjs";

/** @type {import("../training.mjs").Open} */
export function minimize(workload, data) {
  const batches = batchTensors(workload, data);
  const last = layersOf(workload).length - 1;
  return {
    start(weights) {
      const variables = weightTensors(workload, weights).map((t) => tf.variable(t));
      const optimizer = newOptimizer(workload.optimizer);

      const forward = (/** @type {any} */ x) => {
        let a = x;
        for (let l = 0; l <= last; l++) {
          a = a.matMul(variables[2 * l]).add(variables[2 * l + 1]);
          a = l === last ? a : workload.activation === "relu" ? a.relu() : a.tanh();
        }
        return a;
      };

      let done = 0;
      return {
        run(steps) {
          for (const end = done + steps; done < end; done++) {
            const { x, y } = batches[done % batches.length];
            tf.tidy(() => {
              optimizer.minimize(() => meanLoss(workload.task, y, forward(x)), false, variables);
            });
          }
          variables[0].dataSync();
        },
        weights: () => flatWeights(variables),
        close() {
          optimizer.dispose();
          tf.dispose(variables);
        },
      };
    },
  };
}
