// The reference of everything that can be picked, made from the catalogue that the core prints:
//
//   node tools/reference.mjs            writes core/REFERENCE.md
//
// reference-page.mjs makes a page of the site of it.

import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { argv } from "node:process";
import { t } from "../web/text/i18n.js";
import { otherNames } from "../web/text/other-names.js";
import { Core } from "../web/worker/core.js";

/** @typedef {import("../web/protocol-catalogue.js").Catalogue} Catalogue */
/** @typedef {import("../web/protocol-catalogue.js").Param} Param */
/** @typedef {import("../web/protocol-catalogue.js").Row} Row */

const ROOT = dirname(import.meta.dirname);
const MODULE = join(ROOT, "build/wasm/tabtrain.wasm");
const TARGET = join(ROOT, "core/REFERENCE.md");

const TASKS = ["regression", "binary", "multiclass", "multilabel"];

/** @returns {Promise<Catalogue>} */
export async function readCatalogue() {
  return (await Core.load(await readFile(MODULE))).catalogue;
}

/** @param {Param} param what it takes, in a few words */
export function range({ kind, min, max, choices }) {
  if (choices) {
    return choices.join(", ");
  }
  /** @type {Record<string, string>} */
  const kinds = {
    real: t("number"),
    integer: t("whole number"),
    integers: t("whole numbers"),
    flag: t("0 or 1"),
    reals: t("numbers"),
    text: t("text"),
    column: t("column"),
    columns: t("columns"),
    steps: t("settings of columns"),
  };
  return min === undefined
    ? kinds[kind]
    : t("{kind} from {min} to {max}", { kind: kinds[kind], min: String(min), max: String(max) });
}

/** @param {Row} row the tasks it fits, where these are not all */
export function tasksOf({ tasks }) {
  return tasks.length < TASKS.length ? `${t("For {tasks}.", { tasks: tasks.join(", ") })} ` : "";
}

/** What a row is called elsewhere. @param {Row} row @param {(name: string) => string} code */
export function namesOf(row, code) {
  return otherNames(row)
    .map(({ library, name }) => `${library} ${code(name)}`)
    .join(" · ");
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll("|", "\\|");
}

/** @param {Param[]} params */
function paramTable(params) {
  if (params.length === 0) {
    return [];
  }
  return [
    "| setting | default | takes | |",
    "| --- | --- | --- | --- |",
    ...params.map(
      (p) => `| \`${p.setting}\` | ${cell(p.default)} | ${cell(range(p))} | ${cell(p.help)} |`,
    ),
    "",
  ];
}

/** Where a row comes from, and what is different here. @param {Row} row */
function originLines(row) {
  const names = namesOf(row, (name) => `\`${name}\``);
  const lines = [
    row.source && `Source: ${row.source}.`,
    names && `Elsewhere: ${names}.`,
    row.differs && `What differs: ${row.differs}`,
  ];
  return lines.filter((line) => line !== "").flatMap((line) => [line, ""]);
}

/** @param {Catalogue} catalogue */
export function referenceText({ families, groups }) {
  const lines = [
    "# Reference",
    "",
    "Everything that can be picked, as the library describes it. Each setting is a field of the form,",
    "a key of a link, a line of a `.cfg` file and an argument of `./run train`. Under the names of",
    "PyTorch, Keras and scikit-learn the formulas and defaults are theirs but for what is said to",
    "differ; random numbers are drawn from generators of this library, so that draws are others.",
    "Made by `node tools/reference.mjs`.",
    "",
  ];
  for (const family of families) {
    lines.push(`## ${family.label}`, "", `\`${family.key}\`: ${family.help}`, "");
    lines.push(...paramTable(family.params));
    for (const row of family.rows) {
      lines.push(`### ${row.label} (\`${row.key}\`)`, "", `${tasksOf(row)}${row.help}`, "");
      lines.push("```", row.formula, "```", "");
      lines.push(...originLines(row), ...paramTable(row.params));
    }
  }
  for (const group of groups) {
    lines.push(`## ${group.label}`, "", group.help, "", ...paramTable(group.params));
  }
  return lines.join("\n");
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  await writeFile(TARGET, referenceText(await readCatalogue()));
}
