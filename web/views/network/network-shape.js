/**
 * What is drawn of a network: its columns of units, of wide ones a sample, and where the weights
 * between them lie in the flat array of parameters.
 */
import { readLayers } from "../../settings.js";

/** @import { State, Trainer } from "../../state.js" */

/** More units of a column would be too small to tell apart; of outputs each has a name. */
const MOST_UNITS = 8;
const MOST_OUTPUTS = 10;

/**
 * @typedef {object} Column
 * @property {"input" | "hidden" | "output"} kind
 * @property {number} width units; NaN where the setting is no number
 * @property {number[]} shown units that are drawn
 * @property {string[]} names of the shown ones; none for hidden layers
 */

/**
 * The lines that end in a column.
 * @typedef {object} Places
 * @property {number[][]} weights [shown unit][shown unit of the column before]
 * @property {number[]} biases [shown unit]; none where the layer has no bias
 */

/** Units spread evenly over a column, first and last among them. @param {number} width @param {number} most */
export function sampleUnits(width, most) {
  const n = Number.isFinite(width) ? Math.min(most, Math.max(1, width)) : 1;
  const step = n > 1 ? (width - 1) / (n - 1) : 0;
  return Array.from({ length: n }, (_, i) => Math.round(i * step));
}

/** @param {Trainer} trainer @param {string} name */
const tensorOf = ({ tensors }, name) => tensors.find((tensor) => tensor.name === name);

/** What the outputs stand for: the second of two classes, each class, or each target. @param {State} state */
export function outputNames({ dataset }) {
  const { task = "", classes = [], targets = [] } = dataset.value ?? {};
  switch (task) {
    case "binary":
      return classes.slice(1).map(({ name }) => name);
    case "multiclass":
      return classes.map(({ name }) => name);
    default:
      return targets;
  }
}

/** From the inputs to the outputs, as the settings have it. @param {State} state @returns {Column[]} */
export function columnsOf(state) {
  const prepared = state.prepared.value;
  if (!prepared) {
    return [];
  }
  const { features, n_features: nInputs, n_outputs: nOutputs } = prepared.dataset;
  const outputs = outputNames(state);
  const output = tensorOf(prepared.trainer, "output weight")?.shape[0] ?? nOutputs;
  const hidden = readLayers(state.value).map(({ width }) => Number(width));
  const column = (
    /** @type {Column["kind"]} */ kind,
    /** @type {number} */ width,
    /** @type {string[]} */ names,
  ) => {
    const shown = sampleUnits(width, kind === "output" ? MOST_OUTPUTS : MOST_UNITS);
    return { kind, width, shown, names: shown.map((unit) => names[unit] ?? "") };
  };
  return [
    column("input", nInputs, features),
    ...hidden.map((width) => column("hidden", width, [])),
    column("output", output, outputs),
  ];
}

/** The name of the layer that ends in a column, as the tensors have it. @param {Column[]} columns @param {number} at */
const layerName = (columns, at) => (at === columns.length - 1 ? "output" : `hidden ${at}`);

/**
 * Where the drawn weights lie, for each column but the first.
 * @param {Column[]} columns
 * @param {Trainer | undefined} trainer
 * @returns {Places[] | null} null where the run has a network of another shape
 */
export function placesOf(columns, trainer) {
  if (
    !trainer ||
    trainer.tensors.filter(({ name }) => name.endsWith(" weight")).length !== columns.length - 1
  ) {
    return null;
  }
  const places = columns.slice(1).map((to, i) => {
    const from = columns[i];
    const name = layerName(columns, i + 1);
    const weight = tensorOf(trainer, `${name} weight`);
    const bias = tensorOf(trainer, `${name} bias`);
    const fits = weight?.shape[0] === to.width && weight.shape[1] === from.width;
    return fits
      ? {
          weights: to.shown.map((unit) =>
            from.shown.map((input) => weight.offset + unit * from.width + input),
          ),
          biases: bias ? to.shown.map((unit) => bias.offset + unit) : [],
        }
      : null;
  });
  return places.every((place) => place !== null) ? places : null;
}
