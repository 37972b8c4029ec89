/**
 * One run in the table: its line, and what unfolds below it.
 */
import { t } from "../../text/i18n.js";
import { bindText, h, watch } from "../parts/dom.js";
import { formatCount, runName } from "../../text/format.js";

/**
 * @import { Context } from "../parts/fields.js"
 * @import { RunRecord } from "../../runs.js"
 * @import { RunColumn } from "./runs-columns.js"
 */

/** A mark for the focus, so that it is found again when the table is built anew. @param {RunRecord} run @param {string} part */
const spot = (run, part) => ({ "data-spot": `${run.id} ${part}` });

/** Asks for a new name in the place of the old one. @param {Context} context @param {RunRecord} run @param {HTMLElement} place */
function rename({ actions }, run, place) {
  const input = h("input", {
    type: "text",
    maxlength: "80",
    "aria-label": t("New name of {name}", { name: runName(run) }),
  });
  input.value = runName(run);
  const former = place.firstChild;
  let done = false;
  const finish = (/** @type {boolean} */ keep) => {
    if (!done) {
      done = true;
      place.replaceChildren(/** @type {Node} */ (former));
      if (keep && input.value.trim() !== runName(run)) {
        actions.editRun(run, { name: input.value.trim() });
      }
    }
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") {
      // The same key would press the button that is focused next.
      event.preventDefault();
      finish(event.key === "Enter");
      const button = document.querySelector(`[data-spot="${CSS.escape(`${run.id} name`)}"]`);
      /** @type {HTMLElement | null} */ (button)?.focus();
    }
  });
  input.addEventListener("blur", () => finish(true));
  place.replaceChildren(input);
  input.select();
}

/** @param {Context} context @param {RunRecord} run */
function nameCell(context, run) {
  const { state, actions } = context;
  const shown = h("input", {
    type: "checkbox",
    class: `run-color run-color-${run.color}`,
    "aria-label": t("Draw {name} in the charts", { name: runName(run) }),
    title: t("Draw it in the charts"),
    ...spot(run, "shown"),
    onchange: () => actions.editRun(run, { shown: shown.checked }),
  });
  shown.checked = run.shown;
  const place = h("span", { class: "run-name" });
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet",
      title: t("Rename"),
      ...spot(run, "name"),
      onclick: () => rename(context, run, place),
    },
    runName(run),
  );
  place.append(button);
  const marks = [
    run.pinned ? h("span", { class: "chip" }, t("Pinned")) : null,
    run === state.current.value ? h("span", { class: "chip" }, t("Current")) : null,
  ];
  return h("th", { scope: "row" }, h("div", { class: "run-head" }, shown, place, marks));
}

/** @param {Context} context @param {RunRecord} run */
function selectCell({ state }, run) {
  const { selected } = state.runTable;
  const box = h("input", {
    type: "checkbox",
    "aria-label": t("Select {name}", { name: runName(run) }),
    ...spot(run, "select"),
    onchange: () => {
      const others = [...selected.value].filter((id) => id !== run.id);
      selected.value = new Set(box.checked ? [...others, run.id] : others);
    },
  });
  watch(() => {
    box.checked = selected.value.has(run.id);
  });
  return h("td", { class: "run-select" }, box);
}

/** @param {Context} context @param {RunRecord} run */
function unfoldCell({ state }, run) {
  const { unfolded } = state.runTable;
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet",
      "aria-label": t("More about {name}", { name: runName(run) }),
      ...spot(run, "more"),
      onclick: () => (unfolded.value = unfolded.value === run.id ? "" : run.id),
    },
    "⋯",
  );
  watch(() => button.setAttribute("aria-expanded", String(unfolded.value === run.id)));
  return h("td", { class: "run-more" }, button);
}

/**
 * @param {Context} context
 * @param {RunRecord} run
 * @param {RunColumn[]} columns the first of them is the name
 * @param {() => number} tick read by what changes while it trains
 * @param {ReadonlySet<string>} differing
 */
export function runRow(context, run, columns, tick, differing) {
  const cells = columns.slice(1).map((column) => {
    const classes = [
      column.numeric && "numeric",
      column.minor && "minor",
      column.extra && "extra",
      differing.has(column.key) && "differs",
    ];
    const cell = h("td", {
      class: classes.filter(Boolean).join(" "),
      "data-label": column.label,
    });
    bindText(cell, () => (tick() < 0 ? "" : column.text(run)));
    return cell;
  });
  const { current, runTable } = context.state;
  const classes = [
    run === current.value && "current",
    run.id === runTable.unfolded.value && "unfolded",
  ];
  return h(
    "tr",
    { class: classes.filter(Boolean).join(" "), "data-run": run.number },
    selectCell(context, run),
    nameCell(context, run),
    unfoldCell(context, run),
    cells,
  );
}

/** Epochs that a run can be forked at. @param {Context} context @param {RunRecord} run */
function epochsOf({ state }, run) {
  const kept = run.snapshots.map(({ epoch }) => epoch);
  const held = run === state.current.value ? run.progress.keptEpochs : [];
  return [...new Set([...kept, ...held])].filter((epoch) => epoch > 0).sort((a, b) => a - b);
}

