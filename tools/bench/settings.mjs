// A workload in tabtrain's own settings.

import { ADAM } from "./workloads.mjs";

/** @typedef {import("./workloads.mjs").Workload} Workload */
/** @typedef {[key: string, value: string]} Setting */

const LOSSES = { regression: "mse", binary: "bce_with_logits", multiclass: "cross_entropy" };

/** @param {Workload["optimizer"]} optimizer @returns {Setting[]} */
function optimizerSettings({ kind, rate, momentum = 0, decay = 0 }) {
  const own = (/** @type {string} */ key, /** @type {number} */ value) =>
    /** @type {Setting} */ ([`optimizer.${kind}.${key}`, String(value)]);
  const rest =
    kind === "sgd"
      ? [own("momentum", momentum)]
      : [own("eps", ADAM.epsilon), own("beta1", ADAM.beta1), own("beta2", ADAM.beta2)];
  const decays = kind === "adamw" ? [own("weight_decay", decay)] : [];
  return [["optimizer", kind], own("lr", rate), ...rest, ...decays];
}

/** Everything but the split and the shuffling. @param {Workload} workload @returns {Setting[]} */
export function settingsOf(workload) {
  const { widths, activation, task, optimizer, batch } = workload;
  return [
    ["data.target", "y"],
    ["data.task", task],
    ["data.scale_target", "0"],
    ["scaler", "none"],
    ["model.hidden", widths.slice(1, -1).join(",")],
    ["activation", activation],
    ["loss", LOSSES[task]],
    ["train.batch_size", String(batch)],
    ["train.epochs", "1000000"],
    ...optimizerSettings(optimizer),
  ];
}
