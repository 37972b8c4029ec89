/**
 * Small pictures of what a column holds: bars of a histogram or of levels.
 */
import { svg } from "../parts/dom.js";
import { isMeasured } from "./column-values.js";

/** @import { DescribedColumn } from "../../protocol-data.js" */

const WIDTH = 160;
const HEIGHT = 36;
const MOST_LEVELS = 12;

/** @param {number[]} counts @param {number} gap @param {string} [kind] */
function bars(counts, gap, kind = "") {
  const top = Math.max(1, ...counts);
  const width = WIDTH / Math.max(1, counts.length);
  return counts.map((count, i) => {
    const height = count > 0 ? Math.max(1, (count / top) * (HEIGHT - 2)) : 0;
    return svg("rect", {
      class: kind,
      x: (i * width).toFixed(2),
      y: (HEIGHT - height).toFixed(2),
      width: Math.max(1, Math.min(width - gap, 14)).toFixed(2),
      height: height.toFixed(2),
    });
  });
}

/** @param {DescribedColumn | null} column */
function marks(column) {
  if (column?.histogram && isMeasured(column.role)) {
    return bars(column.histogram.counts, 1);
  }
  const counts = (column?.levels ?? []).map(({ count }) => count);
  return bars(counts.slice(0, MOST_LEVELS), 3, "level");
}

/** @param {Element[]} content */
const picture = (content) =>
  svg(
    "svg",
    { class: "distribution", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    svg("line", { x1: 0, x2: WIDTH, y1: HEIGHT - 0.5, y2: HEIGHT - 0.5 }),
    content,
  );

/** @param {DescribedColumn | null} column */
export const distribution = (column) => picture(marks(column));

/** @param {number[]} counts of a histogram */
export const histogramBars = (counts) => picture(bars(counts, 1));
