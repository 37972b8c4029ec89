/**
 * The pieces of a page that is written as text: what comes from files and people is escaped.
 */

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string | number} text */
export const escape = (text) => String(text).replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter]);

/** @param {string} text @param {string} [kind] class of its look */
export const paragraph = (text, kind) => `<p${kind ? ` class="${kind}"` : ""}>${escape(text)}</p>`;

/** @param {(string | number)[][]} rows the first cell of each names it @param {string[]} [head] */
export function table(rows, head) {
  const cells = (/** @type {(string | number)[]} */ row) =>
    row
      .map((text, i) =>
        i === 0 ? `<th scope="row">${escape(text)}</th>` : `<td>${escape(text)}</td>`,
      )
      .join("");
  const heads = head?.map((text) => `<th scope="col">${escape(text)}</th>`).join("");
  const top = heads ? `<thead><tr>${heads}</tr></thead>` : "";
  const body = rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n");
  return `<div class="wide"><table>${top}<tbody>${body}</tbody></table></div>`;
}

/** @param {string} title @param {...string} content */
export const section = (title, ...content) =>
  `<h2>${escape(title)}</h2>\n${content.filter(Boolean).join("\n")}`;

const STYLE = `
  body { max-width: 960px; margin: 32px auto; padding: 0 16px; font: 15px/1.5 system-ui, sans-serif;
         color: #16202e; background: #fff; }
  h1 { font-size: 24px; } h2 { font-size: 18px; margin-top: 32px; }
  .conclusion { padding: 12px 16px; font-size: 17px; background: #e6effc; border-radius: 8px; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; }
  th, td { padding: 4px 12px 4px 0; text-align: left; border-bottom: 1px solid #dde3ea; }
  .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 16px; }
  svg { width: 100%; height: auto; }
  svg:first-child { grid-column: 1 / -1; }
  .note, footer { color: #5a6675; } footer { margin-top: 32px; }`;

/** @param {{ language: string, title: string, content: string[], footer: string }} page */
export function writePage({ language, title, content, footer }) {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="${escape(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(title)}</h1>
${content.filter(Boolean).join("\n")}
<footer>${escape(footer)}</footer>
</body>
</html>
`;
}
