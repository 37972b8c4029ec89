/**
 * The parameters of a layer as a heat map, alive, read off and picked by pointer or arrow keys.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { whenColorsChange } from "../parts/class-colors.js";
import { colorBar, divergingColor, divergingColors } from "../parts/diverging.js";
import { bindText, h, rebuild, showWhen, watch } from "../parts/dom.js";
import { follow } from "../parts/follow.js";
import { formatNumber } from "../../text/format.js";
import { cellOf, gridNames, gridOf, placeAt, placeByKey } from "./inside-grid.js";
import { placeText, unitBlocks } from "./inside-layers.js";
import { widthOf } from "../parts/width-of.js";

/**
 * @import { ReadonlySignal, Signal } from "@preact/signals-core"
 * @import { Diverging } from "../parts/diverging.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Grid } from "./inside-grid.js"
 * @import { Layer, Place } from "./inside-layers.js"
 */

const START_WIDTH = 600;

/** Of the shown parameters: weights by unit and input, then each block by unit. @typedef {{ layer: Layer, weights: Float32Array, blocks: Float32Array[] }} Values */

/** @typedef {{ isOpen: () => boolean, layer: () => Layer | undefined, place: Signal<Place> }} Looked */

/**
 * What the picture is made of.
 * @typedef {object} Heat
 * @property {Signal<Values | null>} values
 * @property {ReadonlySignal<Grid | null>} grid
 * @property {ReadonlySignal<number>} most
 * @property {Signal<Diverging>} colors
 */

/** @param {Layer} layer @returns {number[]} where the shown parameters lie */
function placesOf(layer) {
  const { blocks, shownUnits, shownInputs, inputs } = layer;
  const weights = shownUnits.flatMap((unit) =>
    shownInputs.map((input) => blocks[0].offset + unit * inputs.length + input),
  );
  const beside = unitBlocks(layer).flatMap(({ offset }) => shownUnits.map((unit) => offset + unit));
  return [...weights, ...beside];
}

/** @param {Layer} layer @param {Float32Array} all in the order of placesOf @returns {Values} */
function valuesOf(layer, all) {
  const nUnits = layer.shownUnits.length;
  const nWeights = nUnits * layer.shownInputs.length;
  const blocks = unitBlocks(layer).map((_, i) =>
    all.subarray(nWeights + i * nUnits, nWeights + (i + 1) * nUnits),
  );
  return { layer, weights: all.subarray(0, nWeights), blocks };
}

/** Scales and slopes lie around 1, however small the weights are. */
const AROUND_ZERO = ["bias", "shift"];

/** The size that has the full colour. @param {Values} values @returns {number} the largest but of scales and slopes */
function largestOf({ layer, weights, blocks }) {
  const kinds = unitBlocks(layer).map(({ kind }) => kind);
  let most = 0;
  for (const values of [weights, ...blocks.filter((_, i) => AROUND_ZERO.includes(kinds[i]))]) {
    for (const value of values) {
      most = Math.abs(value) > most ? Math.abs(value) : most;
    }
  }
  return most || 1;
}

/** One pixel a value; the style sheet makes the pixels as large as the cells. @param {HTMLCanvasElement} canvas @param {Float32Array} values @param {number} nColumns @param {(value: number) => number[]} color */
function paint(canvas, values, nColumns, color) {
  canvas.width = nColumns;
  canvas.height = values.length / nColumns;
  const ctx = canvas.getContext("2d");
  const image = ctx?.createImageData(canvas.width, canvas.height);
  if (!ctx || !image) {
    return;
  }
  values.forEach((value, i) => image.data.set([...color(value).map(Math.round), 255], 4 * i));
  ctx.putImageData(image, 0, 0);
}

