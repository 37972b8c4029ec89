/**
 * The commands that ask a model: to predict, to draw, to explain. Each asks a model of its own, made
 * when it begins, so that a run may go on and a loaded model be replaced while it works.
 */

import { UserMistake } from "./core.js";
import { columnOf, Importance, Lines, Model, Prediction } from "./core-model.js";
import { predictTable } from "./predict-table.js";
import { readTable } from "./read-table.js";
import { overtaken } from "./session.js";
import { inSlices, Turns } from "./slices.js";

/** @typedef {import("../protocol-model.js").Axis} Axis */
/** @typedef {import("../protocol-model.js").Base} Base */
/** @typedef {import("../protocol-model.js").Cells} Cells */
/** @typedef {import("../protocol-model.js").ModelColumn} ModelColumn */
/** @typedef {import("../protocol.js").Setting} Setting */
/** @typedef {import("../protocol-model.js").Which} Which */
/** @typedef {import("./core-trainer.js").Dataset} Dataset */
/** @typedef {import("./core-table.js").Table} Table */
/** @typedef {import("./core-model.js").CoreAxis} CoreAxis */
/** @typedef {import("./session.js").Session} Session */

const ROWS_A_PIECE = 256;
const MOST_POINTS = 4_000_000;

const turns = new Turns();

/** @param {Session} session @param {Which} which */
function openModel(session, which) {
  if (which !== "loaded") {
    return Model.of(session.needRun().trainer, which);
  }
  if (session.loadedModel === null) {
    throw new UserMistake({ message: "No model is loaded. Open a model file first." });
  }
  return Model.load(session.core.wasm, session.loadedModel);
}

/**
 * A model while `use` works with it.
 * @template T
 * @param {Session} session
 * @param {Which} which
 * @param {(model: Model) => T | Promise<T>} use
 */
async function withModel(session, which, use) {
  const model = openModel(session, which);
  try {
    return await use(model);
  } finally {
    model.free();
  }
}

/**
 * Another file than the model was made with: a spreadsheet may call its sheets otherwise.
 * @param {import("./core.js").Core} core
 * @param {Blob} file
 * @param {import("./core.js").Config} config
 */
async function readOther(core, file, config) {
  try {
    return await readTable(core, file, config);
  } catch (error) {
    if (!(error instanceof UserMistake) || error.mistake.key !== "data.sheet") {
      throw error;
    }
    config.set("data.sheet", "");
    return readTable(core, file, config);
  }
}

/**
 * A file as a table while `use` works with it.
 * @template T
 * @param {Session} session
 * @param {{ file: Blob, cfg: string, settings: Setting[] }} source with the .cfg text of a reader
 * @param {(table: Table) => T | Promise<T>} use
 */
async function withTable({ core }, { file, cfg, settings }, use) {
  const config = core.newConfig([]);
  /** @type {Table | null} */
  let table = null;
  try {
    config.read(cfg);
    for (const [key, value] of settings) {
      config.set(key, value);
    }
    table = await readOther(core, file, config);
    return await use(table);
  } finally {
    table?.free();
    config.free();
  }
}

/** @param {string} text */
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** @param {ModelColumn} column */
const typicalCell = (column) => column.typical ?? column.mode ?? String(column.median);

/**
 * One row as a table while `use` works with it: cells, and typical ones where there are none.
 * @template T
 * @param {Session} session
 * @param {Model} model
 * @param {Cells} cells
 * @param {(table: Table) => T | Promise<T>} use
 */
function withRow(session, model, cells, use) {
  for (const name of Object.keys(cells)) {
    columnOf(model, name);
  }
  const { columns } = model.info;
  const names = columns.map(({ name }) => quoted(name)).join(",");
  const row = columns.map((column) => quoted(cells[column.name] ?? typicalCell(column))).join(",");
  /** @type {Setting[]} */
  const settings = [
    ["data.delimiter", "comma"],
    ["data.header", "yes"],
    ["data.decimal", "point"],
    ["data.decimal_comma", ""],
    ["data.date_order", "auto"],
  ];
  const file = new Blob([`${names}\n${row}\n`]);
  return withTable(session, { file, cfg: model.info.settings, settings }, use);
}

/**
 * @param {Session} session
 * @param {Model} model
 * @param {Base} base
 * @returns {Float32Array | Promise<Float32Array>}
 */
function baseRow(session, model, base) {
  if (base === "typical") {
    return model.typicalRow();
  }
  if (typeof base === "object") {
    return withRow(session, model, base, (table) => model.tableRow(table, 0));
  }
  const { table } = session;
  if (table === null || !Number.isInteger(base) || base < 0 || base >= table.nRows) {
    throw new UserMistake({ message: `The table has no row ${base}. Choose another one.` });
  }
  return model.tableRow(table, base);
}

