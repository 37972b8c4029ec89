// Data of a workload and the weights that all begin with, made from seeds: every worker and program
// makes the same for itself.

import { layersOf } from "./workloads.mjs";

/** @typedef {import("./workloads.mjs").Workload} Workload */
/**
 * Features are (rows, inputs). Targets are (rows): a value, 0 or 1, or the number of a class.
 * @typedef {{ features: Float32Array, targets: Float32Array }} Data
 */

/** Features are multiples of this, so that a CSV file holds them exactly in few digits. */
const GRID = 1 / 16;
const LEVELS = 32;
const DATA_SEED = 1;
const WEIGHTS_SEED = 2;
const TEACHER_SEED = 3;

/**
 * Random numbers from 0 up to 1 (mulberry32).
 * @param {number} seed
 */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** From -2 to 2, most in the middle. @param {() => number} random */
function gridValue(random) {
  return GRID * (Math.floor(LEVELS * (random() + random())) - LEVELS);
}

/**
 * What the network is to find: a random linear map of bent features, (outputs, inputs).
 * @param {Workload} workload
 */
function teacherOf({ widths }) {
  const random = randomNumbers(TEACHER_SEED);
  const n_out = widths[widths.length - 1];
  const scale = 3 / Math.sqrt(widths[0]);
  return Float64Array.from({ length: n_out * widths[0] }, () => scale * (2 * random() - 1));
}

/** @param {Workload} workload @param {Float64Array} outputs of the teacher */
function targetOf({ task }, outputs) {
  switch (task) {
    case "regression":
      return Math.round(outputs[0] / (1 + Math.abs(outputs[0])) / GRID) * GRID;
    case "binary":
      return outputs[0] > 0 ? 1 : 0;
    case "multiclass":
      return outputs.indexOf(Math.max(...outputs));
  }
}

/** @param {Workload} workload @returns {Data} */
export function makeData(workload) {
  const { rows, widths } = workload;
  const n_in = widths[0];
  const random = randomNumbers(DATA_SEED);
  const teacher = teacherOf(workload);
  const features = new Float32Array(rows * n_in);
  const targets = new Float32Array(rows);
  const outputs = new Float64Array(teacher.length / n_in);
  for (let row = 0; row < rows; row++) {
    outputs.fill(0);
    for (let i = 0; i < n_in; i++) {
      const x = gridValue(random);
      features[row * n_in + i] = x;
      const bent = x * (1 - Math.abs(x) / 4);
      for (let o = 0; o < outputs.length; o++) {
        outputs[o] += teacher[o * n_in + i] * bent;
      }
    }
    targets[row] = targetOf(workload, outputs);
  }
  return { features, targets };
}

/**
 * Glorot's uniform weights and biases of 0, all tensors one after the other: for each layer its
 * weight (out, in), then its bias.
 * @param {Workload} workload
 */
export function makeWeights(workload) {
  const random = randomNumbers(WEIGHTS_SEED);
  const tensors = layersOf(workload).map(({ n_in, n_out }) => {
    const limit = Math.sqrt(6 / (n_in + n_out));
    const tensor = new Float32Array((n_in + 1) * n_out);
    return tensor.map((_, i) => (i < n_in * n_out ? limit * (2 * random() - 1) : 0));
  });
  const all = new Float32Array(tensors.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const tensor of tensors) {
    all.set(tensor, end);
    end += tensor.length;
  }
  return all;
}

/**
 * The flat weights as tensors, views of the same memory.
 * @template {Float32Array | Float64Array} T
 * @param {Workload} workload
 * @param {T} flat
 * @returns {{ weight: T, bias: T, n_in: number, n_out: number }[]}
 */
export function tensorsOf(workload, flat) {
  let end = 0;
  return layersOf(workload).map(({ n_in, n_out }) => {
    const weight = /** @type {T} */ (flat.subarray(end, end + n_in * n_out));
    const bias = /** @type {T} */ (flat.subarray(end + n_in * n_out, end + (n_in + 1) * n_out));
    end += (n_in + 1) * n_out;
    return { weight, bias, n_in, n_out };
  });
}
