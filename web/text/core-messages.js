/**
 * What the core says, in the reader's language. The core builds its messages in English from
 * templates; a locale file maps each template, with {1}, {2}, ... where values stand, to its
 * translation.
 */

/** @typedef {{ pattern: RegExp, translation: string }} Template */

/** @param {string} text */
const escape = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Texts between the places of a template. @param {string} template */
const fixedParts = (template) => template.split(/\{\d+\}/);

/** @param {[string, string]} entry @returns {Template} */
function compile([template, translation]) {
  const pattern = new RegExp(`^${fixedParts(template).map(escape).join("(.*?)")}$`, "s");
  return { pattern, translation };
}

/** @param {string} template */
const fixedLength = (template) => fixedParts(template).join("").length;

/**
 * Values in quotes are names of the person's file and stay; others may be words of the core.
 * @param {Record<string, string>} translations by template
 * @param {(word: string) => string} translateWord such as a label that stands in a message
 * @returns {(message: string) => string} gives a message back as it is where no template fits it
 */
export function messageTranslator(translations, translateWord) {
  const templates = Object.entries(translations)
    .sort(([a], [b]) => fixedLength(b) - fixedLength(a))
    .map(compile);
  /** @param {string} message @returns {string} */
  function translate(message) {
    for (const { pattern, translation } of templates) {
      const [, ...values] = message.match(pattern) ?? [];
      if (values.length > 0 || pattern.test(message)) {
        return fill(translation, values);
      }
    }
    return translateWord(message);
  }
  /** @param {string} translation @param {string[]} values */
  function fill(translation, values) {
    return translation.replaceAll(/([“"]?)\{(\d+)\}/g, (_place, quote, number) => {
      const value = values[Number(number) - 1];
      return quote + (quote ? value : translate(value));
    });
  }
  return translate;
}
