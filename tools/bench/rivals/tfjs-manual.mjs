// The fastest loop: fused products, gradients written out, and the library's own update.

import * as tf from "@tensorflow/tfjs-core";
import { layersOf } from "../workloads.mjs";
import { batchTensors, flatWeights, newOptimizer, weightTensors } from "./tfjs-parts.mjs";

/** @typedef {import("../workloads.mjs").Workload} Workload */
/** @typedef {any} Tensor */

/** The outputs of every layer, inputs first. @param {Workload} workload @param {Tensor[]} variables @param {Tensor} x */
function forward(workload, variables, x) {
  const last = layersOf(workload).length - 1;
  const outputs = [x];
  for (let l = 0; l <= last; l++) {
    const relu = l < last && workload.activation === "relu";
    const [b, bias] = [variables[2 * l], variables[2 * l + 1]];
    const activation = relu ? "relu" : "linear";
    const y = tf.fused.matMul({ a: outputs[l], b, bias, activation });
    outputs.push(l < last && !relu ? y.tanh() : y);
  }
  return outputs;
}

/** The gradient of the mean loss by the last outputs. @param {Workload["task"]} task @param {Tensor} y @param {Tensor} outputs */
function lossGradient(task, y, outputs) {
  const rows = y.shape[0];
  switch (task) {
    case "regression":
      return outputs.sub(y).mul(2 / rows);
    case "binary":
      return outputs
        .sigmoid()
        .sub(y)
        .mul(1 / rows);
    case "multiclass":
      return outputs
        .softmax()
        .sub(y)
        .mul(1 / rows);
  }
}

/** The gradients of all variables, in their order. @param {Workload} workload @param {Tensor[]} variables @param {{ x: Tensor, y: Tensor }} batch */
function gradientsOf(workload, variables, { x, y }) {
  const outputs = forward(workload, variables, x);
  let delta = lossGradient(workload.task, y, outputs[outputs.length - 1]);
  /** @type {Tensor[]} */
  const gradients = [];
  for (let l = outputs.length - 2; l >= 0; l--) {
    gradients.unshift(tf.matMul(outputs[l], delta, true, false), delta.sum(0));
    if (l > 0) {
      const back = tf.matMul(delta, variables[2 * l], false, true);
      const a = outputs[l];
      const slope = workload.activation === "relu" ? a.step() : tf.sub(1, a.square());
      delta = back.mul(slope);
    }
  }
  return gradients;
}

/** @type {import("../training.mjs").Open} */
export function manual(workload, data) {
  const batches = batchTensors(workload, data);
  return {
    start(weights) {
      const variables = weightTensors(workload, weights).map((t) => tf.variable(t));
      const optimizer = newOptimizer(workload.optimizer);
      let done = 0;
      const step = () => {
        const gradients = gradientsOf(workload, variables, batches[done % batches.length]);
        optimizer.applyGradients(variables.map(({ name }, i) => ({ name, tensor: gradients[i] })));
      };
      return {
        run(steps) {
          for (const end = done + steps; done < end; done++) {
            tf.tidy(step);
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
