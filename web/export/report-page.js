/**
 * A report on one page that opens anywhere, without a network and without scripts: what was trained
 * on what, how it went, and the curves as drawings.
 */
import { language, t } from "../text/i18n.js";
import { factsOf } from "../run-facts.js";
import { chartsOf } from "../views/curves/chart-table.js";
import { formatNumber, runName } from "../views/parts/format.js";
import { stateText, timeText } from "../views/runs/runs-columns.js";
import { chartSvg } from "./chart-svg.js";
import { svgChartOf } from "./save-chart.js";

/**
 * @import { State } from "../state.js"
 * @import { RunRecord } from "../runs.js"
 */

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string | number} text */
const escape = (text) => String(text).replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter]);

const STYLE = `
  body { max-width: 960px; margin: 32px auto; padding: 0 16px; font: 15px/1.5 system-ui, sans-serif;
         color: #16202e; background: #fff; }
  h1 { font-size: 24px; } h2 { font-size: 18px; margin-top: 32px; }
  .wide { overflow-x: auto; }
  table { border-collapse: collapse; }
  th, td { padding: 4px 12px 4px 0; text-align: left; border-bottom: 1px solid #dde3ea; }
  svg { max-width: 100%; height: auto; }
  footer { margin-top: 32px; color: #5a6675; }`;

/** @param {(string | number)[][]} rows @param {string[]} [head] */
function table(rows, head) {
  const cells = (/** @type {(string | number)[]} */ row) =>
    row
      .map((text, i) =>
        i === 0 ? `<th scope="row">${escape(text)}</th>` : `<td>${escape(text)}</td>`,
      )
      .join("");
  const heads = head?.map((text) => `<th scope="col">${escape(text)}</th>`).join("");
  const top = heads ? `<thead><tr>${heads}</tr></thead>` : "";
  const body = rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n");
  return `<div class="wide"><table>${top}<tbody>${body}</tbody></table></div>`;
}

/** @param {string} title @param {string} content */
const section = (title, content) => `<h2>${escape(title)}</h2>\n${content}`;

/** @param {RunRecord} run */
function dataSection({ data, dataset }) {
  const notes = dataset.notes.map(
    ({ column, message }) => `<li>${escape(`${column} ${message}`)}</li>`,
  );
  const rows = [
    [t("File"), data.name],
    [t("Fingerprint"), data.fingerprint],
    [t("Rows"), data.rows],
    [t("Target"), dataset.targets.join(", ")],
    [t("Training rows"), dataset.n_training],
    [t("Validation rows"), dataset.n_validation],
    [t("Inputs"), dataset.features.join(", ")],
  ];
  return section(t("Data"), `${table(rows)}<ul>${notes.join("")}</ul>`);
}

/** @param {State} state @param {RunRecord} run */
function settingsSection({ index }, run) {
  const rows = Object.entries(run.settings).map(([key, value]) => [
    index.value.get(key)?.param.label ?? key,
    value || t("none"),
    key,
  ]);
  return section(t("Settings other than the defaults"), table(rows));
}

/** @param {State} state */
function resultSection({ report }) {
  const { value: found } = report;
  if (!found) {
    return "";
  }
  const { summary, hash } = found;
  const rows = [
    [t("Rows"), summary.n_rows],
    [t("Loss"), formatNumber(summary.loss)],
    ...summary.metrics.map((/** @type {any} */ { label, value }) => [label, formatNumber(value)]),
    [t("Hash of the weights"), hash],
  ];
  const title =
    summary.part === "validation"
      ? t("Results on the validation rows")
      : t("Results on the training rows");
  return section(title, table(rows));
}

/** @param {State} state @param {RunRecord[]} runs */
function runsSection(state, runs) {
  const rows = runs.map((run) => {
    const { best, bestEpoch, last } = factsOf(run);
    const course = [run.progress.epoch, timeText(run.progress.seconds), stateText(state, run)];
    return [runName(run), formatNumber(best), bestEpoch, formatNumber(last), ...course, run.note];
  });
  const head = [t("Run"), t("Best loss"), t("Best epoch"), t("Last loss"), t("Epochs"), t("Time")];
  return section(t("Runs"), table(rows, [...head, t("State"), t("Note")]));
}

/** @param {State} state */
function curvesSection(state) {
  const charts = chartsOf(state.catalogue.value?.history ?? []);
  const drawings = charts
    .map((chart) => svgChartOf(state, chart))
    .filter(
      (chart) =>
        chart !== null && chart.lines.some(({ ys }) => Array.from(ys).some(Number.isFinite)),
    )
    .map((chart) => chartSvg(/** @type {import("./chart-svg.js").SvgChart} */ (chart)));
  return section(t("Curves"), drawings.join("\n"));
}

/** @param {State} state @param {RunRecord} run that the report is about */
export function reportPage(state, run) {
  const title = t("{name} on {file}", { name: runName(run), file: run.data.name });
  const date = new Date().toLocaleString(language.value);
  const begun = state.runs.value.filter((other) => other.begun);
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  const content = [
    resultSection(state),
    curvesSection(state),
    runsSection(state, begun),
    dataSection(run),
    settingsSection(state, run),
  ];
  return `<!doctype html>
<html lang="${escape(language.value)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escape(title)}</h1>
${content.join("\n")}
<footer>${escape(t("Made with tabtrain, {date}.", { date }))}</footer>
</body>
</html>
`;
}
