/**
 * What is seen inside a network: its layers, one weight, and how a run diverged.
 */

/**
 * Inside the network; see tt_inspection in core/include/tabtrain/inspect.h.
 * @typedef {object} Inspection
 * @property {"training" | "validation"} part
 * @property {number} n_rows rows it is over
 * @property {LayerInspection[]} layers
 */

/**
 * @typedef {object} LayerInspection
 * @property {string} name "hidden 1", "output"
 * @property {string} activation key; "" for none
 * @property {number} n_in
 * @property {number} n_out
 * @property {Histogram} weights
 * @property {Histogram} gradients of the weights
 * @property {Histogram} before inputs of the activation
 * @property {Histogram} after its outputs
 * @property {number | null} gradient_norm of all the layer's tensors together
 * @property {number} n_dead units that are 0 on every row
 * @property {number} n_saturated units that are saturated on every row
 * @property {{ mean: (number | null)[], zeros: number[], saturated: (number | null)[] }} units by
 *     unit; shares of the rows; `saturated` is null where the activation has no limit
 */

/**
 * Equal bins from lowest to highest; null where there is no finite value.
 * @typedef {object} Histogram
 * @property {number} n finite values
 * @property {number} n_not_finite others
 * @property {number | null} lowest
 * @property {number | null} highest
 * @property {number | null} mean
 * @property {number | null} deviation
 * @property {number[]} counts
 */

/**
 * The arithmetic of one parameter; see tt_explanation in core/include/tabtrain/explain.h.
 * gradient = sum / weight + penalty, and about difference = (loss_above - loss_below) / (2 step).
 * @typedef {object} Explanation
 * @property {string} name of the tensor
 * @property {number} row
 * @property {number} column
 * @property {number} value
 * @property {Term[]} terms empty for scales, shifts and slopes
 * @property {number | null} sum
 * @property {number} weight
 * @property {number} penalty
 * @property {number} gradient
 * @property {number} step
 * @property {number} loss_above
 * @property {number} loss_below
 * @property {number} difference
 * @property {number} relative_error
 */

/**
 * product = input * delta
 * @typedef {{ row: number, table_row: number, input: number, delta: number, product: number }} Term
 */

/**
 * Why the run diverged; see tt_autopsy in core/include/tabtrain/autopsy.h.
 * @typedef {object} Autopsy
 * @property {number} step
 * @property {number} epoch
 * @property {number} good_step whose weights are back
 * @property {boolean} evaluating
 * @property {"activation" | "loss" | "gradient" | "weight"} origin
 * @property {number} layer from 0
 * @property {string} layer_name
 * @property {string} tensor "" unless a gradient or weight is the origin
 * @property {"training" | "validation"} part
 * @property {number} row of the part; -1 for none
 * @property {number} table_row of the table, from 0; -1 for none
 * @property {number | null} row_loss null where it is not finite
 * @property {number | null} largest |value| of the layer on the rows that failed
 * @property {Vitals[]} vitals the last good steps, oldest first
 */

/**
 * @typedef {object} Vitals
 * @property {number} step
 * @property {number} loss
 * @property {number} gradient_norm
 * @property {number} learning_rate
 * @property {number | null} largest |value| of the autopsy's layer
 */

export {};
