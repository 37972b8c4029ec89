/**
 * What a row of the catalogue is called in other libraries.
 */

/** @import { Row } from "../protocol-catalogue.js" */

const LIBRARIES = /** @type {const} */ ([
  ["pytorch", "PyTorch"],
  ["keras", "Keras"],
  ["sklearn", "scikit-learn"],
]);

/** Libraries that have the row, with its name there. @param {Row} row */
export function otherNames({ names }) {
  return LIBRARIES.filter(([key]) => names[key] !== "").map(([key, library]) => ({
    library,
    name: names[key],
  }));
}
