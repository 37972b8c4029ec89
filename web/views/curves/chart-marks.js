/**
 * Places on the curves that something is said of: buttons over the plot.
 */
import { h, rebuild, watch } from "../parts/dom.js";
import { runName } from "../../text/format.js";
import { seriesOf, xOfEpoch } from "./series.js";

/**
 * @import { Mark, State } from "../../state.js"
 * @import { Chart } from "./chart-table.js"
 * @import { Plot } from "./plot.js"
 */

/** A mark stands above its place, and within the plot. */
const MARK_HEIGHT = 32;

/** Where a mark stands on the curves of its run; null where they are not in sight. @param {Plot} plot @param {Mark} mark */
function placeOf(plot, { runId, epoch }) {
  const { picture } = plot;
  const line = picture?.lines.findLast(({ run }) => run.id === runId);
  if (!picture || !line) {
    return null;
  }
  const x = xOfEpoch(line.run, epoch, picture.axis);
  const point = seriesOf(line.run, line.curve).near(picture.axis, x);
  const inside = x >= picture.x[0] && x <= picture.x[1];
  return point && inside ? { left: plot.place(x, "x"), top: plot.place(point.y, "y") } : null;
}

/** @param {State} state @param {Mark} mark @param {number} i */
function markButton(state, mark, i) {
  const run = state.runs.value.find(({ id }) => id === mark.runId);
  const button = h(
    "button",
    {
      type: "button",
      class: `chart-mark ${mark.kind}`,
      title: mark.text,
      "aria-label": run ? `${runName(run)}: ${mark.text}` : mark.text,
      onclick: () => {
        state.openMark.value = state.openMark.value === mark ? null : mark;
      },
    },
    String(i + 1),
  );
  watch(() => button.setAttribute("aria-pressed", String(state.openMark.value === mark)));
  return button;
}

/**
 * @param {State} state
 * @param {Plot} plot
 * @returns {{ root: HTMLElement, place: () => void }} `place` puts the marks where the curves are now
 */
export function mountMarks(state, plot) {
  const root = h("div", { class: "chart-marks" });
  /** @type {HTMLButtonElement[]} */
  let buttons = [];
  rebuild(
    root,
    () => state.marks.value,
    (marks) => (buttons = marks.map((mark, i) => markButton(state, mark, i))),
  );
  function place() {
    const { left, top } = plot.box;
    root.style.left = `${left}px`;
    root.style.top = `${top}px`;
    buttons.forEach((button, i) => {
      const at = placeOf(plot, state.marks.value[i]);
      button.hidden = at === null;
      button.style.left = `${at?.left ?? 0}px`;
      button.style.top = `${Math.max(MARK_HEIGHT, at?.top ?? 0)}px`;
    });
  }
  watch(() => {
    if (state.marks.value.length > 0) {
      place();
    }
  });
  return { root, place };
}

/** Marks belong to losses; other charts have none. @param {Chart} chart */
export const hasMarks = ({ key }) => key === "loss";
