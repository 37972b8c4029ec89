/**
 * How layers and their units fare: dead and saturated units, and the gradient that reaches each layer.
 */
import { t } from "../../text/i18n.js";
import { choiceText } from "../../text/catalogue-text.js";
import { bindText, h } from "../parts/dom.js";
import { formatCount, formatNumber, formatPercent } from "../../text/format.js";
import { layerLabel } from "./inside-layers.js";
import { liveTable } from "../parts/live-table.js";

/**
 * @import { LayerInspection } from "../../protocol-inside.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Layer } from "./inside-layers.js"
 * @import { Seen } from "./inside-past.js"
 */

/** Gradients of two layers that differ by more than this have vanished or exploded on the way. */
const FAR_APART = 1000;

/** A bar that is `share` of its room long. @param {number} share @param {string} text */
function barCell(share, text) {
  const bar = h("i", { class: "bar" });
  bar.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
  return h("td", { class: "barred" }, h("span", {}, text), h("span", { class: "bar-room" }, bar));
}

/** Gradients span many powers of ten: the bars are logarithmic. @param {LayerInspection[]} layers */
function normShare(layers) {
  const norms = layers.map(({ gradient_norm: norm }) => norm ?? 0).filter((norm) => norm > 0);
  const high = Math.log10(Math.max(...norms));
  const low = Math.min(Math.log10(Math.min(...norms)) - 0.5, high - 2);
  return (/** @type {number | null} */ norm) =>
    norm && norms.length > 0 ? (Math.log10(norm) - low) / (high - low) : 0;
}

/** @param {LayerInspection} layer @param {string} activation @param {(norm: number | null) => number} share */
function layerRow(
  { name, n_out, n_dead, n_saturated, gradient_norm: norm, units },
  activation,
  share,
) {
  const saturates = units.saturated.some((value) => value !== null);
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, layerLabel(name)),
    barCell(share(norm), formatNumber(norm, 3)),
    h("td", {}, formatCount(n_out)),
    h("td", { class: n_dead > 0 ? "alarm" : "" }, formatCount(n_dead)),
    h("td", { class: n_saturated > 0 ? "alarm" : "" }, saturates ? formatCount(n_saturated) : "–"),
    h("td", {}, activation),
  );
}

/** @param {Context} context @param {Seen} seen */
function layerTable({ state }, { layers }) {
  const family = state.catalogue.value?.families.find(({ key }) => key === "activation");
  const labelOf = (/** @type {string} */ key) =>
    family?.rows.find((row) => row.key === key)?.label ?? choiceText(key || "none");
  const head = [
    t("Layer"),
    t("Gradient norm"),
    t("Units"),
    t("Dead"),
    t("Saturated"),
    t("Activation"),
  ];
  const share = normShare(layers);
  return h(
    "table",
    { class: "classes inside-table" },
    h("caption", {}, t("Bars of the gradient norm are logarithmic.")),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((text) => h("th", { scope: "col" }, text)),
      ),
    ),
    h(
      "tbody",
      {},
      layers.map((layer) => layerRow(layer, labelOf(layer.activation), share)),
    ),
  );
}

/** What the table amounts to. @param {Seen} seen */
function verdict({ layers }) {
  const norms = layers.map(({ gradient_norm: norm }) => norm);
  const [first, last] = [norms[0], norms[norms.length - 1]];
  const dead = layers.reduce((sum, { n_dead }) => sum + n_dead, 0);
  if (norms.some((norm) => norm === null)) {
    return t("The gradient is not finite any more.");
  }
  if (first !== null && last !== null && first * FAR_APART < last) {
    return t(
      "The gradient vanishes on its way back: the first layer gets {n} times less of it than the last.",
      { n: Math.round(last / (first || Number.MIN_VALUE)) },
    );
  }
  if (first !== null && last !== null && first > last * FAR_APART) {
    return t(
      "The gradient explodes on its way back: the first layer gets {n} times more of it than the last.",
      { n: Math.round(first / (last || Number.MIN_VALUE)) },
    );
  }
  return dead > 0
    ? t("{n} units are 0 on every one of these rows: they neither help nor learn.", { n: dead })
    : t("Every unit is at work, and the gradient reaches every layer.");
}

/** @param {LayerInspection} layer @param {string[]} names */
function unitTable({ name, units: { mean, zeros, saturated } }, names) {
  const head = [t("Unit"), t("Mean"), t("Zero on"), t("Saturated on"), t("State")];
  const rows = mean.map((value, i) => {
    const state = zeros[i] === 1 ? t("dead") : saturated[i] === 1 ? t("saturated") : "";
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, names[i]),
      h("td", {}, formatNumber(value, 3)),
      barCell(zeros[i], formatPercent(zeros[i])),
      h("td", {}, formatPercent(saturated[i])),
      h("td", { class: "alarm" }, state),
    );
  });
  return h(
    "table",
    { class: "classes inside-table" },
    h(
      "caption",
      {},
      t("Outputs of the units of {layer}, as shares of the rows", { layer: layerLabel(name) }),
    ),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((text) => h("th", { scope: "col" }, text)),
      ),
    ),
    h("tbody", {}, rows),
  );
}

/** @param {Context} context @param {() => Seen[]} seen */
export function mountLayers(context, seen) {
  const said = h("p", {});
  bindText(said, () => {
    const last = seen().at(-1);
    return last ? verdict(last) : "";
  });
  const table = liveTable(t("How the layers fare"), () => {
    const last = seen().at(-1);
    return last ? layerTable(context, last) : null;
  });
  return [said, table];
}

/** @param {() => Seen[]} seen @param {() => { layer: Layer, index: number } | null} chosen */
export function mountUnits(seen, chosen) {
  const title = h("summary", {});
  bindText(title, () => t("Units of {layer}", { layer: chosen()?.layer.label ?? "" }));
  const build = () => {
    const now = chosen();
    const layer = now && seen().at(-1)?.layers[now.index];
    return layer ? unitTable(layer, now.layer.units) : null;
  };
  return h("details", { class: "fold" }, title, liveTable(t("Units"), build));
}
