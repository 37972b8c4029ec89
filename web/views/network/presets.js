/**
 * Well-known models by their names, as the catalogue lists them: each sets what makes the model.
 */
import { t } from "../../text/i18n.js";
import { cfgPairs, joinRows, splitList } from "../../settings.js";
import { h, watch } from "../parts/dom.js";

/**
 * @import { Catalogue, Preset } from "../../protocol-catalogue.js"
 * @import { State } from "../../state.js"
 */

/**
 * What a preset sets. Of the regularizers it names the penalties, which belong to the model; early
 * stopping, clipping and the like stay as they are.
 * @param {State} state @param {Catalogue} catalogue @param {Preset} preset
 */
function valuesOf(state, { families, history }, preset) {
  const values = Object.fromEntries(cfgPairs(preset.settings));
  const family = families.find(({ key }) => key === "regularizer");
  if (family && "regularizer" in values) {
    const isPenalty = (/** @type {string} */ key) =>
      history.some((column) => column.key === `penalty_${key}`);
    const kept = splitList(state.value(family.key)).filter((key) => !isPenalty(key));
    values[family.key] = joinRows(family, [...splitList(values[family.key]), ...kept]);
  }
  return values;
}

/** @param {import("../parts/fields.js").Context} context @param {Catalogue} catalogue */
export function mountPresets({ state, actions }, catalogue) {
  const { presets } = catalogue;
  const select = h(
    "select",
    { "aria-label": t("Start from a known model") },
    h("option", { value: "" }, t("Start from a known model…")),
    presets.map(presetOption),
  );
  /** @param {Preset} preset */
  function presetOption({ key, label, help, tasks }) {
    const option = h("option", { value: key, title: help }, label);
    watch(() => {
      const task = state.dataset.value?.task;
      option.disabled = task !== undefined && !tasks.includes(task);
    });
    return option;
  }
  select.addEventListener("change", () => {
    const preset = presets.find(({ key }) => key === select.value);
    if (preset) {
      actions.change(valuesOf(state, catalogue, preset));
      select.value = "";
    }
  });
  return select;
}
