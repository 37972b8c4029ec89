/**
 * Rows whose columns are pixels, as pictures by class, and what size they are taken to have.
 */
import { signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { h, rebuild, showWhen, watch, whenGone } from "../parts/dom.js";
import { formatNumber } from "../../text/format.js";
import { pixelPicture, pixelReader } from "../parts/pixel-picture.js";
import { lineField } from "./line-field.js";

/**
 * @import { Image, TableRows } from "../../protocol-data.js"
 * @import { Dataset } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

const SETTING = "data.image";
const N_DRAWN = 160;
const MOST_OF_A_CLASS = 10;
const MOST_CLASSES = 20;
const MOST_WITHOUT_CLASSES = 40;

/** @typedef {{ line: number, label: string, cells: string[] }} Shown */

/** @param {Image} image */
function sizeText({ columns, height, width, low, high, set }) {
  const told = {
    n: columns.filter((name) => name !== null).length,
    height,
    width,
    low: formatNumber(low),
    high: formatNumber(high),
  };
  return set
    ? t(
        "{n} columns are taken as {height} × {width} pixels, with values from {low} to {high}.",
        told,
      )
    : t("{n} columns look like {height} × {width} pixels, with values from {low} to {high}.", told);
}

/** @param {Image | null} image */
const foundSize = (image) =>
  image && !image.set ? t("{found} (found)", { found: `${image.height}x${image.width}` }) : "";

/** @param {Image} image @param {TableRows} drawn @param {Shown[]} shown */
function pictureList(image, drawn, shown) {
  const read = pixelReader(image, drawn.columns);
  return h(
    "ul",
    { class: "pictures", role: "list" },
    shown.map(({ line, label, cells }) => {
      const text = t("Line {line}: {label}", { line: String(line), label });
      return h("li", {}, pixelPicture(image, read(cells), text));
    }),
  );
}

/** @param {Dataset} dataset @param {TableRows} drawn @returns {Shown[]} */
function shownRows(dataset, drawn) {
  const target = drawn.columns.indexOf(dataset.target);
  return drawn.rows.map(({ line, cells }) => ({ line, label: cells[target] ?? "", cells }));
}

/** A row of pictures for each class. @param {Dataset} dataset @param {Image} image @param {TableRows} drawn */
function byClass(dataset, image, drawn) {
  const rows = shownRows(dataset, drawn);
  const classes = dataset.classes.slice(0, MOST_CLASSES).map(({ name }) => {
    const own = rows.filter(({ label }) => label === name).slice(0, MOST_OF_A_CLASS);
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      h("td", {}, pictureList(image, drawn, own)),
    );
  });
  return h(
    "table",
    { class: "picture-classes" },
    h("caption", { class: "visually-hidden" }, t("Pictures of each class")),
    h("tbody", {}, classes),
  );
}

/** @param {Dataset} dataset @param {Image} image @param {TableRows} drawn */
const grid = (dataset, image, drawn) =>
  dataset.classes.length > 0
    ? byClass(dataset, image, drawn)
    : pictureList(image, drawn, shownRows(dataset, drawn).slice(0, MOST_WITHOUT_CLASSES));

/** Rows drawn by a seed. @param {Context} context @param {() => boolean} wanted */
function drawnRows({ actions }, wanted) {
  const seed = signal(1);
  const drawn = signal(/** @type {TableRows | null} */ (null));
  let gone = false;
  whenGone(() => (gone = true));
  watch(() => {
    const asked = seed.value;
    if (wanted()) {
      actions
        .askTable("drawRows", { n: N_DRAWN, seed: asked })
        .catch(() => null)
        .then((rows) => {
          if (rows && !gone && seed.value === asked) {
            drawn.value = rows;
          }
        });
    }
  });
  return { seed, drawn };
}

/** @param {Context} context */
export function mountPictures(context) {
  const { state } = context;
  const image = () => state.dataset.value?.image ?? null;
  const { seed, drawn } = drawnRows(context, () => image() !== null);
  const params = state.catalogue.value?.groups.find(({ key }) => key === "data")?.params ?? [];
  const param = params.find(({ setting }) => setting === SETTING);
  const body = h("div", { class: "stack" });
  rebuild(
    body,
    () => (image() ? { dataset: state.dataset.value, drawn: drawn.value } : null),
    (now) =>
      now?.dataset?.image && [
        h("p", {}, sizeText(now.dataset.image)),
        now.drawn && grid(now.dataset, now.dataset.image, now.drawn),
      ],
  );
  const again = h(
    "button",
    { type: "button", onclick: () => (seed.value += 1) },
    t("Draw other pictures"),
  );
  showWhen(again, () => image() !== null);
  const root = h(
    "section",
    { class: "card picture-card", "aria-labelledby": "data-pictures" },
    h("div", { class: "column-tools" }, h("h3", { id: "data-pictures" }, t("Pictures")), again),
    body,
    param && lineField(context, param, () => ({ text: foundSize(image()), evidence: "" })),
    h("p", { class: "hint" }, param ? param.help : ""),
  );
  showWhen(root, () => image() !== null || state.value(SETTING) !== "auto");
  return root;
}
