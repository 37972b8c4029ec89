// One CSV workload: from a File to typed columns, or to a matrix of 32-bit floats.

import { open, stat } from "node:fs/promises";
import { openPage, startWorker } from "./browser.mjs";
import { fileText } from "./csv-text.mjs";
import { startProgram } from "./native.mjs";
import { memoryRise } from "./process-memory.mjs";
import { READING } from "./workloads.mjs";

/** @typedef {import("./browser.mjs").Partner} Partner */
/** @typedef {import("./rivals.mjs").Rival} Rival */
/**
 * @typedef {object} ReadingRow
 * @property {string} title
 * @property {number[]} speeds megabytes a second, in each round
 * @property {number | null} memory megabytes that the process rises by, at its highest
 * @property {number} [grown] megabytes by which wasm memory has grown
 * @property {number} [rows]
 * @property {number} [sum] of all numbers
 * @property {string} [skipped] why there is no speed
 */
/** @typedef {{ megabytes: number, rows: Record<string, ReadingRow> }} ReadingResult */
/**
 * @typedef {object} ReadingTools
 * @property {import("@playwright/test").Browser} browser
 * @property {string} url of the benchmark's page
 * @property {string} scratch folder for the file
 * @property {number} rounds
 * @property {(text: string) => void} tell
 */

/** @param {string} path @param {string} key */
async function writeCsv(path, key) {
  const file = await open(path, "w");
  for (const piece of fileText(READING[key])) {
    await file.write(piece);
  }
  await file.close();
  return (await stat(path)).size / 1e6;
}

/** tabtrain also stops at its typed columns where others go on to a matrix. @param {Record<string, Rival>} rivals @param {string} key */
function variants(rivals, key) {
  const matrix = READING[key].kind === "numbers";
  const all = Object.entries(rivals).map(
    ([name, rival]) => /** @type {const} */ ([name, { rival, title: rival.title, matrix }]),
  );
  if (matrix && rivals.tabtrain) {
    const title = "tabtrain, to typed columns";
    all.unshift(["tabtrain-columns", { rival: rivals.tabtrain, title, matrix: false }]);
  }
  return all;
}

/** A page and a worker of its own, so that memory is its own too. @param {ReadingTools} tools @param {Rival} rival @param {string} path @returns {Promise<Partner>} */
async function start({ browser, url, scratch }, { script, native }, path) {
  if (native) {
    return startProgram(script, scratch);
  }
  const page = await openPage(browser, url);
  await page.setInputFiles("input", path);
  const worker = await startWorker(page, script);
  return { ask: worker.ask, end: () => page.close() };
}

/** @param {ReadingTools} tools @param {Rival} rival @param {object} what @param {string} path */
async function readOnce({ browser, ...tools }, rival, what, path) {
  const partner = await start({ browser, ...tools }, rival, path);
  try {
    /** @type {{ seconds: number, rows: number, sum: number, grown?: number }} */
    let read = { seconds: NaN, rows: 0, sum: 0 };
    const details = rival.native ? { path, ...what, matrix: undefined } : what;
    const act = async () => {
      read = await partner.ask("read", details);
    };
    const memory = rival.native ? act().then(() => null) : memoryRise(browser, act);
    return { memory: await memory, ...read };
  } finally {
    await partner.end();
  }
}

/**
 * @param {ReadingTools} tools
 * @param {Record<string, Rival>} rivals
 * @param {string} key
 * @returns {Promise<ReadingResult>}
 */
export async function measureReading(tools, rivals, key) {
  const path = `${tools.scratch}/${key}.csv`;
  const megabytes = await writeCsv(path, key);
  /** @type {Record<string, ReadingRow>} */
  const rows = {};
  for (let round = 0; round < tools.rounds; round++) {
    for (const [name, { rival, title, matrix }] of variants(rivals, key)) {
      const row = (rows[name] ??= { title, speeds: [], memory: null });
      if (!row.skipped) {
        try {
          const what = { kind: READING[key].kind, matrix };
          const read = await readOnce(tools, rival, what, path);
          row.speeds.push(megabytes / read.seconds);
          row.memory = Math.max(row.memory ?? 0, read.memory ?? 0) || null;
          row.grown = read.grown && read.grown / 1e6;
          Object.assign(row, { rows: read.rows, sum: read.sum });
          const speed = Math.round(megabytes / read.seconds);
          tools.tell(`${key} round ${round + 1}: ${title}: ${speed} MB/s`);
        } catch (error) {
          row.skipped = String(/** @type {Error} */ (error).message).split("\n")[0];
          tools.tell(`${key} ${title}: left out, ${row.skipped}`);
        }
      }
    }
  }
  return { megabytes, rows };
}
