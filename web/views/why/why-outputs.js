/**
 * Which of the values of a prediction the charts follow: a class, a label or a target.
 */
import { t } from "../../text/i18n.js";
import { outputSelect, readingOf, shownOutput } from "../does/does-outputs.js";
import { h, showWhen, watch } from "../parts/dom.js";
import { formatNumber, formatPercent } from "../../text/format.js";

/** @import { State } from "../../state.js" */

/** @param {State} state */
const classesOf = (state) => readingOf(state, 1).names;

/** @param {State} state @returns {number} */
export function shownClass(state) {
  const last = classesOf(state).length - 1;
  const { value } = state.why.classIndex;
  return value < 0 || value > last ? last : value;
}

/**
 * The value that is followed.
 * @param {State} state
 * @returns {{ name: string, isShare: boolean, format: (value: number) => string, read: (predictions: ArrayLike<number>, at: number, nOutputs: number) => number }}
 */
export function followedValue(state) {
  const names = classesOf(state);
  if (names.length === 0) {
    return {
      name: state.dataset.value?.targets[shownOutput(state)] ?? "",
      isShare: false,
      format: (value) => formatNumber(value),
      read: (all, at, nOutputs) => readingOf(state, nOutputs).read(all, at)[0],
    };
  }
  const k = shownClass(state);
  return {
    name: t("probability of {name}", { name: names[k] }),
    isShare: true,
    format: formatPercent,
    read: (all, at, nOutputs) => readingOf(state, nOutputs).read(all, at)[k],
  };
}

/** @param {State} state */
export function followedSelect(state) {
  const select = h("select", {
    "aria-label": t("Class shown"),
    onchange: () => (state.why.classIndex.value = select.selectedIndex),
  });
  watch(() => {
    select.replaceChildren(...classesOf(state).map((name) => h("option", {}, name)));
    select.selectedIndex = shownClass(state);
  });
  const label = h("label", { class: "inline" }, t("of"), select);
  showWhen(label, () => classesOf(state).length > 0 && state.dataset.value?.task !== "multilabel");
  return [label, outputSelect(state)];
}
