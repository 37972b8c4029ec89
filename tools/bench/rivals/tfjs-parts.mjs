// What the three ways of training with TensorFlow.js have in common. Kernels are (in, out) there.

import * as tf from "@tensorflow/tfjs-core";
import { tensorsOf } from "../data.mjs";
import { ADAM, stepsPerEpoch } from "../workloads.mjs";

/** @typedef {import("../workloads.mjs").Workload} Workload */
/** @typedef {any} Tensor */

/** Targets as the losses want them: one-hot rows, or a column. @param {Workload} workload @param {Float32Array} targets @returns {Tensor} */
function targetTensor({ task, widths }, targets) {
  if (task !== "multiclass") {
    return tf.tensor2d(targets, [targets.length, 1]);
  }
  const classes = tf.tensor1d(Int32Array.from(targets), "int32");
  return tf.tidy(() => tf.oneHot(classes, widths[widths.length - 1]).toFloat());
}

/** @param {Workload} workload @param {import("../data.mjs").Data} data */
export function wholeTensors(workload, { features, targets }) {
  const x = tf.tensor2d(features, [workload.rows, workload.widths[0]]);
  return { x, y: targetTensor(workload, targets) };
}

/**
 * Every batch of an epoch as tensors of its own.
 * @param {Workload} workload
 * @param {import("../data.mjs").Data} data
 * @returns {{ x: Tensor, y: Tensor }[]}
 */
export function batchTensors(workload, { features, targets }) {
  const { batch, rows, widths } = workload;
  return Array.from({ length: stepsPerEpoch(workload) }, (_, i) => {
    const [start, end] = [i * batch, Math.min((i + 1) * batch, rows)];
    const x = features.slice(start * widths[0], end * widths[0]);
    return {
      x: tf.tensor2d(x, [end - start, widths[0]]),
      y: targetTensor(workload, targets.slice(start, end)),
    };
  });
}

/** @param {Workload} workload @param {Float32Array} flat @returns {Tensor[]} kernel, bias, kernel, bias, ... */
export function weightTensors(workload, flat) {
  return tensorsOf(workload, flat).flatMap(({ weight, bias, n_in, n_out }) => [
    tf.tidy(() => tf.tensor2d(weight.slice(), [n_out, n_in]).transpose()),
    tf.tensor1d(bias.slice()),
  ]);
}

/** The way back. @param {Tensor[]} tensors @returns {Float32Array} */
export function flatWeights(tensors) {
  const flat = tensors.flatMap((tensor) =>
    tensor.shape.length === 2
      ? [tf.tidy(() => tensor.transpose().dataSync().slice())]
      : [tensor.dataSync().slice()],
  );
  const all = new Float32Array(flat.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of flat) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

/** Adam with the decay of its weights apart, which TensorFlow.js lacks. */
class AdamW extends tf.AdamOptimizer {
  #shrink;

  /** @param {number} rate @param {number} decay */
  constructor(rate, decay) {
    super(rate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
    this.#shrink = 1 - rate * decay;
  }

  /** @param {Record<string, Tensor> | { name: string, tensor: Tensor }[]} gradients */
  applyGradients(gradients) {
    const names = Array.isArray(gradients)
      ? gradients.map(({ name }) => name)
      : Object.keys(gradients);
    tf.tidy(() => {
      for (const name of names) {
        const variable = tf.engine().registeredVariables[name];
        variable.assign(variable.mul(this.#shrink));
      }
    });
    super.applyGradients(gradients);
  }
}

/** @param {Workload["optimizer"]} optimizer @returns {any} */
export function newOptimizer({ kind, rate, momentum = 0, decay = 0 }) {
  switch (kind) {
    case "sgd":
      return momentum > 0 ? tf.train.momentum(rate, momentum) : tf.train.sgd(rate);
    case "adam":
      return tf.train.adam(rate, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
    case "adamw":
      return new AdamW(rate, decay);
  }
}

/** @param {Workload["task"]} task @param {Tensor} y @param {Tensor} outputs of the network */
export function meanLoss(task, y, outputs) {
  switch (task) {
    case "regression":
      return tf.losses.meanSquaredError(y, outputs);
    case "binary":
      return tf.losses.sigmoidCrossEntropy(y, outputs);
    case "multiclass":
      return tf.losses.softmaxCrossEntropy(y, outputs);
  }
}
