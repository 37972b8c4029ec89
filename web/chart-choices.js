/**
 * How the curves are shown: chosen once for all charts and remembered.
 */
import { effect, signal } from "@preact/signals-core";
import { remember, remembered } from "./memory.js";

/** Columns of the history that curves are drawn over. */
export const AXES = /** @type {const} */ (["epoch", "step", "seconds"]);

/** @typedef {(typeof AXES)[number]} XAxis */

/** Ends of an axis. @typedef {[number, number]} Range */

const KEY = "charts";

/** The most that a curve can be smoothed: 0.99 averages about a hundred points. */
export const MOST_SMOOTHING = 0.99;

const DEFAULTS = {
  /** Key of the large chart. */
  large: "loss",
  xAxis: /** @type {XAxis} */ ("epoch"),
  logX: false,
  logY: false,
  fromZero: false,
  /** The axis of y reaches to all values, however few and far they are. */
  outliers: false,
  /** Weight of what came before, from 0 to MOST_SMOOTHING. */
  smoothing: 0,
};

/** What was kept, where it is of the kind that is expected. @returns {typeof DEFAULTS} */
function kept() {
  try {
    const found = JSON.parse(remembered(KEY) ?? "{}");
    const known = Object.entries(DEFAULTS).map(([key, value]) => [
      key,
      typeof found?.[key] === typeof value ? found[key] : value,
    ]);
    return Object.fromEntries(known);
  } catch {
    return DEFAULTS;
  }
}

export function createChartChoices() {
  const start = kept();
  const lasting = {
    large: signal(start.large),
    xAxis: signal(AXES.find((axis) => axis === start.xAxis) ?? "epoch"),
    logX: signal(start.logX),
    logY: signal(start.logY),
    fromZero: signal(start.fromZero),
    outliers: signal(start.outliers),
    smoothing: signal(Math.min(MOST_SMOOTHING, Math.max(0, start.smoothing))),
  };
  effect(() => {
    const values = Object.entries(lasting).map(([key, { value }]) => [key, value]);
    remember(KEY, JSON.stringify(Object.fromEntries(values)));
  });
  return {
    ...lasting,
    /** The part of the axes that is looked at; null for all of it. The values are of the large chart. */
    zoomX: signal(/** @type {Range | null} */ (null)),
    zoomY: signal(/** @type {Range | null} */ (null)),
    /** Where values are read, on the axis of x; null for the newest. */
    cursor: signal(/** @type {number | null} */ (null)),
    /** The run that stands out for now, by its id. */
    highlight: signal(""),
    /** Curves that are switched off, by their column. */
    hidden: signal(/** @type {ReadonlySet<string>} */ (new Set())),
    /** On a narrow screen the controls are folded away. */
    unfolded: signal(false),
  };
}

/** @typedef {ReturnType<typeof createChartChoices>} ChartChoices */
