/**
 * Well-known models by their names: each sets the hidden layers, and what else makes the model.
 */
import { h } from "./dom.js";

/** @type {{ label: string, settings: import("../settings.js").Values }[]} */
const PRESETS = [
  { label: "Linear regression", settings: { "model.hidden": "" } },
  {
    label: "Ridge regression",
    settings: { "model.hidden": "", regularizer: "l2", "regularizer.l2.strength": "0.01" },
  },
  { label: "Logistic regression", settings: { "model.hidden": "" } },
  { label: "Softmax regression", settings: { "model.hidden": "" } },
  { label: "8-8, tanh", settings: { "model.hidden": "8,8", activation: "tanh" } },
  { label: "64-32, ReLU", settings: { "model.hidden": "64,32", activation: "relu" } },
  { label: "100-64-32-1, ReLU", settings: { "model.hidden": "64,32", activation: "relu" } },
  { label: "784-128-10, ReLU", settings: { "model.hidden": "128", activation: "relu" } },
  {
    label: "128-64-32, GELU, layer norm",
    settings: { "model.hidden": "128,64,32", activation: "gelu", "model.norm": "layer" },
  },
];

/** @param {import("./fields.js").Context} context */
export function mountPresets({ actions }) {
  const select = h(
    "select",
    { "aria-label": "Start from a known model" },
    h("option", { value: "" }, "Start from a known model…"),
    PRESETS.map(({ label }, i) => h("option", { value: String(i) }, label)),
  );
  select.addEventListener("change", () => {
    if (select.value !== "") {
      actions.change({ "model.dropout": "0", ...PRESETS[Number(select.value)].settings });
      select.value = "";
    }
  });
  return select;
}
