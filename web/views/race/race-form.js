/**
 * What a race varies: one setting or two, over which values, with how many seeds.
 */
import { computed } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { estimateSeconds } from "../../race/race-estimate.js";
import {
  choicesOf,
  isTicked,
  mistakeIn,
  MOST_RUNS,
  MOST_VARIANTS,
  proposalsFor,
  RATE,
  readValues,
  variablesOf,
  variantsOf,
  writeValues,
} from "../../race/race-plan.js";
import { MOST_SEEDS } from "../../race/race-statistics.js";
import { Race } from "../../race/race.js";
import { bindText, h, rebuild, showWhen, watch } from "../parts/dom.js";
import { formatDuration } from "../../text/format.js";

/**
 * @import { Setup, Variable } from "../../race/race-plan.js"
 * @import { Axis } from "../../view-choices.js"
 * @import { Context } from "../parts/fields.js"
 */

/** What the values are tried on; null before there is a data set. @param {Context} context @returns {Setup | null} */
function setupOf({ state }) {
  const catalogue = state.catalogue.value;
  const task = state.dataset.value?.task;
  return catalogue && task
    ? { catalogue, index: state.index.value, settings: state.settings.value, task }
    : null;
}

/** An axis of the draft with its values, where it is there. @param {Setup} setup @param {Axis} axis */
function resolve(setup, { key, values }) {
  const variable = variablesOf(setup).find((each) => each.key === key);
  return variable ? { variable, values: values ?? proposalsFor(variable, setup) } : null;
}

/** The race that the draft describes, and what is wrong with it. @param {Context} context */
function planOf(context) {
  const setup = setupOf(context);
  if (!setup) {
    return { variants: [], problem: "", title: "", lossesDiffer: false };
  }
  const { first, second } = context.state.raceDraft.value;
  const varied = [first, second]
    .map((axis) => resolve(setup, axis))
    .filter((axis) => axis !== null);
  const problem = varied
    .flatMap(({ variable, values }) => values.map((value) => mistakeIn(variable, value, setup)))
    .find(Boolean);
  const complete = varied.length > 0 && varied.every(({ values }) => values.length > 0);
  const variants = complete && !problem ? variantsOf(varied, setup) : [];
  return {
    variants,
    problem: problem ?? "",
    title: varied.map(({ variable }) => variable.label).join(" × "),
    lossesDiffer: varied.some(({ variable }) => /^loss\b/.test(variable.key)),
  };
}

/** @param {Setup} setup @param {boolean} optional */
function variableOptions(setup, optional) {
  const all = variablesOf(setup);
  const groups = [...new Set(all.map(({ group }) => group))];
  const none = optional ? [h("option", { value: "" }, t("nothing else"))] : [];
  const lists = groups.map((group) =>
    h(
      "optgroup",
      { label: group },
      all
        .filter((variable) => variable.group === group)
        .map(({ key, label }) => h("option", { value: key }, label)),
    ),
  );
  return [...none, ...lists];
}

/** A box for each value that can be ticked. @param {Variable} variable @param {Setup} setup @param {() => string[]} read @param {(values: string[]) => void} write */
function tickedValues(variable, setup, read, write) {
  const boxes = choicesOf(variable, setup.task).map(({ key, label }) => {
    const box = h("input", { type: "checkbox", value: key, onchange: send });
    watch(() => {
      box.checked = read().includes(key);
    });
    return { box, label: h("label", { class: "check" }, box, label) };
  });
  function send() {
    write(boxes.filter(({ box }) => box.checked).map(({ box }) => box.value));
  }
  return h(
    "fieldset",
    { class: "race-values" },
    h("legend", { class: "visually-hidden" }, t("Values of {label}", { label: variable.label })),
    boxes.map(({ label }) => label),
  );
}

/** @param {Variable} variable */
function writtenHint({ key, param }) {
  if (key === RATE) {
    return t("Numbers, or times the present rate: 0.1x, 3x.");
  }
  return param && /^(reals|integers|choices)$/.test(param.kind)
    ? t("Semicolons between the values, as a value may be a list; “none” for an empty one.")
    : t("Commas between the values.");
}

/** @param {Variable} variable @param {() => string[]} read @param {(values: string[]) => void} write @param {string} id */
function writtenValues(variable, read, write, id) {
  const input = h("input", {
    type: "text",
    id: `${id}-values`,
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": t("Values of {label}", { label: variable.label }),
    "aria-describedby": `${id}-hint`,
    oninput: () => write(readValues(variable, input.value)),
  });
  watch(() => {
    const text = writeValues(variable, read());
    if (document.activeElement !== input) {
      input.value = text;
    }
  });
  return [input, h("p", { class: "hint", id: `${id}-hint` }, writtenHint(variable))];
}

/**
 * “Vary [setting] over [values]”.
 * @param {Context} context
 * @param {"first" | "second"} which
 */
