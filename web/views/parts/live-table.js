/**
 * A table in a room of its own that is made anew with every answer, and stays scrolled where it was.
 */
import { h, watch } from "./dom.js";

/**
 * @param {string} label
 * @param {() => Node | null} build reads what it depends on
 */
export function liveTable(label, build) {
  const root = h("div", {
    class: "scroll live-table",
    role: "region",
    "aria-label": label,
    tabindex: "0",
  });
  watch(() => {
    const table = build();
    const { scrollTop, scrollLeft } = root;
    root.hidden = !table;
    root.replaceChildren(...(table ? [table] : []));
    root.scrollTo(scrollLeft, scrollTop);
  });
  return root;
}
