/**
 * Takes a setting of a race over into the form, and says what that did.
 */
import { settingLabels, settingText } from "../../text/catalogue-text.js";
import { language, t } from "../../text/i18n.js";
import { bindText, h, showWhen, watch } from "../parts/dom.js";

/**
 * @import { Entry, Race } from "../../race/race.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Whether the form has the setting. @param {State} state @param {Entry} entry */
const isInUse = (state, { change }) =>
  Object.entries(change).every(([key, value]) => state.value(key) === value);

/** @param {Context} context @param {Race} race @param {Entry} entry */
export function useButton({ state, actions }, race, entry) {
  const use = () => {
    race.used.value = entry;
    actions.change(entry.change);
  };
  const button = h("button", { type: "button", class: "quiet", onclick: use });
  watch(() => {
    const inUse = isInUse(state, entry);
    button.textContent = inUse ? t("In use") : t("Use");
    button.setAttribute(
      "aria-label",
      inUse
        ? t("In use: {setting}", { setting: entry.label })
        : t("Use {setting}", { setting: entry.label }),
    );
  });
  return button;
}

/** What a setting consists of: "Optimizer Adam, Learning rate 0.01". @param {State} state @param {Entry} entry */
function changeText({ index }, { change }) {
  const keys = Object.keys(change);
  const parts = settingLabels(index.value, keys).map((label, i) =>
    t("{label} {value}", {
      label,
      value: settingText(index.value, keys[i], change[keys[i]]) || t("none"),
    }),
  );
  return new Intl.ListFormat(language.value, { type: "conjunction" }).format(parts);
}

/** @param {Context} context @param {Race} race */
export function usedNote({ state }, race) {
  const note = h("p", { class: "message used", role: "status" });
  const used = () => {
    const entry = race.used.value;
    return entry && isInUse(state, entry) ? entry : null;
  };
  bindText(note, () => {
    const entry = used();
    if (!entry) {
      return "";
    }
    const values = { what: changeText(state, entry), n: race.nSeeds };
    return race.nSeeds > 1
      ? t(
          "Set: {what}. Press Train for a run with it; the score above is the mean of {n} seeds, so one run comes out a little different.",
          values,
        )
      : t("Set: {what}. Press Train for a run with it.", values);
  });
  showWhen(note, () => used() !== null);
  return note;
}
