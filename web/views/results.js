/**
 * What is said of a model once there is one; loaded with the first run.
 */
import { mountTabs } from "./tabs.js";

/** @type {import("./tabs.js").Tab[]} */
const UNDERSTAND = [
  {
    key: "results",
    label: "Results",
    load: async () => (await import("./report.js")).mountReport,
  },
  { key: "trust", label: "Trust", load: async () => (await import("./trust.js")).mountTrust },
];

/** @type {import("./tabs.js").Tab[]} */
const COMPARE = [
  { key: "runs", label: "Runs", load: async () => (await import("./runs-table.js")).mountRuns },
];

/** @param {import("./fields.js").Context} context */
export function mountResults(context) {
  const { understand, compare } = context.state.openTabs;
  return [
    mountTabs(context, { label: "Understand", tabs: UNDERSTAND, open: understand }),
    mountTabs(context, { label: "Compare", tabs: COMPARE, open: compare }),
  ];
}
