// model.fit, as most programs train.

import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { layersOf, stepsPerEpoch } from "../workloads.mjs";
import { flatWeights, meanLoss, newOptimizer, weightTensors, wholeTensors } from "./tfjs-parts.mjs";

/** @param {import("../workloads.mjs").Workload} workload */
function newModel(workload) {
  const all = layersOf(workload);
  const model = sequential();
  all.forEach(({ n_in, n_out }, l) => {
    const activation = l + 1 < all.length ? workload.activation : "linear";
    model.add(layers.dense({ inputShape: [n_in], units: n_out, activation }));
  });
  model.compile({
    optimizer: newOptimizer(workload.optimizer),
    loss: (/** @type {any} */ y, /** @type {any} */ outputs) => meanLoss(workload.task, y, outputs),
  });
  return model;
}

/** @type {import("../training.mjs").Open} */
export function fit(workload, data) {
  const { x, y } = wholeTensors(workload, data);
  const epoch = stepsPerEpoch(workload);
  return {
    start(weights) {
      const model = newModel(workload);
      const tensors = weightTensors(workload, weights);
      model.setWeights(tensors);
      tf.dispose(tensors);
      return {
        async run(steps) {
          let left = steps;
          const onBatchEnd = () => {
            left--;
            model.stopTraining = left === 0;
          };
          await model.fit(x, y, {
            batchSize: workload.batch,
            epochs: Math.ceil(steps / epoch),
            shuffle: false,
            verbose: 0,
            yieldEvery: "never",
            callbacks: { onBatchEnd },
          });
        },
        weights: () => flatWeights(model.getWeights()),
        close() {
          model.optimizer.dispose();
          model.dispose();
        },
      };
    },
  };
}
