// Programs in Python that answer as the workers do: a line of JSON for a command.

import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { makeData, makeWeights } from "./data.mjs";
import { workloadOf } from "./training.mjs";
import { ADAM } from "./workloads.mjs";

/** @typedef {import("./browser.mjs").Partner} Partner */

/** Where Debian's packages are found, whatever other Python comes first on PATH. */
const PYTHON = process.env.PYTHON ?? "/usr/bin/python3";

/** Numeric libraries take all processors unless they are told. */
const ONE_THREAD = Object.fromEntries(
  ["OMP", "OPENBLAS", "MKL", "BLIS"].map((library) => [`${library}_NUM_THREADS`, "1"]),
);

/** @param {ArrayBufferView} view */
const bytesOf = (view) => Buffer.from(view.buffer, view.byteOffset, view.byteLength);

/** Data and weights as files of 32-bit floats. @param {string} folder @param {import("./training.mjs").Choice} choice */
async function writeWorkload(folder, choice) {
  const workload = workloadOf(choice);
  await mkdir(folder, { recursive: true });
  const { features, targets } = makeData(workload);
  const arrays = { features, targets, weights: makeWeights(workload) };
  for (const [name, array] of Object.entries(arrays)) {
    await writeFile(join(folder, `${name}.f32`), bytesOf(array));
  }
  return { workload: { ...workload, adam: ADAM }, folder };
}

/**
 * Starts a program; its first line says that it is ready, or what it lacks.
 * @param {string} script
 * @param {string} scratch folder for its data
 * @returns {Promise<Partner>}
 */
export async function startProgram(script, scratch) {
  const path = join(import.meta.dirname, "rivals", script);
  const child = spawn(PYTHON, [path], { env: { ...process.env, ...ONE_THREAD } });
  child.stderr.pipe(process.stderr);
  const missing = new Promise((_, reject) =>
    child.on("error", () => reject(new Error(`there is no ${PYTHON}`))),
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await Promise.race([
      lines.next(),
      /** @type {Promise<any>} */ (missing),
    ]);
    const reply = done ? { error: "it ended" } : JSON.parse(value);
    if (reply.error) {
      throw new Error(reply.error);
    }
    return reply.result;
  };
  await next();
  return {
    async ask(command, details = {}) {
      const choice = /** @type {any} */ (details);
      const told = command === "open" ? await writeWorkload(scratch, choice) : details;
      child.stdin.write(`${JSON.stringify({ command, details: told })}\n`);
      return next();
    },
    async end() {
      child.stdin.end();
    },
  };
}
