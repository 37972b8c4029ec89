/**
 * The numbers behind the large chart.
 */
import { signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { h, nowAndThen, rebuild, showWhen, watch } from "../parts/dom.js";
import { formatNumber, formatPercent } from "../../text/format.js";
import { lineLabel, pictureOf } from "./picture.js";

/**
 * @import { State } from "../../state.js"
 * @import { Chart } from "./chart-table.js"
 * @import { Picture } from "./picture.js"
 */

/** Rows that a person may want to read; more points are left out evenly. */
const ROWS = 200;
const UPDATE_MS = 500;

/** Places of the current run, at most ROWS of them, the last among them. @param {Picture} picture */
function placesOf({ lines, runs, axis, x: [from, to] }) {
  const line = lines.find(({ run }) => run === runs[runs.length - 1]) ?? lines[0];
  const xs = line.series.xs(axis).filter((x) => x >= from && x <= to);
  const stride = Math.ceil(xs.length / ROWS);
  return { n: xs.length, xs: xs.filter((_, i) => (xs.length - 1 - i) % stride === 0) };
}

/** @param {Picture} picture */
function tableOf(picture) {
  const { lines, axis, share, title, xLabel } = picture;
  const format = share ? formatPercent : formatNumber;
  const { xs } = placesOf(picture);
  const head = [xLabel, ...lines.map((line) => lineLabel(picture, line))];
  const rows = Array.from(xs, (x) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, formatNumber(x)),
      lines.map(({ series }) => h("td", {}, format(series.near(axis, x)?.y))),
    ),
  );
  return h(
    "table",
    { class: "readout" },
    h("caption", { class: "visually-hidden" }, title),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((text) => h("th", { scope: "col" }, text)),
      ),
    ),
    h("tbody", {}, rows),
  );
}

/** @param {Picture} picture */
function noteOf(picture) {
  const { n, xs } = placesOf(picture);
  return n > xs.length
    ? t("{n} points; the table shows {rows} of them.", { n, rows: xs.length })
    : "";
}

/** @param {Picture | null} picture */
function contentOf(picture) {
  if (!picture || picture.lines.length === 0) {
    return t("There is nothing to draw.");
  }
  const scroller = h(
    "div",
    {
      class: "scroll curve-table",
      role: "region",
      tabindex: "0",
      "aria-label": t("Values of the chart"),
    },
    tableOf(picture),
  );
  return [scroller, h("p", { class: "hint" }, noteOf(picture))];
}

/** @param {State} state @param {() => Chart} chart @param {() => boolean} isShown */
export function mountCurveTable(state, chart, isShown) {
  const { charts } = state;
  const owner = {};
  const version = signal(0);
  const refresh = nowAndThen(UPDATE_MS, () => (version.value = version.peek() + 1));
  watch(() => {
    [state.drawn, state.runs, charts.xAxis, charts.hidden, charts.zoomX].forEach(
      (one) => one.value,
    );
    if (chart() && isShown()) {
      refresh();
    }
  });
  const root = h("div");
  rebuild(
    root,
    () => version.value,
    () => contentOf(pictureOf(state, chart(), { owner, width: ROWS, zoomed: true })),
  );
  showWhen(root, isShown);
  return root;
}
