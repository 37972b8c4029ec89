/**
 * Well-known models by their names, as the catalogue lists them: each sets what makes the model.
 */
import { t } from "../../text/i18n.js";
import { cfgPairs } from "../../settings.js";
import { h, watch } from "../parts/dom.js";

/** @import { Catalogue, Preset } from "../../protocol.js" */

/** @param {import("../parts/fields.js").Context} context @param {Catalogue} catalogue */
export function mountPresets({ state, actions }, { presets }) {
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
      actions.change(Object.fromEntries(cfgPairs(preset.settings)));
      select.value = "";
    }
  });
  return select;
}
