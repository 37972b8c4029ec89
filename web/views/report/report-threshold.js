/**
 * The threshold of two classes: from which probability on a row is taken for the second one, what
 * the two kinds of mistakes cost, and where the cost is lowest.
 */
import { computed } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { bindText, h, svg, watch } from "../parts/dom.js";
import { formatCount, formatNumber, formatPercent } from "../../text/format.js";
import { chartFrame, linePath, plane } from "../parts/plane.js";
import { bestThreshold, expectedCost, N_THRESHOLDS } from "./report-decisions.js";
import { numberScale } from "../parts/scale.js";

/**
 * @import { Report } from "../../protocol.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Counts } from "./report-decisions.js"
 */

const LAST = N_THRESHOLDS - 1;
const THRESHOLDS = Array.from({ length: N_THRESHOLDS }, (_, i) => i / LAST);

/** @param {Context} context @param {"falsePositive" | "falseNegative"} kind @param {string} label */
function costField({ state }, kind, label) {
  const input = h("input", {
    type: "text",
    inputmode: "decimal",
    value: String(state.costs.value[kind]),
    oninput: () => {
      const value = Number(input.value.replace(",", "."));
      const right = Number.isFinite(value) && value >= 0 && input.value.trim() !== "";
      input.setAttribute("aria-invalid", String(!right));
      if (right) {
        state.costs.value = { ...state.costs.value, [kind]: value };
      }
    },
  });
  return h("label", { class: "inline" }, label, input);
}

/** The cost by threshold, with the one in use and the best one. @param {() => number[]} costs @param {() => number} at */
function costChart(costs, at) {
  const place = h("div", {});
  watch(() => {
    const values = costs();
    const best = bestThreshold(values);
    const chart = plane({
      x: numberScale(0, 1),
      y: numberScale(0, Math.max(...values) * 1.05 || 1),
      xName: t("threshold"),
      yName: t("cost of a row"),
    });
    const line = (/** @type {number} */ i, /** @type {string} */ kind) =>
      svg("path", { class: kind, d: linePath(chart, [i / LAST, i / LAST], [0, 1e9]) });
    chart.content.append(
      svg("path", { class: "curve", d: linePath(chart, THRESHOLDS, values) }),
      line(best, "guide"),
      svg("circle", { class: "here", r: 5, cx: chart.x(at() / LAST), cy: chart.y(values[at()]) }),
    );
    const text = t("Lowest cost {cost} at threshold {threshold}.", {
      cost: formatNumber(values[best], 3),
      threshold: formatNumber(best / LAST, 2),
    });
    place.replaceChildren(
      chartFrame(t("Expected cost"), text, chart.root),
      h("p", { class: "hint" }, text),
    );
  });
  return place;
}

/** @param {Counts} counts @param {string} positive */
function tell({ hits, falsePositives, falseNegatives }, positive) {
  return t(
    "False positives: {falsePositives}. False negatives: {falseNegatives}. Precision of {positive} {precision}, recall {recall}.",
    {
      falsePositives: formatCount(falsePositives),
      falseNegatives: formatCount(falseNegatives),
      positive,
      precision: formatPercent(hits / (hits + falsePositives)),
      recall: formatPercent(hits / (hits + falseNegatives)),
    },
  );
}

/** @param {Context} context @param {Report} report @param {Counts[]} counts by threshold */
export function mountThreshold(context, report, counts) {
  const { state } = context;
  const positive = report.summary.classes?.[1]?.name ?? "";
  const at = computed(() => Math.round(state.threshold.value * LAST));
  const costs = computed(() => counts.map((one) => expectedCost(one, state.costs.value)));
  const slider = h("input", {
    type: "range",
    id: "threshold",
    min: 0,
    max: LAST,
    oninput: () => (state.threshold.value = Number(slider.value) / LAST),
  });
  const value = h("output", { for: "threshold" });
  watch(() => {
    slider.value = String(at.value);
    value.textContent = (at.value / LAST).toFixed(2);
    slider.setAttribute("aria-valuetext", value.textContent);
  });
  const said = h("p", { role: "status" });
  bindText(said, () => tell(counts[at.value], positive));
  const use = h(
    "button",
    {
      type: "button",
      onclick: () => (state.threshold.value = bestThreshold(costs.value) / LAST),
    },
    t("Use the best threshold"),
  );
  return h(
    "section",
    { class: "threshold", "aria-label": t("Threshold") },
    h("h3", {}, t("Threshold")),
    h(
      "div",
      { class: "threshold-body" },
      h(
        "div",
        { class: "stack" },
        h(
          "label",
          { for: "threshold" },
          t("A row is taken for {name} from this probability on", { name: positive }),
        ),
        h("div", { class: "threshold-slider" }, slider, value),
        said,
        costField(context, "falsePositive", t("Cost of a false positive")),
        costField(context, "falseNegative", t("Cost of a false negative")),
        use,
      ),
      costChart(
        () => costs.value,
        () => at.value,
      ),
    ),
  );
}
