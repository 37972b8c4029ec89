/**
 * The picture of the network, alive: the weights of the current run as lines, read off by pointer or
 * arrow keys.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { bindText, h, rebuild, showWhen, svg, watch, whenGone } from "../parts/dom.js";
import { follow } from "../parts/follow.js";
import { columnX, drawNetwork, findAt, styleLine } from "./network-drawing.js";
import { addLayer, canAddLayer } from "./network-layers.js";
import { caption, describe, markByKey, summarize } from "./network-read.js";
import { columnsOf, placesOf } from "./network-shape.js";
import { widthOf } from "../parts/width-of.js";

/**
 * @import { Signal } from "@preact/signals-core"
 * @import { Column, Places } from "./network-shape.js"
 * @import { Drawing } from "./network-drawing.js"
 * @import { Mark, Weights } from "./network-read.js"
 * @import { Context } from "../parts/fields.js"
 * @import { State } from "../../state.js"
 */

const START_WIDTH = 310;

/** @param {Places[]} places @param {ArrayLike<number>} values in the order of the places @returns {Weights[]} */
function valuesAt(places, values) {
  let next = 0;
  const take = () => values[next++];
  return places.map(({ weights, biases }) => ({
    weights: weights.map((row) => row.map(take)),
    biases: biases.map(take),
  }));
}

/** @param {Places[]} places */
const flatten = (places) => places.flatMap(({ weights, biases }) => [...weights.flat(), ...biases]);

/** The present weights of the run; in a first view those that it begins with. @param {Context} context @param {number[]} at */
async function weightsAt({ state, actions }, at) {
  const answer = await actions.look("parameters", { places: at });
  const first = state.begun.value ? undefined : state.prepared.value?.weights;
  return answer?.values ?? (first ? at.map((place) => first[place]) : null);
}

/** @param {Drawing} drawing @param {Weights[] | null} weights */
function styleLines({ lines }, weights) {
  lines.forEach((layer, i) => {
    const values = weights?.[i].weights;
    const scale = Math.max(...(values ?? []).flat().map(Math.abs).filter(Number.isFinite), 0);
    layer.forEach((row, j) =>
      row.forEach((line, k) => {
        if (values) {
          styleLine(line, values[j][k], scale);
        } else {
          line.setAttribute("class", "line");
          line.style.strokeWidth = line.style.strokeOpacity = "";
        }
      }),
    );
  });
}

/** @param {Drawing} drawing @param {Mark | null} mark */
function highlight({ lines, dots }, mark) {
  dots.flat().forEach((dot) => dot.classList.remove("picked"));
  lines.flat(2).forEach((line) => line.classList.remove("picked", "faded"));
  if (!mark) {
    return;
  }
  const isPicked = (
    /** @type {number} */ at,
    /** @type {number} */ unit,
    /** @type {number} */ from,
  ) =>
    "from" in mark
      ? at === mark.at && unit === mark.unit && from === mark.from
      : (at === mark.at && unit === mark.unit) || (at - 1 === mark.at && from === mark.unit);
  lines.forEach((layer, i) =>
    layer.forEach((row, unit) =>
      row.forEach((line, from) =>
        line.classList.add(isPicked(i + 1, unit, from) ? "picked" : "faded"),
      ),
    ),
  );
  dots[mark.at][mark.unit].classList.add("picked");
  if ("from" in mark) {
    dots[mark.at - 1][mark.from].classList.add("picked");
  }
}

/** Buttons in the gaps between the columns. @param {Context} context @param {() => number} width */
function addButtons(context, width) {
  const root = h("div", { class: "add-layers" });
  rebuild(
    root,
    () => `${columnsOf(context.state).length} ${width()}`,
    () => {
      const n = columnsOf(context.state).length;
      const xs = columnX(n, width());
      return xs.slice(1).map((x, at) => {
        const name =
          at === n - 2
            ? t("Add a hidden layer before the outputs")
            : t("Add a hidden layer before hidden layer {n}", { n: at + 1 });
        const button = h(
          "button",
          {
            type: "button",
            class: "add-layer",
            "aria-label": name,
            title: name,
            onclick: () => addLayer(context, at),
          },
          "+",
        );
        button.style.left = `${(x + xs[at]) / 2}px`;
        watch(() => (button.disabled = !canAddLayer(context)));
        return button;
      });
    },
  );
  return root;
}

