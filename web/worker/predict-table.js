/**
 * The predictions of a whole table: its first rows, its scores where the target is known, and all of
 * it as CSV.
 */

import { Prediction } from "./core-model.js";
import { tableCells, tableRows } from "./core-inspect.js";
import { decisions, probabilities, Scores } from "./scores.js";
import { inSlices } from "./slices.js";

/** @typedef {import("./core-table.js").Table} Table */
/** @typedef {import("./core-model.js").Model} Model */

const ROWS_A_PIECE = 256;
const CSV_ROWS_A_PIECE = 4096;
const SCORED_ROWS_A_PIECE = 4096;
const FIRST_ROWS = 20;

/**
 * What the model says of some rows.
 * @param {Model} model
 * @param {Prediction} prediction
 * @param {number} first
 * @param {number} n
 */
function outputsOf({ info }, prediction, first, n) {
  const { n_outputs: nOutputs } = info;
  return { values: prediction.values(n * nOutputs, first * nOutputs), nOutputs };
}

/**
 * @param {Model} model
 * @param {Table} table
 * @param {Prediction} prediction
 */
function firstRows(model, table, prediction) {
  const n = Math.min(FIRST_ROWS, table.nRows);
  const outputs = outputsOf(model, prediction, 0, n);
  const { columns, rows } = tableRows(table, [...Array(n).keys()]);
  return {
    columns,
    rows: rows.map(({ line, cells }, row) => ({
      line,
      cells,
      predicted: decisions(model.info, outputs, row),
      probabilities: probabilities(model.info, outputs, row),
    })),
  };
}

/**
 * @param {Model} model
 * @param {Table} table
 * @param {Prediction} prediction
 * @param {string[]} columns of the table
 */
async function scoresOf(model, table, prediction, columns) {
  const scores = new Scores(model.info, columns);
  if (!scores.any || table.nRows === 0) {
    return [];
  }
  let done = 0;
  await inSlices(() => {
    const n = Math.min(SCORED_ROWS_A_PIECE, table.nRows - done);
    const textsOf = (/** @type {number} */ column) => tableCells(table, column, done, n);
    scores.add(textsOf, outputsOf(model, prediction, done, n));
    done += n;
    return done === table.nRows;
  });
  return scores.result();
}

/** All rows as CSV. @param {Prediction} prediction @param {number} nRows */
async function csvOf(prediction, nRows) {
  /** @type {BlobPart[]} */
  const pieces = [];
  let done = 0;
  await inSlices(() => {
    const n = Math.min(CSV_ROWS_A_PIECE, nRows - done);
    pieces.push(prediction.csv(done, n));
    done += n;
    return done === nRows;
  });
  return new Blob(pieces, { type: "text/csv" });
}

/**
 * Predicts all rows of a table, in slices.
 * @param {Model} model
 * @param {Table} table
 * @returns {Promise<import("../protocol-model.js").Predicted>}
 */
export async function predictTable(model, table) {
  const prediction = new Prediction(model, table);
  try {
    await inSlices(() => prediction.run(ROWS_A_PIECE));
    const { n_rows: nRows, columns, notes } = prediction.json();
    const first = firstRows(model, table, prediction);
    const scores = await scoresOf(model, table, prediction, first.columns);
    const { n_problems: nProblems, problems } = table.json(0);
    const csv = await csvOf(prediction, nRows);
    return { nRows, columns, notes, nProblems, problems, csv, first, scores };
  } finally {
    prediction.free();
  }
}
