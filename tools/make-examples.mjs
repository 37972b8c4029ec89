// Makes the synthetic examples from a fixed seed: node tools/make-examples.mjs
// They are committed, so that this runs only after a change here.

import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const EXAMPLES = join(dirname(import.meta.dirname), "examples");
const TAU = 2 * Math.PI;

/**
 * Uniform random numbers in [0, 1): mulberry32.
 * @param {number} seed
 */
function uniform(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), seed | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @typedef {{ random: () => number, normal: () => number }} Source */
/** @typedef {(number | string)[]} Row */

/** @param {number} seed @returns {Source} */
function randomSource(seed) {
  const random = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(TAU * random());
  return { random, normal };
}

/** @type {Record<string, { rows: number, header: string[], make: (i: number, n: number, source: Source) => Row }>} */
const EXAMPLES_MADE = {
  // The corner squares of a chessboard of four, with a gap between them.
  xor: {
    rows: 400,
    header: ["x", "y", "signs"],
    make: (_i, _n, { random }) => {
      const side = () => (random() < 0.5 ? -1 : 1);
      const [x, y] = [side() * (0.05 + 0.95 * random()), side() * (0.05 + 0.95 * random())];
      return [x, y, x * y > 0 ? "alike" : "unlike"];
    },
  },
  moons: {
    rows: 400,
    header: ["x", "y", "moon"],
    make: (i, n, { normal }) => {
      const angle = (Math.PI * Math.floor(i / 2)) / (n / 2 - 1);
      const upper = i % 2 === 0;
      const x = upper ? Math.cos(angle) : 1 - Math.cos(angle);
      const y = upper ? Math.sin(angle) : 0.5 - Math.sin(angle);
      return [x + 0.12 * normal(), y + 0.12 * normal(), upper ? "upper" : "lower"];
    },
  },
  circles: {
    rows: 400,
    header: ["x", "y", "circle"],
    make: (i, n, { normal }) => {
      const angle = (TAU * i) / n;
      const radius = i % 2 === 0 ? 1 : 0.5;
      const x = radius * Math.cos(angle) + 0.08 * normal();
      const y = radius * Math.sin(angle) + 0.08 * normal();
      return [x, y, i % 2 === 0 ? "outer" : "inner"];
    },
  },
  spirals: {
    rows: 500,
    header: ["x", "y", "arm"],
    make: (i, n, { normal }) => {
      const along = (Math.floor(i / 2) + 1) / (n / 2);
      const angle = 1.75 * TAU * along + (i % 2) * Math.PI;
      const x = along * Math.cos(angle) + 0.015 * normal();
      const y = along * Math.sin(angle) + 0.015 * normal();
      return [x, y, i % 2 === 0 ? "first" : "second"];
    },
  },
  sine: {
    rows: 300,
    header: ["x", "y"],
    make: (_i, _n, { random, normal }) => {
      const x = TAU * (2 * random() - 1);
      return [x, Math.sin(x) + 0.15 * normal()];
    },
  },
  line: {
    rows: 240,
    header: ["x", "y"],
    make: (i, _n, { random, normal }) => {
      const x = 10 * random();
      const outlier = i % 8 === 0 ? 20 + 20 * random() : 0;
      return [x, 2 * x + 1 + 0.5 * normal() + outlier];
    },
  },
};

/** @param {Row[]} rows @param {() => number} random */
function shuffle(rows, random) {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
}

/** @param {number | string} cell */
const asText = (cell) => (typeof cell === "number" ? cell.toFixed(4) : cell);

for (const [name, { rows: n, header, make }] of Object.entries(EXAMPLES_MADE)) {
  const source = randomSource(7);
  const rows = Array.from({ length: n }, (_, i) => make(i, n, source));
  shuffle(rows, source.random);
  const lines = [header, ...rows.map((row) => row.map(asText))].map((row) => row.join(","));
  await writeFile(join(EXAMPLES, `${name}.csv`), `${lines.join("\n")}\n`);
}
