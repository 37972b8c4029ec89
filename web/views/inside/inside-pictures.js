/**
 * The weights that lead from the pixels of a picture to each unit of the first layer, as pictures
 * themselves: what a unit looks for.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { whenColorsChange } from "../parts/class-colors.js";
import { divergingColor, divergingColors } from "../parts/diverging.js";
import { h, rebuild, showWhen, watch } from "../parts/dom.js";
import { follow } from "../parts/follow.js";
import { paintPixels, pictureCanvas } from "../parts/pixel-picture.js";

/**
 * @import { Image } from "../../protocol-data.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Layer } from "./inside-layers.js"
 */

const MOST_UNITS = 48;

/** Weights by unit and pixel. @typedef {{ layer: Layer, image: Image, units: number, weights: Float32Array }} Shown */

/** Where the weights of the pixels lie; -1 for a pixel that is no input. @param {Layer} layer @param {Image} image */
function placesOf({ blocks, inputs, units }, image) {
  const at = new Map(inputs.map((name, i) => [name, i]));
  const pixels = image.columns.map((name) => (name === null ? -1 : (at.get(name) ?? -1)));
  const shown = Math.min(MOST_UNITS, units.length);
  return Array.from({ length: shown }, (_, unit) =>
    pixels.map((input) => (input < 0 ? -1 : blocks[0].offset + unit * inputs.length + input)),
  ).flat();
}

/** @param {Context} context @param {{ isOpen: () => boolean, layer: () => Layer | undefined }} looked */
function followWeights(context, { isOpen, layer }) {
  const { state, actions } = context;
  const shown = signal(/** @type {Shown | null} */ (null));
  const asked = computed(() => {
    const now = layer();
    const image = state.dataset.value?.image;
    return now?.inputsNamed && image ? { layer: now, image, places: placesOf(now, image) } : null;
  });
  follow(context, {
    wanted: () => isOpen() && asked.value !== null,
    reads: () => asked.value,
    ask: async () => {
      const now = asked.value;
      const places = now?.places.filter((place) => place >= 0) ?? [];
      const answer = now && (await actions.look("parameters", { places }));
      if (!now || !answer || now !== asked.value) {
        return null;
      }
      let next = 0;
      const weights = Float32Array.from(now.places, (place) =>
        place < 0 ? 0 : answer.values[next++],
      );
      const units = Math.min(MOST_UNITS, now.layer.units.length);
      return { layer: now.layer, image: now.image, units, weights };
    },
    show: (answer) => (shown.value = answer ?? shown.value),
  });
  return { shown, there: () => asked.value !== null };
}

/** @param {Float32Array} weights */
const largestOf = (weights) =>
  weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;

/** @param {Context} context @param {{ isOpen: () => boolean, layer: () => Layer | undefined }} looked */
export function mountWeightPictures(context, looked) {
  const { shown, there } = followWeights(context, looked);
  const colors = signal(divergingColors());
  whenColorsChange(() => (colors.value = divergingColors()));
  const layer = computed(() => shown.value?.layer ?? null);
  const list = h("ul", { class: "pictures weight-pictures", role: "list" });
  rebuild(
    list,
    () => layer.value,
    (now) =>
      now?.units.slice(0, MOST_UNITS).map((unit) => {
        const label = t("Weights from the pixels to {unit}", { unit });
        return h("li", {}, pictureCanvas(label), h("span", { class: "hint" }, unit));
      }),
  );
  watch(() => {
    const now = shown.value;
    if (!now || layer.value !== now.layer) {
      return;
    }
    const size = now.image.height * now.image.width;
    list.querySelectorAll("canvas").forEach((canvas, unit) => {
      const own = now.weights.subarray(unit * size, (unit + 1) * size);
      const most = largestOf(own);
      paintPixels(canvas, now.image, (i) => divergingColor(colors.value, own[i] / most));
    });
  });
  const root = h(
    "figure",
    { class: "weight-picture-figure" },
    h(
      "figcaption",
      { class: "hint" },
      t(
        "Each unit's weights as a picture: where blue, bright pixels raise its sum; where orange, they lower it. Each has its own scale.",
      ),
    ),
    list,
  );
  showWhen(root, there);
  return root;
}
