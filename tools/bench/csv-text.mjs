// CSV files of known content, made piece by piece: no text holds a whole file.

import { randomNumbers } from "./data.mjs";

const PIECE_ROWS = 2000;
const SEED = 4;
const CITIES = ["Berlin", "Paris", "Rome", "Oslo", "Vienna", "Madrid", "Lisbon", "Dublin"];
const KINDS = ["basic", "plus", "premium"];
const WORDS = ["plain", "green", "late, but sure", "second", "north", 'a "good" one', "far", "old"];

/**
 * @param {number} rows
 * @param {(row: number) => string} line without its line break
 * @returns {Generator<string>}
 */
function* pieces(rows, line) {
  for (let first = 0; first < rows; first += PIECE_ROWS) {
    const n = Math.min(PIECE_ROWS, rows - first);
    yield `${Array.from({ length: n }, (_, i) => line(first + i)).join("\n")}\n`;
  }
}

/**
 * The data of a workload, with the target as the last column.
 * @param {import("./data.mjs").Data} data
 */
export function* datasetText({ features, targets }) {
  const n_in = features.length / targets.length;
  yield `${Array.from({ length: n_in }, (_, i) => `x${i + 1}`).join(",")},y\n`;
  yield* pieces(targets.length, (row) => {
    const own = features.subarray(row * n_in, (row + 1) * n_in);
    return `${own.join(",")},${targets[row]}`;
  });
}

/** Numbers from -1,000 to 1,000 with three decimals. @param {() => number} random */
const decimal = (random) => (2000 * random() - 1000).toFixed(3);

/** @param {() => number} random */
const numbersLine = (random) => Array.from({ length: 20 }, () => decimal(random)).join(",");

/** @template T @param {T[]} list @param {() => number} random */
const oneOf = (list, random) => list[Math.floor(list.length * random())];

/** @param {() => number} random @param {string} cell */
const sometimesMissing = (random, cell) => (random() < 0.1 ? "" : cell);

/** @param {() => number} random */
function mixedLine(random) {
  const words = Array.from({ length: 4 }, () => oneOf(WORDS, random)).join(" ");
  return [
    String(Math.floor(90 * random())),
    sometimesMissing(random, decimal(random)),
    `"${words.replaceAll('"', '""')} ${Math.floor(1e6 * random())}"`,
    oneOf(CITIES, random),
    (random() * 1e6).toExponential(5),
    sometimesMissing(random, oneOf(KINDS, random)),
    decimal(random),
    random() < 0.5 ? "yes" : "no",
    sometimesMissing(random, String(Math.floor(1e5 * random()))),
    `"${oneOf(CITIES, random)}, ${oneOf(KINDS, random)}"`,
  ].join(",");
}

const LINES = { numbers: numbersLine, mixed: mixedLine };

/** @param {number} columns */
const header = (columns) => Array.from({ length: columns }, (_, i) => `c${i + 1}`).join(",");

/**
 * A file to read, at least so large.
 * @param {import("./workloads.mjs").CsvWorkload} workload
 */
export function* fileText({ kind, columns, megabytes }) {
  const random = randomNumbers(SEED);
  yield `${header(columns)}\n`;
  for (let size = 0; size < megabytes * 1e6;) {
    for (const piece of pieces(PIECE_ROWS, () => LINES[kind](random))) {
      size += piece.length;
      yield piece;
    }
  }
}
