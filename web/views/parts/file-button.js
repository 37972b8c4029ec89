/** Choosing a file by a button. */
import { h } from "./dom.js";

/**
 * A button that asks for a file, and the field behind it.
 * @param {{ text: string, label: string, accept?: string, take: (file: File) => void, primary?: boolean }} options
 */
export function fileButton({ text, label, accept, take, primary = false }) {
  const input = h("input", {
    type: "file",
    class: "visually-hidden",
    tabindex: "-1",
    accept,
    "aria-label": label,
    onchange: () => {
      const file = input.files?.[0];
      if (file) {
        take(file);
      }
      input.value = "";
    },
  });
  const kind = primary ? "" : "quiet";
  return [h("button", { type: "button", class: kind, onclick: () => input.click() }, text), input];
}
