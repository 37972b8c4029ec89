// uDSV, fed piece by piece.

import { inferSchema, initParser } from "udsv";
import { answer } from "../answer.mjs";
import { readingCommands } from "../columns.mjs";

/** @param {Blob} file @param {(row: string[]) => void} onRow */
async function readRows(file, onRow) {
  const pieces = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  /** @type {any} */
  let parser = null;
  for (let { value } = await pieces.read(); value; { value } = await pieces.read()) {
    if (parser === null) {
      const schema = inferSchema(value);
      onRow(schema.cols.map((/** @type {{ name: string }} */ { name }) => name));
      parser = initParser(schema);
    }
    parser.chunk(value, parser.stringArrs, onRow);
  }
  parser.end();
}

answer(readingCommands(readRows));
