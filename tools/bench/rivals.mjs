// Who takes part: a row of the tables each.

/**
 * @typedef {object} Rival
 * @property {string} title
 * @property {string} script of a worker, or of a program (.py)
 * @property {string} [variant] told to the script
 * @property {string} [checkVariant] the same when its weights are compared, if that needs another
 * @property {number} [apart] relative difference of its weights that is allowed, where its formula is
 *     known to be another one
 * @property {boolean} [unchecked] its weights cannot be compared: other rows, another start
 * @property {boolean} [native] runs outside the browser
 * @property {boolean} [own] tabtrain's: takes turns with the limit within a round
 * @property {string[]} [workloads] that it takes part in; all, where nothing is said
 */

/** @type {Record<string, Rival>} */
export const TRAINERS = {
  tabtrain: { title: "tabtrain", script: "tabtrain.js", checkVariant: "in order", own: true },
  "tabtrain-fused": {
    title: "tabtrain, fused arithmetic",
    script: "tabtrain.js",
    own: true,
    variant: "fused",
    checkVariant: "fused in order",
  },
  "tabtrain-validated": {
    title: "tabtrain, with validation",
    script: "tabtrain.js",
    own: true,
    variant: "validated",
    unchecked: true,
    // Of the others a measurement sees too few ends of epochs.
    workloads: ["W1", "W2", "W3"],
  },
  "tabtrain-page": {
    title: "tabtrain, as its page trains",
    script: "tabtrain-page.js",
    own: true,
    unchecked: true,
  },
  "tfjs-cpu-fit": { title: "tfjs cpu, model.fit", script: "tfjs.js", variant: "cpu fit" },
  "tfjs-wasm-fit": { title: "tfjs wasm, model.fit", script: "tfjs.js", variant: "wasm fit" },
  "tfjs-cpu-loop": { title: "tfjs cpu, minimize", script: "tfjs.js", variant: "cpu minimize" },
  "tfjs-wasm-loop": { title: "tfjs wasm, minimize", script: "tfjs.js", variant: "wasm minimize" },
  "tfjs-cpu-best": { title: "tfjs cpu, by hand", script: "tfjs.js", variant: "cpu manual" },
  "tfjs-wasm-best": { title: "tfjs wasm, by hand", script: "tfjs.js", variant: "wasm manual" },
  jax: { title: "jax-js wasm, jit", script: "jax.js" },
  plain: { title: "plain JavaScript", script: "plain.js" },
  // Adds epsilon to Adam's root before it corrects the bias.
  sklearn: { title: "scikit-learn, native", script: "scikit_learn.py", native: true, apart: 0.01 },
  torch: { title: "PyTorch, native", script: "pytorch.py", native: true },
};

/** @type {Record<string, Rival>} */
export const READERS = {
  tabtrain: { title: "tabtrain", script: "read-tabtrain.js" },
  udsv: { title: "udsv", script: "read-udsv.js" },
  d3: { title: "d3-dsv", script: "read-d3.js" },
  papaparse: { title: "papaparse", script: "read-papaparse.js" },
  pandas: { title: "pandas, native", script: "read_pandas.py", native: true },
};