/** @param {HTMLElement} element @param {{ x: number, y: number, width: number, height: number }} box */
function lay(element, { x, y, width, height }) {
  Object.assign(element.style, {
    left: `${x}px`,
    top: `${y}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
}

/** @param {Values} values @param {Place} place @returns {number | undefined} undefined where it is not shown */
function valueAt({ layer, weights, blocks }, { kind, row, column }) {
  const unit = layer.shownUnits.indexOf(row);
  if (kind !== "weight") {
    return blocks[unitBlocks(layer).findIndex((block) => block.kind === kind)]?.[unit];
  }
  const input = layer.shownInputs.indexOf(column);
  return unit < 0 || input < 0 ? undefined : weights[unit * layer.shownInputs.length + input];
}

/** Where the largest weight stands. @param {Values} values */
function largestPlace({ layer: { shownInputs, shownUnits }, weights }) {
  const at = weights.reduce(
    (best, value, i) => (Math.abs(value) > Math.abs(weights[best]) ? i : best),
    0,
  );
  const n = shownInputs.length;
  return { row: shownUnits[Math.floor(at / n)], column: shownInputs[at % n] };
}

/** @param {Values} values */
function summaryOf(values) {
  const { label, units, inputs } = values.layer;
  const { row, column } = largestPlace(values);
  return t(
    "Weights of {layer}, {units} by {inputs}. The largest, {value}, leads from {input} to {unit}.",
    {
      layer: label,
      units: units.length,
      inputs: inputs.length,
      value: formatNumber(valueAt(values, { layer: 0, kind: "weight", row, column }), 3),
      input: inputs[column],
      unit: units[row],
    },
  );
}

/** @param {Layer} layer */
function sampleText({ shownUnits, shownInputs, units, inputs }) {
  return t("{units} of {allUnits} units and {inputs} of {allInputs} inputs are shown.", {
    units: shownUnits.length,
    allUnits: units.length,
    inputs: shownInputs.length,
    allInputs: inputs.length,
  });
}

/** What has to be said of the picture. @param {Layer} layer */
function noteText(layer) {
  const beyond = unitBlocks(layer).some(({ kind }) => !AROUND_ZERO.includes(kind));
  return [
    isSampled(layer) ? sampleText(layer) : "",
    beyond ? t("Scales and slopes beyond the ends of the colours have the full one.") : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** @param {Layer} layer */
const isSampled = ({ shownUnits, shownInputs, units, inputs }) =>
  shownUnits.length < units.length || shownInputs.length < inputs.length;

/** The canvases of a grid, laid in place. @param {Grid} grid */
function canvasesOf(grid) {
  const { left, top, cellWidth, cellHeight, right, blockWidth, layer, blocks } = grid;
  const height = layer.shownUnits.length * cellHeight;
  const make = (/** @type {number} */ x, /** @type {number} */ width) => {
    const canvas = h("canvas", { "aria-hidden": "true" });
    lay(canvas, { x, y: top, width, height });
    return canvas;
  };
  return {
    weights: make(left, layer.shownInputs.length * cellWidth),
    blocks: blocks.map((_, i) => make(right + i * blockWidth, blockWidth - 2)),
  };
}

/** Pointer and keys. @param {HTMLElement} frame @param {() => Grid | null} grid @param {Signal<Place>} place @param {Signal<Place | null>} pointed */
function pickCells(frame, grid, place, pointed) {
  /** @param {PointerEvent} event */
  const find = ({ clientX, clientY }) => {
    const now = grid();
    const { left, top } = frame.getBoundingClientRect();
    return now && placeAt(now, place.value.layer, { x: clientX - left, y: clientY - top });
  };
  frame.addEventListener("pointermove", (event) => (pointed.value = find(event)));
  frame.addEventListener("pointerleave", () => (pointed.value = null));
  frame.addEventListener("click", (event) => {
    const found = find(/** @type {PointerEvent} */ (event));
    place.value = found ?? place.value;
  });
  frame.addEventListener("keydown", (event) => {
    const now = grid();
    const next = now && placeByKey(now, place.value, event.key);
    if (next) {
      event.preventDefault();
      pointed.value = null;
      place.value = next;
    }
  });
}

/** The cells, painted anew with the values and laid anew with the grid. @param {HTMLElement} frame @param {Heat} heat */
function drawCells(frame, { grid, values, most, colors }) {
  const mark = h("div", { class: "heat-mark" });
  const canvases = computed(() => grid.value && canvasesOf(grid.value));
  rebuild(
    frame,
    () => grid.value,
    (now) => {
      if (!now || !canvases.value) {
        return null;
      }
      frame.style.width = `${now.width}px`;
      frame.style.height = `${now.height}px`;
      const titles = { from: t("from inputs"), to: t("to units") };
      return [gridNames(now, titles), canvases.value.weights, canvases.value.blocks, mark];
    },
  );
  watch(() => {
    const now = values.value;
    const drawn = canvases.value;
    if (!now || !drawn || now.layer !== grid.value?.layer) {
      return;
    }
    const color = (/** @type {number} */ value) => divergingColor(colors.value, value / most.value);
    paint(drawn.weights, now.weights, now.layer.shownInputs.length, color);
    drawn.blocks.forEach((canvas, i) => paint(canvas, now.blocks[i], 1, color));
  });
  return mark;
}

/** Keeps the values up to date; the first ones lead to the largest weight. @param {Context} context @param {Looked} looked @param {Signal<Values | null>} values */
function followValues(context, { isOpen, layer, place }, values) {
  const { inside } = context.state;
  const places = computed(() => {
    const now = layer();
    return now ? placesOf(now) : [];
  });
  follow(context, {
    wanted: () => isOpen() && layer() !== undefined,
    reads: () => places.value,
    ask: async () => {
      const [asked, now] = [places.value, layer()];
      const answer = now && (await context.actions.look("parameters", { places: asked }));
      return answer && asked === places.value ? valuesOf(now, answer.values) : null;
    },
    show: (answer) => {
      values.value = answer ?? values.value;
      if (answer && !inside.picked.value) {
        inside.picked.value = true;
        place.value = { ...place.value, ...largestPlace(answer) };
      }
    },
  });
}

/** The key to the colours, and what is under the pointer. @param {Heat} heat @param {Looked} looked @param {Signal<Place | null>} pointed */
function notes({ values, most, colors }, { layer, place }, pointed) {
  const said = h("p", { class: "hint read-out", role: "status" });
  bindText(said, () => {
    const now = values.value;
    const at = pointed.value ?? place.value;
    if (!now || now.layer !== layer()) {
      return "";
    }
    const value = valueAt(now, at);
    const words = placeText(now.layer, at);
    return value === undefined
      ? words
      : t("{place}: {value}", { place: words, value: formatNumber(value) });
  });
  const bar = h("div", {});
  watch(() => bar.replaceChildren(colorBar(colors.value, most.value)));
  showWhen(bar, () => values.value !== null);
  const note = h("p", { class: "hint" });
  bindText(note, () => {
    const now = layer();
    return now ? noteText(now) : "";
  });
  return [h("div", { class: "heat-notes" }, bar, said), note];
}

/** @param {Context} context @param {Looked} looked */
export function mountHeatMap(context, looked) {
  const { layer, place } = looked;
  const pointed = signal(/** @type {Place | null} */ (null));
  const frame = h("div", { class: "heat-map", role: "group", tabindex: "0" });
  const root = h("div", { class: "heat-room" }, frame);
  const width = widthOf(root, START_WIDTH);
  const values = signal(/** @type {Values | null} */ (null));
  const heat = {
    values,
    grid: computed(() => {
      const now = layer();
      return now ? gridOf(now, width.value) : null;
    }),
    most: computed(() => (values.value ? largestOf(values.value) : 1)),
    colors: signal(divergingColors()),
  };
  whenColorsChange(() => (heat.colors.value = divergingColors()));
  const mark = drawCells(frame, heat);
  watch(() => {
    const box = heat.grid.value && cellOf(heat.grid.value, place.value);
    mark.hidden = !box;
    if (box) {
      lay(mark, box);
    }
  });
  watch(() => {
    const name = t("Heat map of the weights");
    frame.setAttribute("aria-label", values.value ? `${name}. ${summaryOf(values.value)}` : name);
  });
  pickCells(frame, () => heat.grid.value, place, pointed);
  followValues(context, looked, values);
  return h("div", { class: "heat" }, root, notes(heat, looked, pointed));
}
