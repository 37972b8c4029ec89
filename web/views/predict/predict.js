/**
 * Predicts rows that the model has not seen: a file of them, or one row.
 */
import { MODEL_SUFFIX, TABLE_FILES } from "../../actions/keep-actions.js";
import { t } from "../../text/i18n.js";
import { bindText, h, rebuild, showWhen, watch } from "../parts/dom.js";
import { fileButton } from "../parts/file-button.js";
import { mountPredicted } from "./predict-answer.js";

/**
 * @import { Which } from "../../protocol-model.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Models that can be asked, those of the run and the one that was opened. @param {State} state @returns {{ which: Which, label: string }[]} */
function modelsOf({ predict }) {
  const opened = predict.model.value;
  return [
    { which: "best", label: t("this run, weights of the best epoch") },
    { which: "present", label: t("this run, present weights") },
    ...(opened ? [{ which: /** @type {const} */ ("loaded"), label: opened.name }] : []),
  ];
}

/** @param {State} state */
function modelSelect(state) {
  const { which } = state.predict;
  const select = h("select", {
    onchange: () => (which.value = /** @type {Which} */ (select.value)),
  });
  watch(() => {
    const models = modelsOf(state);
    select.replaceChildren(...models.map((m) => h("option", { value: m.which }, m.label)));
    select.value = which.value;
  });
  return h("label", { class: "inline" }, t("Predicted by"), select);
}

/** A file of rows: chosen, or dropped here. @param {Context} context */
function rowsZone({ actions }) {
  const take = (/** @type {File} */ file) =>
    file.name.endsWith(MODEL_SUFFIX)
      ? actions.openModel(file, file.name)
      : actions.predictFile(file, file.name);
  return h(
    "div",
    {
      class: "drop predict-drop",
      ondrop: (/** @type {DragEvent} */ event) => {
        const file = event.dataTransfer?.files[0];
        if (file) {
          event.preventDefault();
          take(file);
        }
      },
    },
    fileButton({
      text: t("Choose a CSV to predict"),
      label: t("CSV file with rows to predict"),
      accept: TABLE_FILES,
      take,
      primary: true,
    }),
    h("span", { class: "hint" }, t("or drop it here")),
  );
}

/** @param {Context} context */
function ownRowsButton({ state, actions }) {
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: () => {
        const { value: source } = state.source;
        if (source) {
          actions.predictFile(source.blob, source.name);
        }
      },
    },
    t("Predict the present file"),
  );
  showWhen(button, () => state.source.value !== null);
  return button;
}

/** One row is predicted where its cells can be changed. @param {State} state */
const oneRowButton = ({ openTabs }) =>
  h(
    "button",
    { type: "button", class: "quiet", onclick: () => (openTabs.understand.value = "why") },
    t("Predict one row"),
  );

/** @param {State} state */
function progressLine({ predict }) {
  const line = h("p", { class: "hint", role: "status" });
  bindText(line, () =>
    predict.busy.value ? t("Working on {file}…", { file: predict.busy.value }) : "",
  );
  return line;
}

/** @param {State} state */
function mistakeLine({ predict }) {
  const line = h("p", { class: "message problem", role: "alert" });
  bindText(line, () => predict.mistake.value);
  showWhen(line, () => predict.mistake.value !== "");
  return line;
}

/** What a file needs. @param {State} state */
function neededText({ predict, dataset }) {
  const columns =
    predict.which.value === "loaded" ? predict.model.value?.info.columns : dataset.value?.columns;
  const names = columns?.map(({ name }) => name) ?? [];
  return names.length === 0
    ? ""
    : t("The file needs these columns, in any order: {columns}. Others are carried along.", {
        columns: names.join(", "),
      });
}

/** @param {Context} context */
export function mountPredict(context) {
  const { state, actions } = context;
  const needed = h("p", { class: "hint predict-needed" });
  bindText(needed, () => neededText(state));
  const answer = h("div", {});
  rebuild(
    answer,
    () => state.predict.answer.value,
    (now) => now && mountPredicted(context, now),
  );
  return h(
    "div",
    { class: "stack predict" },
    h("h2", { class: "visually-hidden" }, t("Predict")),
    h(
      "div",
      { class: "why-controls" },
      modelSelect(state),
      fileButton({
        text: t("Open a model…"),
        label: t("Model file"),
        accept: MODEL_SUFFIX,
        take: (file) => actions.openModel(file, file.name),
      }),
    ),
    rowsZone(context),
    needed,
    h("div", { class: "buttons" }, ownRowsButton(context), oneRowButton(state)),
    progressLine(state),
    mistakeLine(state),
    answer,
  );
}
