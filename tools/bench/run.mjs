// Measures tabtrain, its rivals and the machine's limit side by side: ./run bench --help

import { mkdir, rm, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { serve } from "../serve.mjs";
import { disagreements } from "./agreement.mjs";
import { launch, openPage } from "./browser.mjs";
import { bundle } from "./bundle.mjs";
import { measurePage } from "./measure-page.mjs";
import { measureReading } from "./measure-reading.mjs";
import { measureTraining } from "./measure-training.mjs";
import { report } from "./report.mjs";
import { READERS, TRAINERS } from "./rivals.mjs";
import { READING, TRAINING } from "./workloads.mjs";

/** @typedef {import("./report.mjs").Results} Results */
/** @typedef {import("./rivals.mjs").Rival} Rival */
/** @typedef {{ only: string[], rows: string[], rounds: number, seconds: number }} Options */

const ROOT = join(import.meta.dirname, "../..");
const SITE = join(ROOT, "build/site");
const FOLDER = join(ROOT, "build/bench");
const JSON_FILE = join(ROOT, "build/bench.json");

/** The page while it trains, beside the keys of the two tables of workloads. */
const PAGE = "page";
const KEYS = [...Object.keys(TRAINING), ...Object.keys(READING), PAGE];
const ROWS = [...new Set([...Object.keys(TRAINERS), ...Object.keys(READERS)])];

const HELP = `usage: ./run bench [--only W3,C1] [--rows tabtrain,jax] [--rounds 5] [--seconds 0.5]

  --only     workloads: ${KEYS.join(" ")}
  --rows     who takes part: ${ROWS.join(" ")}
  --rounds   how often each is measured
  --seconds  how long a measurement of training takes

Prints markdown, and writes build/bench.json. Native rows need Debian's python3-torch,
python3-sklearn and python3-pandas, and libopenblas0 to be fast; what is missing is left out.`;

/** @param {string} list @param {string[]} known @param {string} option */
function chosen(list, known, option) {
  const names = list === "" ? known : list.split(",");
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`${option} does not know ${unknown.join(", ")}. It knows: ${known.join(" ")}`);
  }
  return names;
}

/** @param {string} text @param {string} option */
function positive(text, option) {
  const value = Number(text);
  if (!(value > 0)) {
    throw new Error(`${option} takes a number above 0.`);
  }
  return value;
}

/** @returns {Options | null} null when help was asked for */
function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: "" },
      rows: { type: "string", default: "" },
      rounds: { type: "string", default: "5" },
      seconds: { type: "string", default: "0.5" },
      help: { type: "boolean", default: false },
    },
  });
  return values.help
    ? null
    : {
        only: chosen(values.only, KEYS, "--only"),
        rows: chosen(values.rows, ROWS, "--rows"),
        rounds: Math.ceil(positive(values.rounds, "--rounds")),
        seconds: positive(values.seconds, "--seconds"),
      };
}

/**
 * Those of the names that take part in a workload.
 * @param {Record<string, Rival>} rivals
 * @param {string[]} names
 * @param {string} key
 */
const among = (rivals, names, key) =>
  Object.fromEntries(
    Object.entries(rivals).filter(
      ([name, { workloads = [key] }]) => names.includes(name) && workloads.includes(key),
    ),
  );

/** @param {string} text */
const tell = (text) => console.error(text);

/** @param {Options} options @param {string} url @returns {Promise<Results>} */
async function measureAll({ only, rows, rounds, seconds }, url) {
  const browser = await launch();
  try {
    /** @type {Results} */
    const results = {
      date: new Date().toISOString().slice(0, 10),
      machine: `${cpus()[0].model.trim()} (${cpus().length} processors)`,
      browser: browser.version(),
      rounds,
      seconds,
      training: {},
      reading: {},
      page: null,
    };
    for (const key of only.filter((name) => name in TRAINING)) {
      const page = await openPage(browser, url);
      const tools = { page, scratch: join(FOLDER, "data"), rounds, seconds, tell };
      results.training[key] = await measureTraining(tools, among(TRAINERS, rows, key), key);
      await page.close();
    }
    for (const key of only.filter((name) => name in READING)) {
      const tools = { browser, url, scratch: FOLDER, rounds, tell };
      results.reading[key] = await measureReading(tools, among(READERS, rows, key), key);
    }
    if (only.includes(PAGE)) {
      tell("the page: training, tasks and presses of Pause");
      results.page = await measurePage(browser, `${url}site/`, FOLDER);
    }
    return results;
  } finally {
    await browser.close();
  }
}

async function main() {
  const options = readOptions();
  if (options === null) {
    console.log(HELP);
    return;
  }
  await bundle(FOLDER, SITE);
  await mkdir(join(FOLDER, "data"), { recursive: true });
  const site = await serve(FOLDER);
  try {
    const results = await measureAll(options, site.url);
    await mkdir(dirname(JSON_FILE), { recursive: true });
    await writeFile(JSON_FILE, JSON.stringify(results, null, 1));
    console.log(report(results));
    for (const text of disagreements(results)) {
      console.error(`DISAGREEMENT: ${text}`);
      process.exitCode = 1;
    }
  } finally {
    site.close();
    await rm(FOLDER, { recursive: true, force: true });
  }
}

await main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
