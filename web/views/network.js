/**
 * The network: a picture, and for each hidden layer its width, activation and dropout.
 */
import { t } from "../i18n.js";
import { checkValue, MAX_HIDDEN_LAYERS, readLayers, writeLayers } from "../settings.js";
import { card } from "./card.js";
import { bindText, h, rebuild, watch } from "./dom.js";
import { aboutRow, pickOne } from "./family.js";
import { foldedFields, idOf, problemSlot, settingField } from "./fields.js";
import { mountNetworkPicture } from "./network-picture.js";
import { mountPresets } from "./presets.js";

/**
 * @import { Catalogue, Family } from "../protocol.js"
 * @import { Layer } from "../settings.js"
 * @import { Context } from "./fields.js"
 */

const KEYS = ["model.hidden", "activation", "model.dropout"];

/** @param {Context} context @param {number} at @param {Partial<Layer>} part */
function changeLayer({ state, actions }, at, part) {
  const layers = readLayers(state.value).map((layer, i) =>
    i === at ? { ...layer, ...part } : layer,
  );
  actions.change(writeLayers(layers));
}

/** Text of one layer that follows the state unless it is being typed. @param {Context} context @param {number} at @param {"width" | "dropout"} part @param {string} label */
function layerInput(context, at, part, label) {
  const key = part === "width" ? "model.hidden" : "model.dropout";
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    "aria-label": label,
    "aria-describedby": `${idOf(key)}-problem`,
    oninput: () => changeLayer(context, at, { [part]: input.value.trim() }),
  });
  watch(() => {
    const text = readLayers(context.state.value)[at]?.[part] ?? "";
    if (document.activeElement !== input) {
      input.value = text;
    }
    const param = context.state.index.value.get(key)?.param;
    const wrong = key in context.state.mistakes.value && param && checkValue(param, text) !== "";
    input.setAttribute("aria-invalid", String(Boolean(wrong)));
  });
  return input;
}

/** @param {Context} context @param {number} at @param {Family} family */
function activationSelect(context, at, family) {
  const options = family.rows.map(({ key, label }) => h("option", { value: key }, label));
  const select = h(
    "select",
    {
      "aria-label": t("{label} of hidden layer {n}", { label: family.label, n: at + 1 }),
      onchange: () => changeLayer(context, at, { activation: select.value }),
    },
    options,
  );
  watch(() => {
    select.value = readLayers(context.state.value)[at]?.activation ?? family.default;
  });
  return select;
}

/** @param {Context} context @param {number} at @param {Family} family */
function layerRow(context, at, family) {
  const { state, actions } = context;
  const remove = () =>
    actions.change(writeLayers(readLayers(state.value).filter((_layer, i) => i !== at)));
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, String(at + 1)),
    h("td", {}, layerInput(context, at, "width", t("Width of hidden layer {n}", { n: at + 1 }))),
    h("td", {}, activationSelect(context, at, family)),
    h(
      "td",
      {},
      layerInput(context, at, "dropout", t("Dropout of hidden layer {n}", { n: at + 1 })),
    ),
    h(
      "td",
      {},
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          "aria-label": t("Remove hidden layer {n}", { n: at + 1 }),
          onclick: remove,
        },
        "✕",
      ),
    ),
  );
}

/** @param {Context} context @param {Family} family @param {number} n */
function layerTable(context, family, n) {
  if (n === 0) {
    return h(
      "p",
      { class: "hint" },
      t("No hidden layer: a linear, logistic or softmax regression."),
    );
  }
  const head = ["", t("Width"), family.label, t("Dropout"), ""].map((text) =>
    text ? h("th", { scope: "col" }, text) : h("td", {}),
  );
  const rows = Array.from({ length: n }, (_, at) => layerRow(context, at, family));
  return h(
    "table",
    { class: "layers" },
    h("caption", { class: "visually-hidden" }, t("Hidden layers, from the inputs to the outputs")),
    h("thead", {}, h("tr", {}, head)),
    h("tbody", {}, rows),
  );
}

/** Formula and parameters of the activations that are in use. @param {Context} context @param {Family} family */
function activationDetails(context, family) {
  const root = h("div", { class: "details" });
  const used = () =>
    [...new Set(readLayers(context.state.value).map(({ activation }) => activation))].join(",");
  rebuild(root, used, (keys) =>
    family.rows
      .filter(({ key }) => keys.split(",").includes(key))
      .flatMap((row) => [
        h("p", { class: "hint" }, h("strong", {}, row.label), `: ${row.help}`),
        aboutRow(row),
        ...row.params.map((param) => settingField(context, param)),
      ]),
  );
  return [root, family.params.map((param) => settingField(context, param))].flat();
}

/** @param {Context} context @param {Family} family */
function addButton({ state, actions }, family) {
  const add = () => {
    const layers = readLayers(state.value);
    const last = layers.at(-1) ?? { width: "16", activation: family.default, dropout: "0" };
    actions.change(writeLayers([...layers, { ...last }]));
  };
  const button = h("button", { type: "button", onclick: add }, t("Add hidden layer"));
  watch(() => {
    button.disabled = readLayers(state.value).length >= MAX_HIDDEN_LAYERS;
  });
  return button;
}

/** @param {Context} context @param {Catalogue} catalogue */
function editor(context, catalogue) {
  const activation = catalogue.families.find(({ key }) => key === "activation");
  const initializer = catalogue.families.find(({ key }) => key === "initializer");
  const model = catalogue.groups.find(({ key }) => key === "model");
  const others = (model?.params ?? []).filter(({ setting }) => !KEYS.includes(setting));
  if (!activation || !initializer) {
    return null;
  }
  const layers = h("div");
  rebuild(
    layers,
    () => readLayers(context.state.value).length,
    (n) => layerTable(context, activation, n),
  );
  return [
    mountPresets(context, catalogue),
    h(
      "fieldset",
      { "data-setting": KEYS.join(" ") },
      h("legend", { class: "visually-hidden" }, t("Hidden layers")),
      layers,
      KEYS.map((key) => problemSlot(context, key)),
      addButton(context, activation),
      activationDetails(context, activation),
    ),
    foldedFields(context, initializer.label, others, pickOne(context, initializer)),
  ];
}

/** @param {Context} context */
export function mountNetwork(context) {
  const { state } = context;
  const root = h("div", { class: "stack" });
  rebuild(
    root,
    () => state.catalogue.value,
    (catalogue) => catalogue && editor(context, catalogue),
  );
  const size = h("span", { class: "badge" });
  bindText(size, () => {
    const n = state.prepared.value?.trainer.n_parameters;
    return n === undefined ? "" : t("{n} parameters", { n });
  });
  return card(
    { id: "card-network", title: t("Network"), level: "h2", badge: size },
    mountNetworkPicture(context),
    root,
  );
}
