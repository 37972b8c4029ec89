// Pictures that move: animated PNG of 256 colours
// (https://www.w3.org/TR/png-3/#apng-frame-based-animation).

import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const MAX_COLORS = 256;
const INDEXED = 3;

/** Colours are told apart by so many of the 8 bits of red, green and blue. */
const BITS = 5;

/** @param {...number} values 32 bits each */
function words(...values) {
  const buffer = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => buffer.writeUInt32BE(value, 4 * i));
  return buffer;
}

/** @param {string} type @param {...Buffer} parts */
function chunk(type, ...parts) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), ...parts]);
  return Buffer.concat([words(body.length - 4), body, words(crc32(body))]);
}

/** @param {Buffer} rgba @param {number} at of a pixel @returns {number} one number a colour */
const colorAt = (rgba, at) =>
  [0, 1, 2].reduce((color, i) => (color << BITS) | (rgba[4 * at + i] >> (8 - BITS)), 0);

/** @param {number} color @returns {number[]} red, green and blue, 0 to 255 */
const channelsOf = (color) =>
  [2, 1, 0].map((i) => Math.round((((color >> (i * BITS)) % 2 ** BITS) * 255) / (2 ** BITS - 1)));

/** The commonest colours. @param {Buffer[]} pictures RGBA @returns {number[]} */
function paletteOf(pictures) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const rgba of pictures) {
    for (let at = 0; at < rgba.length / 4; at++) {
      const color = colorAt(rgba, at);
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
  }
  const commonest = [...counts].sort(([, a], [, b]) => b - a).slice(0, MAX_COLORS);
  return commonest.map(([color]) => color);
}

/** @param {number[]} palette @returns {(color: number) => number} index of the nearest colour */
function nearestIn(palette) {
  const channels = palette.map(channelsOf);
  /** @type {Map<number, number>} */
  const known = new Map();
  return (color) => {
    let best = known.get(color);
    if (best === undefined) {
      const wanted = channelsOf(color);
      const distances = channels.map((has) =>
        has.reduce((sum, value, i) => sum + (value - wanted[i]) ** 2, 0),
      );
      best = distances.indexOf(Math.min(...distances));
      known.set(color, best);
    }
    return best;
  };
}

/** Rows of indices, each after a byte that names no filter. @param {Buffer} rgba @param {number} width @param {(color: number) => number} indexOf */
function pixelsOf(rgba, width, indexOf) {
  const height = rgba.length / 4 / width;
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows[y * (width + 1) + 1 + x] = indexOf(colorAt(rgba, y * width + x));
    }
  }
  return deflateSync(rows, { level: 9 });
}

/** @param {number} sequence @param {Buffer} size @param {number} ms */
function frameControl(sequence, size, ms) {
  const rest = Buffer.alloc(6);
  rest.writeUInt16BE(ms, 0);
  rest.writeUInt16BE(1000, 2);
  return chunk("fcTL", words(sequence), size, words(0, 0), rest);
}

/**
 * A picture that plays for ever.
 * @param {number} width of all frames
 * @param {{ rgba: Buffer, ms: number }[]} frames of the same size, and the time each is shown
 * @returns {Buffer} a PNG file
 */
export function animate(width, frames) {
  const pictures = frames.map(({ rgba }) => rgba);
  const size = words(width, pictures[0].length / 4 / width);
  const palette = paletteOf(pictures);
  const indexOf = nearestIn(palette);
  const parts = [
    SIGNATURE,
    chunk("IHDR", size, Buffer.from([8, INDEXED, 0, 0, 0])),
    chunk("PLTE", Buffer.from(palette.flatMap(channelsOf))),
    chunk("acTL", words(frames.length, 0)),
  ];
  let sequence = 0;
  frames.forEach(({ rgba, ms }, i) => {
    const pixels = pixelsOf(rgba, width, indexOf);
    parts.push(frameControl(sequence++, size, ms));
    parts.push(i === 0 ? chunk("IDAT", pixels) : chunk("fdAT", words(sequence++), pixels));
  });
  return Buffer.concat([...parts, chunk("IEND")]);
}