function axisField(context, which) {
  const { state } = context;
  const id = `race-${which}`;
  const axis = computed(() => state.raceDraft.value[which]);
  const key = computed(() => axis.value.key);
  const setup = computed(() => setupOf(context));
  /** @param {Partial<Axis>} change */
  const write = (change) => {
    const draft = state.raceDraft.value;
    state.raceDraft.value = { ...draft, [which]: { ...draft[which], ...change } };
  };
  const select = h("select", {
    id,
    onchange: () => write({ key: select.value, values: null }),
  });
  watch(() => {
    if (setup.value) {
      select.replaceChildren(...variableOptions(setup.value, which === "second"));
      select.value = key.value;
    }
  });
  const values = h("div", { class: "race-values-slot" });
  const read = () => (setup.value ? (resolve(setup.value, axis.value)?.values ?? []) : []);
  const found = computed(() => JSON.stringify([key.value, setup.value?.task]));
  rebuild(
    values,
    () => found.value,
    () => {
      const variable = setup.value && resolve(setup.value, axis.value)?.variable;
      if (!variable || !setup.value) {
        return null;
      }
      const set = (/** @type {string[]} */ list) => write({ values: list });
      return isTicked(variable)
        ? tickedValues(variable, setup.value, read, set)
        : writtenValues(variable, read, set, id);
    },
  );
  const label = which === "first" ? t("Vary") : t("and");
  return h("div", { class: "race-axis" }, h("label", { for: id }, label), select, values);
}

/** @param {Context} context */
function seedsField({ state }) {
  const input = h("input", {
    type: "number",
    id: "race-seeds",
    min: "1",
    max: String(MOST_SEEDS),
    oninput: () => {
      const asked = Math.round(Number(input.value)) || 1;
      const nSeeds = Math.max(1, Math.min(MOST_SEEDS, asked));
      state.raceDraft.value = { ...state.raceDraft.value, nSeeds };
    },
    onblur: () => {
      input.value = String(state.raceDraft.value.nSeeds);
    },
  });
  watch(() => {
    const text = String(state.raceDraft.value.nSeeds);
    if (document.activeElement !== input) {
      input.value = text;
    }
  });
  return h("div", { class: "race-seeds" }, h("label", { for: "race-seeds" }, t("Seeds")), input);
}

/** @param {number} n @param {number} nSeeds @param {number} seconds */
function sizeText(n, nSeeds, seconds) {
  if (n > MOST_VARIANTS || n * nSeeds > MOST_RUNS) {
    return t("{n} runs are too many: at most {variants} settings and {runs} runs.", {
      n: n * nSeeds,
      variants: MOST_VARIANTS,
      runs: MOST_RUNS,
    });
  }
  const values = { n: n * nSeeds, time: formatDuration(seconds) };
  return t("{n} runs, about {time}.", values);
}

/** Starts the race that the draft describes. @param {Context} context */
export function startRace(context) {
  const { state } = context;
  const { variants, title, lossesDiffer } = planOf(context);
  state.race.value?.cancel();
  const { nSeeds } = state.raceDraft.value;
  const metric = state.metric.value;
  const race = new Race(context, { title, variants, nSeeds, metric, lossesDiffer });
  state.race.value = race;
  document.querySelector(".race-head")?.scrollIntoView({ block: "start" });
  return race.start();
}

/** @param {Context} context */
export function mountRaceForm(context) {
  const { state } = context;
  const plan = computed(() => planOf(context));
  const size = h("p", { class: "muted", role: "status" });
  const tooMany = () => {
    const n = plan.value.variants.length;
    return n > MOST_VARIANTS || n * state.raceDraft.value.nSeeds > MOST_RUNS;
  };
  bindText(size, () => {
    const { variants, problem } = plan.value;
    const { nSeeds } = state.raceDraft.value;
    const seconds = estimateSeconds(state, variants, nSeeds, context.actions.pool.size);
    return (
      problem ||
      (variants.length < 1 ? t("Choose a value.") : sizeText(variants.length, nSeeds, seconds))
    );
  });
  const start = h("button", { type: "submit" }, t("Start the race"));
  watch(() => {
    const running = state.race.value !== null && state.race.value.phase.value !== "ended";
    start.disabled = plan.value.variants.length < 1 || tooMany() || running;
  });
  const own = h(
    "p",
    { class: "hint" },
    t("Each optimizer trains at its own rate: the one set for it, or its default."),
  );
  showWhen(own, () => state.raceDraft.value.first.key === "optimizer");
  return h(
    "form",
    {
      class: "race-form",
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        startRace(context);
      },
    },
    h(
      "p",
      { class: "muted" },
      t(
        "Trains settings side by side from the same first weights and on the same batches, where the choice allows it. All else stays as it is set.",
      ),
    ),
    axisField(context, "first"),
    own,
    axisField(context, "second"),
    h("div", { class: "race-start" }, seedsField(context), start, size),
  );
}
