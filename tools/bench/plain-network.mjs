// A network in plain JavaScript, in double: the best that loops over typed arrays do, and the
// independent computation that every other result is held against.

import { tensorsOf } from "./data.mjs";
import { affine, gather } from "./plain-products.mjs";
import { ADAM } from "./workloads.mjs";

/** @typedef {import("./data.mjs").Data} Data */
/** @typedef {import("./workloads.mjs").Workload} Workload */

export class PlainNetwork {
  #workload;
  #layers;
  #weights;
  #gradient;
  #gradients;
  #moments;
  #t = 0;
  /** Outputs of each layer and their gradients, (rows, width). */
  #outputs;
  #deltas;

  /**
   * @param {Workload} workload
   * @param {ArrayLike<number>} weights as makeWeights() gives them; copied
   * @param {number} [maxRows] the most that go in at once
   */
  constructor(workload, weights, maxRows = workload.batch) {
    this.#workload = workload;
    this.#weights = Float64Array.from(weights);
    this.#layers = tensorsOf(workload, this.#weights);
    this.#gradient = new Float64Array(weights.length);
    this.#gradients = tensorsOf(workload, this.#gradient);
    this.#moments = [new Float64Array(weights.length), new Float64Array(weights.length)];
    this.#outputs = workload.widths.map((width) => new Float64Array(maxRows * width));
    this.#deltas = workload.widths.map((width) => new Float64Array(maxRows * width));
  }

  get weights() {
    return Float32Array.from(this.#weights);
  }

  /** One step on some rows. @param {Data} data @param {number} start @param {number} end */
  step(data, start, end) {
    this.#forward(data, start, end);
    this.#lossGradient(data, start, end);
    this.#backward(end - start);
    this.#update();
  }

  /** The mean loss of some rows. @param {Data} data @param {number} start @param {number} end */
  loss(data, start, end) {
    this.#forward(data, start, end);
    const { widths, task } = this.#workload;
    const width = widths[widths.length - 1];
    const outputs = this.#outputs[widths.length - 1];
    let sum = 0;
    for (let row = 0; row < end - start; row++) {
      const own = outputs.subarray(row * width, (row + 1) * width);
      sum += rowLoss(task, own, data.targets[start + row]);
    }
    return sum / (end - start);
  }

  /** @param {Data} data @param {number} start @param {number} end */
  #forward({ features }, start, end) {
    const { widths, activation } = this.#workload;
    this.#outputs[0].set(features.subarray(start * widths[0], end * widths[0]));
    this.#layers.forEach(({ weight, bias, n_in, n_out }, l) => {
      const y = this.#outputs[l + 1];
      affine(end - start, n_out, n_in, this.#outputs[l], weight, bias, y);
      if (l + 1 < this.#layers.length) {
        activate(activation, y, (end - start) * n_out);
      }
    });
  }

  /** @param {Data} data @param {number} start @param {number} end */
  #lossGradient({ targets }, start, end) {
    const { widths, task } = this.#workload;
    const width = widths[widths.length - 1];
    const outputs = this.#outputs[widths.length - 1];
    const deltas = this.#deltas[widths.length - 1];
    for (let row = 0; row < end - start; row++) {
      const at = row * width;
      const target = targets[start + row];
      if (task === "regression") {
        deltas[at] = (2 * (outputs[at] - target)) / (end - start);
      } else if (task === "binary") {
        deltas[at] = (1 / (1 + Math.exp(-outputs[at])) - target) / (end - start);
      } else {
        softmaxGradient(outputs, deltas, at, width, target, end - start);
      }
    }
  }

  /** @param {number} rows */
  #backward(rows) {
    this.#gradient.fill(0);
    for (let l = this.#layers.length - 1; l >= 0; l--) {
      const { weight, n_in, n_out } = this.#layers[l];
      const [x, dx, dy] = [this.#outputs[l], this.#deltas[l], this.#deltas[l + 1]];
      gather(n_out, rows, n_in, dy, 1, n_out, x, this.#gradients[l].weight);
      const { bias } = this.#gradients[l];
      for (let i = 0; i < rows * n_out; i++) {
        bias[i % n_out] += dy[i];
      }
      if (l > 0) {
        dx.fill(0, 0, rows * n_in);
        gather(rows, n_out, n_in, dy, n_out, 1, weight, dx);
        activationGradient(this.#workload.activation, x, dx, rows * n_in);
      }
    }
  }

  #update() {
    this.#t++;
    const { kind, rate, momentum = 0, decay = 0 } = this.#workload.optimizer;
    const [w, g, [m, v]] = [this.#weights, this.#gradient, this.#moments];
    if (kind === "sgd") {
      for (let i = 0; i < w.length; i++) {
        m[i] = momentum * m[i] + g[i];
        w[i] -= rate * m[i];
      }
      return;
    }
    const { beta1, beta2, epsilon } = ADAM;
    const step = rate / (1 - beta1 ** this.#t);
    const root = 1 / Math.sqrt(1 - beta2 ** this.#t);
    for (let i = 0; i < w.length; i++) {
      m[i] += (1 - beta1) * (g[i] - m[i]);
      v[i] += (1 - beta2) * (g[i] * g[i] - v[i]);
      w[i] -= rate * decay * w[i] + (step * m[i]) / (root * Math.sqrt(v[i]) + epsilon);
    }
  }
}

/** @param {import("./workloads.mjs").Task} task @param {Float64Array} outputs @param {number} target */
function rowLoss(task, outputs, target) {
  const y = outputs[0];
  switch (task) {
    case "regression":
      return (y - target) ** 2;
    case "binary":
      return Math.max(y, 0) - y * target + Math.log1p(Math.exp(-Math.abs(y)));
    case "multiclass": {
      const max = Math.max(...outputs);
      const sum = outputs.reduce((total, value) => total + Math.exp(value - max), 0);
      return max + Math.log(sum) - outputs[target];
    }
  }
}

/**
 * @param {Float64Array} outputs @param {Float64Array} deltas @param {number} at @param {number} width
 * @param {number} target @param {number} rows
 */
function softmaxGradient(outputs, deltas, at, width, target, rows) {
  let max = -Infinity;
  for (let o = 0; o < width; o++) {
    max = Math.max(max, outputs[at + o]);
  }
  let sum = 0;
  for (let o = 0; o < width; o++) {
    deltas[at + o] = Math.exp(outputs[at + o] - max);
    sum += deltas[at + o];
  }
  for (let o = 0; o < width; o++) {
    deltas[at + o] = (deltas[at + o] / sum - (o === target ? 1 : 0)) / rows;
  }
}

/** @param {import("./workloads.mjs").Activation} kind @param {Float64Array} y @param {number} n */
function activate(kind, y, n) {
  for (let i = 0; i < n; i++) {
    y[i] = kind === "relu" ? Math.max(y[i], 0) : Math.tanh(y[i]);
  }
}

/**
 * @param {import("./workloads.mjs").Activation} kind @param {Float64Array} y the activation's values
 * @param {Float64Array} d @param {number} n
 */
function activationGradient(kind, y, d, n) {
  for (let i = 0; i < n; i++) {
    d[i] *= kind === "relu" ? Number(y[i] > 0) : 1 - y[i] * y[i];
  }
}
