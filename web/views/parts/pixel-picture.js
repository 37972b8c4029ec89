/**
 * Rows whose columns are pixels, as small pictures: the lowest value is black, the highest white.
 */
import { readNumber } from "../does/does-axes.js";
import { t } from "../../text/i18n.js";
import { h } from "./dom.js";

/** @import { Image } from "../../protocol-data.js" */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{ height: number, width: number }} size
 * @param {(i: number) => number[]} colorAt red, green and blue of a pixel, row by row
 */
export function paintPixels(canvas, { height, width }, colorAt) {
  canvas.width = width;
  canvas.height = height;
  const drawing = canvas.getContext("2d");
  const data = drawing?.createImageData(width, height);
  if (!drawing || !data) {
    return;
  }
  for (let i = 0; i < height * width; i++) {
    data.data.set([...colorAt(i).map(Math.round), 255], 4 * i);
  }
  drawing.putImageData(data, 0, 0);
}

/** A canvas that speaks for itself. @param {string} label */
export const pictureCanvas = (label) =>
  h("canvas", { class: "pixel-picture", role: "img", "aria-label": label, title: label });

/** @param {HTMLCanvasElement} canvas @param {Image} image @param {ArrayLike<number>} values NaN is black */
export function paintGreys(canvas, image, values) {
  const span = image.high - image.low || 1;
  paintPixels(canvas, image, (i) => {
    const share = (values[i] - image.low) / span;
    const grey = 255 * Math.min(1, Math.max(0, share || 0));
    return [grey, grey, grey];
  });
}

/** @param {Image} image @param {ArrayLike<number>} values @param {string} label */
export function pixelPicture(image, values, label) {
  const canvas = pictureCanvas(label);
  paintGreys(canvas, image, values);
  return canvas;
}

/** A cell of a table of rows. @param {Image} image @param {ArrayLike<number>} values @param {number} line */
export const pictureCell = (image, values, line) =>
  h(
    "td",
    { class: "picture-cell" },
    pixelPicture(image, values, t("Picture of line {line}", { line: String(line) })),
  );

/**
 * How to read the pixels off a row of texts.
 * @param {Image} image
 * @param {string[]} columns names of the cells
 * @returns {(cells: string[]) => number[]}
 */
export function pixelReader(image, columns) {
  const places = new Map(columns.map((name, i) => [name, i]));
  const indices = image.columns.map((name) => (name === null ? -1 : (places.get(name) ?? -1)));
  return (cells) => indices.map((i) => (i < 0 ? NaN : readNumber(cells[i])));
}
