/**
 * The texts of the page in the reader's language. The English text is the key: the locale files map
 * it to the text of their language, or to one text for each plural category of `n`; English has a
 * file for its plurals alone. What the files lack is shown in English.
 */
import { signal } from "@preact/signals-core";
import { messageTranslator } from "./core-messages.js";
import { remember, remembered } from "./memory.js";
import english from "./locales/en.json" with { type: "json" };

/** @typedef {string | Record<string, string>} Pattern a text, or texts by plural category */
/** @typedef {Record<string, Pattern>} Messages */

/** Languages by their own names. @type {Record<string, string>} */
export const LANGUAGES = { en: "English", "zh-CN": "简体中文" };

const KEY = "language";

/** The language of the page, as in the `lang` attribute. */
export const language = signal("en");

const ENGLISH = {
  messages: /** @type {Messages} */ (english),
  /** Of the catalogue, where the same English word may have another meaning. */
  labels: /** @type {Messages} */ ({}),
  translateMessage: (/** @type {string} */ message) => message,
};

let { messages, labels, translateMessage } = ENGLISH;
let plurals = new Intl.PluralRules("en");

/**
 * @param {string} text in English; "{name}" stands for a value
 * @param {Record<string, string | number>} [values] numbers are written in the reader's format;
 *     `n` decides the plural
 * @returns {string}
 */
export function t(text, values = {}) {
  const found = messages[text] ?? text;
  const pattern =
    typeof found === "string" ? found : (found[plurals.select(Number(values.n))] ?? found.other);
  return pattern.replaceAll(/\{(\w+)\}/g, (place, name) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString(language.value) : (value ?? place);
  });
}

/** A text of the catalogue in the reader's language. @param {string} text */
export const labelText = (text) => /** @type {string} */ (labels[text] ?? text);

/** Marks a text for the locale files that is translated where it is shown. @param {string} text */
export const toTranslate = (text) => text;

/** A message of the core in the reader's language. @param {string} message */
export const coreText = (message) => translateMessage(message);

/** What was chosen by hand, or the first of the browser's languages that the page has. */
export function preferredLanguage() {
  const chosen = remembered(KEY);
  const known = Object.keys(LANGUAGES);
  const wanted = chosen ? [chosen] : navigator.languages;
  const match = wanted
    .map((tag) => known.find((code) => code.split("-")[0] === tag.split("-")[0]))
    .find(Boolean);
  return match ?? "en";
}

/** Shows the page in a language that was chosen by hand, now and the next time. @param {string} code */
export function chooseLanguage(code) {
  remember(KEY, code);
  return useLanguage(code);
}

/**
 * Fetches the texts of a language and shows the page in it.
 * @param {string} code one of LANGUAGES
 */
export async function useLanguage(code) {
  const found = code === "en" ? ENGLISH : await fetchTexts(code);
  ({ messages, labels, translateMessage } = found ?? ENGLISH);
  const shown = found ? code : "en";
  plurals = new Intl.PluralRules(shown);
  document.documentElement.lang = shown;
  language.value = shown;
}

/** @param {string} code @returns {Promise<typeof ENGLISH | null>} null where the files cannot be had */
async function fetchTexts(code) {
  try {
    const names = ["page", "catalogue", "messages"];
    const files = names.map((name) => fetchTopic(code, name));
    const [page, catalogue, core] = await Promise.all(files);
    return {
      messages: { ...catalogue, ...page },
      labels: catalogue,
      translateMessage: messageTranslator(core, labelText),
    };
  } catch {
    return null;
  }
}

/** @param {string} code @param {string} name of a file of the language's folder @returns {Promise<any>} */
export async function fetchTopic(code, name) {
  const response = await fetch(`locales/${code}/${name}.json`);
  if (!response.ok) {
    throw new Error(`locales/${code}/${name}.json: ${response.status}`);
  }
  return response.json();
}
