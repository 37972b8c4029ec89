/**
 * Why a run diverged, the row it came from, and the ways out.
 */
import { signal } from "@preact/signals-core";
import { readingsOf, tellStory, vitalName } from "../../doctor/autopsy.js";
import { factsFor } from "../../doctor/facts.js";
import { t } from "../../text/i18n.js";
import { growthChart } from "./autopsy-chart.js";
import { trialButtons } from "./doctor-trials.js";
import { h, rebuild, showWhen, watch } from "../parts/dom.js";
import { formatCount } from "../../text/format.js";

/**
 * @import { Facts } from "../../doctor/facts.js"
 * @import { Story } from "../../doctor/autopsy.js"
 * @import { Autopsy } from "../../protocol-inside.js"
 * @import { TableRows } from "../../protocol-data.js"
 * @import { RunRecord } from "../../runs.js"
 * @import { Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @typedef {{ run: RunRecord, autopsy: Autopsy, row: TableRows | null, table: Table, facts: Facts, story: Story }} Case */

/** @param {Context} context @returns {Promise<Case | null>} */
async function openCase({ state, actions }) {
  const [run, table] = [state.current.value, state.table.value];
  const autopsy = (await actions.look("autopsy", {}).catch(() => null))?.autopsy;
  if (!run || !table || !autopsy) {
    return null;
  }
  const rows = [autopsy.table_row];
  const row = rows[0] < 0 ? null : await actions.look("tableRows", { rows }).catch(() => null);
  const facts = factsFor(run, state.index.value);
  return { run, autopsy, row, table, facts, story: tellStory(autopsy, row, table, facts) };
}

/** Brings a row of the preview into sight. @param {number} row */
function showInPreview(row) {
  const line = document.querySelectorAll("#rows tbody tr")[row];
  line?.scrollIntoView({ block: "center" });
  line?.classList.add("found");
  /** @type {HTMLElement | null | undefined} */ (line?.closest("[tabindex]"))?.focus();
}

/** The cells of the row at fault, as the file has them. @param {Context} context @param {Case} found */
function rowTable({ state }, { autopsy, row, table, story }) {
  const cells = row?.rows[0];
  if (!row || !cells) {
    return null;
  }
  const isSuspect = (/** @type {number} */ j) => row.columns[j] === story.suspect?.name;
  const caption = t("Line {line} of {file}", {
    line: formatCount(cells.line),
    file: state.source.value?.name ?? "",
  });
  return h(
    "div",
    { class: "row-at-fault" },
    h(
      "div",
      { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" },
      h(
        "table",
        {},
        h("caption", {}, caption),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            row.columns.map((name) => h("th", { scope: "col" }, name)),
          ),
        ),
        h(
          "tbody",
          {},
          h(
            "tr",
            {},
            cells.cells.map((text, j) =>
              h("td", { class: isSuspect(j) ? "suspect" : "" }, text || t("missing")),
            ),
          ),
        ),
      ),
    ),
    autopsy.table_row < table.rows.length
      ? h(
          "button",
          { type: "button", class: "quiet", onclick: () => showInPreview(autopsy.table_row) },
          t("Show it among the first rows"),
        )
      : null,
  );
}

/** @param {Case} found */
function growthFigure({ autopsy, facts, story }) {
  const vital = story.growth?.vital;
  return vital
    ? growthChart(vitalName(vital, autopsy), readingsOf(autopsy, facts, vital), autopsy.step)
    : null;
}

/** Back to the last end of an epoch before the failure. @param {Context} context @param {Case} found */
function rewindButton({ actions }, { run, autopsy }) {
  const { keptEpochs, stepsPerEpoch } = run.progress;
  const epoch = keptEpochs.findLast((kept) => kept * stepsPerEpoch <= autopsy.good_step);
  return epoch === undefined || autopsy.step === 0
    ? null
    : h(
        "button",
        { type: "button", onclick: () => actions.rewind(epoch) },
        epoch === 0
          ? t("Back to the first weights")
          : t("Back to the end of epoch {epoch}", { epoch: formatCount(epoch) }),
      );
}

/** @param {Context} context @param {Case} found */
function caseContent(context, found) {
  const { run, story } = found;
  return [
    h("h2", {}, t("Why the run diverged")),
    h("p", {}, story.what),
    h("p", {}, story.why),
    h("div", { class: "evidence" }, rowTable(context, found), growthFigure(found)),
    h(
      "div",
      { class: "ways-out" },
      rewindButton(context, found),
      trialButtons(context, run, story.trials),
    ),
  ];
}

/** @param {Context} context */
export function mountAutopsy(context) {
  const { state } = context;
  const found = signal(/** @type {Case | null} */ (null));
  watch(() => {
    const run = state.current.value;
    found.value = null;
    if (state.phase.value === "diverged") {
      openCase(context).then((opened) => {
        if (opened && state.current.value === run && state.phase.value === "diverged") {
          found.value = opened;
        }
      });
    }
  });
  const card = h("section", { class: "autopsy", "aria-label": t("Why the run diverged") });
  rebuild(
    card,
    () => found.value,
    (opened) => opened && caseContent(context, opened),
  );
  showWhen(card, () => found.value !== null);
  return card;
}
