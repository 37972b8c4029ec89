/**
 * What is said of a model once there is one; loaded with the first run.
 */
import { toTranslate } from "../i18n.js";
import { mountTabs } from "./tabs.js";

/** @type {import("./tabs.js").Tab[]} */
const UNDERSTAND = [
  {
    key: "results",
    label: toTranslate("Results"),
    load: async () => (await import("./report.js")).mountReport,
  },
  {
    key: "does",
    label: toTranslate("What it does"),
    load: async () => (await import("./does.js")).mountDoes,
  },
  {
    key: "trust",
    label: toTranslate("Trust"),
    load: async () => (await import("./trust.js")).mountTrust,
  },
];

/** @param {import("./fields.js").Context} context */
export function mountResults(context) {
  const { understand } = context.state.openTabs;
  return [
    mountTabs(context, { label: toTranslate("Understand"), tabs: UNDERSTAND, open: understand }),
  ];
}