/**
 * @param {Model} model
 * @param {Axis} axis
 * @returns {CoreAxis}
 */
function coreAxis(model, { column, n, low, high }) {
  const index = columnOf(model, column);
  checkCount("The number of points", n);
  checkPoints(n);
  const { min = 0, max = 0 } = model.info.columns[index];
  return { column: index, n, low: low ?? min, high: high ?? max };
}

/** A whole number that a command gives. @param {string} name @param {number} n */
function checkCount(name, n) {
  if (!Number.isInteger(n) || n < 1) {
    throw new UserMistake({ message: `${name} must be a whole number from 1 on, not ${n}.` });
  }
}

/** @param {number} points */
function checkPoints(points) {
  if (points > MOST_POINTS) {
    throw new UserMistake({
      message: `${points} points are too many to draw; ${MOST_POINTS} is the most. Ask for fewer.`,
    });
  }
}

/**
 * @param {Model} model
 * @param {CoreAxis} axis
 * @returns {number[] | string[]}
 */
function pointsOf(model, axis) {
  const { levels } = model.info.columns[axis.column];
  return levels ?? [...model.points(axis)];
}

/**
 * The training rows that the run's model has, which a loaded one lacks.
 * @param {Session} session
 * @param {Which} which
 */
function needDataset({ dataset }, which) {
  if (which === "loaded" || dataset === null) {
    throw new UserMistake({
      message: "This needs the rows that the model was trained on. Ask the model of a run.",
    });
  }
  return dataset;
}

/** @param {Dataset} dataset */
function checkAlive(dataset) {
  if (dataset.pointer === 0) {
    throw overtaken();
  }
}

/** @satisfies {Partial<import("./commands.js").Handlers>} */
export const modelHandlers = {
  model: (session, { which }) => withModel(session, which, (model) => ({ bytes: model.save() })),

  useModel: (session, { bytes }) => {
    const model = Model.load(session.core.wasm, bytes);
    session.loadedModel = bytes;
    model.free();
    return model.info;
  },

  columnsInfo: (session, { which }) => withModel(session, which, ({ info }) => info),

  predict: (session, { which, file, settings }) =>
    withModel(session, which, (model) =>
      withTable(session, { file, cfg: model.info.settings, settings }, (table) =>
        predictTable(model, table),
      ),
    ),

  whatIf: (session, { which, row }) =>
    withModel(session, which, (model) =>
      withRow(session, model, row, (table) => {
        const prediction = new Prediction(model, table);
        try {
          prediction.run(1);
          const { notes } = prediction.json();
          return { values: [...prediction.values(model.info.n_outputs)], notes };
        } finally {
          prediction.free();
        }
      }),
    ),

  map: (session, { which, x, y, base }) =>
    withModel(session, which, async (model) => {
      const axes = [x, ...(y ? [y] : [])].map((axis) => coreAxis(model, axis));
      checkPoints(axes.reduce((product, axis) => product * model.countPoints(axis), 1));
      const predictions = model.map(await baseRow(session, model, base), axes);
      const [xs, ys = []] = axes.map((axis) => pointsOf(model, axis));
      return { x: xs, y: ys, nOutputs: model.info.n_outputs, predictions };
    }),

  sweep: (session, { which, axis, rows, seed }) =>
    withModel(session, which, async (model) => {
      const dataset = needDataset(session, which);
      const along = coreAxis(model, axis);
      checkCount("The number of rows", rows);
      const nPoints = model.countPoints(along);
      checkPoints(nPoints * rows);
      const lines = new Lines(model, dataset, along, rows, seed);
      try {
        await inSlices(() => {
          checkAlive(dataset);
          return lines.run(Math.ceil(ROWS_A_PIECE / nPoints));
        });
        return {
          points: pointsOf(model, along),
          nOutputs: model.info.n_outputs,
          nLines: lines.nLines,
          mean: lines.mean(),
          lines: lines.lines,
          rows: lines.rows(),
        };
      } finally {
        lines.free();
      }
    }),

  importance: (session, { which, column, repeats, rows, seed }) =>
    withModel(session, which, async (model) => {
      const dataset = needDataset(session, which);
      /** @type {"training" | "validation"} */
      const part = dataset.nRows("validation") > 0 ? "validation" : "training";
      const index = columnOf(model, column);
      checkCount("The number of rows", rows);
      checkCount("The number of shuffles", repeats);
      const importance = new Importance(model, dataset, part, index, rows, seed);
      try {
        for (let shuffles = 0; shuffles < repeats; shuffles++) {
          await turns.next();
          checkAlive(dataset);
          importance.shuffle();
        }
        return { column, part, ...importance.result() };
      } finally {
        importance.free();
      }
    }),
};
