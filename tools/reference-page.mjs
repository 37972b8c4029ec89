// The reference as a page of the site, in each of its languages.

import { translateCatalogue } from "../web/text/catalogue-text.js";
import { language, LANGUAGES, t } from "../web/text/i18n.js";
import { namesOf, range, tasksOf } from "./reference.mjs";

/** @typedef {import("../web/protocol-catalogue.js").Catalogue} Catalogue */
/** @typedef {import("../web/protocol-catalogue.js").Param} Param */
/** @typedef {import("../web/protocol-catalogue.js").Row} Row */

/** @param {string} text */
function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** @param {Param[]} params */
function paramRows(params) {
  const heads = [t("Setting"), t("Default"), t("Takes"), t("Meaning")].map(
    (text) => `<th scope="col">${text}</th>`,
  );
  const rows = params.map(
    (p) =>
      `<tr><th scope="row"><code>${escape(p.setting)}</code></th><td>${escape(p.default)}</td>` +
      `<td>${escape(range(p))}</td><td>${escape(p.help)}</td></tr>`,
  );
  return rows.length === 0
    ? ""
    : `<div class="scroll"><table><thead><tr>${heads.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

/** The same as a list of the page. @param {Row} row */
function originItems(row) {
  const items = [
    [t("Source"), escape(row.source)],
    [t("Elsewhere"), namesOf(row, (name) => `<code>${escape(name)}</code>`)],
    [t("What differs"), escape(row.differs)],
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

/** The file of the page in a language. @param {string} code */
export const referenceFile = (code) =>
  code === "en" ? "reference.html" : `reference.${code}.html`;

/** Links to the page in the other languages. */
function languageLinks() {
  return Object.entries(LANGUAGES)
    .filter(([code]) => code !== language.value)
    .map(([code, name]) => `<a href="${referenceFile(code)}" lang="${code}">${name}</a>`)
    .join(" ");
}

/** In the language of i18n.js. @param {Catalogue} catalogue in English @param {string} icon the link to the site's icon, as HTML */
export function referencePage(catalogue, icon) {
  const { families, groups } = translateCatalogue(catalogue);
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
<html lang="${language.value}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${t("tabtrain reference")}</title>
    ${icon}
    <link rel="stylesheet" href="style.css" />
    <link rel="stylesheet" href="reference.css" />
  </head>
  <body class="reference">
    <header><h1><a href="./">tabtrain</a> ${t("reference")}</h1>${languageLinks()}</header>
    <nav aria-label="${t("Contents")}"><ul>${links.join("")}</ul></nav>
    <main>${sections.join("\n")}</main>
  </body>
</html>
`;
}
