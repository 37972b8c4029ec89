// Results as markdown.

import { READING, TRAINING, flopsPerRow } from "./workloads.mjs";
import { median, ratios } from "./statistics.mjs";

/** @typedef {import("./measure-training.mjs").TrainingResult} TrainingResult */
/** @typedef {import("./measure-reading.mjs").ReadingResult} ReadingResult */
/** @typedef {import("./measure-page.mjs").PageResult} PageResult */
/**
 * Everything that one run found: what is written to build/bench.json.
 * @typedef {object} Results
 * @property {string} date
 * @property {string} machine
 * @property {string} browser
 * @property {number} rounds
 * @property {number} seconds of a measurement
 * @property {Record<string, TrainingResult>} training by workload
 * @property {Record<string, ReadingResult>} reading by workload
 * @property {PageResult | null} page
 */

const NONE = "–";

/** So many ends of epochs in a measurement tell what they cost. */
const MIN_EPOCHS = 3;

/** Workloads whose products are large enough for their rate to say something. */
const WITH_FLOPS = ["W3", "W4", "W5"];

/** @param {number | null | undefined} value @param {number} [digits] significant */
function number(value, digits = 2) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return NONE;
  }
  const scale = Math.floor(Math.log10(Math.abs(value) || 1));
  const decimals = Math.max(0, digits - 1 - scale);
  return Number(value.toPrecision(digits)).toLocaleString("en", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** @param {number} part */
const percent = (part) => (Number.isFinite(part) ? `${Math.round(100 * part)} %` : NONE);

/**
 * The first column holds names, the others figures; aligned as prettier would.
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function table(head, rows) {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((row) => row[i].length)));
  const rule = widths.map((width, i) =>
    i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  const line = (/** @type {string[]} */ cells) => {
    const padded = cells.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]),
    );
    return `| ${padded.join(" | ")} |`;
  };
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

/** @param {Record<string, { title: string }>} about @param {string[]} keys */
const headOf = (about, keys) => ["", ...keys.map((key) => `${key} ${about[key].title}`)];

/**
 * Rows of all workloads, each once, in order.
 * @template {{ title: string }} T
 * @param {Record<string, { rows: Record<string, T> }>} results
 * @returns {[name: string, title: string][]}
 */
function namesOf(results) {
  const all = Object.values(results).flatMap(({ rows }) => Object.entries(rows));
  return [...new Map(all.map(([name, { title }]) => [name, title]))];
}

/**
 * A table of one cell a row and workload; rows without any cell are left out.
 * @template {{ title: string }} T
 * @param {Record<string, { rows: Record<string, T> }>} results
 * @param {Record<string, { title: string }>} about
 * @param {(row: T, key: string) => string} cell
 */
function grid(results, about, cell) {
  const keys = Object.keys(results);
  const rows = namesOf(results).map(([name, title]) => [
    title,
    ...keys.map((key) => (results[key].rows[name] ? cell(results[key].rows[name], key) : NONE)),
  ]);
  const filled = rows.filter((cells) => cells.slice(1).some((text) => text !== NONE));
  return table(headOf(about, keys), filled);
}

const LOSSES = {
  regression: "mean squared error",
  binary: "binary cross-entropy",
  multiclass: "softmax cross-entropy",
};

/** @param {import("./workloads.mjs").Workload["optimizer"]} optimizer */
const optimizerText = ({ kind, rate, momentum }) =>
  `${kind} ${rate}${momentum ? `, momentum ${momentum}` : ""}`;

/** What each workload is. @param {string[]} keys */
function workloadTable(keys) {
  const rows = keys.map((key) => {
    const { title, widths, activation, rows: n, task, optimizer, batch } = TRAINING[key];
    const network = `${widths.join("-")} ${activation}`;
    const training = `${LOSSES[task]}, ${optimizerText(optimizer)}`;
    return [`${key} ${title}`, network, n.toLocaleString("en"), training, String(batch)];
  });
  return table(["", "network", "rows", "loss and optimizer", "batch"], rows);
}

/** @typedef {import("./measure-training.mjs").Row} Row */

/** The rates of tabtrain, round by round. @param {TrainingResult} result */
const ownRates = ({ rows }) => rows.tabtrain?.rates ?? [];

/** @param {TrainingResult} result @param {Row} row */
function timesAs(result, { rates }) {
  if (rates.length === 0 || ownRates(result).length === 0) {
    return NONE;
  }
  const { median: middle, low, high } = ratios(ownRates(result), rates);
  return `${number(middle)} (${number(low)} to ${number(high)})`;
}

/** GFLOP/s of tabtrain in each round. @param {TrainingResult} result @param {string} key */
const gigaflops = (result, key) =>
  ownRates(result).map((rate) => (rate * flopsPerRow(TRAINING[key])) / 1e9);

