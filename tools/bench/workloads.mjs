// What is measured. A network's widths go from its inputs to its outputs.

/** @typedef {"regression" | "binary" | "multiclass"} Task */
/** @typedef {"tanh" | "relu"} Activation */
/** @typedef {{ kind: "sgd" | "adam" | "adamw", rate: number, momentum?: number, decay?: number }} Optimizer */
/**
 * A network, its data and how it is trained. The loss follows from the task: mean squared error,
 * binary cross-entropy from logits, softmax cross-entropy.
 * @typedef {object} Workload
 * @property {string} title
 * @property {number[]} widths
 * @property {Activation} activation of the hidden layers
 * @property {Task} task
 * @property {number} rows
 * @property {Optimizer} optimizer
 * @property {number} batch
 * @property {number[]} [sizes] other numbers of rows, to see whether the time per row stays flat
 */
/** A CSV file to read. @typedef {{ title: string, content: string, columns: number, megabytes: number, kind: "numbers" | "mixed" }} CsvWorkload */

/** Of every Adam here: the default of PyTorch. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** @type {Record<string, Workload>} */
export const TRAINING = {
  W1: {
    title: "playground",
    widths: [2, 8, 8, 1],
    activation: "tanh",
    task: "regression",
    rows: 500,
    optimizer: { kind: "sgd", rate: 0.03 },
    batch: 10,
  },
  W2: {
    title: "iris",
    widths: [4, 16, 3],
    activation: "relu",
    task: "multiclass",
    rows: 150,
    optimizer: { kind: "adam", rate: 0.01 },
    batch: 32,
  },
  W3: {
    title: "tabular",
    widths: [100, 64, 32, 1],
    activation: "relu",
    task: "binary",
    rows: 10_000,
    optimizer: { kind: "adam", rate: 0.001 },
    batch: 32,
  },
  W4: {
    title: "digits-large",
    widths: [784, 128, 10],
    activation: "relu",
    task: "multiclass",
    rows: 10_000,
    optimizer: { kind: "sgd", rate: 0.01, momentum: 0.9 },
    batch: 64,
  },
  W5: {
    title: "wide",
    widths: [512, 512, 512, 10],
    activation: "relu",
    task: "multiclass",
    rows: 8192,
    optimizer: { kind: "adam", rate: 0.001 },
    batch: 256,
  },
  W6: {
    title: "long",
    widths: [20, 64, 64, 1],
    activation: "relu",
    task: "regression",
    rows: 1_000_000,
    optimizer: { kind: "adamw", rate: 0.001, decay: 0.01 },
    batch: 512,
    sizes: [10_000, 100_000],
  },
};

/** @type {Record<string, CsvWorkload>} */
export const READING = {
  C1: {
    title: "numbers",
    content: "20 columns of numbers, to a matrix of 32-bit floats",
    columns: 20,
    megabytes: 100,
    kind: "numbers",
  },
  C2: {
    title: "mixed",
    content:
      "10 columns of numbers, quoted text and categories with missing cells, to typed columns",
    columns: 10,
    megabytes: 30,
    kind: "mixed",
  },
};

/** @param {Workload} workload the layers, as their numbers of inputs and outputs */
export function layersOf({ widths }) {
  return widths.slice(1).map((n_out, i) => ({ n_in: widths[i], n_out }));
}

/** @param {Workload} workload */
export function parameterCount(workload) {
  return layersOf(workload).reduce((sum, { n_in, n_out }) => sum + (n_in + 1) * n_out, 0);
}

/**
 * Useful floating point operations of the matrix products for one row: forward, the gradient of the
 * weights, and the gradient of the inputs but for those of the first layer.
 * @param {Workload} workload
 */
export function flopsPerRow(workload) {
  const products = layersOf(workload).map(({ n_in, n_out }) => 2 * n_in * n_out);
  const all = products.reduce((sum, product) => sum + product, 0);
  return 3 * all - products[0];
}

/** @param {Workload} workload batches of an epoch; the last one may be smaller */
export function stepsPerEpoch({ rows, batch }) {
  return Math.ceil(rows / batch);
}

/**
 * Rows that some steps train on, when they begin with an epoch.
 * @param {Workload} workload
 * @param {number} steps
 */
export function rowsIn(workload, steps) {
  const epochs = Math.floor(steps / stepsPerEpoch(workload));
  const rest = steps - epochs * stepsPerEpoch(workload);
  return epochs * workload.rows + Math.min(rest * workload.batch, workload.rows);
}
