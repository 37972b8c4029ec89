/**
 * The tab "Rate finder": loss against a rate that grows, and rates to train with.
 */
import { computed } from "@preact/signals-core";
import { t } from "../../text/i18n.js";
import { DECADES, LOWEST, rateOfStep, STEPS } from "../../race/rate-range-test.js";
import { RateSearch } from "../../race/rate-search.js";
import { chosenRow } from "../../settings.js";
import {
  bindText,
  h,
  oncePerFrame,
  rebuild,
  showWhen,
  svg,
  watch,
  whenGone,
} from "../parts/dom.js";
import { formatNumber } from "../../text/format.js";
import { linePath, plane } from "../parts/plane.js";
import { logScale, numberScale, rangeOf } from "../parts/scale.js";

/**
 * @import { Finding, Suggestion } from "../../race/rate-range-test.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Sweeps even out what the batches do to the loss; each step looks at all validation rows. */
const SWEEPS = 5;
const FEW_SWEEPS = 3;
const MANY_ROWS = 20_000;
const HEIGHT = 280;
/** Optimizers that look for the length of each step themselves. */
const SEARCHING = ["lbfgs"];

/** Name and reason of an answer. @param {Suggestion["key"]} key */
function explain(key) {
  switch (key) {
    case "steepest":
      return { name: t("Steepest"), why: t("The loss falls fastest here.") };
    case "valley":
      return {
        name: t("Valley"),
        why: t(
          "The middle of the fall, from where the loss leaves its first height to its lowest.",
        ),
      };
    case "minimum":
      return {
        name: t("A tenth of the minimum"),
        why: t("Ten times below the rate with the lowest loss, beyond which training breaks up."),
      };
  }
}

/** The optimizer of the form, and the setting of its rate. @param {Context} context */
function optimizerOf({ state }) {
  const family = state.catalogue.value?.families.find(({ key }) => key === "optimizer");
  const row = family && chosenRow(family, state.value("optimizer"), "");
  const rate = row?.params.find(({ key }) => key === "lr");
  return row && rate && !SEARCHING.includes(row.key) ? { row, rateKey: rate.setting } : null;
}

/** Losses above this would only press the curve flat. @param {Finding} finding */
function lossRange({ curve }) {
  const [low, high] = rangeOf(curve.slice(0, Math.max(2, Math.floor(curve.length * 0.6))));
  const room = 0.12 * (high - low || 1);
  return [Math.min(low, ...curve) - room, high + room];
}

/** @param {RateSearch} search @param {number} width */
function drawChart(search, width) {
  const finding = search.finding.value;
  const known = finding.curve.length > 1 ? [finding.curve] : search.sweeps;
  const shown =
    finding.curve.length > 1 ? lossRange(finding) : rangeOf(known.flat().slice(0, 400), 0.1);
  const start = Math.log10(LOWEST);
  const chart = plane({
    x: logScale(start, start + DECADES),
    y: numberScale(shown[0], shown[1]),
    xName: t("learning rate (each step a little higher)"),
    yName: t("batch loss"),
    size: { width, height: HEIGHT },
  });
  const xs = (/** @type {number[]} */ losses) => losses.map((_, i) => Math.log10(rateOfStep(i)));
  /** Losses far above the frame would be no numbers for a path. */
  const most = shown[1] + 2 * (shown[1] - shown[0]);
  const line = (/** @type {number[]} */ losses, /** @type {string} */ name) => {
    const ys = losses.map((loss) => Math.min(loss, most));
    return svg("path", { class: name, d: linePath(chart, xs(losses), ys) });
  };
  chart.content.append(...search.sweeps.map((losses) => line(losses, "sweep")));
  if (finding.curve.length > 1) {
    chart.content.append(line(finding.curve, "sweep-mean"));
  }
  for (const { key, step } of finding.suggestions) {
    const x = chart.x(Math.log10(rateOfStep(step)));
    chart.content.append(
      svg("path", { class: `answer ${key}`, d: `M${x} 10V${HEIGHT - 48}` }),
      svg("circle", { class: `answer ${key}`, cx: x, cy: chart.y(finding.curve[step]), r: 4.5 }),
    );
  }
  return chart.root;
}

/** What the chart shows, in words. @param {RateSearch} search */
function summary({ finding }) {
  const { curve, suggestions } = finding.value;
  if (suggestions.length === 0) {
    return t("Loss against learning rate.");
  }
  const lowest = Math.min(...curve);
  return t("Loss against learning rate: {first} at first, lowest {lowest} at a rate of {rate}.", {
    first: formatNumber(curve[0]),
    lowest: formatNumber(lowest),
    rate: formatNumber(rateOfStep(curve.indexOf(lowest)), 2),
  });
}

