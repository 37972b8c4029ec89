/**
 * The texts of the page in the reader's language. The English text is the key: the locale files map
 * it to the text of their language, or to one text for each plural category of `n`; English has a
 * file for its plurals alone. What the files lack is shown in English.
 */
import { signal } from "@preact/signals-core";
import { messageTranslator } from "./core-messages.js";
import { remember, remembered } from "../memory.js";
import english from "../locales/en.json" with { type: "json" };

/** @typedef {string | Record<string, string>} Pattern a text, or texts by plural category */
/** @typedef {Record<string, Pattern>} Messages */
/** @typedef {{ page: Messages, catalogue: Messages, messages: Record<string, string> }} Texts */

/** Languages by their own names. @type {Record<string, string>} */
export const LANGUAGES = { en: "English", "zh-CN": "简体中文" };

const KEY = "language";

/** The language of the page, as in the `lang` attribute. */
export const language = signal("en");

/** Files of a locale. */
export const TOPICS = ["page", "catalogue", "messages"];

/** @type {Messages} */
let messages = english;
/** Of the catalogue, where the same English word may have another meaning. @type {Messages} */
let labels = {};
let translateMessage = (/** @type {string} */ message) => message;
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

/** A text of the catalogue in the reader's language. @param {string} text @param {string} [fallback] what is shown where there is none */
export const labelText = (text, fallback = text) =>
  /** @type {string} */ (labels[text] ?? fallback);

/** A label may begin small within a sentence. @param {string} word */
const labelInSentence = (word) =>
  labels[word] ? labelText(word) : labelText(word.charAt(0).toUpperCase() + word.slice(1), word);

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
  const texts = code === "en" ? null : await fetchTexts(code);
  useTexts(texts ? code : "en", texts);
  document.documentElement.lang = language.value;
}

/** @param {string} code @param {Texts | null} texts of the locale's files; null for English */
export function useTexts(code, texts) {
  messages = texts ? { ...texts.catalogue, ...texts.page } : english;
  labels = texts?.catalogue ?? {};
  translateMessage = messageTranslator(texts?.messages ?? {}, labelInSentence);
  plurals = new Intl.PluralRules(code);
  language.value = code;
}

/** @param {string} code @returns {Promise<Texts | null>} null where the files cannot be had */
async function fetchTexts(code) {
  try {
    const files = TOPICS.map((name) => fetchTopic(code, name));
    const [page, catalogue, core] = await Promise.all(files);
    return { page, catalogue, messages: core };
  } catch {
    return null;
  }
}

/** @param {string} code @param {string} name of a file of the language's folder @returns {Promise<any>} */
async function fetchTopic(code, name) {
  const response = await fetch(`locales/${code}/${name}.json`);
  if (!response.ok) {
    throw new Error(`locales/${code}/${name}.json: ${response.status}`);
  }
  return response.json();
}
