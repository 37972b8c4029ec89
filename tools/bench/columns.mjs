// Typed columns for readers that give rows of texts. The types are told: nobody needs to find out.

/** @typedef {"number" | "text"} Kind */
/** What a reader found: rows, and the sum of every number, to see that all read the same. @typedef {{ rows: number, sum: number }} Found */

const FIRST_SIZE = 1 << 16;

/** Read before the clock runs: what a page reads that has been open for a while is translated well. */
const WARM_UP_BYTES = 1 << 20;

/** Numbers in an array that doubles when it is full. @template {Float32Array | Float64Array} T */
class Numbers {
  #size = 0;
  /** @type {T} */
  #values;

  /** @param {new (length: number) => T} Type */
  constructor(Type) {
    this.Type = Type;
    this.#values = new Type(FIRST_SIZE);
  }

  /** @param {number} value */
  add(value) {
    if (this.#size === this.#values.length) {
      const larger = new this.Type(2 * this.#size);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#size] = value;
    this.#size++;
  }

  get values() {
    return /** @type {T} */ (this.#values.subarray(0, this.#size));
  }
}

/** @param {Float32Array | Float64Array} values */
function sumOf(values) {
  let sum = 0;
  for (const value of values) {
    sum += Number.isNaN(value) ? 0 : value;
  }
  return sum;
}

/** One matrix of 32-bit floats, row after row. */
class Matrix {
  #cells = new Numbers(Float32Array);
  #rows = 0;

  /** @param {string[]} row */
  add(row) {
    for (const cell of row) {
      this.#cells.add(Number(cell));
    }
    this.#rows++;
  }

  /** @returns {Found} */
  found() {
    return { rows: this.#rows, sum: sumOf(this.#cells.values) };
  }
}

/** 64-bit floats (NaN where a cell is empty) and texts. */
class Columns {
  #columns;
  #rows = 0;

  /** @param {Kind[]} kinds */
  constructor(kinds) {
    this.#columns = kinds.map((kind) =>
      kind === "number" ? new Numbers(Float64Array) : /** @type {string[]} */ ([]),
    );
  }

  /** @param {string[]} row */
  add(row) {
    for (let i = 0; i < row.length; i++) {
      const column = this.#columns[i];
      if (column instanceof Numbers) {
        column.add(row[i] === "" ? NaN : Number(row[i]));
      } else {
        column.push(row[i]);
      }
    }
    this.#rows++;
  }

  /** @returns {Found} */
  found() {
    const numbers = this.#columns.filter((column) => column instanceof Numbers);
    const sum = numbers.reduce((total, { values }) => total + sumOf(values), 0);
    return { rows: this.#rows, sum };
  }
}

/** @type {Record<import("./workloads.mjs").CsvWorkload["kind"], () => Matrix | Columns>} */
const STORES = {
  numbers: () => new Matrix(),
  mixed: () =>
    new Columns([
      "number",
      "number",
      "text",
      "text",
      "number",
      "text",
      "number",
      "text",
      "number",
      "text",
    ]),
};

/**
 * A worker's commands around a reader of rows.
 * @param {(file: Blob, onRow: (row: string[]) => void) => Promise<void>} readRows the header first
 */
export function readingCommands(readRows) {
  /** @param {{ file: Blob, kind: keyof typeof STORES }} what */
  const read = async ({ file, kind }) => {
    const begin = performance.now();
    const store = STORES[kind]();
    let isHeader = true;
    await readRows(file, (row) => {
      if (!isHeader) {
        store.add(row);
      }
      isHeader = false;
    });
    return { seconds: (performance.now() - begin) / 1000, ...store.found() };
  };
  return {
    read,
    /** @param {{ file: File, kind: keyof typeof STORES }} what */
    warmUp: ({ file, kind }) => read({ file: file.slice(0, WARM_UP_BYTES), kind }),
  };
}
