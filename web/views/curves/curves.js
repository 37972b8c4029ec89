/**
 * The curves of the runs: one chart large, all of them small below. Drawn at most once a frame.
 */
import { computed, signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import {
  h,
  listen,
  mountLater,
  nowAndThen,
  oncePerFrame,
  rebuild,
  showWhen,
  watch,
  whenGone,
  bindText,
} from "../parts/dom.js";
import { mountDoctorPlace } from "../doctor/doctor-place.js";
import { mountChartOptions } from "./chart-options.js";
import { chartsOf } from "./chart-table.js";
import { mountLargeChart } from "./large-chart.js";
import { mountSmallCharts } from "./small-charts.js";

/**
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Chart } from "./chart-table.js"
 */

/** Small charts need not keep up with every frame. */
const SMALL_MS = 200;

/** What to do first, while there is no curve yet. @param {State} state */
function startHint(state) {
  const first = h("strong");
  bindText(first, () =>
    state.prepared.value ? t("Press Train") : t("The curves of the run will be drawn here"),
  );
  const then = h(
    "p",
    {},
    t(
      "The curves show how the error falls. Then change one thing and train again: the runs before stay beside the new one.",
    ),
  );
  showWhen(then, () => state.prepared.value !== null);
  const own = h("p", { class: "drop-hint" }, t("Or drop your own CSV file anywhere on this page."));
  showWhen(own, () => state.prepared.value !== null && !state.own.value);
  const isDrawn = () => !state.current.value && state.charted.value !== null;
  const isFirst = () => !state.begun.value && state.runs.value.length < 2 && !isDrawn();
  const hint = h("div", { class: "start-hint" }, first, then, own);
  showWhen(hint, () => isFirst() && !state.lesson.value);
  return hint;
}

/** Calls `act` with every change of what the charts show. @param {State} state @param {() => void} act */
function watchPictures(state, act) {
  const { charts } = state;
  const shown = [
    ...[state.drawn, state.phase, state.runs, state.charted, state.baselines, state.metric],
    ...[charts.large, charts.xAxis, charts.logX, charts.logY, charts.fromZero, charts.smoothing],
    ...[charts.zoomX, charts.zoomY, charts.hidden, charts.outliers],
  ];
  watch(() => {
    shown.forEach((one) => one.value);
    act();
  });
}

/** A part of an axis means nothing on another one. @param {State} state */
function forgetZoom({ charts, current }) {
  const measured = computed(() => `${current.value?.data.name} ${current.value?.trainer.loss}`);
  watch(() => {
    [measured, charts.xAxis, charts.logX].forEach((one) => one.value);
    charts.zoomX.value = null;
    charts.cursor.value = null;
  });
  watch(() => {
    [measured, charts.large, charts.logY].forEach((one) => one.value);
    charts.zoomY.value = null;
  });
}

/** @param {() => void} restyle called when the colours change */
function watchTheme(restyle) {
  listen(matchMedia("(prefers-color-scheme: dark)"), "change", restyle);
  const themes = new MutationObserver(restyle);
  themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  whenGone(() => themes.disconnect());
}

/** @param {Context} context @param {Chart[]} charts */
function chartsIn(context, charts) {
  const { state } = context;
  const chart = () => charts.find(({ key }) => key === state.charts.large.value) ?? charts[0];
  const large = mountLargeChart(context, chart);
  const small = mountSmallCharts(state, charts);
  const drawSmall = nowAndThen(SMALL_MS, small.draw);
  const draw = oncePerFrame(() => {
    large.draw();
    drawSmall();
  });
  watchPictures(state, draw);
  watchTheme(
    oncePerFrame(() => {
      large.restyle();
      small.restyle();
    }),
  );
  const tabled = signal(false);
  const table = h("div");
  mountLater(
    table,
    () => tabled.value,
    async () => {
      const { mountCurveTable } = await import("./curve-table.js");
      return () => mountCurveTable(state, chart, () => tabled.value);
    },
  );
  return [
    h("div", { class: "main-chart" }, large.root, startHint(state)),
    mountDoctorPlace(context),
    mountChartOptions(state, chart, tabled),
    table,
    small.root,
  ];
}

/** @param {Context} context */
export function mountCurves(context) {
  const { state } = context;
  forgetZoom(state);
  const root = h("section", { class: "card curves", "aria-label": t("Curves") });
  rebuild(
    root,
    () => state.catalogue.value,
    (catalogue) => catalogue && chartsIn(context, chartsOf(catalogue.history)),
  );
  return root;
}
