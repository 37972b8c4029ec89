// One CSV workload: from a File to typed columns, or to a matrix of 32-bit floats.

import { open, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { openPage, reasonOf, startWorker } from "./browser.mjs";
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

/** @typedef {{ name: string, title: string, rival: Rival, matrix: boolean }} Variant */

/** tabtrain also stops at its typed columns where others go on to a matrix. @param {Record<string, Rival>} rivals @param {string} key */
function variants(rivals, key) {
  const matrix = READING[key].kind === "numbers";
  /** @type {Variant[]} */
  const all = Object.entries(rivals).map(([name, rival]) => ({
    name,
    title: rival.title,
    rival,
    matrix,
  }));
  const columns = { name: "tabtrain-columns", title: "tabtrain, to typed columns", matrix: false };
  return matrix && rivals.tabtrain ? [{ ...columns, rival: rivals.tabtrain }, ...all] : all;
}

/** For engines to translate what was run while it warmed up. */
const WARM_UP_MS = 500;

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

/** @typedef {{ seconds: number, rows: number, sum: number, grown?: number }} Read */

/** @param {ReadingTools} tools @param {Variant} variant @param {string} key @param {string} path */
async function readOnce(tools, { rival, matrix }, key, path) {
  const partner = await start(tools, rival, path);
  const { kind } = READING[key];
  try {
    if (rival.native) {
      return { memory: null, .../** @type {Read} */ (await partner.ask("read", { path, kind })) };
    }
    await partner.ask("warmUp", { kind });
    await setTimeout(WARM_UP_MS);
    /** @type {Read} */
    let read = { seconds: NaN, rows: 0, sum: NaN };
    const memory = await memoryRise(tools.browser, async () => {
      read = await partner.ask("read", { kind, matrix });
    });
    return { memory, ...read };
  } finally {
    await partner.end();
  }
}

/** @param {ReadingRow} row @param {Read & { memory: number | null }} read @param {number} megabytes */
function keep(row, { memory, seconds, rows, sum, grown }, megabytes) {
  row.speeds.push(megabytes / seconds);
  row.memory = Math.max(row.memory ?? 0, memory ?? 0) || null;
  Object.assign(row, { rows, sum, grown: grown && grown / 1e6 });
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
  const all = variants(rivals, key);
  /** @type {Record<string, ReadingRow>} */
  const rows = Object.fromEntries(
    all.map(({ name, title }) => [name, { title, speeds: [], memory: null }]),
  );
  for (let round = 0; round < tools.rounds; round++) {
    for (const variant of all.filter(({ name }) => !rows[name].skipped)) {
      const row = rows[variant.name];
      try {
        keep(row, await readOnce(tools, variant, key, path), megabytes);
        const speed = Math.round(row.speeds[round]);
        tools.tell(`${key} round ${round + 1}: ${row.title}: ${speed} MB/s`);
      } catch (error) {
        row.skipped = reasonOf(error);
        tools.tell(`${key} ${row.title}: left out, ${row.skipped}`);
      }
    }
  }
  return { megabytes, rows };
}
