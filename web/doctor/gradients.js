import { t } from "../text/i18n.js";
import { formatNumber } from "../text/format.js";
import { endLevel, levelOf, medianOf } from "./curve.js";
import { batchNorm, choice, clipNorm, hiddenWidths, rateTimes } from "./trials.js";

/**
 * @import { Facts, Find } from "./facts.js"
 * @import { Trial } from "./trials.js"
 */

/** Gradients of the first layer below this share of the largest, in a network that learns nothing. */
const VANISHED = 0.02;
const STUCK = 0.7;

/** @param {Facts} facts @returns {Trial[]} the cures that are not in use */
function cures(facts) {
  return [
    choice(facts, "activation", "relu"),
    choice(facts, "optimizer", "adam"),
    batchNorm(),
  ].filter(({ settings }) => Object.entries(settings).some(([key, to]) => facts.value(key) !== to));
}

/**
 * Saturating activations make gradients smaller with every layer (Glorot and Bengio, "Understanding
 * the difficulty of training deep feedforward neural networks", 2010).
 * @type {Find}
 */
export function vanishing(facts) {
  const { inspection, training, scale, epochs } = facts;
  const norms = inspection?.layers.map(({ gradient_norm: norm }) => norm ?? NaN) ?? [];
  const largest = Math.max(...norms);
  if (hiddenWidths(facts).length < 2 || !(norms[0] < VANISHED * largest)) {
    return null;
  }
  if (!(endLevel(training) > STUCK * scale)) {
    return null;
  }
  const values = {
    first: formatNumber(norms[0], 2),
    largest: formatNumber(largest, 2),
    layer: norms.indexOf(largest) + 1,
    times: formatNumber(largest / norms[0], 2),
    loss: formatNumber(endLevel(training)),
  };
  return {
    from: epochs.at(-1) ?? 0,
    text: t(
      "The gradient vanishes on its way back: {first} in layer 1, {times} times less than the {largest} in layer {layer}, and the loss is stuck at {loss}.",
      values,
    ),
    why: t(
      "Each layer multiplies the gradient by the slope of its activation, at most a quarter for the sigmoid. Said when layer 1 has less than a fiftieth of the largest gradient and the loss is still that of a guess.",
    ),
    trials: cures(facts),
  };
}

/** A first loss so many times that of a guess: the first weights are too large. */
const WILD_START = 10;
/** A gradient so many times its usual size. */
const EXPLODED = 100;

/**
 * Gradients that grow out of their usual size (Pascanu, Mikolov and Bengio, "On the difficulty of
 * training recurrent neural networks", 2013, who clip them for it).
 * @type {Find}
 */
export function exploding(facts) {
  const { training, scale, epochs, column } = facts;
  const norms = column("gradient_norm");
  const usual = levelOf(norms, 0, 0.25);
  const late = norms.findIndex((norm, i) => i > norms.length / 4 && norm > EXPLODED * usual);
  const wild = training[0] > WILD_START * scale;
  if (!wild && (late < 0 || medianOf(training.subarray(late)) < levelOf(training, 0, 0.25))) {
    return null;
  }
  const at = wild ? 1 : late;
  const values = {
    epoch: formatNumber(epochs[at]),
    norm: formatNumber(norms[at]),
    usual: formatNumber(usual),
    start: formatNumber(training[0]),
    guess: formatNumber(scale),
  };
  return {
    from: epochs[at],
    text: wild
      ? t(
          "Gradients explode at the start: the first weights give a loss of {start}, where a guess has {guess}, and a gradient of norm {norm}.",
          values,
        )
      : t(
          "The gradient explodes at epoch {epoch}: its norm is {norm}, where {usual} was usual before.",
          values,
        ),
    why: t(
      "Layers multiply: weights a little too large make values and gradients far too large a few layers on. Said from {start} times the loss of a guess, or {times} times the usual gradient with a loss that rises.",
      { start: WILD_START, times: EXPLODED },
    ),
    trials: [
      ...(wild ? [choice(facts, "initializer", "he_normal")] : [rateTimes(facts, 0.1)]),
      clipNorm(facts),
      batchNorm(),
    ],
  };
}
