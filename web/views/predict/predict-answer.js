/**
 * The predictions of a file: scores where the target is known, what did not fit, the first rows, and
 * all of them to take away.
 */
import { download } from "../../export/download.js";
import { coreText, labelText, t } from "../../text/i18n.js";
import { remarkText } from "../data/source.js";
import { h } from "../parts/dom.js";
import {
  formatCount,
  formatMetric,
  formatNumber,
  formatPercent,
  runName,
} from "../../text/format.js";

import { pictureCell, pixelReader } from "../parts/pixel-picture.js";

/**
 * @import { Answer } from "../../actions/predict-actions.js"
 * @import { Predicted, PredictionNote, TargetScores } from "../../protocol-model.js"
 * @import { Context } from "../parts/fields.js"
 */

const MOST_COLUMNS = 30;

/** @param {Answer} answer */
function summaryText({ file, by, predicted }) {
  const rows = t("{n} rows", { n: predicted.nRows });
  if (by.which === "loaded") {
    return t("{rows} of {file}, predicted by {model}.", { rows, file, model: by.file });
  }
  const told = { rows, file, run: runName(/** @type {any} */ (by.run)) };
  return by.which === "best"
    ? t("{rows} of {file}, predicted by the best epoch of {run}.", told)
    : t("{rows} of {file}, predicted by the weights that {run} had.", told);
}

/** @param {Context} context @param {TargetScores} scores */
function scoreTiles({ state }, { target, nRows, metrics }) {
  const family = state.catalogue.value?.families.find(({ key }) => key === "metric");
  const tiles = Object.entries(metrics).map(([key, value]) => {
    const row = family?.rows.find((metric) => metric.key === key);
    return h(
      "div",
      { class: "tile", title: labelText(row?.help ?? "") },
      h("dt", {}, labelText(row?.label ?? key)),
      h("dd", {}, formatMetric(row, value)),
    );
  });
  return h(
    "div",
    { class: "predict-scores" },
    h("p", {}, t("The file has {target}: scores over {n} rows.", { target, n: nRows })),
    h("dl", { class: "tiles" }, tiles),
  );
}

/** What was filled in. @param {PredictionNote} note */
function noteText({ column, kind, count: n, lines, message }) {
  const told = {
    column,
    n,
    lines: lines.map(String).join(", "),
    message: coreText(message),
  };
  switch (kind) {
    case "unknown":
      return t(
        "{column}: {n} cells with an unknown level, first in lines {lines}. {message}",
        told,
      );
    case "word":
      return t("{column}: {n} cells that are no numbers, first in lines {lines}. {message}", told);
    default:
      return t("{column}: {n} missing cells, first in lines {lines}. {message}", told);
  }
}

/** @param {Predicted} predicted */
function remarks({ notes, problems, nProblems }) {
  const texts = [...notes.map(noteText), ...problems.map(remarkText)];
  const hidden = nProblems - problems.length;
  return texts.length === 0
    ? h("p", { class: "hint" }, t("Every cell that the model needs was there and known."))
    : h(
        "details",
        { class: "remarks", open: true },
        h("summary", {}, t("{n} remarks about this file", { n: texts.length + hidden })),
        h(
          "ul",
          {},
          texts.map((text) => h("li", {}, text)),
        ),
      );
}

/** @param {number | string} value */
const valueText = (value) => (typeof value === "number" ? formatNumber(value) : value);

/** The first rows, the predictions first: on a phone the others are out of sight. @param {Answer} answer */
function firstTable({ predicted, info: { image } }) {
  const { columns: added, first, nRows } = predicted;
  const columns = first.columns.slice(0, MOST_COLUMNS);
  const read = image && pixelReader(image, first.columns);
  const headed = (/** @type {string} */ kind) => (/** @type {string} */ text) =>
    h("th", { scope: "col", class: kind }, text);
  const head = [
    [t("Line"), ...(image ? [t("Picture")] : [])].map(headed("")),
    added.map(headed("told")),
    columns.map(headed("")),
  ];
  const rows = first.rows.map(({ line, cells, predicted: values, probabilities }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, formatCount(line)),
      image && read && pictureCell(image, read(cells), line),
      [...values.map(valueText), ...probabilities.map(formatPercent)].map((text) =>
        h("td", { class: "told" }, text),
      ),
      cells
        .slice(0, MOST_COLUMNS)
        .map((text) => h("td", { class: text ? "" : "missing" }, text || t("missing"))),
    ),
  );
  return h(
    "div",
    { class: "scroll", role: "region", "aria-label": t("First predicted rows"), tabindex: "0" },
    h(
      "table",
      { class: "picked-rows" },
      h("caption", {}, t("First {shown} of {all} rows", { shown: rows.length, all: nRows })),
      h("thead", {}, h("tr", {}, head)),
      h("tbody", {}, rows),
    ),
  );
}

/** @param {Answer} answer */
function downloadButton({ file, predicted }) {
  const name = `${file.replace(/\.[^.]*$/, "")}-predicted.csv`;
  return h(
    "button",
    { type: "button", onclick: () => download(name, predicted.csv) },
    t("Download the rows with predictions"),
  );
}

/** @param {Context} context @param {Answer} answer */
export function mountPredicted(context, answer) {
  const { predicted } = answer;
  return h(
    "section",
    { class: "view-part", "aria-labelledby": "predicted" },
    h(
      "div",
      { class: "card-head" },
      h("h3", { id: "predicted" }, t("Predictions")),
      downloadButton(answer),
    ),
    h("p", { role: "status" }, summaryText(answer)),
    predicted.scores.map((scores) => scoreTiles(context, scores)),
    remarks(predicted),
    firstTable(answer),
  );
}
