/**
 * The catalogue in the reader's language, so that no view has to translate what it shows of it.
 * Choices are keys that settings are made of; views show them by `choiceText`.
 */
import { labelText } from "./i18n.js";

/** @import { Catalogue, Row } from "./protocol.js" */

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
