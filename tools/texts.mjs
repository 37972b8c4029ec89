// The English texts that a locale has to translate, from the sources that hold them:
//
//   node tools/texts.mjs        lists what the Chinese files lack and what they have too much

import { parse } from "acorn";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { TOPICS } from "../web/text/i18n.js";
import { describeExample } from "./examples.mjs";
import { readCatalogue } from "./reference.mjs";

/** @typedef {import("../web/protocol-catalogue.js").Catalogue} Catalogue */

const ROOT = dirname(import.meta.dirname);
export const LOCALES = join(ROOT, "web/locales");

/** Functions whose first argument is a text to translate. */
const MARKERS = ["t", "toTranslate"];

/** @param {string} folder @param {string} ending @returns {Promise<string[]>} contents of all files below it */
async function contentsBelow(folder, ending) {
  const names = (await readdir(folder, { recursive: true })).filter((n) => n.endsWith(ending));
  return Promise.all(names.sort().map((name) => readFile(join(folder, name), "utf8")));
}

/** Every node of a syntax tree. @param {any} node @param {(node: any) => void} visit */
function walk(node, visit) {
  if (typeof node?.type === "string") {
    visit(node);
  }
  for (const child of Object.values(node)) {
    if (child && typeof child === "object") {
      walk(child, visit);
    }
  }
}

/** @param {string} program @param {(node: any) => void} visit */
function walkProgram(program, visit) {
  walk(parse(program, { ecmaVersion: "latest", sourceType: "module" }), visit);
}

/** Texts that an expression may give: a literal, or one of two. @param {any} node @returns {string[]} */
function textsOf(node) {
  if (node.type === "Literal" && typeof node.value === "string") {
    return [node.value];
  }
  return node.type === "ConditionalExpression"
    ? [...textsOf(node.consequent), ...textsOf(node.alternate)]
    : [];
}

/** What the page and the reference say. @returns {Promise<Set<string>>} */
export async function pageTexts() {
  const texts = new Set();
  const programs = await contentsBelow(join(ROOT, "web"), ".js");
  const reference = await contentsBelow(join(ROOT, "tools"), ".mjs");
  for (const program of [...programs, ...reference]) {
    walkProgram(program, ({ type, callee, arguments: args }) => {
      if (type === "CallExpression" && MARKERS.includes(callee.name) && args.length > 0) {
        textsOf(args[0]).forEach((text) => texts.add(text));
      }
    });
  }
  return texts;
}

/** What the catalogue says, and the words that choices are shown by. @param {Catalogue} catalogue */
export function catalogueTexts({ families, groups, presets, history }) {
  const rows = families.flatMap((family) => family.rows);
  const params = [...families, ...groups, ...rows].flatMap((item) => item.params);
  const named = [...families, ...rows, ...groups, ...presets, ...history, ...params];
  const choices = params
    .filter(({ kind }) => kind === "choice" || kind === "choices")
    .flatMap((param) => param.choices ?? []);
  const texts = [
    ...named.flatMap(({ label, help }) => [label, help]),
    ...rows.map(({ differs }) => differs),
    ...choices.map((choice) => choice.replaceAll("_", " ")),
  ];
  return new Set(texts.filter((text) => text !== ""));
}

/** Titles and descriptions of the examples. @returns {Promise<Set<string>>} */
export async function exampleTexts() {
  const examples = await contentsBelow(join(ROOT, "examples"), ".cfg");
  return new Set(
    examples.map(describeExample).flatMap(({ title, description }) => [title, description]),
  );
}

/** @param {string} literal with its escapes, of C */
function unescape(literal) {
  /** @type {Record<string, string>} */
  const escapes = { n: "\n", t: "\t" };
  return literal.replaceAll(/\\(.)/g, (_, c) => escapes[c] ?? c);
}

