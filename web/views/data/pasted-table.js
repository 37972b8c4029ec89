/** The first table of copied HTML as text, with tabs between the cells. @param {string} html */
export function tableText(html) {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  return [...(table?.rows ?? [])]
    .map(({ cells }) => [...cells].map(cellText).join("\t"))
    .join("\n");
}

/** @param {HTMLElement} cell */
const cellText = (cell) => (cell.textContent ?? "").replaceAll(/\s+/g, " ").trim();
