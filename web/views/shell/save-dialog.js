/**
 * All that can be taken away: curves, model, report, settings, and the whole page as a project file.
 */
import { MODEL_SUFFIX, PROJECT_SUFFIX } from "../../actions/keep-actions.js";
import { download } from "../../export/download.js";
import { t } from "../../text/i18n.js";
import { messageOf } from "../../actions/notices.js";
import { showDialog } from "../parts/dialogs.js";
import { h } from "../parts/dom.js";
import { fileButton } from "../parts/file-button.js";
import { runName } from "../../text/format.js";

/** @import { Context } from "../parts/fields.js" */

/**
 * @typedef {object} Choice
 * @property {string} label
 * @property {string} help
 * @property {string} suffix what the name of the file ends in, after that of the data
 * @property {() => Promise<BlobPart>} make
 * @property {string} [type]
 * @property {boolean} [needsRun]
 */

/** The name of the data without its ending. @param {Context} context */
function stem({ state }) {
  const name = state.current.value?.data.name || state.source.value?.name || "tabtrain";
  return name.replace(/\.[^.]*$/, "");
}

/** @param {Context} context @returns {Choice[]} */
function curveChoices({ state }) {
  const begun = () => state.runs.value.filter((run) => run.begun);
  return [
    {
      label: t("Curves as CSV"),
      help: t("Every curve of every run, a line for each report."),
      suffix: "-curves.csv",
      type: "text/csv",
      make: async () => (await import("../../export/curves-text.js")).curvesCsv(begun()),
      needsRun: true,
    },
    {
      label: t("Curves as JSON"),
      help: t("The same with the settings of each run."),
      suffix: "-curves.json",
      type: "application/json",
      make: async () => (await import("../../export/curves-text.js")).curvesJson(begun()),
      needsRun: true,
    },
  ];
}

/** @param {Context} context @returns {Choice[]} */
function modelChoices({ state, actions }) {
  const current = () => {
    const { value: run } = state.current;
    if (!run) {
      throw new Error(t("There is no run yet. Press Train first."));
    }
    return run;
  };
  return [
    {
      label: t("Model of the best epoch"),
      help: t("Weights, scaling and names, for the native program and for this page."),
      suffix: MODEL_SUFFIX,
      make: () => actions.modelBytes(),
      needsRun: true,
    },
    {
      label: t("Report"),
      help: t("One page with results, curves and settings that opens without a network."),
      suffix: "-report.html",
      type: "text/html",
      make: async () => (await import("../../export/report-page.js")).reportPage(state, current()),
      needsRun: true,
    },
    {
      label: t("Settings"),
      help: t("A .cfg file, which the native program reads."),
      suffix: ".cfg",
      type: "text/plain",
      make: async () => {
        const { cfgText } = await import("../../export/cfg-text.js");
        return cfgText(state.settings.value, state.current.value ? runName(current()) : "tabtrain");
      },
    },
  ];
}

/** @param {Context} context @param {Choice} choice @param {HTMLElement} told */
function choiceRow(context, { label, help, suffix, type, make, needsRun }, told) {
  const button = h("button", { type: "button" }, label);
  button.disabled = Boolean(needsRun) && !context.state.runs.value.some((run) => run.begun);
  button.addEventListener("click", async () => {
    try {
      const name = stem(context) + suffix;
      download(name, new Blob([await make()], { type }));
      told.textContent = t("{file} was saved.", { file: name });
    } catch (error) {
      told.textContent = messageOf(error);
    }
  });
  return h("div", { class: "save-row" }, button, h("p", { class: "hint" }, help));
}

/** @param {Context} context @param {HTMLElement} told */
function projectRow(context, told) {
  const box = h("input", { type: "checkbox" });
  const today = new Date().toISOString().slice(0, 10);
  const row = choiceRow(
    context,
    {
      label: t("Project"),
      help: t("All runs, to open on another machine: drop the file on the page there."),
      suffix: `-${today}${PROJECT_SUFFIX}`,
      make: async () => {
        const { makeProject } = await import("../../actions/project-actions.js");
        return makeProject(context, box.checked);
      },
    },
    told,
  );
  const label = h("label", { class: "check" }, box, t("with the data"));
  label.hidden = !context.state.source.value;
  row.append(label);
  return row;
}

/** Also for those who cannot drop a file on the page. @param {Context} context @param {() => void} close */
function openRow({ actions }, close) {
  const help = t("Brings the runs of a saved project to this page.");
  const [button, input] = fileButton({
    text: t("Open a project…"),
    label: t("Project file"),
    primary: true,
    take(file) {
      close();
      actions.loadOwn(file, file.name);
    },
  });
  return h("div", { class: "save-row" }, button, h("p", { class: "hint" }, help), input);
}

/** @param {Context} context @param {HTMLElement} told */
function clearRow({ actions }, told) {
  const button = h("button", { type: "button" }, t("Clear everything kept"));
  const sure = h("button", { type: "button", hidden: true }, t("Yes, delete all runs"));
  button.addEventListener("click", () => {
    sure.hidden = false;
    sure.focus();
  });
  sure.addEventListener("click", async () => {
    await actions.clearKept();
    sure.hidden = true;
    button.focus();
    told.textContent = t("Nothing is kept any more.");
  });
  const help = t("Deletes the runs, the set-up and the files that this browser keeps.");
  return h(
    "div",
    { class: "save-row save-clear" },
    h("div", { class: "buttons" }, button, sure),
    h("p", { class: "hint" }, help),
  );
}

/** @param {Context} context */
export function showSave(context) {
  const told = h("output", { role: "status", class: "save-told" });
  const choices = [...curveChoices(context), ...modelChoices(context)];
  const dialog = showDialog(
    t("Save"),
    "wide",
    h(
      "div",
      { class: "save-rows" },
      choices.map((choice) => choiceRow(context, choice, told)),
      projectRow(context, told),
      openRow(context, () => dialog.close()),
      clearRow(context, told),
    ),
    told,
  );
}
