/**
 * All charts, small: each is a button that makes it the large one.
 */
import { t } from "../../text/i18n.js";
import { h, watch, whenGone } from "../parts/dom.js";
import { formatNumber, formatPercent } from "../../text/format.js";
import { summaryOf } from "./curve-summary.js";
import { pictureOf } from "./picture.js";
import { Plot } from "./plot.js";

/**
 * @import { State } from "../../state.js"
 * @import { Chart } from "./chart-table.js"
 */

const HEIGHT = 96;

/** The newest value of the current run's last curve. @param {State} state @param {Chart} chart */
function newestText(state, chart) {
  const values = chart.curves.map(({ key }) => state.charted.value?.history.last(key));
  const value = values.findLast(Number.isFinite);
  return chart.key === "metric" && state.metric.value?.share
    ? formatPercent(value)
    : formatNumber(value);
}

/** @param {State} state @param {Chart} chart */
function smallChart(state, chart) {
  const plot = new Plot({ height: HEIGHT, small: true });
  const title = h("span", { class: "name" });
  const value = h("span", { class: "value" });
  const summary = h("p", { class: "visually-hidden" });
  const button = h(
    "button",
    { type: "button", class: "small-chart", onclick: () => (state.charts.large.value = chart.key) },
    h("span", { class: "small-head" }, title, value),
    h("span", { "aria-hidden": "true" }, plot.host),
  );
  watch(() => {
    button.setAttribute("aria-pressed", String(state.charts.large.value === chart.key));
  });
  const root = h("li", {}, button, summary);
  function draw() {
    const picture = pictureOf(state, chart, { owner: plot, width: plot.columns, zoomed: false });
    const unused = picture?.lines.length === 0 && chart.curves.every(({ positive }) => positive);
    root.hidden = unused && state.charts.large.value !== chart.key;
    title.textContent = picture?.title ?? chart.title;
    value.textContent = newestText(state, chart);
    summary.textContent = summaryOf(state, chart.key, picture);
    if (!root.hidden) {
      plot.show(picture);
    }
  }
  return { root, plot, draw };
}

/**
 * @param {State} state
 * @param {Chart[]} charts
 * @returns {{ root: HTMLElement, draw: () => void, restyle: () => void }}
 */
export function mountSmallCharts(state, charts) {
  const all = charts.map((chart) => smallChart(state, chart));
  const draw = () => all.forEach((chart) => chart.draw());
  const observer = new ResizeObserver(() => all.forEach(({ plot }) => plot.fit()));
  const root = h(
    "ul",
    { class: "small-charts", "aria-label": t("Charts") },
    all.map((chart) => chart.root),
  );
  observer.observe(root);
  whenGone(() => {
    observer.disconnect();
    all.forEach(({ plot }) => plot.destroy());
  });
  return { root, draw, restyle: () => all.forEach(({ plot }) => plot.restyle()) };
}
