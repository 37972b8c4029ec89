/**
 * The network: its picture with the knobs of each layer, and what all layers share.
 */
import { t } from "../../text/i18n.js";
import { readLayers } from "../../settings.js";
import { card } from "../parts/card.js";
import { bindText, h, rebuild, watch } from "../parts/dom.js";
import { aboutRow, pickOne } from "../parts/family.js";
import { foldedFields, problemSlot, settingField } from "../parts/fields.js";
import { learnButton } from "../parts/learn-button.js";
import { LAYER_KEYS, mountLayers } from "./network-layers.js";
import { mountNetworkPicture } from "./network-picture.js";
import { mountPresets } from "./presets.js";

/**
 * @import { Catalogue, Family, Param } from "../../protocol-catalogue.js"
 * @import { Context } from "../parts/fields.js"
 */

/** With more of them a column has no room for the arrows of its selects. */
const ROOMY_LAYERS = 2;

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
        aboutRow(context, family, row),
        ...row.params.map((param) => settingField(context, param)),
      ]),
  );
  return [root, family.params.map((param) => settingField(context, param))].flat();
}

/** The columns and, below each, its knobs. @param {Context} context @param {Family} activation */
function drawnLayers(context, activation) {
  const { picture, readOut } = mountNetworkPicture(context);
  const body = h(
    "div",
    { class: "network-body" },
    picture,
    mountLayers(context, activation),
    readOut,
  );
  watch(() => {
    const n = readLayers(context.state.value).length;
    body.style.setProperty("--layers", String(n));
    body.classList.toggle("narrow", n > ROOMY_LAYERS);
  });
  return h("div", { class: "network-scroll" }, body);
}

/** @param {Context} context @param {Catalogue} catalogue */
function editor(context, catalogue) {
  const activation = catalogue.families.find(({ key }) => key === "activation");
  const initializer = catalogue.families.find(({ key }) => key === "initializer");
  const model = catalogue.groups.find(({ key }) => key === "model");
  const others = (model?.params ?? []).filter(({ setting }) => !LAYER_KEYS.includes(setting));
  if (!activation || !initializer) {
    return null;
  }
  return [
    h(
      "fieldset",
      { "data-setting": LAYER_KEYS.join(" ") },
      h("legend", { class: "visually-hidden" }, t("Hidden layers")),
      drawnLayers(context, activation),
      LAYER_KEYS.map((key) => problemSlot(context, key)),
      activationDetails(context, activation),
      learnAbout(context, model?.params ?? []),
    ),
    mountPresets(context, catalogue),
    foldedFields(context, initializer.label, others, pickOne(context, initializer)),
  ];
}

/** What to learn of the settings that are drawn instead of listed. @param {Context} context @param {Param[]} params */
function learnAbout(context, params) {
  const buttons = params
    .filter(({ setting }) => LAYER_KEYS.includes(setting))
    .map((param) => learnButton(context, null, param));
  return h("div", { class: "learn-row" }, buttons);
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
  return card(context, { key: "network", title: t("Network"), level: "h2", badge: size }, root);
}
