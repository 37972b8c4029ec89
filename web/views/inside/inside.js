/**
 * Inside the network, while it trains: its parameters, histograms and units, and the arithmetic of
 * any one parameter.
 */
import { computed } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { bindText, h, showWhen, watch } from "../parts/dom.js";
import { mountHeatMap } from "./inside-heat-map.js";
import { mountHistograms } from "./inside-histograms.js";
import { kindLabel, layersOf, nearestPlace } from "./inside-layers.js";
import { watchInside } from "./inside-past.js";
import { mountWeightPictures } from "./inside-pictures.js";
import { mountLayers, mountUnits } from "./inside-units.js";
import { mountWeight } from "./inside-weight.js";

/**
 * @import { Context } from "../parts/fields.js"
 * @import { Layer, Place } from "./inside-layers.js"
 */

/** @typedef {{ layers: () => Layer[], place: import("@preact/signals-core").Signal<Place> }} Picked */

/**
 * A select that follows the picked parameter.
 * @param {string} label
 * @param {() => string[]} names compared by identity, so that open lists stay
 * @param {() => number} chosen
 * @param {(index: number) => void} choose
 */
function picker(label, names, chosen, choose) {
  const select = h("select", { "aria-label": label, onchange: () => choose(select.selectedIndex) });
  watch(() => select.replaceChildren(...names().map((name) => h("option", {}, name))));
  watch(() => {
    names();
    select.selectedIndex = chosen();
  });
  return select;
}

/** @param {Picked} picked */
function layerPicker({ layers, place }) {
  const names = computed(() => layers().map(({ label }) => label));
  return picker(
    t("Layer"),
    () => names.value,
    () => place.value.layer,
    (layer) => (place.value = { ...place.value, layer }),
  );
}

/** The parameter by its kind, its input and its unit. @param {Picked} picked */
function placePickers({ layers, place }) {
  const layer = computed(() => layers()[place.value.layer]);
  const kinds = computed(() => layer.value?.blocks.map(({ kind }) => kind) ?? []);
  const kindNames = computed(() => kinds.value.map(kindLabel));
  const inputs = computed(() => layer.value?.inputs ?? []);
  const units = computed(() => layer.value?.units ?? []);
  const change = (/** @type {Partial<Place>} */ part) =>
    (place.value = { ...place.value, ...part });
  const kind = picker(
    t("Kind of parameter"),
    () => kindNames.value,
    () => kinds.value.indexOf(place.value.kind),
    (i) => change({ kind: kinds.value[i] }),
  );
  const input = picker(
    t("Input"),
    () => inputs.value,
    () => place.value.column,
    (column) => change({ column }),
  );
  const unit = picker(
    t("Unit"),
    () => units.value,
    () => place.value.row,
    (row) => change({ row }),
  );
  const from = h("label", { class: "inline" }, t("from"), input);
  showWhen(from, () => place.value.kind === "weight");
  const joint = h("span");
  bindText(joint, () => (place.value.kind === "weight" ? t("to") : t("at")));
  return [kind, from, h("label", { class: "inline" }, joint, unit)];
}

/** @param {string} id @param {import("../parts/dom.js").Child} title @param {...import("../parts/dom.js").Child} content */
const part = (id, title, ...content) =>
  h(
    "section",
    { class: "view-part", "aria-labelledby": id },
    h("div", { class: "card-head" }, h("h3", { id }, title), content.shift()),
    content,
  );

/** @param {Context} context @param {() => boolean} isOpen */
export function mountInside(context, isOpen) {
  const { state } = context;
  const layers = computed(() => layersOf(state));
  const { place: stored } = state.inside;
  watch(() => {
    if (layers.value.length > 0) {
      const nearest = nearestPlace(layers.value, stored.value);
      if (JSON.stringify(nearest) !== JSON.stringify(stored.value)) {
        stored.value = nearest;
      }
    }
  });
  const picked = { layers: () => layers.value, place: stored };
  const layer = computed(() => layers.value[stored.value.layer]);
  const chosen = computed(() => (layer.value ? { layer: layer.value, place: stored.value } : null));
  const inUnits = computed(() =>
    layer.value ? { layer: layer.value, index: stored.value.layer } : null,
  );
  const seen = watchInside(context, isOpen);

  const about = h("p", { class: "hint" });
  bindText(about, () => {
    const last = seen().at(-1);
    return last
      ? t("Epoch {epoch}, over the first {n} training rows.", {
          epoch: Math.floor(last.epoch),
          n: last.n_rows,
        })
      : t("This fills when the network trains: press Train or Step.");
  });
  const body = h(
    "div",
    { class: "stack" },
    part("inside-layers", t("Layers"), about, mountLayers(context, seen)),
    part(
      "inside-weights",
      t("Weights and biases"),
      layerPicker(picked),
      mountHeatMap(context, { isOpen, layer: () => layer.value, place: stored }),
      mountWeightPictures(context, { isOpen, layer: () => layer.value }),
      mountUnits(seen, () => inUnits.value),
    ),
    part(
      "inside-arithmetic",
      t("Worked out by hand"),
      h("div", { class: "inside-pick" }, placePickers(picked)),
      mountWeight(context, { isOpen, chosen: () => chosen.value }),
    ),
    mountHistograms(context, seen),
  );
  return h("div", { class: "inside" }, h("h2", { class: "visually-hidden" }, t("Inside")), body);
}
