/**
 * The catalogue in the reader's language, so that no view has to translate what it shows of it.
 * Choices are keys that settings are made of; views show them by `choiceText`.
 */
import { labelText, t } from "./i18n.js";
import { splitList } from "../settings.js";

/**
 * @import { Catalogue, Row } from "../protocol-catalogue.js"
 * @import { SettingIndex } from "../settings.js"
 */

/** @template {{ label: string, help: string }} T @param {T} item @returns {T} */
const translated = (item) => ({
  ...item,
  label: labelText(item.label),
  help: labelText(item.help),
});

/** @template {{ label: string, help: string, params: any[] }} T @param {T} item @returns {T} */
const withParams = (item) => ({ ...translated(item), params: item.params.map(translated) });

/** @param {Row} row @returns {Row} */
const translatedRow = (row) => ({ ...withParams(row), differs: labelText(row.differs) });

/** A choice as it is read. @param {string} choice */
export const choiceText = (choice) => labelText(choice.replaceAll("_", " "));

/** The value of a setting as it is read. @param {SettingIndex} index @param {string} key @param {string} value */
export function settingText(index, key, value) {
  const { param, family } = index.get(key) ?? {};
  if (value === "" || (param?.kind !== "choice" && param?.kind !== "choices")) {
    return value;
  }
  const rows = param.setting === family?.key ? family.rows : [];
  return splitList(value)
    .map((choice) => rows.find((row) => row.key === choice)?.label ?? choiceText(choice))
    .join(", ");
}

/** The label of each setting, with what it belongs to where two have the same. @param {SettingIndex} index @param {string[]} keys @returns {string[]} */
export function settingLabels(index, keys) {
  const labels = keys.map((key) => index.get(key)?.param.label ?? key);
  return labels.map((label, i) =>
    labels.indexOf(label) === labels.lastIndexOf(label)
      ? label
      : t("{group}: {setting}", { group: index.get(keys[i])?.group ?? "", setting: label }),
  );
}

/** @param {Catalogue} catalogue in English, as the core prints it @returns {Catalogue} */
export function translateCatalogue(catalogue) {
  return {
    ...catalogue,
    families: catalogue.families.map((family) => ({
      ...withParams(family),
      rows: family.rows.map(translatedRow),
    })),
    groups: catalogue.groups.map(withParams),
    presets: catalogue.presets.map(translated),
    history: catalogue.history.map(translated),
  };
}