/** String literals of a C source, adjacent ones joined. @param {string} source @returns {string[]} */
function literalsOf(source) {
  const code = source.replaceAll(/\/\*[^]*?\*\/|#include.*|_Static_assert[^;]*;/g, "");
  const groups = code.matchAll(/"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*/g);
  return [...groups].map(([group]) =>
    [...group.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map(([, text]) => unescape(text)).join(""),
  );
}

/** A format of the core's printf as a template: its values become {1}, {2}, ... @param {string} format */
function templateOf(format) {
  let n = 0;
  return format.replaceAll(/%([a-z%])/g, (_, kind) => (kind === "%" ? "%" : `{${++n}}`));
}

/** Words in a row are for people; JSON, keys and lists of keys are not. @param {string} format */
const isSentence = (format) =>
  !/[{}\n=|]|^[\],:;]/.test(format) && /[A-Za-z]{2,}.* .* /.test(format);

/** Whether the catalogue has a text, maybe as part of a longer one. @param {Catalogue} catalogue @returns {(text: string) => boolean} */
function catalogueReader(catalogue) {
  const all = JSON.stringify(catalogue);
  return (text) => all.includes(JSON.stringify(text.trim()).slice(1, -1));
}

const coreSources = () => contentsBelow(join(ROOT, "core/src"), ".c");

/** Labels and helps of the core outside the catalogue, as those of the baselines. @param {Catalogue} catalogue */
async function describedTexts(catalogue) {
  const known = catalogueTexts(catalogue);
  const fields = /\.(?:label|help) = ((?:"(?:[^"\\\n]|\\.)*"\s*)+)[,}]/g;
  return (await coreSources())
    .flatMap((source) => [...source.matchAll(fields)].flatMap(([, literal]) => literalsOf(literal)))
    .filter((text) => !known.has(text));
}

/** Messages of the core, as templates. @param {Catalogue} catalogue whose texts are no messages */
async function coreTemplates(catalogue) {
  const isCatalogued = catalogueReader(catalogue);
  const described = new Set(await describedTexts(catalogue));
  return (await coreSources())
    .flatMap(literalsOf)
    .filter((text) => isSentence(text) && !isCatalogued(text) && !described.has(text))
    .map(templateOf);
}

/** The `message` of a mistake, as a template. @param {any} node */
function messageTemplate({ type, value, quasis }) {
  if (type === "TemplateLiteral") {
    /** @type {string[]} */
    const parts = quasis.map((/** @type {any} */ quasi) => quasi.value.cooked);
    return parts.reduce((all, part, i) => `${all}{${i}}${part}`);
  }
  return typeof value === "string" ? value : "";
}

/** Messages of the worker. @returns {Promise<string[]>} */
async function workerTemplates() {
  /** @type {string[]} */
  const templates = [];
  for (const program of await contentsBelow(join(ROOT, "web/worker"), ".js")) {
    walkProgram(program, ({ type, key, value }) => {
      if (type === "Property" && key.name === "message") {
        templates.push(messageTemplate(value));
      }
    });
  }
  return templates.filter((template) => template.includes(" "));
}

/** What the core and the worker say, as templates with {1}, {2}, ... @param {Catalogue} catalogue */
export async function messageTexts(catalogue) {
  return new Set([...(await coreTemplates(catalogue)), ...(await workerTemplates())]);
}

/** All that a locale needs, by the name of its file. @returns {Promise<Record<string, Set<string>>>} */
export async function neededTexts() {
  const catalogue = await readCatalogue();
  const catalogued = new Set([
    ...catalogueTexts(catalogue),
    ...(await describedTexts(catalogue)),
    ...(await exampleTexts()),
  ]);
  return {
    page: await pageTexts(),
    catalogue: catalogued,
    messages: await messageTexts(catalogue),
  };
}

/** @param {string} code of a language @param {string} name @returns {Promise<Record<string, any>>} */
export async function readLocale(code, name) {
  return JSON.parse(await readFile(join(LOCALES, code, `${name}.json`), "utf8"));
}

/** @param {string} code of a language @returns {Promise<import("../web/text/i18n.js").Texts>} */
export async function readTexts(code) {
  const [page, catalogue, messages] = await Promise.all(
    TOPICS.map((name) => readLocale(code, name)),
  );
  return { page, catalogue, messages };
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  for (const [name, needed] of Object.entries(await neededTexts())) {
    const found = await readLocale("zh-CN", name);
    const missing = [...needed].filter((text) => !(text in found));
    const unused = Object.keys(found).filter((text) => !needed.has(text));
    console.log(JSON.stringify({ [name]: { missing, unused } }, null, 2));
  }
}
