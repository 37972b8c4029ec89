/**
 * Names of level lines that would be written over one another share a line of text.
 * @param {{ label: string, value: number }[]} levels
 * @param {(value: number) => number} toY larger further down
 * @param {number} height of a line of text
 * @returns {{ y: number, text: string }[]} from the top down
 */
export function placeNames(levels, toY, height) {
  /** @type {{ y: number, text: string }[]} */
  const lines = [];
  for (const { label, value } of levels.toSorted((a, b) => toY(a.value) - toY(b.value))) {
    const last = lines.at(-1);
    if (last && toY(value) - last.y < height) {
      last.text += ` · ${label}`;
    } else {
      lines.push({ y: toY(value), text: label });
    }
  }
  return lines;
}
