/**
 * What a model decides, and how right it is on rows whose target is known.
 */

/** @typedef {import("../protocol-model.js").ModelInfo} ModelInfo */
/** @typedef {import("../protocol-model.js").TargetScores} TargetScores */

/**
 * Predictions of some rows.
 * @typedef {{ values: Float64Array, nOutputs: number }} Outputs
 */

/**
 * The class that a row is taken for, as tt_decide does: from an even chance on the second of two,
 * else the likeliest.
 * @param {Outputs} outputs
 * @param {number} row
 */
function classOf({ values, nOutputs }, row) {
  if (nOutputs === 1) {
    return Number(values[row] >= 0.5);
  }
  const shares = values.subarray(row * nOutputs, (row + 1) * nOutputs);
  return shares.reduce((best, share, k) => (share > shares[best] ? k : best), 0);
}

/**
 * What is predicted of each target: a number, a class, or the word of a label.
 * @param {ModelInfo} info
 * @param {Outputs} outputs
 * @param {number} row
 * @returns {(number | string)[]}
 */
export function decisions({ task, classes, labels, targets }, outputs, row) {
  const { values, nOutputs } = outputs;
  switch (task) {
    case "regression":
      return targets.map((_, k) => values[row * nOutputs + k]);
    case "multilabel":
      return labels.map(({ no, yes }, k) => (values[row * nOutputs + k] >= 0.5 ? yes : no));
    default:
      return [classes[classOf(outputs, row)]];
  }
}

/**
 * The probability of each class or label; none for numbers.
 * @param {ModelInfo} info
 * @param {Outputs} outputs
 * @param {number} row
 */
export function probabilities({ task }, { values, nOutputs }, row) {
  const shares = [...values.subarray(row * nOutputs, (row + 1) * nOutputs)];
  switch (task) {
    case "regression":
      return [];
    case "binary":
      return [1 - shares[0], shares[0]];
    default:
      return shares;
  }
}

/** Errors of numbers, added up row by row; the variance by Welford's recurrence. */
class ValueScores {
  #n = 0;
  #absolute = 0;
  #squares = 0;
  #mean = 0;
  #spread = 0;

  /** @param {string} truth @param {any} predicted */
  add(truth, predicted) {
    const value = Number(truth);
    if (truth === "" || !Number.isFinite(value)) {
      return;
    }
    const error = predicted - value;
    this.#n++;
    this.#absolute += Math.abs(error);
    this.#squares += error * error;
    const off = value - this.#mean;
    this.#mean += off / this.#n;
    this.#spread += off * (value - this.#mean);
  }

  result() {
    const n = this.#n;
    const metrics = {
      r2: this.#spread > 0 ? 1 - this.#squares / this.#spread : null,
      mae: this.#absolute / n,
      rmse: Math.sqrt(this.#squares / n),
    };
    return { nRows: n, metrics };
  }
}

/** Right and wrong classes. One that the model does not know is always wrong. */
class ClassScores {
  /** @type {Map<string, { all: number, right: number }>} */
  #classes = new Map();

  /** @param {string} truth @param {any} predicted */
  add(truth, predicted) {
    if (truth !== "") {
      const { all, right } = this.#classes.get(truth) ?? { all: 0, right: 0 };
      this.#classes.set(truth, { all: all + 1, right: right + Number(truth === predicted) });
    }
  }

  result() {
    const classes = [...this.#classes.values()];
    const sum = (/** @type {number[]} */ values) => values.reduce((total, v) => total + v, 0);
    const n = sum(classes.map(({ all }) => all));
    const metrics = {
      accuracy: sum(classes.map(({ right }) => right)) / n,
      balanced_accuracy: sum(classes.map(({ all, right }) => right / all)) / classes.length,
    };
    return { nRows: n, metrics };
  }
}

/** Scores of the targets that a table has, from its rows in any pieces. */
export class Scores {
  #info;
  #targets;

  /**
   * @param {ModelInfo} info
   * @param {string[]} columns of the table
   */
  constructor(info, columns) {
    this.#info = info;
    this.#targets = info.targets
      .map((target, index) => ({ target, index, column: columns.indexOf(target) }))
      .filter(({ column }) => column >= 0)
      .map((found) => ({
        ...found,
        scores: info.task === "regression" ? new ValueScores() : new ClassScores(),
      }));
  }

  /** Whether there is a target to score. */
  get any() {
    return this.#targets.length > 0;
  }

  /**
   * @param {(column: number) => string[]} textsOf the next rows
   * @param {Outputs} outputs of these rows
   */
  add(textsOf, outputs) {
    const truths = this.#targets.map(({ column }) => textsOf(column));
    truths[0].forEach((_, row) => {
      const predicted = decisions(this.#info, outputs, row);
      this.#targets.forEach(({ index, scores }, i) => scores.add(truths[i][row], predicted[index]));
    });
  }

  /** @returns {TargetScores[]} of the targets that any row has */
  result() {
    return this.#targets
      .map(({ target, scores }) => ({ target, ...scores.result() }))
      .filter(({ nRows }) => nRows > 0);
  }
}
