/**
 * Bringing data in: an example, a file chosen or dropped anywhere on the page, pasted text, or points
 * that are made.
 */
import { MODEL_SUFFIX, PROJECT_SUFFIX, TABLE_FILES } from "../../actions/keep-actions.js";
import { coreText, labelText, t } from "../../text/i18n.js";
import { bindText, h, listen, mountLater, rebuild, showWhen, watch } from "../parts/dom.js";
import { problemSlot } from "../parts/fields.js";
import { mountFileKept } from "./file-kept.js";
import { mountLoading, mountTooBig } from "./loading.js";
import { sheetSelect } from "./sheets.js";
import { isLarge } from "../../state.js";

/**
 * @import { Actions } from "../../actions/actions.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @param {Context} context */
function exampleSelect({ state, actions }) {
  const select = h("select", { id: "example" });
  select.addEventListener("change", () => {
    const example = state.examples.value.find(({ file }) => file === select.value);
    if (example) {
      actions.loadExample(example);
    }
  });
  rebuild(
    select,
    () => state.examples.value,
    (examples) => [
      h("option", { value: "", disabled: true }, t("Pick an example…")),
      ...examples.map(({ file, title }) => h("option", { value: file }, labelText(title))),
    ],
  );
  watch(() => {
    const { value: source } = state.source;
    select.value = state.examples.value.length && source?.example ? source.name : "";
  });
  return h("div", { class: "field-head" }, h("label", { for: "example" }, t("Example")), select);
}

/** What the example is about and where it comes from. @param {State} state */
function exampleText(state) {
  const source = state.source.value;
  const example = source?.example && state.examples.value.find(({ file }) => file === source.name);
  return example
    ? t("{description} Source: {source}", {
        description: labelText(example.description),
        source: example.source,
      })
    : "";
}

/** @param {Actions} actions */
function chooser(actions) {
  const input = h("input", {
    type: "file",
    class: "visually-hidden",
    id: "file",
    accept: `${TABLE_FILES},${PROJECT_SUFFIX},${MODEL_SUFFIX}`,
  });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (file) {
      actions.loadOwn(file, file.name);
    }
    input.value = "";
  });
  return [
    input,
    h(
      "label",
      { for: "file", class: "drop-label" },
      h("strong", {}, t("Choose a CSV file")),
      ` ${t("or drop it here")}`,
    ),
  ];
}

/** @param {Actions} actions */
function pasteDialog(actions) {
  const text = h("textarea", {
    id: "paste",
    rows: "10",
    spellcheck: "false",
    placeholder: "height,weight,species\n1.7,62,a",
  });
  const dialog = h("dialog", { "aria-labelledby": "paste-title" });
  listen(text, "paste", async (event) => {
    const { clipboardData } = /** @type {ClipboardEvent} */ (event);
    const html = clipboardData?.getData("text/html") ?? "";
    if (clipboardData?.getData("text/plain") === "" && html !== "") {
      event.preventDefault();
      const { tableText } = await import("./pasted-table.js");
      text.setRangeText(tableText(html), text.selectionStart, text.selectionEnd, "end");
    }
  });
  const use = () => {
    actions.loadOwn(new Blob([text.value], { type: "text/csv" }), "pasted.csv");
    dialog.close();
  };
  dialog.append(
    h("h2", { id: "paste-title" }, t("Paste a table")),
    h(
      "label",
      { for: "paste", class: "hint" },
      t(
        "Rows with commas, semicolons, tabs or pipes between the cells, names in the first row; or JSON records.",
      ),
    ),
    text,
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "primary", onclick: use }, t("Use this table")),
      h("button", { type: "button", onclick: () => dialog.close() }, t("Cancel")),
    ),
  );
  return dialog;
}

/** @param {string} delimiter as the reader names it */
function separatedText(delimiter) {
  /** @type {Record<string, string>} */
  const texts = {
    comma: t("comma-separated"),
    semicolon: t("semicolon-separated"),
    tab: t("tab-separated"),
    pipe: t("pipe-separated"),
    space: t("space-separated"),
  };
  return texts[delimiter] ?? delimiter;
}

/** How the file is written. @param {import("../../state.js").Table} table */
function formatText({ kind, dialect }) {
  if (kind === "sheet") {
    return t("Excel sheet");
  }
  return kind === "json" ? t("JSON records") : separatedText(dialect?.delimiter.value ?? "");
}

/** @param {State} state */
function tableText(state) {
  const table = state.table.value;
  const source = state.source.value;
  if (!table || !source) {
    return "";
  }
  const parts = {
    rows: table.n_left_out
      ? t("{n} rows, a random sample of {all}", {
          n: table.n_rows,
          all: table.n_rows + table.n_left_out,
        })
      : t("{n} rows", { n: table.n_rows }),
    columns: t("{n} columns", { n: table.columns.length }),
    separated: formatText(table),
  };
  return table.dialect?.header.value === "yes"
    ? t("{rows} × {columns}, {separated}", parts)
    : t("{rows} × {columns}, {separated}, no header", parts);
}

