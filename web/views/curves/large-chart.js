/**
 * The chart that is looked at: its picture, what is marked on it, and the read-out below.
 */
import { labelText, t } from "../../text/i18n.js";
import { bindText, h, showWhen, watch, whenGone } from "../parts/dom.js";
import { formatNumber } from "../../text/format.js";
import { isStandardized } from "../../run-facts.js";
import { mountMarks } from "./chart-marks.js";
import { summaryOf } from "./curve-summary.js";
import { bindGestures } from "./gestures.js";
import { drawRing, drawTick, drawUpright, nameLevels } from "./ink.js";
import { pictureOf } from "./picture.js";
import { Plot } from "./plot.js";
import { mountKeys, mountRunTable } from "./readout.js";
import { xOfEpoch } from "./series.js";
import { createView } from "./view.js";

/**
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Chart } from "./chart-table.js"
 * @import { Canvas } from "./ink.js"
 * @import { Line } from "./picture.js"
 * @import { Decorate } from "./plot.js"
 */

const HEIGHT = 320;

/** A ring where the run of a curve was forked from another. @param {Canvas} canvas @param {Line} line @param {Line["run"]["parent"]} parent @param {import("../../chart-choices.js").XAxis} axis */
function drawFork(canvas, { run, series, style }, parent, axis) {
  const point = parent && series.near(axis, xOfEpoch(run, parent.epoch, axis));
  if (point) {
    drawRing(canvas, point.x, point.y, style.color);
  }
}

/** Best epoch and changes of the run that is looked at, where runs were forked, and the names of levels. @type {Decorate} */
function decorate(canvas, box, { runs, axis, lines, levels, several }) {
  nameLevels(canvas, levels, box);
  const run = runs[runs.length - 1];
  const { bestEpoch, stepsPerEpoch } = run.progress;
  if (bestEpoch > 0) {
    drawUpright(canvas, xOfEpoch(run, bestEpoch, axis), t("best"), box);
  }
  run.changes.forEach(({ step }) => {
    const color = several ? `run-${run.color}` : "text";
    drawTick(canvas, xOfEpoch(run, step / stepsPerEpoch, axis), color, box.top + box.height);
  });
  lines.forEach((line) => drawFork(canvas, line, line.run.parent, axis));
}

/** What was changed during the run that is looked at. @param {State} state */
function changeList(state) {
  const root = h("p", { class: "hint changes" });
  bindText(root, () => {
    state.drawn.value;
    const { changes = [], progress } = state.charted.value ?? {};
    return changes
      .map(({ step, key, from, to }) =>
        t("▲ Epoch {epoch}: {label} {from} → {to}", {
          epoch: formatNumber(step / (progress?.stepsPerEpoch ?? 1)),
          label: labelText(state.index.value.get(key)?.param.label ?? key),
          from: from || t("none"),
          to: to || t("none"),
        }),
      )
      .join("\n");
  });
  return root;
}

/** That the loss of a standardized target has another unit, and what the error is in the target's. @param {State} state @param {() => Chart} chart */
function unitNote(state, chart) {
  const note = h("p", { class: "hint" });
  const run = () => (chart().key === "loss" ? state.charted.value : null);
  const isOne = () => {
    const charted = run();
    return charted !== null && isStandardized(charted, state.index.value);
  };
  bindText(note, () => (isOne() ? unitText(state, run()?.dataset.targets ?? []) : ""));
  showWhen(note, isOne);
  return note;
}

/** @param {State} state @param {string[]} targets */
function unitText(state, targets) {
  const summary = state.running.value ? null : state.report.value?.summary;
  const rmse = summary?.metrics.find((/** @type {{ key: string }} */ { key }) => key === "rmse");
  const values = { target: targets[0], rmse: formatNumber(rmse?.value) };
  if (targets.length > 1) {
    return t("The loss is measured on standardized targets, not in their units.");
  }
  if (!rmse) {
    return t(
      "The loss is measured on the standardized target, not in the unit of {target}.",
      values,
    );
  }
  const texts = {
    training: t(
      "The loss is measured on the standardized target. In the unit of {target}: RMSE {rmse} on the training rows.",
      values,
    ),
    validation: t(
      "The loss is measured on the standardized target. In the unit of {target}: RMSE {rmse} on the validation rows.",
      values,
    ),
    test: t(
      "The loss is measured on the standardized target. In the unit of {target}: RMSE {rmse} on the test rows.",
      values,
    ),
  };
  return texts[/** @type {import("../../protocol.js").Part} */ (summary?.part ?? "training")];
}

/**
 * @param {Context} context
 * @param {() => Chart} chart the one that is shown
 * @returns {{ root: HTMLElement, draw: () => void, restyle: () => void }}
 */
export function mountLargeChart(context, chart) {
  const { state } = context;
  const { charts } = state;
  const drawn = () => {
    plot.point(charts.cursor.peek());
    marks.place();
  };
  const plot = new Plot({ height: HEIGHT, small: false, decorate, drawn });
  const marks = mountMarks(state, plot);
  const title = h("strong");
  const summary = h("p", { class: "visually-hidden" });
  const cut = h("p", { class: "hint" }, t("Some values lie far outside: “Outliers” shows them."));
  const frame = h(
    "div",
    { class: "plot-frame", role: "group", tabindex: "0" },
    plot.host,
    marks.root,
  );
  bindGestures(frame, plot, createView(state, plot));
  function draw() {
    const picture = pictureOf(state, chart(), { owner: plot, width: plot.columns, zoomed: true });
    plot.show(picture);
    title.textContent = picture?.title ?? chart().title;
    frame.setAttribute(
      "aria-label",
      t(
        "{chart}. Arrow keys read values, + and − zoom, Shift with arrow keys moves, 0 shows all.",
        {
          chart: title.textContent,
        },
      ),
    );
    cut.hidden = !picture?.cut;
    summary.textContent = summaryOf(state, chart().key, picture);
  }
  watch(() => plot.point(charts.cursor.value));
  watch(() => {
    plot.highlight = charts.highlight.value;
    plot.redraw();
  });
  const observer = new ResizeObserver(() => {
    plot.fit();
    draw();
  });
  observer.observe(plot.host);
  whenGone(() => {
    observer.disconnect();
    plot.destroy();
  });
  const root = h(
    "figure",
    { class: "chart large" },
    h("figcaption", {}, title, mountKeys(context, chart)),
    frame,
    summary,
    cut,
    unitNote(state, chart),
    changeList(state),
    mountRunTable(context, chart),
  );
  return { root, draw, restyle: () => plot.restyle() };
}
