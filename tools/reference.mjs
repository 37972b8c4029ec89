// The reference of everything that can be picked, made from the catalogue that the core prints:
//
//   node tools/reference.mjs            writes core/REFERENCE.md
//   referencePage(catalogue)            the same as a page of the site

import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { argv } from "node:process";
import { otherNames } from "../web/other-names.js";
import { Core } from "../web/worker/core.js";

/** @typedef {import("../web/protocol.js").Catalogue} Catalogue */
/** @typedef {import("../web/protocol.js").Param} Param */
/** @typedef {import("../web/protocol.js").Row} Row */

const ROOT = dirname(import.meta.dirname);
const MODULE = join(ROOT, "build/wasm/tabtrain.wasm");
const TARGET = join(ROOT, "core/REFERENCE.md");

const TASKS = ["regression", "binary", "multiclass", "multilabel"];

/** @returns {Promise<Catalogue>} */
export async function readCatalogue() {
  return (await Core.load(await readFile(MODULE))).catalogue;
}

/** @param {Param} param what it takes, in a few words */
function range({ kind, min, max, choices }) {
  if (choices) {
    return choices.join(", ");
  }
  const bounds = min === undefined ? "" : ` from ${min} to ${max}`;
  const kinds = { real: "number", integer: "whole number", flag: "0 or 1", reals: "numbers" };
  return `${/** @type {Record<string, string>} */ (kinds)[kind] ?? kind}${bounds}`;
}

/** @param {Row} row the tasks it fits, where these are not all */
function tasksOf({ tasks }) {
  return tasks.length < TASKS.length ? `For ${tasks.join(", ")}. ` : "";
}

/** What a row is called elsewhere. @param {Row} row @param {(name: string) => string} code */
function namesOf(row, code) {
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

/** @param {string} text */
function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** @param {Param[]} params */
function paramRows(params) {
  const rows = params.map(
    (p) =>
      `<tr><th scope="row"><code>${escape(p.setting)}</code></th><td>${escape(p.default)}</td>` +
      `<td>${escape(range(p))}</td><td>${escape(p.help)}</td></tr>`,
  );
  return rows.length === 0
    ? ""
    : `<div class="scroll"><table><thead><tr><th scope="col">Setting</th><th scope="col">Default</th>` +
        `<th scope="col">Takes</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

/** The same as a list of the page. @param {Row} row */
function originItems(row) {
  const items = [
    ["Source", escape(row.source)],
    ["Elsewhere", namesOf(row, (name) => `<code>${escape(name)}</code>`)],
    ["What differs", escape(row.differs)],
  ].filter(([, text]) => text !== "");
  const entries = items.map(([title, text]) => `<dt>${title}</dt><dd>${text}</dd>`);
  return entries.length === 0 ? "" : `<dl class="source">${entries.join("")}</dl>`;
}

/** @param {string} family @param {Row} row */
function rowSection(family, row) {
  return (
    `<section id="${family}.${row.key}"><h3>${escape(row.label)} <code>${row.key}</code></h3>` +
    `<p>${escape(tasksOf(row) + row.help)}</p><pre>${escape(row.formula)}</pre>` +
    `${originItems(row)}${paramRows(row.params)}</section>`
  );
}

/** @param {Catalogue} catalogue */
export function referencePage({ families, groups }) {
  const sections = [
    ...families.map(
      (family) =>
        `<section id="${family.key}"><h2>${escape(family.label)}</h2><p>${escape(family.help)}</p>` +
        `${paramRows(family.params)}${family.rows.map((row) => rowSection(family.key, row)).join("")}</section>`,
    ),
    ...groups.map(
      (group) =>
        `<section id="${group.key}"><h2>${escape(group.label)}</h2><p>${escape(group.help)}</p>${paramRows(group.params)}</section>`,
    ),
  ];
  const links = [...families, ...groups].map(
    ({ key, label }) => `<li><a href="#${key}">${escape(label)}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>tabtrain reference</title>
    <link rel="stylesheet" href="style.css" />
    <link rel="stylesheet" href="reference.css" />
  </head>
  <body class="reference">
    <header><h1><a href="./">tabtrain</a> reference</h1></header>
    <nav aria-label="Contents"><ul>${links.join("")}</ul></nav>
    <main>${sections.join("\n")}</main>
  </body>
</html>
`;
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  await writeFile(TARGET, referenceText(await readCatalogue()));
}
