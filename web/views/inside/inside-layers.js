/**
 * The layers of the run's network as they are looked into: their tensors side by side, of large ones
 * a sample of rows and columns.
 */
import { t } from "../../text/i18n.js";
import { outputNames, sampleUnits } from "../network/network-shape.js";

/** @import { State } from "../../state.js" */

/** More would be finer than a screen can show. */
const MOST_UNITS = 128;
const MOST_INPUTS = 256;

/**
 * A tensor of a layer: the weights, or one value for each unit.
 * @typedef {object} Block
 * @property {string} kind "weight", "bias", "scale", "shift" or "slope"
 * @property {number} tensor its index among those of the trainer
 * @property {[rows: number, columns: number]} shape
 * @property {number} offset in the array of all parameters
 */

/**
 * @typedef {object} Layer
 * @property {string} name as the core has it: "hidden 1", "output"
 * @property {string} label
 * @property {Block[]} blocks the weights come first
 * @property {string[]} inputs
 * @property {string[]} units
 * @property {boolean} inputsNamed they are features, not units of the layer before
 * @property {boolean} unitsNamed
 * @property {number[]} shownUnits rows of the picture
 * @property {number[]} shownInputs columns of the weights
 */

/** One parameter. @typedef {{ layer: number, kind: string, row: number, column: number }} Place */

/** @param {string} name of a layer */
export function layerLabel(name) {
  const n = name.match(/\d+/)?.[0];
  return n ? t("Hidden layer {n}", { n: Number(n) }) : t("Output layer");
}

/** @param {number} n @param {string[]} known names of the first ones */
const unitNames = (n, known) =>
  Array.from({ length: n }, (_, i) => known[i] || t("unit {n}", { n: i + 1 }));

/** @param {State} state @returns {Layer[]} from the inputs to the outputs */
export function layersOf(state) {
  const { features = [] } = state.dataset.value ?? {};
  const trainer = /** @type {import("../../state.js").Trainer | undefined} */ (
    state.prepared.value?.trainer
  );
  /** @type {Layer[]} */
  const layers = [];
  trainer?.tensors.forEach((found, i) => {
    const [, name, kind] = found.name.match(/^(.*) (\w+)$/) ?? ["", found.name, ""];
    if (kind === "weight") {
      const [rows, columns] = found.shape;
      const before = layers.at(-1);
      layers.push({
        name,
        label: layerLabel(name),
        blocks: [],
        inputs: before ? before.units : unitNames(columns, features),
        inputsNamed: !before,
        unitsNamed: name === "output",
        units: unitNames(rows, name === "output" ? outputNames(state) : []),
        shownUnits: sampleUnits(rows, MOST_UNITS),
        shownInputs: sampleUnits(columns, MOST_INPUTS),
      });
    }
    const { shape, offset } = found;
    layers.at(-1)?.blocks.push({ kind, tensor: i, shape, offset });
  });
  return layers;
}

/** Tensors with a value for each unit, which stand beside the weights. @param {Layer} layer */
export const unitBlocks = ({ blocks, units }) =>
  blocks.slice(1).filter(({ shape: [rows] }) => rows === units.length);

/** @param {string} kind of a tensor */
export function kindLabel(kind) {
  switch (kind) {
    case "weight":
      return t("weight");
    case "bias":
      return t("bias");
    case "scale":
      return t("scale");
    case "shift":
      return t("shift");
    default:
      return t("slope");
  }
}

/** What a parameter is and where it stands, in words. @param {Layer} layer @param {Place} place */
export function placeText({ label: layer, inputs, units }, { kind, row, column }) {
  const unit = units[row];
  return kind === "weight"
    ? t("{layer}: weight from {input} to {unit}", { layer, input: inputs[column], unit })
    : t("{layer}: {kind} of {unit}", { layer, kind: kindLabel(kind), unit });
}

/** The place nearest to a chosen one that the network has. @param {Layer[]} layers @param {Place} place @returns {Place} */
export function nearestPlace(layers, place) {
  const layer = Math.min(place.layer, layers.length - 1);
  const { blocks } = layers[layer];
  const block = blocks.find(({ kind }) => kind === place.kind) ?? blocks[0];
  return {
    layer,
    kind: block.kind,
    row: Math.min(place.row, block.shape[0] - 1),
    column: Math.min(place.column, block.shape[1] - 1),
  };
}