/** @param {Context} context @param {RunRecord} run */
function forkControl(context, run) {
  const epochs = epochsOf(context, run);
  if (epochs.length === 0) {
    return null;
  }
  const best = run.progress.bestEpoch;
  const nearest = epochs.findLast((epoch) => epoch <= best) ?? epochs[0];
  const select = h(
    "select",
    { "aria-label": t("Epoch to fork {name} at", { name: runName(run) }) },
    epochs.map((epoch) =>
      h(
        "option",
        { value: epoch, selected: epoch === nearest },
        t("epoch {epoch}", { epoch: formatCount(epoch) }),
      ),
    ),
  );
  const fork = () => context.actions.forkRun(run, Number(select.value));
  return h(
    "span",
    { class: "run-control" },
    select,
    h("button", { type: "button", onclick: fork }, t("Fork")),
  );
}

/** Going on to the end, or beyond it. @param {Context} context @param {RunRecord} run */
function continueControl({ state, actions }, run) {
  const { phase, step, totalSteps, stepsPerEpoch } = run.progress;
  const held = run === state.current.value;
  if (run.snapshots.length === 0 && !held) {
    return h("span", { class: "hint" }, t("It was not kept so far that it could go on."));
  }
  if (run.canContinue) {
    return h(
      "button",
      { type: "button", onclick: () => actions.continueRun(run) },
      t("Continue from epoch {epoch}", { epoch: formatCount(run.progress.epoch) }),
    );
  }
  if (phase !== "finished" || step < totalSteps) {
    return null;
  }
  const epochs = Math.round(totalSteps / stepsPerEpoch);
  const input = h("input", {
    type: "text",
    inputmode: "numeric",
    "aria-label": t("Epochs to train {name} in all", { name: runName(run) }),
  });
  input.value = String(2 * epochs);
  const go = () => {
    const more = /^\d+$/.test(input.value) && Number(input.value) > epochs;
    input.setAttribute("aria-invalid", String(!more));
    input.setCustomValidity(more ? "" : t("Give a whole number above {epochs}.", { epochs }));
    if (input.reportValidity()) {
      actions.continueRun(run, Number(input.value));
    }
  };
  input.addEventListener("input", () => input.setCustomValidity(""));
  return h(
    "span",
    { class: "run-control" },
    input,
    h("button", { type: "button", onclick: go }, t("Continue to this epoch")),
  );
}

/** @param {Context} context @param {RunRecord} run */
function noteField({ actions }, run) {
  const note = h("textarea", { rows: "2", ...spot(run, "note") });
  note.value = run.note;
  note.addEventListener("change", () => actions.editRun(run, { note: note.value }));
  return h("label", { class: "run-note" }, t("Note"), note);
}

/** Where it comes from, and what was changed on the way. @param {Context} context @param {RunRecord} run */
function story({ state }, run) {
  const parent = state.runs.value.find(({ id }) => id === run.parent?.id);
  const label = (/** @type {string} */ key) => state.index.value.get(key)?.param.label ?? key;
  const lines = [
    run.parent &&
      t("Forked from {name} at epoch {epoch}.", {
        name: parent ? runName(parent) : t("a run that is gone"),
        epoch: formatCount(run.parent.epoch),
      }),
    ...run.changes.map(({ step, key, from, to }) =>
      t("{setting}: {from} to {to} at epoch {epoch}.", {
        setting: label(key),
        from: from || t("none"),
        to: to || t("none"),
        epoch: formatCount(Math.floor(step / run.progress.stepsPerEpoch)),
      }),
    ),
    run.mistake?.message,
  ];
  return lines.filter(Boolean).map((line) => h("p", { class: "hint" }, line ?? ""));
}

/** What unfolds below the line of a run. @param {Context} context @param {RunRecord} run @param {number} span columns */
export function runDetails(context, run, span) {
  const { state, actions } = context;
  const busy = () => run === state.current.value && state.running.value;
  const pin = () => actions.editRun(run, { pinned: !run.pinned });
  const trash = h("button", { type: "button", onclick: () => actions.deleteRun(run) }, t("Delete"));
  watch(() => {
    trash.disabled = busy();
  });
  const buttons = h(
    "div",
    { class: "buttons" },
    continueControl(context, run),
    forkControl(context, run),
    h(
      "button",
      { type: "button", onclick: () => actions.change(actions.settingsOf(run)) },
      t("Use its settings"),
    ),
    h(
      "button",
      { type: "button", ...spot(run, "pin"), onclick: pin },
      run.pinned ? t("Unpin") : t("Pin"),
    ),
    trash,
  );
  return h(
    "tr",
    { class: "run-details" },
    h(
      "td",
      { colspan: String(span) },
      h("div", { class: "run-sheet" }, buttons, story(context, run), noteField(context, run)),
    ),
  );
}
