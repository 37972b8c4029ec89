/**
 * Bringing data in: an example, a file chosen or dropped anywhere on the page, or pasted text.
 */
import { bindText, h, listen, rebuild, showWhen, watch } from "./dom.js";
import { problemSlot } from "./fields.js";
import { formatCount, plural } from "./format.js";

/**
 * @import { Actions } from "../actions.js"
 * @import { State } from "../state.js"
 * @import { Context } from "./fields.js"
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
      h("option", { value: "", disabled: true }, "Pick an example…"),
      ...examples.map(({ file, title }) => h("option", { value: file }, title)),
    ],
  );
  watch(() => {
    const { value: source } = state.source;
    select.value = state.examples.value.length && source?.example ? source.name : "";
  });
  return h("div", { class: "field-head" }, h("label", { for: "example" }, "Example"), select);
}

/** What the example is about and where it comes from. @param {State} state */
function exampleText(state) {
  const source = state.source.value;
  const example = source?.example && state.examples.value.find(({ file }) => file === source.name);
  return example ? `${example.description} Source: ${example.source}` : "";
}

/** @param {Actions} actions */
function chooser(actions) {
  const input = h("input", {
    type: "file",
    class: "visually-hidden",
    id: "file",
    accept: ".csv,.tsv,.txt,text/*",
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
      h("strong", {}, "Choose a CSV file"),
      " or drop it here",
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
  const use = () => {
    actions.loadOwn(new Blob([text.value], { type: "text/csv" }), "pasted.csv");
    dialog.close();
  };
  dialog.append(
    h("h2", { id: "paste-title" }, "Paste a table"),
    h(
      "label",
      { for: "paste", class: "hint" },
      "Rows with commas, semicolons, tabs or pipes between the cells; names in the first row.",
    ),
    text,
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "primary", onclick: use }, "Use this table"),
      h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"),
    ),
  );
  return dialog;
}

/** @param {State} state */
function tableText(state) {
  const table = state.table.value;
  const source = state.source.value;
  return table && source
    ? `${plural(table.n_rows, "row")} × ${plural(table.columns.length, "column")}, ${table.delimiter}-separated${table.header ? "" : ", no header"}`
    : "";
}

/** @param {import("../state.js").Table["problems"][number]} problem */
function remarkText({ line, message }) {
  const placed = line > 0 && !/^line \d/.test(message) ? `line ${line}: ${message}` : message;
  return placed.charAt(0).toUpperCase() + placed.slice(1);
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
      ...notes.map(({ column, message }) => (column ? `${column}: ${message}` : message)),
    ];
  };
  watch(() => {
    const all = texts();
    const unseen = (state.table.value?.n_problems ?? 0) - (state.table.value?.problems.length ?? 0);
    details.hidden = all.length === 0;
    summary.textContent = `${plural(all.length + unseen, "remark")} about this file`;
    list.replaceChildren(...all.map((text) => h("li", {}, text)));
  });
  return details;
}

/** @param {Context} context */
function loadingBar({ state }) {
  const bar = h("progress", { "aria-label": "Reading the file", max: "1" });
  watch(() => {
    const loading = state.loading.value;
    bar.hidden = !loading;
    bar.value = loading && loading.total > 0 ? loading.done / loading.total : 0;
  });
  return bar;
}

/** Takes a file that is dropped anywhere on the page. @param {Actions} actions */
function acceptDrops(actions) {
  const root = document.documentElement;
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
    event.preventDefault();
    hover(-depth);
    const file = event.dataTransfer?.files[0];
    if (file) {
      actions.loadOwn(file, file.name);
    }
  });
}

/** @param {Context} context */
export function mountSource(context) {
  const { state, actions } = context;
  const dialog = pasteDialog(actions);
  const name = h("strong", { class: "file-name" });
  bindText(name, () => state.source.value?.name ?? "No file yet");
  const size = h("span", { class: "hint" });
  bindText(size, () => tableText(state));
  const about = h("p", { class: "hint" });
  bindText(about, () => exampleText(state));
  const awaited = h("p", { class: "awaited" });
  bindText(
    awaited,
    () =>
      `This link was made with the file ${state.awaited.value}, which is not part of it. Choose that file to go on.`,
  );
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
      h("button", { type: "button", class: "quiet", onclick: () => dialog.showModal() }, "Paste…"),
    ),
    loadingBar(context),
    awaited,
    h("p", { class: "file-line" }, name, " ", size),
    about,
    problemSlot(context, "data.file"),
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
  const dropped = dataset.n_dropped > 0 ? `, ${formatCount(dataset.n_dropped)} dropped` : "";
  return `${formatCount(dataset.n_training)} rows train, ${formatCount(dataset.n_validation)} validate${dropped}; ${plural(dataset.n_features, "input")} after encoding.`;
}