/** @param {RateSearch} search */
function mountChart(search) {
  const frame = h("div", { class: "rates-frame", role: "img" });
  const draw = oncePerFrame(() => {
    const width = Math.round(frame.clientWidth);
    if (width > 0) {
      frame.replaceChildren(drawChart(search, width));
      frame.setAttribute("aria-label", summary(search));
    }
  });
  const sizes = new ResizeObserver(draw);
  sizes.observe(frame);
  whenGone(() => sizes.disconnect());
  watch(() => {
    search.changed.value;
    search.finding.value;
    draw();
  });
  return frame;
}

/** @param {Context} context @param {RateSearch} search @param {Suggestion} suggestion */
function answerLine({ actions, state }, search, { key, rate }) {
  const { name, why } = explain(key);
  const text = formatNumber(rate);
  const use = h(
    "button",
    {
      type: "button",
      "aria-label": t("Use the rate {rate}", { rate: text }),
      onclick: () => actions.change({ [search.rateKey]: String(rate) }),
    },
    t("Use"),
  );
  const chosen = h("span", { class: "muted" }, t("in use"));
  showWhen(chosen, () => Number(state.value(search.rateKey)) === rate);
  return h(
    "li",
    {},
    h("i", { class: `answer-key ${key}` }),
    h("strong", {}, text),
    h("span", {}, h("b", {}, name), " ", h("span", { class: "muted" }, why), " ", chosen),
    use,
  );
}

/** @param {Context} context @param {RateSearch} search @param {Finding} finding */
function answers(context, search, { suggestions }) {
  if (search.running.value) {
    return null;
  }
  if (search.problem.value) {
    return h("p", { class: "problem" }, search.problem.value);
  }
  if (suggestions.length === 0) {
    return h(
      "p",
      { class: "verdict" },
      t("The loss did not fall at any rate. Try larger batches, another loss or another network."),
    );
  }
  return [
    h("h3", {}, t("Rates for {optimizer}", { optimizer: search.label })),
    h(
      "ul",
      { class: "answers" },
      suggestions.map((suggestion) => answerLine(context, search, suggestion)),
    ),
  ];
}

/** @param {Context} context @param {RateSearch} search */
function mountSearch(context, search) {
  const bar = h("progress", { max: "1", "aria-label": t("Rate finder") });
  watch(() => {
    search.changed.value;
    bar.value = search.done;
  });
  showWhen(bar, () => search.running.value);
  const found = h("div", { class: "stack", role: "status" });
  const outcome = computed(() => (search.running.value ? null : search.finding.value));
  rebuild(
    found,
    () => outcome.value,
    (finding) => finding && answers(context, search, finding),
  );
  return [bar, mountChart(search), found];
}

/** @param {Context} context */
export function mountRateFinder(context) {
  const { state } = context;
  const optimizer = computed(() => optimizerOf(context));
  const start = h("button", { type: "button" }, t("Find the rate"));
  const nSweeps = () =>
    (state.dataset.value?.n_validation ?? 0) > MANY_ROWS ? FEW_SWEEPS : SWEEPS;
  const busy = () => state.rateSearch.value?.running.value === true;
  start.addEventListener("click", () => {
    const found = optimizer.value;
    if (found) {
      const { row, rateKey } = found;
      const search = new RateSearch(context, { rateKey, label: row.label, nSweeps: nSweeps() });
      state.rateSearch.value = search;
      search.start();
    }
  });
  watch(() => {
    start.disabled = busy() || !optimizer.value || !state.prepared.value;
  });
  const cancel = h(
    "button",
    { type: "button", onclick: () => state.rateSearch.value?.cancel() },
    t("Cancel"),
  );
  showWhen(cancel, busy);
  const none = h(
    "p",
    { class: "muted" },
    t("This optimizer finds the length of its steps itself: there is no rate to look for."),
  );
  showWhen(none, () => optimizer.value === null);
  const what = h("p", { class: "muted" });
  bindText(what, () =>
    t(
      "Trains the present set-up for {steps} steps while the rate grows from {low} to {high}, {times} times over with other batches, and draws the loss. Your run is left as it is.",
      { steps: STEPS, low: "1e-7", high: "10", times: nSweeps() },
    ),
  );
  const result = h("div", { class: "stack" });
  rebuild(
    result,
    () => state.rateSearch.value,
    (search) => search && mountSearch(context, search),
  );
  return h(
    "div",
    { class: "stack rates" },
    h("h2", { class: "visually-hidden" }, t("Rate finder")),
    what,
    none,
    h("div", { class: "buttons" }, start, cancel),
    result,
  );
}
