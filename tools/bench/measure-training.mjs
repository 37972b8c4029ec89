// One training workload: all rivals checked against an independent computation, then measured in
// turns, round by round.

import { reasonOf, startWorker } from "./browser.mjs";
import { startProgram } from "./native.mjs";
import { difference, mean } from "./statistics.mjs";
import { TRAINING } from "./workloads.mjs";

/** @typedef {import("./browser.mjs").Partner} Partner */
/** @typedef {import("./rivals.mjs").Rival} Rival */
/** @typedef {import("./rivals/limits.mjs").Limits} Limits */
/** @typedef {import("./training.mjs").Measured} Measured */
/**
 * @typedef {object} Row
 * @property {string} title
 * @property {number} [rows] of the data, where they are not the workload's
 * @property {number[]} rates samples a second, in each round
 * @property {number} startLoss
 * @property {number} endLoss of the last round
 * @property {{ largest: number, relative: number }} [difference] of its weights
 * @property {number} [apart] relative difference that is allowed, where it is another than usual
 * @property {string} [skipped] why there is no rate
 */
/**
 * @typedef {object} TrainingResult
 * @property {Record<string, Row>} rows
 * @property {Limits[]} limits of each round
 */
/**
 * @typedef {object} Tools
 * @property {import("@playwright/test").Page} page
 * @property {string} scratch folder for the data of native programs
 * @property {number} rounds
 * @property {number} seconds of a measurement
 * @property {(text: string) => void} tell
 */

const CHECKED_STEPS = 10;

/** @param {Tools} tools @param {Rival} rival @returns {Promise<Partner>} */
function start({ page, scratch }, { script, native }) {
  return native ? startProgram(script, scratch) : startWorker(page, script);
}

/** @param {Tools} tools @param {Rival} rival @param {string} key @returns {Promise<Float32Array>} */
async function weightsAfter(tools, rival, key) {
  const partner = await start(tools, rival);
  try {
    const rows = Math.min(TRAINING[key].rows, CHECKED_STEPS * TRAINING[key].batch);
    const variant = rival.checkVariant ?? rival.variant;
    await partner.ask("open", { key, rows, variant });
    return await partner.ask("weightsAfter", { steps: CHECKED_STEPS });
  } finally {
    await partner.end();
  }
}

/** @param {Tools} tools @param {Row} row @param {unknown} error */
function leaveOut(tools, row, error) {
  row.skipped = reasonOf(error);
  tools.tell(`${row.title}: left out, ${row.skipped}`);
}

/**
 * How far each is from the independent computation.
 * @param {Tools} tools
 * @param {Record<string, Rival>} rivals
 * @param {string} key
 * @returns {Promise<Record<string, Row>>}
 */
async function checkAll(tools, rivals, key) {
  const expected = await weightsAfter(tools, { title: "", script: "plain.js" }, key);
  /** @type {Record<string, Row>} */
  const rows = {};
  for (const [name, rival] of Object.entries(rivals)) {
    const { title, apart } = rival;
    rows[name] = { title, apart, rates: [], startLoss: NaN, endLoss: NaN };
    if (!rival.unchecked) {
      try {
        rows[name].difference = difference(await weightsAfter(tools, rival, key), expected);
      } catch (error) {
        leaveOut(tools, rows[name], error);
      }
    }
  }
  return rows;
}

/** Other sizes of the workload, for the page's own rival alone. @param {string} key @returns {Record<string, Row>} */
function sizeRows(key) {
  const sizes = TRAINING[key].sizes ?? [];
  const row = (/** @type {number} */ rows) => ({
    title: `tabtrain, ${rows.toLocaleString("en")} rows`,
    rows,
    rates: [],
    startLoss: NaN,
    endLoss: NaN,
  });
  return Object.fromEntries(sizes.map((rows) => [`tabtrain-${rows}`, row(rows)]));
}

