// jax-js on its wasm device: one compiled step, gradients found by the library. A reference is taken
// (.ref) wherever an array is used once more, because every use gives it away.

import { defaultDevice, grad, init, jit, nn, numpy as np } from "@jax-js/jax";
import { answer } from "../answer.mjs";
import { tensorsOf } from "../data.mjs";
import { trainingCommands } from "../training.mjs";
import { ADAM, layersOf, stepsPerEpoch } from "../workloads.mjs";

/** @typedef {import("../workloads.mjs").Workload} Workload */
/** @typedef {any} Tensor */
/** Weights, the moments that the optimizer keeps, and the powers of Adam's two betas. @typedef {{ w: Tensor[], m: Tensor[], v: Tensor[], powers: Tensor[] }} State */

/** @param {Float32Array} values @param {number[]} shape @returns {Tensor} */
const array = (values, shape) => np.array(values).reshape(shape);

/** @param {Workload} workload @param {Tensor[]} w @param {Tensor} x */
function forward({ activation }, w, x) {
  const last = w.length / 2 - 1;
  let a = x;
  for (let l = 0; l <= last; l++) {
    a = np.matmul(a, w[2 * l]).add(w[2 * l + 1]);
    a = l === last ? a : activation === "relu" ? nn.relu(a) : np.tanh(a);
  }
  return a;
}

/** @param {Workload} workload @param {Tensor[]} w @param {Tensor} x @param {Tensor} y */
function meanLoss(workload, w, x, y) {
  const outputs = forward(workload, w, x);
  switch (workload.task) {
    case "regression":
      return np.square(outputs.sub(y)).mean();
    case "binary":
      return nn.softplus(outputs.ref).sub(outputs.mul(y)).mean();
    case "multiclass":
      return nn.logSoftmax(outputs, -1).mul(y).sum(-1).mean().neg();
  }
}

/** @param {Workload["optimizer"]} optimizer @param {State} state @param {Tensor[]} gradients @returns {State} */
function updateSgd({ rate, momentum = 0 }, { w, m, v, powers }, gradients) {
  const moved = m.map((old, i) => old.mul(momentum).add(gradients[i]));
  const steps = m.length > 0 ? moved.map((tensor) => tensor.ref) : gradients;
  return { w: w.map((old, i) => old.sub(steps[i].mul(rate))), m: moved, v, powers };
}

/** @param {Workload["optimizer"]} optimizer @param {State} state @param {Tensor[]} gradients @returns {State} */
function updateAdam({ rate, decay = 0 }, state, gradients) {
  const { beta1, beta2, epsilon } = ADAM;
  const p1 = state.powers[0].mul(beta1);
  const p2 = state.powers[1].mul(beta2);
  const m = state.m.map((old, i) => old.mul(beta1).add(gradients[i].ref.mul(1 - beta1)));
  const v = state.v.map((old, i) => old.mul(beta2).add(np.square(gradients[i]).mul(1 - beta2)));
  const w = state.w.map((old, i) => {
    const mean = m[i].ref.div(np.array(1).sub(p1.ref));
    const root = np.sqrt(v[i].ref.div(np.array(1).sub(p2.ref))).add(epsilon);
    return old.mul(1 - rate * decay).sub(mean.div(root).mul(rate));
  });
  return { w, m, v, powers: [p1, p2] };
}

/** @param {Workload} workload */
function compiledStep(workload) {
  const update = workload.optimizer.kind === "sgd" ? updateSgd : updateAdam;
  const gradient = grad(
    (/** @type {Tensor[]} */ w, /** @type {Tensor} */ x, /** @type {Tensor} */ y) =>
      meanLoss(workload, w, x, y),
  );
  return jit((/** @type {State} */ state, /** @type {Tensor} */ x, /** @type {Tensor} */ y) => {
    const gradients = gradient(
      state.w.map((w) => w.ref),
      x,
      y,
    );
    return update(workload.optimizer, state, gradients);
  });
}

/** @param {Workload} workload @param {import("../data.mjs").Data} data */
function batchArrays({ task, rows, batch, widths }, { features, targets }) {
  const width = widths[widths.length - 1];
  const n = stepsPerEpoch(/** @type {Workload} */ ({ rows, batch }));
  return Array.from({ length: n }, (_, i) => {
    const [start, end] = [i * batch, Math.min((i + 1) * batch, rows)];
    const x = features.slice(start * widths[0], end * widths[0]);
    const own = targets.slice(start, end);
    const y = new Float32Array((end - start) * width);
    own.forEach((target, row) => {
      y[row * width + (task === "multiclass" ? target : 0)] = task === "multiclass" ? 1 : target;
    });
    return { x: array(x, [end - start, widths[0]]), y: array(y, [end - start, width]) };
  });
}

/** @param {Workload} workload @param {Float32Array} flat @returns {State} */
function firstState(workload, flat) {
  const w = tensorsOf(workload, flat).flatMap(({ weight, bias, n_in, n_out }) => [
    array(weight.slice(), [n_out, n_in]).transpose(),
    np.array(bias.slice()),
  ]);
  const { kind, momentum = 0 } = workload.optimizer;
  const adam = kind !== "sgd";
  const zeros = (/** @type {boolean} */ wanted) =>
    wanted ? w.map((tensor) => np.zeros(tensor.shape)) : [];
  const powers = adam ? [np.array(1), np.array(1)] : [];
  return { w, m: zeros(adam || momentum > 0), v: zeros(adam), powers };
}

/** @param {Workload} workload @param {Tensor[]} w */
async function flatWeights(workload, w) {
  const flat = new Float32Array(
    layersOf(workload).reduce((sum, { n_in, n_out }) => sum + (n_in + 1) * n_out, 0),
  );
  for (const [l, { weight, bias }] of tensorsOf(workload, flat).entries()) {
    weight.set(await w[2 * l].ref.transpose().data());
    bias.set(await w[2 * l + 1].ref.data());
  }
  return flat;
}

/** @type {import("../training.mjs").Open} */
async function open(workload, data) {
  await init("wasm");
  defaultDevice("wasm");
  const batches = batchArrays(workload, data);
  const step = compiledStep(workload);
  return {
    start(weights) {
      let state = firstState(workload, weights);
      let done = 0;
      return {
        async run(steps) {
          for (const end = done + steps; done < end; done++) {
            const { x, y } = batches[done % batches.length];
            state = step(state, x.ref, y.ref);
            // Steps that wait in a queue cost more, the longer it is.
            await state.w[0].blockUntilReady();
          }
        },
        weights: () => flatWeights(workload, state.w),
        close: () =>
          [...state.w, ...state.m, ...state.v, ...state.powers].forEach((array) => array.dispose()),
      };
    },
  };
}

answer(trainingCommands(open));
