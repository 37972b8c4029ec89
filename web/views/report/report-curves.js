/**
 * How well the probabilities of a class rank and how far they can be believed: receiver operating
 * characteristic, precision against recall, calibration.
 */
import { signal } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { h, rebuild, svg, watch } from "../parts/dom.js";
import { formatNumber } from "../../text/format.js";
import { chartFrame, linePath, plane } from "../parts/plane.js";
import { calibrationError } from "./report-decisions.js";
import { numberScale } from "../parts/scale.js";

/**
 * @import { ScoreCurves, Summary } from "../../state.js"
 * @import { Counts } from "./report-decisions.js"
 */

/**
 * A curve as a chart: what is drawn, said, and put in the table behind it.
 * @typedef {object} Drawn
 * @property {string} caption
 * @property {string} text
 * @property {[x: string, y: string]} names
 * @property {(number | null)[]} xs
 * @property {(number | null)[]} ys
 * @property {[number, number][]} guide
 * @property {(counts: Counts) => [number, number]} [here] where a threshold stands on the curve
 * @property {boolean} [dots] the points are few and count
 */

const LISTED = 24;

/** A little more than all shares, so that a curve along the edge is seen whole. @type {[number, number]} */
const ENDS = [-0.02, 1.02];

/** A value that is missing has no place. @param {(number | null)[]} values */
const places = (values) => values.map((value) => value ?? NaN);

/** @param {ScoreCurves} curves @returns {Drawn} */
function rocOf({ roc, roc_auc: area }) {
  const text = t("Area under the curve {area}; a guess has 0.5, a perfect ranking 1.", {
    area: formatNumber(area),
  });
  return {
    caption: t("ROC"),
    text,
    names: [t("false positive rate"), t("true positive rate")],
    xs: roc.false_positive_rate,
    ys: roc.true_positive_rate,
    guide: [
      [0, 0],
      [1, 1],
    ],
    here: ({ hits, falsePositives, falseNegatives, rejections }) => [
      falsePositives / (falsePositives + rejections),
      hits / (hits + falseNegatives),
    ],
  };
}

/** @param {ScoreCurves} curves @param {number} base share of the class */
function precisionRecallOf({ precision_recall: curve, average_precision: area }, base) {
  /** @type {Drawn} */
  const drawn = {
    caption: t("Precision and recall"),
    text: t("Average precision {area}; a guess has {base}, the share of the class.", {
      area: formatNumber(area),
      base: formatNumber(base, 3),
    }),
    names: [t("recall"), t("precision")],
    xs: curve.recall,
    ys: curve.precision,
    guide: [
      [0, base],
      [1, base],
    ],
    here: ({ hits, falsePositives, falseNegatives }) => [
      hits / (hits + falseNegatives),
      hits / (hits + falsePositives),
    ],
  };
  return drawn;
}

/** @param {ScoreCurves} curves @returns {Drawn} */
function calibrationOf({ calibration }) {
  return {
    caption: t("Calibration"),
    text: t(
      "Expected calibration error {error}; on the dashed line a probability can be believed.",
      {
        error: formatNumber(calibrationError(calibration), 3),
      },
    ),
    names: [t("predicted probability"), t("share of rows")],
    xs: calibration.probability,
    ys: calibration.share,
    guide: [
      [0, 0],
      [1, 1],
    ],
    dots: true,
  };
}

/** The points of a curve, of many some. @param {Drawn} drawn */
function tableBehind({ caption, names, xs, ys }) {
  const stride = Math.ceil(xs.length / LISTED);
  const rows = xs
    .map((x, i) => ({ x, y: ys[i], i }))
    .filter(({ x, y, i }) => x !== null && y !== null && (i % stride === 0 || i === xs.length - 1))
    .map(({ x, y }) => h("tr", {}, h("td", {}, formatNumber(x)), h("td", {}, formatNumber(y))));
  const fold = h("details", { class: "fold" }, h("summary", {}, t("Table")));
  fold.addEventListener("toggle", () => {
    if (fold.children.length === 1) {
      fold.append(
        h(
          "table",
          { class: "classes" },
          h("caption", {}, caption),
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              names.map((name) => h("th", { scope: "col" }, name)),
            ),
          ),
          h("tbody", {}, rows),
        ),
      );
    }
  });
  return fold;
}

/** @param {Drawn} drawn @param {() => Counts | null} counts at the threshold in use */
function curveChart(drawn, counts) {
  const { caption, text, names, xs, ys, guide, here, dots } = drawn;
  const chart = plane({
    x: numberScale(...ENDS),
    y: numberScale(...ENDS),
    xName: names[0],
    yName: names[1],
  });
  const [px, py] = [places(xs), places(ys)];
  const path = (/** @type {string} */ kind, /** @type {number[]} */ x, /** @type {number[]} */ y) =>
    svg("path", { class: kind, d: linePath(chart, x, y) });
  const marks = px
    .map((x, i) => ({ x, y: py[i] }))
    .filter(({ x, y }) => dots && Number.isFinite(x) && Number.isFinite(y))
    .map(({ x, y }) => svg("circle", { class: "disc bar", cx: chart.x(x), cy: chart.y(y), r: 4 }));
  const present = px.map((_, i) => i).filter((i) => Number.isFinite(px[i]));
  chart.content.append(
    path(
      "guide",
      guide.map(([x]) => x),
      guide.map(([, y]) => y),
    ),
    path(
      "curve",
      present.map((i) => px[i]),
      present.map((i) => py[i]),
    ),
    ...marks,
  );
  const point = svg("circle", { class: "here", r: 5 });
  chart.root.append(point);
  watch(() => {
    const now = counts();
    const [x, y] = (now && here?.(now)) ?? [NaN, NaN];
    const there = Number.isFinite(x) && Number.isFinite(y);
    point.toggleAttribute("hidden", !there);
    if (there) {
      point.setAttribute("cx", String(chart.x(x)));
      point.setAttribute("cy", String(chart.y(y)));
    }
  });
  return h(
    "div",
    {},
    chartFrame(caption, `${caption}. ${text}`, chart.root),
    h("p", { class: "hint" }, text),
    tableBehind(drawn),
  );
}

/** @param {Summary} summary @param {() => Counts | null} counts at the threshold in use, of two classes */
export function mountScoreCurves(summary, counts) {
  const { curves = [], classes, labels, n_rows: n } = summary;
  if (curves.length === 0) {
    return null;
  }
  const chosen = signal(0);
  const select = h(
    "select",
    {
      "aria-label": t("Class of the curves"),
      onchange: () => (chosen.value = select.selectedIndex),
    },
    curves.map((curve) => h("option", {}, curve.class)),
  );
  const charts = h("div", { class: "score-curves" });
  rebuild(
    charts,
    () => chosen.value,
    (index) => {
      const curve = curves[index];
      const scored = (classes ?? labels ?? []).find(({ name }) => name === curve.class);
      return [
        curveChart(rocOf(curve), counts),
        curveChart(precisionRecallOf(curve, (scored?.support ?? 0) / n), counts),
        curveChart(calibrationOf(curve), () => null),
      ];
    },
  );
  return h(
    "section",
    { class: "stack", "aria-label": t("Curves of the probabilities") },
    h(
      "div",
      { class: "card-head" },
      h("h3", {}, t("Probabilities of {name}", { name: curves.length > 1 ? "" : curves[0].class })),
      curves.length > 1 && select,
    ),
    charts,
  );
}
