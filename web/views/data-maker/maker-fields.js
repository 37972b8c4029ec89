/**
 * What to make points in: the shape, how many, how noisy, and by which seed.
 */
import { ROWS, SEEDS } from "../../data-maker/sketch.js";
import { SHAPES, shapeOf } from "../../data-maker/shapes.js";
import { t } from "../../text/i18n.js";
import { bindText, h, showWhen, watch } from "../parts/dom.js";
import { withSteppers } from "../parts/fields.js";
import { formatNumber } from "../../text/format.js";
import { thumbnail } from "./maker-marks.js";

/** @import { Maker } from "../../data-maker/maker.js" */

/** @param {Maker} maker */
export function mountShapes(maker) {
  const radios = SHAPES.map((shape) => {
    const radio = h("input", {
      type: "radio",
      name: "maker-shape",
      class: "visually-hidden",
      value: shape.key,
      onchange: () => maker.pick(shape.key),
    });
    watch(() => {
      radio.checked = maker.sketch.value.recipe.shape === shape.key;
    });
    return h(
      "label",
      { class: "maker-shape" },
      radio,
      thumbnail(shape),
      h("span", {}, t(shape.label)),
    );
  });
  return h(
    "fieldset",
    { class: "maker-shapes" },
    h("legend", {}, t("Shape")),
    h("div", { class: "maker-thumbnails" }, radios),
  );
}

/**
 * A whole number of the recipe.
 * @param {Maker} maker
 * @param {{ key: "rows" | "seed", label: string, bounds: { min: number, max: number }, stride: number }} field
 */
function wholeField(maker, { key, label, bounds: { min, max }, stride }) {
  const problem = h("p", { class: "problem", id: `maker-${key}-problem`, hidden: true });
  const input = h("input", {
    type: "text",
    id: `maker-${key}`,
    inputmode: "numeric",
    autocomplete: "off",
    "aria-describedby": problem.id,
    oninput: () => submit(),
    onblur: () => show(),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (direction) {
        event.preventDefault();
        step(direction);
      }
    },
  });
  /** @param {string} text */
  function tell(text) {
    problem.textContent = text;
    problem.hidden = text === "";
    input.setAttribute("aria-invalid", String(text !== ""));
  }
  function show() {
    input.value = String(maker.sketch.peek().recipe[key]);
    tell("");
  }
  function submit() {
    const text = input.value.trim();
    const value = Number(text);
    const isRight = /^\d+$/.test(text) && value >= min && value <= max;
    tell(isRight ? "" : t("{label}: a whole number from {min} to {max}.", { label, min, max }));
    const { recipe } = maker.sketch.peek();
    if (isRight && value !== recipe[key]) {
      maker.make({ ...recipe, [key]: value });
    }
  }
  /** @param {number} direction */
  function step(direction) {
    const value = maker.sketch.peek().recipe[key] + direction * stride;
    input.value = String(Math.min(max, Math.max(min, value)));
    submit();
  }
  watch(() => {
    const value = maker.sketch.value.recipe[key];
    if (Number(input.value) !== value) {
      show();
    }
  });
  return h(
    "div",
    { class: "field" },
    h(
      "div",
      { class: "field-head" },
      h("label", { for: input.id }, label),
      withSteppers(input, { label }, step),
    ),
    problem,
  );
}

/** @param {Maker} maker */
function noiseField(maker) {
  const input = h("input", { type: "range", id: "maker-noise", min: "0", step: "any" });
  const steps = 100;
  input.addEventListener("input", () => {
    const { recipe } = maker.sketch.peek();
    maker.make({ ...recipe, noise: Number(input.value) });
  });
  const value = h("output", { for: input.id });
  bindText(value, () => formatNumber(maker.sketch.value.recipe.noise, 2));
  watch(() => {
    const { recipe } = maker.sketch.value;
    const { max } = shapeOf(recipe.shape).noise;
    input.max = String(max);
    input.step = String(max / steps);
    input.value = String(recipe.noise);
  });
  return h(
    "div",
    { class: "field" },
    h(
      "div",
      { class: "field-head" },
      h("label", { for: input.id }, t("Noise")),
      h("span", { class: "maker-noise" }, input, value),
    ),
  );
}

/** @param {Maker} maker */
export function mountFields(maker) {
  const another = () => {
    const { recipe } = maker.sketch.peek();
    maker.make({ ...recipe, seed: (recipe.seed + 1) % (SEEDS.max + 1) });
  };
  const fields = h(
    "div",
    { class: "maker-fields" },
    wholeField(maker, { key: "rows", label: t("Rows"), bounds: ROWS, stride: 50 }),
    noiseField(maker),
    wholeField(maker, { key: "seed", label: t("Random seed"), bounds: SEEDS, stride: 1 }),
    h("button", { type: "button", onclick: another }, t("Roll again")),
  );
  showWhen(fields, () => shapeOf(maker.sketch.value.recipe.shape).rows > 0);
  return fields;
}