/** @param {import("../../state.js").Table["problems"][number]} problem */
export function remarkText({ line, message }) {
  const text = coreText(message);
  return line > 0 && !/^line \d/i.test(message)
    ? t("Line {line}: {message}", { line: String(line), message: text })
    : text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the reader and the preparation had to say. @param {Context} context */
function remarks({ state }) {
  const list = h("ul");
  const summary = h("summary");
  const details = h("details", { class: "remarks" }, summary, list);
  const texts = () => {
    const problems = state.table.value?.problems ?? [];
    const notes = state.dataset.value?.notes ?? [];
    return [
      ...problems.map(remarkText),
      ...notes.map(({ column, message }) =>
        column
          ? t("{column}: {message}", { column, message: coreText(message) })
          : coreText(message),
      ),
    ];
  };
  watch(() => {
    const all = texts();
    const unseen = (state.table.value?.n_problems ?? 0) - (state.table.value?.problems.length ?? 0);
    details.hidden = all.length === 0;
    summary.textContent = t("{n} remarks about this file", { n: all.length + unseen });
    list.replaceChildren(...all.map((text) => h("li", {}, text)));
  });
  return details;
}

/** Takes a file that is dropped anywhere on the page, but where a part of it takes files itself. @param {Actions} actions */
function acceptDrops(actions) {
  const root = document.documentElement;
  root.dataset.drop = t("Drop the CSV anywhere");
  let depth = 0;
  /** @param {number} change */
  const hover = (change) => {
    depth = Math.max(0, depth + change);
    root.classList.toggle("dropping", depth > 0);
  };
  listen(window, "dragenter", () => hover(1));
  listen(window, "dragleave", () => hover(-1));
  listen(window, "dragover", (event) => event.preventDefault());
  listen(window, "drop", (event) => {
    const isTaken = event.defaultPrevented;
    event.preventDefault();
    hover(-depth);
    const file = event.dataTransfer?.files[0];
    if (file && !isTaken) {
      actions.loadOwn(file, file.name);
    }
  });
}

/** The way to the page of the data, and what the data doctor has found there. @param {Context} context */
function lookButton(context) {
  const { state, actions } = context;
  const button = h(
    "button",
    { type: "button", "aria-haspopup": "dialog", onclick: actions.openData },
    t("Look at the data"),
  );
  const found = h("button", {
    type: "button",
    class: "quiet data-found",
    "aria-haspopup": "dialog",
    onclick: actions.openData,
  });
  bindText(found, () => {
    const n = state.data.diagnosis.value?.findings.length ?? 0;
    return n > 0 ? t("{n} things to check", { n }) : "";
  });
  showWhen(found, () => {
    const verdict = state.data.diagnosis.value;
    return verdict?.table === state.table.value && (verdict?.findings.length ?? 0) > 0;
  });
  const row = h("div", { class: "data-look" }, button, found);
  showWhen(row, () => state.table.value !== null);
  const doctor = h("div", { hidden: true });
  const { open } = state.data;
  const wanted = () => open.value || (state.source.value?.example === false && !isLarge(state));
  mountLater(doctor, wanted, async () => {
    const { followDiagnosis } = await import("../data-page/diagnosis.js");
    return () => {
      followDiagnosis(context, wanted);
      return null;
    };
  });
  return [row, doctor];
}

/** Which file to choose, and why. @param {State} state */
function awaitedText({ awaited, awaitedAgain }) {
  return awaitedAgain.value
    ? t(
        "You were working on {name}: choose it again to go on. Tick “Keep this file in this browser” to skip this next time.",
        { name: awaited.value },
      )
    : t(
        "This link was made with the file {file}, which is not part of it. Choose that file to go on.",
        { file: awaited.value },
      );
}

/** @param {string} label @param {() => void} open */
const dialogButton = (label, open) =>
  h("button", { type: "button", class: "quiet", "aria-haspopup": "dialog", onclick: open }, label);

/** @param {Context} context */
export function mountSource(context) {
  const { state, actions } = context;
  const dialog = pasteDialog(actions);
  const name = h("strong", { class: "file-name" });
  bindText(name, () => state.source.value?.name ?? t("No file yet"));
  const size = h("span", { class: "hint" });
  bindText(size, () => tableText(state));
  const about = h("p", { class: "hint" });
  bindText(about, () => exampleText(state));
  const awaited = h("p", { class: "awaited" });
  bindText(awaited, () => awaitedText(state));
  showWhen(awaited, () => state.awaited.value !== "");
  acceptDrops(actions);
  return h(
    "div",
    { class: "source", "data-setting": "data.file" },
    exampleSelect(context),
    h(
      "div",
      { class: "drop" },
      chooser(actions),
      h(
        "div",
        { class: "drop-ways" },
        dialogButton(t("Paste…"), () => dialog.showModal()),
        dialogButton(t("Make data…"), actions.openMaker),
      ),
    ),
    mountLoading(context),
    awaited,
    h("p", { class: "hint" }, t("CSV, Excel (.xlsx) or JSON records, each also packed by gzip.")),
    h("p", { class: "file-line" }, name, " ", size),
    sheetSelect(context),
    mountFileKept(context),
    about,
    problemSlot(context, "data.file"),
    mountTooBig(context),
    lookButton(context),
    remarks(context),
    dialog,
  );
}

/** @param {State} state */
export function splitText(state) {
  const dataset = state.dataset.value;
  if (!dataset) {
    return "";
  }
  const parts = {
    training: dataset.n_training,
    validation: dataset.n_validation,
    test: dataset.n_test,
    dropped: dataset.n_dropped,
    inputs: t("{n} inputs", { n: dataset.n_features }),
  };
  if (dataset.n_test > 0) {
    return dataset.n_dropped > 0
      ? t(
          "{training} rows train, {validation} validate, {test} are held out as a test, {dropped} dropped; {inputs} after encoding.",
          parts,
        )
      : t(
          "{training} rows train, {validation} validate, {test} are held out as a test; {inputs} after encoding.",
          parts,
        );
  }
  return dataset.n_dropped > 0
    ? t(
        "{training} rows train, {validation} validate, {dropped} dropped; {inputs} after encoding.",
        parts,
      )
    : t("{training} rows train, {validation} validate; {inputs} after encoding.", parts);
}
