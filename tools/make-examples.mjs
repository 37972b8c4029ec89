// Makes the synthetic examples from a fixed seed: node tools/make-examples.mjs
// They are committed, so that this runs only after a change of the shapes.

import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { csvText, firstRecipe, makeSketch } from "../web/data-maker/sketch.js";

const EXAMPLES = join(dirname(import.meta.dirname), "examples");
const SEED = 7;

/** The shape of each example. @type {Record<string, string>} */
const SHAPE_OF = {
  moons: "moons",
  circles: "circles",
  spirals: "spirals",
  xor: "xor",
  sine: "sine",
  line: "outliers",
};

/** @returns {[file: string, text: string][]} paths and contents of the examples that are made */
export const madeExamples = () =>
  Object.entries(SHAPE_OF).map(([name, shape]) => [
    join(EXAMPLES, `${name}.csv`),
    csvText(makeSketch({ ...firstRecipe(shape), seed: SEED })),
  ]);

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  for (const [file, text] of madeExamples()) {
    await writeFile(file, text);
  }
}
