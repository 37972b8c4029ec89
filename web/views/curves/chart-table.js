/**
 * Which columns of the history go together into a chart. What a column means is said by the
 * catalogue.
 */

import { labelText, t } from "../../text/i18n.js";

/** @import { RunRecord } from "../../runs.js" */

/**
 * @typedef {object} Curve
 * @property {string} key column of the history
 * @property {string} label short
 * @property {string} color name of a colour in the style sheet, where one run is drawn
 * @property {number[]} [dash]
 * @property {boolean} [side] beside the curve that runs are compared by: thinner and paler among runs
 * @property {boolean} [sparse] measured at some rows only
 * @property {boolean} [positive] a curve only once it has been more than zero
 */

/**
 * @typedef {object} Chart
 * @property {string} key
 * @property {string} title
 * @property {string} yLabel
 * @property {Curve[]} curves
 * @property {boolean} [own] has too many curves to overlay runs: shows the current one
 * @property {boolean} [exact] made of steps, which smoothing would falsify
 */

/** @param {string} measure "loss" or "metric" @returns {Curve[]} */
const parts = (measure) => [
  { key: `training_${measure}`, label: t("training"), color: "training", side: true },
  {
    key: `evaluated_${measure}`,
    label: t("training, evaluated"),
    color: "training",
    dash: [5, 3],
    side: true,
    sparse: true,
  },
  { key: `validation_${measure}`, label: t("validation"), color: "validation", sparse: true },
];

/** Colours of curves that belong to one run; a second round is dashed. */
const COLORS = ["rate", "penalty", "training", "validation", "muted"];

/** @param {string[]} keys @param {boolean} positive @param {(key: string) => string} label @returns {Curve[]} */
function family(keys, positive, label) {
  return keys.map((key, i) => ({
    key,
    label: label(key),
    color: COLORS[i % COLORS.length],
    positive,
    dash: i < COLORS.length ? undefined : [5, 3],
  }));
}

/** A chart of one column. @param {string} key @param {string} title @param {string} column */
const single = (key, title, column) => ({
  key,
  title,
  yLabel: title,
  curves: [{ key: column, label: title, color: "rate" }],
});

/**
 * The charts of a history, in the reader's language.
 * @param {{ key: string, label: string }[]} columns of the catalogue
 * @returns {Chart[]}
 */
export function chartsOf(columns) {
  const keys = columns.map(({ key }) => key);
  const startingWith = (/** @type {string} */ start) => keys.filter((key) => key.startsWith(start));
  const labelOf = (/** @type {string} */ key) =>
    labelText(columns.find((column) => column.key === key)?.label ?? key);
  const penalties = family(["penalty", ...startingWith("penalty_")], true, (key) =>
    key === "penalty" ? t("all penalties") : labelOf(key),
  );
  const ratios = family(startingWith("update_ratio_"), false, (key) =>
    t("layer {number}", { number: key.replace("update_ratio_", "") }),
  );
  const charts = [
    { key: "loss", title: t("Loss"), yLabel: t("Loss, without penalty"), curves: parts("loss") },
    { key: "metric", title: t("Metric"), yLabel: t("Metric"), curves: parts("metric") },
    { ...single("rate", t("Learning rate"), "learning_rate"), exact: true },
    { ...single("penalty", t("Penalty"), "penalty"), curves: penalties, own: true },
    single("gradient", t("Gradient norm"), "gradient_norm"),
    single("weights", t("Weight norm"), "weight_norm"),
    {
      key: "ratios",
      title: t("Update ratio"),
      yLabel: t("Length of update / weights"),
      curves: ratios,
      own: true,
    },
  ];
  return charts.map((chart) => withKnown(chart, keys)).filter(({ curves }) => curves.length > 0);
}

/** @param {Chart} chart @param {string[]} keys @returns {Chart} */
const withKnown = (chart, keys) => ({
  ...chart,
  curves: chart.curves.filter(({ key }) => keys.includes(key)),
});

/** The runs that are drawn beside the current one, and that one, last. @param {RunRecord[]} runs @param {RunRecord | null} current */
export function drawnRuns(runs, current) {
  if (!current) {
    return [];
  }
  const others = runs.filter((run) => run !== current && run.shown && current.isComparable(run));
  return [...others, current];
}
