/**
 * All curves of all runs as texts that other programs read.
 */
import { runName } from "../text/format.js";

/** @import { RunRecord } from "../runs.js" */

/** @param {string} text */
const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @param {number} value */
const number = (value) => (Number.isFinite(value) ? String(value) : "");

/** Whether there is a value at all. @param {RunRecord} run @param {string} key */
const hasValues = ({ history }, key) =>
  history.keys.includes(key) && history.column(key).some(Number.isFinite);

/** Names of the columns that any of the runs has values in. @param {RunRecord[]} runs */
function columnsOf(runs) {
  const keys = [...new Set(runs.flatMap(({ history }) => history.keys))];
  return keys.filter((key) => runs.some((run) => hasValues(run, key)));
}

/** One line for each report of each run; a value that does not exist is an empty cell. @param {RunRecord[]} runs */
export function curvesCsv(runs) {
  const keys = columnsOf(runs);
  const lines = runs.flatMap((run) => {
    const name = cell(runName(run));
    const columns = keys.map((key) => (hasValues(run, key) ? run.history.column(key) : []));
    return Array.from({ length: run.history.length }, (_, i) =>
      [name, ...columns.map((column) => number(column[i]))].join(","),
    );
  });
  return `${["run", ...keys].map(cell).join(",")}\n${lines.join("\n")}\n`;
}

/** @param {RunRecord} run */
function curvesOf(run) {
  const { id, number: n, note, settings, data, changes, parent, history } = run;
  const columns = columnsOf([run]).map((key) => [
    key,
    Array.from(history.column(key), (value) => (Number.isFinite(value) ? value : null)),
  ]);
  const about = { id, number: n, name: runName(run), note, settings, data, changes, parent };
  return { ...about, curves: Object.fromEntries(columns) };
}

/** Each run with its settings and its curves as arrays; null where a value does not exist. @param {RunRecord[]} runs */
export function curvesJson(runs) {
  return `${JSON.stringify({ runs: runs.map(curvesOf) }, null, 1)}\n`;
}
