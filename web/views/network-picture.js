/**
 * A small picture of the network: a column of dots a layer, and the widths below.
 */
import { t } from "../i18n.js";
import { readLayers } from "../settings.js";
import { h, svg, watch } from "./dom.js";
import { formatCount } from "./format.js";

/**
 * @import { State } from "../state.js"
 * @import { Context } from "./fields.js"
 */

const WIDTH = 300;
const HEIGHT = 128;
const MAX_DOTS = 8;

/** With more columns there is room for bare numbers only. */
const MAX_NAMED = 6;

/** @typedef {{ x: number, ys: number[], width: number, kind: string }} Column */

/** Widths from the inputs to the outputs. @param {State} state */
function widthsOf(state) {
  const dataset = state.dataset.value;
  const hidden = readLayers(state.value).map((layer) => Number(layer.width));
  return dataset ? [dataset.n_features, ...hidden, dataset.n_outputs] : [];
}

/** @param {number[]} widths @returns {Column[]} */
function layOut(widths) {
  const gap = (WIDTH - 40) / Math.max(1, widths.length - 1);
  return widths.map((width, i) => {
    const dots = Math.max(1, Math.min(MAX_DOTS, Number.isFinite(width) ? width : 1));
    const spread = Math.min(12, (HEIGHT - 36) / dots);
    const top = (HEIGHT - 24 - spread * (dots - 1)) / 2;
    const kind = i === 0 ? "input" : i === widths.length - 1 ? "output" : "hidden";
    return {
      x: 20 + i * gap,
      ys: Array.from({ length: dots }, (_, j) => top + j * spread),
      width,
      kind,
    };
  });
}

/** @param {Column} from @param {Column} to */
function edges(from, to) {
  const lines = from.ys.flatMap((y1) =>
    to.ys.map((y2) => `M${from.x} ${y1.toFixed(1)}L${to.x} ${y2.toFixed(1)}`),
  );
  return svg("path", { class: "edges", d: lines.join("") });
}

/** Widths below the columns; both ends are named and keep inside the picture. @param {Column[]} columns */
function labels(columns) {
  const y = HEIGHT - 4;
  if (columns.length > MAX_NAMED) {
    return columns.map(({ x, width }) =>
      svg("text", { class: "small", x, y, "text-anchor": "middle" }, String(width || "?")),
    );
  }
  return columns.map(({ x, width, kind }) => {
    switch (kind) {
      case "input":
        return svg("text", { x: 8, y, "text-anchor": "start" }, t("{n} inputs", { n: width }));
      case "output":
        return svg(
          "text",
          { x: WIDTH - 8, y, "text-anchor": "end" },
          t("{n} outputs", { n: width }),
        );
      default:
        return svg("text", { x, y, "text-anchor": "middle" }, width ? formatCount(width) : "?");
    }
  });
}

/** @param {Column} column */
function dots({ x, ys, kind }) {
  return ys.map((cy) => svg("circle", { cx: x, cy, r: ys.length > 6 ? 4 : 5, class: kind }));
}

/** @param {Context} context */
export function mountNetworkPicture({ state }) {
  const picture = svg("svg", { class: "network", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  watch(() => {
    const widths = widthsOf(state);
    const columns = layOut(widths);
    const lines = columns.slice(1).map((to, i) => edges(columns[i], to));
    picture.setAttribute(
      "aria-label",
      t("Network with layers of {widths} units, inputs first", { widths: widths.join(", ") }),
    );
    picture.replaceChildren(...lines, ...columns.flatMap(dots), ...labels(columns));
    picture.toggleAttribute("hidden", widths.length === 0);
  });
  return h("div", { class: "network-frame" }, picture);
}
