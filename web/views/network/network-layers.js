/**
 * The knobs of each hidden layer, below its column of the picture; a list on a narrow screen.
 */
import { choiceText } from "../../text/catalogue-text.js";
import { t } from "../../text/i18n.js";
import { checkValue, MAX_HIDDEN_LAYERS, readLayers, writeLayers } from "../../settings.js";
import { h, rebuild, watch } from "../parts/dom.js";
import { idOf, withSteppers } from "../parts/fields.js";
import { nextStep } from "../parts/steps.js";

/**
 * @import { Family, Param } from "../../protocol-catalogue.js"
 * @import { Layer } from "../../settings.js"
 * @import { Context } from "../parts/fields.js"
 */

/** The settings that these knobs turn. */
export const LAYER_KEYS = ["model.hidden", "activation", "model.dropout", "model.norm"];

/** @param {Context} context @param {number} at @param {Partial<Layer>} part */
function changeLayer({ state, actions }, at, part) {
  const layers = readLayers(state.value).map((layer, i) =>
    i === at ? { ...layer, ...part } : layer,
  );
  actions.change(writeLayers(layers));
}

/** A new hidden layer like the one before it, or after it. @param {Context} context @param {number} at its place, from 0 */
export function addLayer({ state, actions }, at) {
  const layers = readLayers(state.value);
  const activation = state.index.value.get("activation")?.param.default ?? "";
  const like = layers[at - 1] ??
    layers[at] ?? { width: "16", activation, dropout: "0", norm: "none" };
  actions.change(writeLayers(layers.toSpliced(at, 0, { ...like })));
}

/** @param {Context} context */
export const canAddLayer = ({ state }) => readLayers(state.value).length < MAX_HIDDEN_LAYERS;

/** @param {Context} context @param {number} at */
function removeLayer({ state, actions }, at) {
  actions.change(writeLayers(readLayers(state.value).toSpliced(at, 1)));
}

/**
 * A number of one layer that follows the state unless it is being typed.
 * @param {Context} context
 * @param {number} at
 * @param {{ part: "width" | "dropout", key: string, label: string, kind: Param["kind"] }} knob
 */
function numberKnob(context, at, { part, key, label, kind }) {
  const { state } = context;
  const param = state.index.value.get(key)?.param;
  const one = /** @type {Param} */ ({ ...param, label, kind });
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    "aria-label": label,
    "aria-describedby": `${idOf(key)}-problem`,
    oninput: () => changeLayer(context, at, { [part]: input.value.trim() }),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (direction) {
        event.preventDefault();
        step(direction);
      }
    },
  });
  /** @param {number} direction */
  function step(direction) {
    input.value = nextStep(one, input.value, direction);
    changeLayer(context, at, { [part]: input.value });
  }
  watch(() => {
    const text = readLayers(state.value)[at]?.[part] ?? "";
    if (document.activeElement !== input) {
      input.value = text;
    }
    const wrong = key in state.mistakes.value && checkValue(one, text) !== "";
    input.setAttribute("aria-invalid", String(wrong));
  });
  const units = t("units of hidden layer {n}", { n: at + 1 });
  return part === "width" ? withSteppers(input, { ...one, label: units }, step) : input;
}

/**
 * @param {Context} context
 * @param {number} at
 * @param {{ part: "activation" | "norm", label: string, choices: [key: string, label: string][] }} knob
 */
function choiceKnob(context, at, { part, label, choices }) {
  const options = choices.map(([value, name]) => h("option", { value }, name));
  const select = h(
    "select",
    {
      "aria-label": label,
      onchange: () => changeLayer(context, at, { [part]: select.value }),
    },
    options,
  );
  watch(() => {
    select.value = readLayers(context.state.value)[at]?.[part] ?? "";
    select.title = select.selectedOptions[0]?.text ?? "";
  });
  return select;
}

/** @param {string} name @param {Element} control */
const knob = (name, control) =>
  h("div", { class: "knob" }, h("span", { "aria-hidden": "true" }, name), control);

/** @param {Context} context @param {Family} activation @param {number} at */
function layerKnobs(context, activation, at) {
  const n = at + 1;
  const norms = context.state.index.value.get("model.norm")?.param.choices ?? [];
  const width = numberKnob(context, at, {
    part: "width",
    key: "model.hidden",
    label: t("Width of hidden layer {n}", { n }),
    kind: "integer",
  });
  const shape = choiceKnob(context, at, {
    part: "activation",
    label: t("Activation of hidden layer {n}", { n }),
    choices: activation.rows.map(({ key, label }) => [key, label]),
  });
  const dropout = numberKnob(context, at, {
    part: "dropout",
    key: "model.dropout",
    label: t("Dropout of hidden layer {n}", { n }),
    kind: "real",
  });
  const norm = choiceKnob(context, at, {
    part: "norm",
    label: t("Normalization of hidden layer {n}", { n }),
    choices: norms.map((key) => [key, choiceText(key)]),
  });
  const remove = h(
    "button",
    {
      type: "button",
      class: "quiet",
      "aria-label": t("Remove hidden layer {n}", { n }),
      title: t("Remove hidden layer {n}", { n }),
      onclick: () => removeLayer(context, at),
    },
    "✕",
  );
  return h(
    "li",
    { class: "layer" },
    h("strong", {}, t("Hidden layer {n}", { n })),
    knob(t("Width"), width),
    knob(t("Activation"), shape),
    knob(t("Dropout"), dropout),
    knob(t("Norm"), norm),
    remove,
  );
}

/** @param {Context} context @param {Family} activation */
export function mountLayers(context, activation) {
  const root = h("div", { class: "layer-knobs" });
  const names = [t("Width"), "", t("Activation"), t("Dropout"), t("Norm"), t("Remove")];
  rebuild(
    root,
    () => readLayers(context.state.value).length,
    (n) =>
      n === 0
        ? h("p", { class: "hint" }, t("No hidden layer: a linear, logistic or softmax regression."))
        : [
            h(
              "div",
              { class: "knob-names", "aria-hidden": "true" },
              names.map((name) => h("span", {}, name)),
            ),
            h(
              "ol",
              { class: "layers", "aria-label": t("Hidden layers, from the inputs to the outputs") },
              Array.from({ length: n }, (_, at) => layerKnobs(context, activation, at)),
            ),
          ],
  );
  return root;
}
