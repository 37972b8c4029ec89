/**
 * The picture of the network, alive: the weights of the current run as lines, read off by pointer or
 * arrow keys.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../i18n.js";
import { readLayers } from "../settings.js";
import { bindText, h, rebuild, showWhen, svg, watch, whenGone } from "./dom.js";
import { follow } from "./follow.js";
import { formatCount, formatNumber } from "./format.js";
import { columnX, drawNetwork, findAt, styleLine } from "./network-drawing.js";
import { addLayer, canAddLayer } from "./network-layers.js";
import { columnsOf, placesOf } from "./network-shape.js";
import { widthOf } from "./width-of.js";

/**
 * @import { Signal } from "@preact/signals-core"
 * @import { Column, Places } from "./network-shape.js"
 * @import { Drawing, LineMark, UnitMark } from "./network-drawing.js"
 * @import { Context } from "./fields.js"
 * @import { State } from "../state.js"
 */

/** Values of the drawn weights and biases, as the places are. @typedef {Places} Weights */
/** @typedef {UnitMark | LineMark} Mark */

const START_WIDTH = 310;
const MOST_LISTED = 3;

/** @param {Places[]} places @param {Float32Array} values in the order of the places @returns {Weights[]} */
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

/** @param {Column} column @param {number} at of the column @param {number} place */
function unitName({ kind, names, shown }, at, place) {
  const n = shown[place] + 1;
  switch (kind) {
    case "input":
      return t("input {name}", { name: names[place] });
    case "output":
      return names[place] ? t("output {name}", { name: names[place] }) : t("output {n}", { n });
    default:
      return t("hidden layer {layer}, unit {n}", { layer: at, n });
  }
}

/** The strongest of the weights that lead to a unit, in words. @param {Column} from @param {number} at @param {number[]} weights */
function strongest(from, at, weights) {
  return weights
    .map((weight, i) => ({ weight, i }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MOST_LISTED)
    .map(({ weight, i }) => `${unitName(from, at, i)}: ${formatNumber(weight, 3)}`)
    .join("; ");
}

/** What the picture says of a line or unit. @param {State} state @param {Column[]} columns @param {Weights[] | null} weights @param {Mark} mark */
function describe(state, columns, weights, mark) {
  const { at, unit } = mark;
  const name = unitName(columns[at], at, unit);
  const layer = weights?.[at - 1];
  if ("from" in mark) {
    const from = unitName(columns[at - 1], at - 1, mark.from);
    const weight = formatNumber(layer?.weights[unit][mark.from], 4);
    return t("From {from} to {to}: weight {weight}", { from, to: name, weight });
  }
  if (at === 0) {
    return name;
  }
  const parts = [name];
  if (layer?.biases.length) {
    parts.push(t("bias {bias}", { bias: formatNumber(layer.biases[unit], 4) }));
  }
  if (columns[at].kind === "hidden") {
    const key = readLayers(state.value)[at - 1]?.activation;
    const family = state.catalogue.value?.families.find((one) => one.key === "activation");
    parts.push(family?.rows.find((row) => row.key === key)?.label ?? key);
  }
  const from = layer && strongest(columns[at - 1], at - 1, layer.weights[unit]);
  return from
    ? t("{unit}. Strongest from {list}.", { unit: parts.join(", "), list: from })
    : parts.join(", ");
}

/** The network as a sentence. @param {Column[]} columns */
const summarize = (columns) =>
  t("Network with layers of {widths} units, inputs first", {
    widths: columns.map(({ width }) => formatCount(width)).join(", "),
  });

/** @param {Column} column */
function caption({ shown, width }) {
  return shown.length < width ? t("{n} of {all}", { n: shown.length, all: width }) : "";
}

/** The mark that an arrow key leads to. @param {Column[]} columns @param {Mark | null} mark @param {KeyboardEvent} event @returns {Mark | null} */
function markByKey(columns, mark, { key, shiftKey }) {
  const { at, unit } = mark ?? { at: 1, unit: -1 };
  const step = { ArrowUp: -1, ArrowDown: 1 }[key];
  const turn = (/** @type {number} */ i, /** @type {number} */ n) => (i + n) % n;
  if (step && shiftKey && mark && at > 0) {
    const n = columns[at - 1].shown.length;
    const from = "from" in mark ? turn(mark.from + step, n) : step > 0 ? 0 : n - 1;
    return { at, unit, from };
  }
  if (step) {
    return { at, unit: turn(unit + step, columns[at].shown.length) };
  }
  const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (side) {
    const to = Math.min(columns.length - 1, Math.max(0, at + side));
    return { at: to, unit: Math.min(Math.max(unit, 0), columns[to].shown.length - 1) };
  }
  return null;
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
 * @param {Context} context
 * @returns {{ picture: HTMLElement, readOut: HTMLElement }} `readOut` has the legend, too
 */
export function mountNetworkPicture(context) {
  const { state, actions } = context;
  const canvas = svg("svg", { class: "network", "aria-hidden": "true" });
  const frame = h("div", { class: "network-frame", role: "group", tabindex: "0" }, canvas);
  const width = widthOf(frame, START_WIDTH, (2 * START_WIDTH) / 3);
  const visible = visibilityOf(frame);
  const columns = computed(() => columnsOf(state));
  const places = computed(() => placesOf(columns.value, state.prepared.value?.trainer));
  const weights = signal(/** @type {Weights[] | null} */ (null));
  const mark = signal(/** @type {Mark | null} */ (null));
  const drawing = computed(() => {
    const now = columns.value;
    return now.length === 0 ? null : drawNetwork(canvas, now, width.value, caption);
  });

  watch(() => {
    const now = columns.value;
    mark.value = null;
    weights.value = null;
    frame.setAttribute("aria-label", now.length > 0 ? summarize(now) : t("Network"));
  });
  watch(() => {
    if (drawing.value) {
      styleLines(drawing.value, weights.value);
      highlight(drawing.value, mark.value);
    }
  });
  follow(context, {
    wanted: () => visible.value && places.value !== null,
    reads: () => places.value,
    ask: async () => {
      const asked = places.value;
      const answer = asked && (await actions.look("parameters", { places: flatten(asked) }));
      return answer && asked === places.value ? valuesAt(asked, answer.values) : null;
    },
    show: (answer) => (weights.value = answer ?? weights.value),
  });

  /** @param {PointerEvent} event */
  function point({ clientX, clientY }) {
    const { left, top } = canvas.getBoundingClientRect();
    const at = { x: clientX - left, y: clientY - top };
    mark.value = drawing.value && findAt(drawing.value, at);
  }
  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerdown", point);
  canvas.addEventListener("pointerleave", () => (mark.value = null));
  frame.addEventListener("keydown", (event) => {
    const next = markByKey(columns.value, mark.value, event);
    if (next) {
      event.preventDefault();
      mark.value = next;
    }
  });
  frame.addEventListener("blur", () => (mark.value = null));

  const said = h("p", { class: "hint read-out", role: "status" });
  bindText(said, () =>
    mark.value
      ? describe(state, columns.value, weights.value, mark.value)
      : weights.value
        ? t("Point at a line or a unit, or use the arrow keys, to read it off.")
        : "",
  );
  const picture = h(
    "div",
    { class: "network-picture" },
    frame,
    addButtons(context, () => width.value),
  );
  showWhen(picture, () => columns.value.length > 0);
  return {
    picture,
    readOut: h(
      "div",
      { class: "network-notes" },
      legend(() => weights.value !== null),
      said,
    ),
  };
}
