/**
 * What a prediction says, whatever the task: probabilities of classes, or a value.
 */
import { t } from "../../text/i18n.js";
import { h, showWhen, watch } from "../parts/dom.js";
import { formatNumber, formatPercent } from "../../text/format.js";

/**
 * @import { State } from "../../state.js"
 */

/**
 * @typedef {object} Reading
 * @property {string[]} names of the classes; none for a value
 * @property {(predictions: ArrayLike<number>, at: number) => number[]} read what is predicted at a
 *     point: probabilities in the order of the names, or one value
 */

/** The output shown of several targets or labels. @param {State} state */
export function shownOutput(state) {
  const { task, targets = [] } = state.dataset.value ?? {};
  const several = task === "multilabel" || task === "regression";
  return several ? Math.min(state.map.output.value, targets.length - 1) : 0;
}

/** @param {State} state @param {number} nOutputs of a prediction @returns {Reading} */
export function readingOf(state, nOutputs) {
  const { task, classes = [], targets = [] } = state.dataset.value ?? {};
  const output = shownOutput(state);
  const two = (/** @type {ArrayLike<number>} */ all, /** @type {number} */ at) => {
    const yes = all[at * nOutputs + output];
    return [1 - yes, yes];
  };
  switch (task) {
    case "binary":
      return { names: classes.map(({ name }) => name), read: two };
    case "multilabel": {
      const label = targets[output] ?? "";
      return { names: [t("not {label}", { label }), label], read: two };
    }
    case "multiclass":
      return {
        names: classes.map(({ name }) => name),
        read: (all, at) => Array.from({ length: nOutputs }, (_, k) => all[at * nOutputs + k]),
      };
    default:
      return { names: [], read: (all, at) => [all[at * nOutputs + output]] };
  }
}

const MOST_TOLD = 3;

/** @param {number[]} values */
export const largest = (values) => values.reduce((best, p, k) => (p > values[best] ? k : best), 0);

/** A prediction in words. @param {State} state @param {Reading} reading @param {number[]} values */
export function tell(state, { names }, values) {
  if (names.length === 0) {
    const target = state.dataset.value?.targets[shownOutput(state)] ?? "";
    return `${target} ${formatNumber(values[0])}`;
  }
  return values
    .map((p, k) => ({ p, k }))
    .sort((a, b) => b.p - a.p)
    .slice(0, MOST_TOLD)
    .map(({ p, k }) => `${names[k]} ${formatPercent(p)}`)
    .join(", ");
}

/** Which of several targets or labels. @param {State} state */
export function outputSelect(state) {
  const select = h("select", {
    "aria-label": t("Target shown"),
    onchange: () => (state.map.output.value = select.selectedIndex),
  });
  const several = () => {
    const { task, targets = [] } = state.dataset.value ?? {};
    return targets.length > 1 && (task === "multilabel" || task === "regression") ? targets : [];
  };
  watch(() => {
    select.replaceChildren(...several().map((name) => h("option", {}, name)));
    select.selectedIndex = shownOutput(state);
  });
  const label = h("label", { class: "inline" }, t("of"), select);
  showWhen(label, () => several().length > 0);
  return label;
}
