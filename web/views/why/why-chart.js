/**
 * A chart of predictions along one column, whose curves follow the network while its frame stays.
 */
import { signal } from "@preact/signals-core";
import { bindText, h, rebuild, watch } from "../parts/dom.js";
import { followCursor, plane } from "../parts/plane.js";
import { grownRange, numberScale } from "../parts/scale.js";

/**
 * @import { MapAxis } from "../does/does-axes.js"
 * @import { Plane } from "../parts/plane.js"
 */

/** @type {[number, number]} */
const SHARES = [0, 1];
const ROOMY = 2.5;

/**
 * @typedef {object} Content
 * @property {MapAxis} x
 * @property {string} yName
 * @property {boolean} isShare probabilities, so that the axis goes from 0 to 1
 * @property {() => [number, number] | null} range of what is drawn; null for nothing yet
 * @property {(chart: Plane) => Element[]} draw reads what it depends on
 * @property {() => string} summary
 * @property {(share: number) => string} read what is at a share of the width
 */

/** Whether a range is far larger than what is drawn in it. @param {[number, number] | null} held @param {[number, number]} needed */
const roomy = (held, [low, high]) => held !== null && held[1] - held[0] > ROOMY * (high - low);

/** @param {Content} content */
export function lineChart({ x, yName, isShare, range, draw, summary, read }) {
  const held = signal(/** @type {[number, number] | null} */ (isShare ? SHARES : null));
  const cursor = signal(/** @type {{ x: number, y: number } | null} */ (null));
  const place = h("div", {});
  let box = { left: 0, top: 0, width: 1, height: 1 };
  const frame = h("div", { class: "plane-frame", role: "group", tabindex: "0" }, place);
  const said = h("p", { class: "hint read-out", role: "status" });
  watch(() => {
    const needed = range();
    if (!isShare && needed) {
      held.value = grownRange(roomy(held.peek(), needed) ? null : held.peek(), needed);
    }
  });
  rebuild(
    place,
    () => held.value,
    (ends) => {
      if (!ends) {
        return null;
      }
      const chart = plane({ x: x.scale, y: numberScale(...ends), xName: x.column.name, yName });
      box = chart.box;
      watch(() => chart.content.replaceChildren(...draw(chart)));
      return chart.root;
    },
  );
  followCursor(
    frame,
    place,
    () => box,
    (at) => (cursor.value = at),
  );
  watch(() => frame.setAttribute("aria-label", summary()));
  bindText(said, () => read(cursor.value?.x ?? NaN));
  return h("figure", { class: "plane-chart" }, frame, said);
}

/** The point that is nearest to a share of the width of the axis. @param {MapAxis} axis @param {number} share @param {ArrayLike<number>} places */
export function nearestPoint({ scale: { low, high } }, share, places) {
  const at = low + share * (high - low);
  let best = 0;
  for (let i = 1; i < places.length; i++) {
    best = Math.abs(places[i] - at) < Math.abs(places[best] - at) ? i : best;
  }
  return best;
}

/** Where points stand on an axis: names of levels on their bands. @param {MapAxis} axis @param {number[] | string[]} points @returns {number[]} */
export const placesOf = (axis, points) =>
  axis.scale.names ? points.map((_, i) => i) : points.map(Number);
