/**
 * What a tap does: add a point of a class, or erase; and the way back.
 */
import { nameOf } from "../../data-maker/sketch-text.js";
import { shapeOf } from "../../data-maker/shapes.js";
import { t } from "../../text/i18n.js";
import { h, rebuild, watch } from "../parts/dom.js";
import { markIcon } from "./maker-marks.js";

/** @import { Child } from "../parts/dom.js" */
/** @import { Maker } from "../../data-maker/maker.js" */

/** @param {Maker} maker @param {number | "erase"} value @param {...Child} content */
function toolChoice(maker, value, ...content) {
  const radio = h("input", {
    type: "radio",
    name: "maker-tool",
    class: "visually-hidden",
    onchange: () => (maker.tool.value = value),
  });
  watch(() => {
    radio.checked = maker.tool.value === value;
  });
  return h("label", { class: "maker-tool" }, radio, content);
}

/** @param {Maker} maker @param {string} shape */
function toolChoices(maker, shape) {
  const { names } = shapeOf(shape);
  const kinds = names.length > 0 ? names.map((_, kind) => kind) : [0];
  return [
    kinds.map((kind) =>
      toolChoice(
        maker,
        kind,
        markIcon(kind),
        names.length > 0 ? nameOf(maker.sketch.peek(), kind) : t("Point"),
      ),
    ),
    toolChoice(maker, "erase", t("Eraser")),
  ];
}

/** @param {Maker} maker */
export function mountTools(maker) {
  const choices = h("div", { class: "maker-choices" });
  rebuild(
    choices,
    () => maker.sketch.value.recipe.shape,
    (shape) => toolChoices(maker, shape),
  );
  return h(
    "fieldset",
    { class: "maker-tools" },
    h("legend", { class: "visually-hidden" }, t("What a tap does")),
    choices,
  );
}

/** @param {string} label @param {() => void} act @param {() => boolean} able */
function stepButton(label, act, able) {
  const button = h("button", { type: "button", class: "quiet", onclick: act }, label);
  watch(() => {
    button.disabled = !able();
  });
  return button;
}

/** @param {Maker} maker */
export function mountSteps(maker) {
  return h(
    "div",
    { class: "buttons" },
    stepButton(t("Undo"), maker.undo, () => maker.canUndo.value),
    stepButton(t("Redo"), maker.redo, () => maker.canRedo.value),
    stepButton(t("Remove all"), maker.clear, () => maker.sketch.value.points.length > 0),
  );
}

/** Undo and redo by the keys that people expect, anywhere in the dialog but in a field. @param {HTMLElement} dialog @param {Maker} maker */
export function travelByKeys(dialog, maker) {
  dialog.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, shiftKey, target } = event;
    const inField = target instanceof HTMLInputElement && target.type === "text";
    if (!(ctrlKey || metaKey) || inField) {
      return;
    }
    const letter = key.toLowerCase();
    if (letter === "z" || letter === "y") {
      event.preventDefault();
      (letter === "y" || shiftKey ? maker.redo : maker.undo)();
    }
  });
}
