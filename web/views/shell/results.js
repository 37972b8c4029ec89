/**
 * What is said of a model once there is one; loaded with the first run.
 */
import { toTranslate } from "../../text/i18n.js";
import { h } from "../parts/dom.js";
import { mountTabs } from "../parts/tabs.js";

/** @type {import("../parts/tabs.js").Tab[]} */
const UNDERSTAND = [
  {
    key: "results",
    label: toTranslate("Results"),
    load: async () => {
      const [{ mountReport }, { mountBaselines }] = await Promise.all([
        import("../report/report.js"),
        import("../report/baseline-rows.js"),
      ]);
      return (context, isOpen) =>
        h("div", { class: "stack" }, mountReport(context, isOpen), mountBaselines(context));
    },
  },
  {
    key: "does",
    label: toTranslate("What it does"),
    load: async () => (await import("../does/does.js")).mountDoes,
  },
  {
    key: "inside",
    label: toTranslate("Inside"),
    load: async () => (await import("../inside/inside.js")).mountInside,
  },
  {
    key: "why",
    label: toTranslate("Why"),
    load: async () => (await import("../why/why.js")).mountWhy,
  },
  {
    key: "predict",
    label: toTranslate("Predict"),
    load: async () => (await import("../predict/predict.js")).mountPredict,
  },
  {
    key: "trust",
    label: toTranslate("Rewind and check"),
    load: async () => (await import("../report/trust.js")).mountTrust,
  },
];

/** @type {import("../parts/tabs.js").Tab[]} */
const COMPARE = [
  {
    key: "runs",
    label: toTranslate("Runs"),
    load: async () => (await import("../runs/runs-table.js")).mountRuns,
  },
  {
    key: "race",
    label: toTranslate("Race"),
    load: async () => (await import("../race/race-tab.js")).mountRace,
  },
  {
    key: "rates",
    label: toTranslate("Rate finder"),
    load: async () => (await import("../race/rate-finder-tab.js")).mountRateFinder,
  },
  {
    key: "folds",
    label: toTranslate("Cross-validation"),
    load: async () => (await import("../race/folds.js")).mountFolds,
  },
];

/** @param {import("../parts/fields.js").Context} context */
export function mountResults(context) {
  const { understand, compare } = context.state.openTabs;
  return [
    mountTabs(context, { label: toTranslate("Understand"), tabs: UNDERSTAND, open: understand }),
    mountTabs(context, { label: toTranslate("Compare"), tabs: COMPARE, open: compare }),
  ];
}
