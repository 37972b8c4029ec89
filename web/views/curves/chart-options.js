/**
 * How the charts are shown: axes, smoothing, zoom; and what can be taken away from the large one.
 */
import { MOST_SMOOTHING } from "../../chart-choices.js";
import { t, toTranslate } from "../../text/i18n.js";
import { bindText, h, showWhen, watch } from "../parts/dom.js";

/**
 * @import { ChartChoices, XAxis } from "../../chart-choices.js"
 * @import { State } from "../../state.js"
 * @import { Signal } from "@preact/signals-core"
 * @import { Chart } from "./chart-table.js"
 */

/** @type {[XAxis, string][]} */
const AXES = [
  ["epoch", toTranslate("Epoch")],
  ["step", toTranslate("Step")],
  ["seconds", toTranslate("Seconds")],
];

/** @param {Signal<boolean>} choice @param {string} label */
function switchFor(choice, label) {
  const box = h("input", {
    type: "checkbox",
    role: "switch",
    onchange: () => (choice.value = box.checked),
  });
  watch(() => {
    box.checked = choice.value;
  });
  return h("label", { class: "switch" }, box, label);
}

/** @param {ChartChoices} charts */
function axisChoice({ xAxis }) {
  const select = h(
    "select",
    { onchange: () => (xAxis.value = AXES[select.selectedIndex][0]) },
    AXES.map(([value, label]) => h("option", { value }, t(label))),
  );
  watch(() => {
    select.value = xAxis.value;
  });
  return h("label", { class: "switch" }, t("Across"), select);
}

/** @param {ChartChoices} charts */
function smoothingSlider({ smoothing }) {
  const slider = h("input", {
    type: "range",
    min: "0",
    max: String(MOST_SMOOTHING),
    step: "0.01",
    title: t(
      "Exponential smoothing of the lines. The raw curves stay beneath, and values are read from them.",
    ),
    oninput: () => (smoothing.value = Number(slider.value)),
  });
  const value = h("output");
  bindText(value, () => smoothing.value.toFixed(2));
  watch(() => {
    slider.value = String(smoothing.value);
  });
  return h("label", { class: "switch smoothing" }, t("Smoothing"), slider, value);
}

/** @param {ChartChoices} charts */
function resetZoom({ zoomX, zoomY }) {
  const button = h(
    "button",
    {
      type: "button",
      class: "quiet",
      onclick: () => {
        zoomX.value = null;
        zoomY.value = null;
      },
    },
    t("Reset zoom"),
  );
  showWhen(button, () => zoomX.value !== null || zoomY.value !== null);
  return button;
}

/** @param {string} label @param {() => unknown} act */
const quiet = (label, act) => h("button", { type: "button", class: "quiet", onclick: act }, label);

/** What is made of the large chart is loaded when it is asked for. @param {State} state @param {() => Chart} chart */
function takeAway(state, chart) {
  const save = async (/** @type {"svg" | "png"} */ kind) =>
    (await import("../../export/save-chart.js")).saveChart(state, chart(), kind);
  return [quiet(t("Save SVG"), () => save("svg")), quiet(t("Save PNG"), () => save("png"))];
}

/** @param {State} state @param {() => Chart} chart @param {Signal<boolean>} tabled whether the table is shown */
export function mountChartOptions(state, chart, tabled) {
  const { charts } = state;
  const table = quiet("", () => (tabled.value = !tabled.value));
  bindText(table, () => (tabled.value ? t("Hide table") : t("Show as table")));
  watch(() => table.setAttribute("aria-expanded", String(tabled.value)));
  const fold = quiet(t("Chart options"), () => (charts.unfolded.value = !charts.unfolded.value));
  fold.classList.add("fold-options");
  const options = h(
    "div",
    { class: "chart-options", role: "group", "aria-label": t("Chart options") },
    smoothingSlider(charts),
    axisChoice(charts),
    switchFor(charts.logX, t("Log x")),
    switchFor(charts.logY, t("Log y")),
    switchFor(charts.fromZero, t("From zero")),
    switchFor(charts.outliers, t("Outliers")),
    h("span", { class: "chart-actions" }, resetZoom(charts), table, takeAway(state, chart)),
  );
  watch(() => {
    options.classList.toggle("unfolded", charts.unfolded.value);
    fold.setAttribute("aria-expanded", String(charts.unfolded.value));
  });
  return [fold, options];
}
