/**
 * What grew before a run diverged: one value by step, on a logarithmic axis.
 */
import { t } from "../../text/i18n.js";
import { h, svg } from "../parts/dom.js";
import { formatCount, formatNumber } from "../../text/format.js";
import { logScale } from "../parts/scale.js";

/** @import { Reading } from "../../doctor/autopsy.js" */

const WIDTH = 320;
const HEIGHT = 140;
const LEFT = 52;
const BOTTOM = 22;
const TOP = 8;
const RIGHT = 12;

const MOST_MARKS = 5;

/** @param {Reading[]} readings */
function placesOf(readings) {
  const logs = readings.map(({ value }) => Math.log10(value));
  const scale = logScale(Math.min(...logs), Math.max(...logs));
  const [first, last] = [readings[0].step, readings[readings.length - 1].step];
  const x = (/** @type {number} */ step) =>
    LEFT + ((step - first) / (last - first || 1)) * (WIDTH - LEFT - RIGHT);
  const y = (/** @type {number} */ log) =>
    HEIGHT - BOTTOM - ((log - scale.low) / (scale.high - scale.low)) * (HEIGHT - BOTTOM - TOP);
  const stride = Math.ceil(scale.marks.length / MOST_MARKS);
  return { x, y, first, last, marks: scale.marks.filter((_, i) => i % stride === 0) };
}

/**
 * @param {string} name of the value
 * @param {Reading[]} readings two at the least, all above zero
 * @param {number} failed step that failed
 */
export function growthChart(name, readings, failed) {
  const { x, y, first, last, marks } = placesOf(readings);
  const line = readings
    .map(({ step, value }, i) => `${i ? "L" : "M"}${x(step)} ${y(Math.log10(value))}`)
    .join("");
  const { value } = readings[readings.length - 1];
  const summary = t("{name} from step {first} to step {last}: from {low} to {high}.", {
    name,
    first: formatCount(first),
    last: formatCount(last),
    low: formatNumber(readings[0].value, 3),
    high: formatNumber(value, 3),
  });
  return h(
    "figure",
    { class: "growth" },
    h("figcaption", {}, t("{name}, before step {step}", { name, step: formatCount(failed) })),
    svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": summary },
      marks.map((mark) => [
        svg("path", { class: "grid", d: `M${LEFT} ${y(mark.value)}H${WIDTH - RIGHT}` }),
        svg("text", { class: "mark-y", x: LEFT - 6, y: y(mark.value) + 4 }, mark.text),
      ]),
      svg("text", { x: LEFT, y: HEIGHT - 5 }, t("Step {step}", { step: formatCount(first) })),
      svg("text", { class: "mark-end", x: WIDTH - RIGHT, y: HEIGHT - 5 }, formatCount(last)),
      svg("path", { class: "line", d: line }),
      svg("circle", { class: "end", cx: x(last), cy: y(Math.log10(value)), r: 4 }),
    ),
  );
}
