/**
 * The page of the data: how the file was read, what each column holds, what may be wrong with it.
 */
import { t } from "../../text/i18n.js";
import { dialogWhile } from "../parts/dialogs.js";
import { bindText, h, rebuild, showWhen } from "../parts/dom.js";
import { mountLoading, mountTooBig } from "../data/loading.js";
import { mountColumnDetail } from "./column-detail.js";
import { mountColumnTable } from "./column-table.js";
import { followDescriptions } from "./descriptions.js";
import { mountFindings } from "./findings.js";
import { mountPrepared } from "./prepared.js";
import { mountPictures } from "./pictures.js";
import { mountProblems } from "./problem-list.js";
import { mountReading } from "./reading.js";
import { mountRowSample } from "./row-sample.js";
import { mountTargetCard } from "./target-card.js";

/** @import { Table } from "../../state.js" */
/** @import { Context } from "../parts/fields.js" */

/** @param {Context} context @param {Table} table */
function tableParts(context, table) {
  const descriptions = followDescriptions(context, table);
  return [
    mountProblems(context, table),
    h(
      "div",
      { class: "data-pair" },
      mountFindings(context),
      mountTargetCard(context, table, descriptions),
    ),
    mountColumnTable(context, table, descriptions),
    mountColumnDetail(context, table, descriptions),
    mountPrepared(context, table),
    mountPictures(context),
    mountRowSample(context, table),
  ];
}

/** A file that was refused: the page behind the dialog cannot be read. @param {Context} context */
function refusal({ state }) {
  const text = h("p", { class: "message problem", role: "alert" });
  bindText(text, () => state.notices.value.file?.text ?? "");
  showWhen(text, () => state.notices.value.file !== undefined);
  return text;
}

/** @param {Context} context */
function pageDialog(context) {
  const { state, actions } = context;
  const name = h("h2", { id: "data-page-title" });
  bindText(name, () => t("Data: {file}", { file: state.source.value?.name ?? "" }));
  const size = h("p", { class: "hint" });
  bindText(size, () => {
    const table = state.table.value;
    return table
      ? t("{n_rows} rows, {n_columns} columns", {
          n_rows: table.n_rows,
          n_columns: table.columns.length,
        })
      : "";
  });
  const parts = h("div", { class: "data-parts" });
  rebuild(
    parts,
    () => state.table.value,
    (table) => {
      // What is looked at stays in view while the columns are described anew.
      parts.style.minHeight = `${parts.offsetHeight}px`;
      return table && tableParts(context, table);
    },
  );
  const dialog = h(
    "dialog",
    { class: "data-page", "aria-labelledby": "data-page-title", onclose: actions.closeData },
    h(
      "header",
      { class: "data-page-head" },
      h("div", {}, name, size),
      h("button", { type: "button", "aria-label": t("Close"), onclick: () => dialog.close() }, "✕"),
    ),
    refusal(context),
    mountTooBig(context),
    mountLoading(context),
    mountReading(context),
    parts,
  );
  return dialog;
}

/** @param {Context} context */
export const mountDataPage = (context) =>
  dialogWhile(
    () => context.state.data.open.value,
    () => pageDialog(context),
  );
