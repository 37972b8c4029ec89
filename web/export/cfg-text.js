/**
 * The settings as a .cfg file, which the native program and the page read.
 *
 * @import { Values } from "../settings.js"
 */

/** @param {Values} values @param {string} title */
export function cfgText(values, title) {
  const lines = Object.entries(values).map(([key, value]) => `${key} = ${value}`);
  return `# ${title}\n\n${lines.join("\n")}\n`;
}
