/**
 * How wide a part of the page is, for what is drawn to fit.
 */
import { signal } from "@preact/signals-core";
import { whenGone } from "./dom.js";

/**
 * @param {HTMLElement} element
 * @param {number} start before it is on the page
 * @param {number} [least]
 * @returns {import("@preact/signals-core").Signal<number>} its width, as it changes
 */
export function widthOf(element, start, least = 1) {
  const width = signal(start);
  const observer = new ResizeObserver(() => {
    if (element.clientWidth > 0) {
      width.value = Math.max(least, Math.floor(element.clientWidth));
    }
  });
  observer.observe(element);
  whenGone(() => observer.disconnect());
  return width;
}