/** @param {Tools} tools @param {Record<string, Rival>} rivals @param {Record<string, Row>} rows @param {string} key */
async function openAll(tools, rivals, rows, key) {
  /** @type {Map<string, Partner>} */
  const partners = new Map();
  for (const [name, row] of Object.entries(rows)) {
    if (!row.skipped) {
      tools.tell(`${key} ${row.title}: getting ready`);
      const rival = rivals[name] ?? rivals.tabtrain;
      const partner = await start(tools, rival);
      try {
        await partner.ask("open", { key, rows: row.rows, variant: rival.variant });
        await partner.ask("measure", { seconds: tools.seconds / 4 });
        partners.set(name, partner);
      } catch (error) {
        await partner.end();
        leaveOut(tools, row, error);
      }
    }
  }
  return partners;
}

/** Everybody begins a round in turn. @template T @param {T[]} list @param {number} by */
const rotated = (list, by) => [...list.slice(by % list.length), ...list.slice(0, by % list.length)];

/**
 * Measures some by turns, each for `seconds` in all, and notes the rates of one round.
 * @param {Tools} tools
 * @param {Record<string, Row>} rows
 * @param {[string, Partner][]} partners
 * @param {number} turns
 * @param {() => Promise<void>} [before] each turn
 */
async function measureByTurns(tools, rows, partners, turns, before) {
  const all = partners.map(([name]) => ({ name, samples: 0, seconds: 0 }));
  for (let turn = 0; turn < turns; turn++) {
    await before?.();
    for (const [i, [name, partner]] of partners.entries()) {
      const which = turns > 1 ? { turn } : {};
      /** @type {Measured} */
      const measured = await partner.ask("measure", { seconds: tools.seconds / turns, ...which });
      all[i].samples += measured.rows;
      all[i].seconds += measured.seconds;
      rows[name].startLoss = measured.startLoss;
      rows[name].endLoss = measured.endLoss;
    }
  }
  for (const { name, samples, seconds } of all) {
    rows[name].rates.push(samples / seconds);
    tools.tell(`${rows[name].title}: ${Math.round(samples / seconds).toLocaleString("en")}/s`);
  }
}

/** Of a round, in which machines change their speed: as often is compared what belongs together. */
const TURNS = 4;

/**
 * @param {Tools} tools
 * @param {Record<string, Rival>} rivals
 * @param {string} key of the workload
 * @returns {Promise<TrainingResult>}
 */
export async function measureTraining(tools, rivals, key) {
  const rows = await checkAll(tools, rivals, key);
  Object.assign(rows, "tabtrain" in rivals ? sizeRows(key) : {});
  const partners = [...(await openAll(tools, rivals, rows, key))];
  const isOwn = (/** @type {[string, Partner]} */ [name]) => (rivals[name] ?? rivals.tabtrain).own;
  const own = partners.filter(isOwn);
  const others = partners.filter((one) => !isOwn(one));
  const probe = await startWorker(tools.page, "limits.js");
  /** @type {Limits[]} */
  const limits = [];
  for (let round = 0; round < tools.rounds; round++) {
    tools.tell(`${key} round ${round + 1}`);
    /** @type {Limits[]} */
    const tries = [];
    await measureByTurns(tools, rows, rotated(own, round), TURNS, async () => {
      tries.push(await probe.ask("measure"));
    });
    limits.push(meanLimits(tries));
    for (const other of rotated(others, round)) {
      await measureByTurns(tools, rows, [other], 1);
    }
  }
  await Promise.all([probe, ...partners.map(([, partner]) => partner)].map((one) => one.end()));
  return { rows, limits };
}

/** @param {Limits[]} tries @returns {Limits} */
function meanLimits(tries) {
  const of = (/** @type {keyof Limits} */ key) => mean(tries.map((one) => one[key] ?? NaN));
  return { multiplyAdd: of("multiplyAdd"), fused: of("fused"), read: of("read") };
}