/** @param {Record<string, TrainingResult>} training @param {number} seconds of a measurement */
function limitsTable(training, seconds) {
  const keys = Object.keys(training);
  /** @param {string} title @param {(result: TrainingResult, key: string) => string} cell */
  const row = (title, cell) => [title, ...keys.map((key) => cell(training[key], key))];
  /** @param {"multiplyAdd" | "fused" | "read"} name */
  const limit =
    (name) =>
    (/** @type {TrainingResult} */ { limits }) =>
      number(median(limits.map((limit) => limit[name] ?? NaN)));
  /** @param {(result: TrainingResult, key: string) => string} cell @returns {typeof cell} */
  const useful = (cell) => (result, key) =>
    WITH_FLOPS.includes(key) && ownRates(result).length > 0 ? cell(result, key) : NONE;
  /** @param {string} name of a rival that does more than train @returns {(result: TrainingResult, key: string) => string} */
  const cost = (name) => (result, key) => {
    const rates = result.rows[name]?.rates ?? [];
    const enough = rates.length > 0 && median(rates) * seconds >= MIN_EPOCHS * TRAINING[key].rows;
    return enough && ownRates(result).length > 0
      ? percent(ratios(ownRates(result), rates).median - 1)
      : NONE;
  };
  return table(headOf(TRAINING, keys), [
    row("limit, multiply and add, GFLOP/s", limit("multiplyAdd")),
    row("limit, fused multiply-add, GFLOP/s", limit("fused")),
    row("limit, reading memory, GB/s", limit("read")),
    row(
      "tabtrain, useful GFLOP/s",
      useful((result, key) => number(median(gigaflops(result, key)))),
    ),
    row(
      "share of the multiply-and-add limit",
      useful((result, key) => {
        const limits = result.limits.map(({ multiplyAdd }) => multiplyAdd);
        return percent(ratios(gigaflops(result, key), limits).median);
      }),
    ),
    row("cost of history, metrics and validation", cost("tabtrain-validated")),
    row("cost of all that the page does", cost("tabtrain-page")),
  ]);
}

/** @param {Record<string, TrainingResult>} training */
function perRowLines(training) {
  return Object.entries(training).flatMap(([key, { rows }]) => {
    const sizes = Object.values(rows).filter((row) => row.rows && row.rates.length > 0);
    const own = rows.tabtrain;
    if (sizes.length === 0 || !own) {
      return [];
    }
    const all = [...sizes, { ...own, rows: TRAINING[key].rows }];
    const times = all.map(
      ({ rows: n = 0, rates }) =>
        `${number(1e6 / median(rates))} µs with ${n.toLocaleString("en")}`,
    );
    return [`${key}, time per row by the number of rows: ${times.join(", ")}.`];
  });
}

/** @param {Results} results */
function trainingSections({ training, seconds }) {
  if (Object.keys(training).length === 0) {
    return [];
  }
  const mainRows = Object.fromEntries(
    Object.entries(training).map(([key, { rows, limits }]) => {
      const main = Object.entries(rows).filter(([, row]) => !row.rows);
      return [key, { rows: Object.fromEntries(main), limits }];
    }),
  );
  return [
    workloadTable(Object.keys(training)),
    "Samples a second:",
    grid(mainRows, TRAINING, ({ rates }) => (rates.length > 0 ? number(median(rates), 3) : NONE)),
    "tabtrain is so many times as fast (median, lowest and highest of the rounds):",
    grid(mainRows, TRAINING, (row, key) =>
      row === training[key].rows.tabtrain ? NONE : timesAs(training[key], row),
    ),
    limitsTable(mainRows, seconds),
    ...perRowLines(training),
    "Mean loss at the start and at the end of a measurement:",
    grid(mainRows, TRAINING, ({ rates, startLoss, endLoss }) =>
      rates.length > 0 ? `${number(startLoss, 3)} → ${number(endLoss, 3)}` : NONE,
    ),
    "Largest difference of a weight after ten steps, from the same network in 64-bit floats:",
    grid(mainRows, TRAINING, ({ difference }) =>
      difference ? difference.largest.toExponential(0) : NONE,
    ),
  ];
}

/** @param {Record<string, ReadingResult>} reading @param {string} key */
function columnSize(reading, key) {
  const rows = Math.max(...Object.values(reading[key].rows).map(({ rows: n = 0 }) => n));
  return `${key} takes ${number((rows * READING[key].columns * 8) / 1e6, 3)} MB`;
}

/** @param {Record<string, ReadingResult>} reading */
function readingSections(reading) {
  const keys = Object.keys(reading);
  if (keys.length === 0) {
    return [];
  }
  const files = keys.map(
    (key) => `${key}: ${number(reading[key].megabytes, 3)} MB, ${READING[key].content}`,
  );
  return [
    `Megabytes of CSV a second, from a File; ${files.join("; ")}:`,
    grid(reading, READING, ({ speeds }) => (speeds.length > 0 ? number(median(speeds)) : NONE)),
    "Megabytes by which the process grows at its highest, garbage included, and wasm memory alone; " +
      `as columns of 8 bytes a cell, ${keys.map((key) => columnSize(reading, key)).join(", ")}:`,
    grid(reading, READING, ({ memory, grown }) =>
      memory === null ? NONE : number(memory, 3) + (grown ? ` (${number(grown, 3)})` : ""),
    ),
  ];
}

/** @param {PageResult | null} page */
function pageSections(page) {
  if (page === null) {
    return [];
  }
  const { longestTask, tasks, pauses } = page;
  const counted = `${tasks.toLocaleString("en")} tasks`;
  return [
    `While the page trains ${page.workload}, the longest task of its own thread takes ${number(longestTask)} ms ` +
      `(${counted}), and Pause is obeyed after ${number(median(pauses))} ms ` +
      `(${number(Math.max(...pauses))} ms at the most, of ${pauses.length} presses).`,
  ];
}

/** @param {Results} results */
export function report(results) {
  const { date, machine, browser, rounds, seconds } = results;
  return [
    `${date}, ${machine}, Chromium ${browser}, one thread; medians of ${rounds} rounds of ${seconds} s, in turns.`,
    ...trainingSections(results),
    ...readingSections(results.reading),
    ...pageSections(results.page),
  ].join("\n\n");
}