/** @param {HTMLElement} element @returns {Signal<boolean>} whether it is on the screen */
function visibilityOf(element) {
  const visible = signal(false);
  const observer = new IntersectionObserver(([entry]) => (visible.value = entry.isIntersecting));
  observer.observe(element);
  whenGone(() => observer.disconnect());
  return visible;
}

/** @param {() => boolean} isAlive */
function legend(isAlive) {
  const root = h(
    "p",
    { class: "hint network-legend" },
    h("span", { class: "key" }, h("i", { class: "positive" }), t("positive weight")),
    h("span", { class: "key" }, h("i", { class: "negative" }), t("negative")),
    h("span", {}, t("thicker: larger within its layer")),
  );
  showWhen(root, isAlive);
  return root;
}

/**
 * Reads lines and units off by pointer and by arrow keys.
 * @param {SVGSVGElement} canvas
 * @param {HTMLElement} frame
 * @param {{ columns: () => Column[], drawing: () => Drawing | null, mark: Signal<Mark | null> }} shown
 */
function readByHand(canvas, frame, { columns, drawing, mark }) {
  /** @param {PointerEvent} event */
  function point({ clientX, clientY }) {
    const { left, top } = canvas.getBoundingClientRect();
    const now = drawing();
    mark.value = now && findAt(now, { x: clientX - left, y: clientY - top });
  }
  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerdown", point);
  canvas.addEventListener("pointerleave", () => (mark.value = null));
  frame.addEventListener("blur", () => (mark.value = null));
  frame.addEventListener("keydown", (event) => {
    const next = markByKey(columns(), mark.value, event);
    if (next) {
      event.preventDefault();
      mark.value = next;
    }
  });
}

/** The weights of the run in the shape that is drawn; null while there are none. @param {Context} context @param {() => Column[]} columns @param {() => boolean} isSeen */
function presentWeights(context, columns, isSeen) {
  const { state } = context;
  const places = computed(() => placesOf(columns(), state.prepared.value?.trainer));
  const weights = signal(/** @type {Weights[] | null} */ (null));
  watch(() => {
    columns();
    weights.value = null;
  });
  follow(context, {
    wanted: () => isSeen() && places.value !== null,
    reads: () => places.value,
    ask: async () => {
      const asked = places.value;
      const values = asked && (await weightsAt(context, flatten(asked)));
      return values && asked === places.value ? valuesAt(asked, values) : null;
    },
    show: (answer) => (weights.value = answer ?? weights.value),
  });
  return weights;
}

/** @param {State} state @param {{ columns: () => Column[], weights: Signal<Weights[] | null>, mark: Signal<Mark | null> }} shown */
function notes(state, { columns, weights, mark }) {
  const said = h("p", { class: "hint read-out", role: "status" });
  bindText(said, () => {
    if (mark.value) {
      return describe(state, columns(), weights.value, mark.value);
    }
    return weights.value
      ? t("Point at a line or a unit, or use the arrow keys, to read it off.")
      : "";
  });
  const isAlive = () => weights.value !== null;
  return h("div", { class: "network-notes" }, legend(isAlive), said);
}

/**
 * @param {Context} context
 * @returns {{ picture: HTMLElement, readOut: HTMLElement }} `readOut` has the legend, too
 */
export function mountNetworkPicture(context) {
  const { state } = context;
  const canvas = svg("svg", { class: "network", "aria-hidden": "true" });
  const frame = h("div", { class: "network-frame", role: "group", tabindex: "0" }, canvas);
  const width = widthOf(frame, START_WIDTH, (2 * START_WIDTH) / 3);
  const visible = visibilityOf(frame);
  const shape = computed(() => columnsOf(state));
  const columns = () => shape.value;
  const weights = presentWeights(context, columns, () => visible.value);
  const mark = signal(/** @type {Mark | null} */ (null));
  const drawing = computed(() =>
    shape.value.length === 0 ? null : drawNetwork(canvas, shape.value, width.value, caption),
  );
  watch(() => {
    mark.value = null;
    const name = shape.value.length > 0 ? summarize(shape.value) : t("Network");
    frame.setAttribute("aria-label", name);
  });
  watch(() => {
    if (drawing.value) {
      styleLines(drawing.value, weights.value);
      highlight(drawing.value, mark.value);
    }
  });
  readByHand(canvas, frame, { columns, drawing: () => drawing.value, mark });
  const buttons = addButtons(context, () => width.value);
  const picture = h("div", { class: "network-picture" }, frame, buttons);
  showWhen(picture, () => shape.value.length > 0);
  return { picture, readOut: notes(state, { columns, weights, mark }) };
}
