/**
 * The network beside what it has to beat.
 */
import { t } from "../../text/i18n.js";
import { factsOf } from "../../run-facts.js";
import { bindText, h, rebuild, showWhen } from "../parts/dom.js";
import { formatMetric, formatNumber } from "../../text/format.js";

/**
 * @import { Row } from "../../protocol-catalogue.js"
 * @import { Baseline } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Differences below this share of the loss are none. */
const ALIKE = 0.02;

/** How the network stands beside what it has to beat; empty without either. @param {number} best lowest loss of the network @param {Baseline[]} baselines */
export function baselineVerdict(best, baselines) {
  const scored = baselines.filter(({ loss }) => Number.isFinite(loss));
  if (scored.length === 0 || !Number.isFinite(best)) {
    return "";
  }
  const rival = scored.reduce((a, b) => (b.loss < a.loss ? b : a));
  const values = { rival: rival.label };
  if (Math.abs(rival.loss - best) <= ALIKE * Math.abs(rival.loss)) {
    return t("The network does as well as: {rival}. The simpler model is enough so far.", values);
  }
  return best < rival.loss
    ? t("The network beats them all.")
    : t("The network has not beaten: {rival}.", values);
}

/** @param {string} name @param {number} loss @param {Row | undefined} row @param {number} metric */
function line(name, loss, row, metric) {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, name),
    h("td", {}, formatNumber(loss)),
    h("td", {}, formatMetric(row, metric)),
  );
}

/** @param {Context} context */
export function mountBaselines({ state }) {
  const best = () => {
    state.drawn.value;
    const run = state.current.value;
    return run ? factsOf(run) : null;
  };
  const body = h("tbody");
  rebuild(
    body,
    () => `${state.baselines.value.length} ${best()?.best} ${state.phase.value}`,
    () => {
      const facts = best();
      const row = state.metric.value;
      const network = line(
        t("Network, best epoch"),
        facts?.best ?? NaN,
        row,
        facts?.bestMetric ?? NaN,
      );
      network.className = "network-line";
      const others = state.baselines.value.map(({ label, loss, metric }) =>
        line(label, loss, row, metric),
      );
      return [network, others];
    },
  );
  const told = h("p", { class: "muted", role: "status" });
  bindText(told, () =>
    state.running.value ? "" : baselineVerdict(best()?.best ?? NaN, state.baselines.value),
  );
  const metricHead = h("th", { scope: "col" });
  bindText(metricHead, () => state.metric.value?.label ?? t("Metric"));
  const root = h(
    "div",
    { class: "baselines" },
    h(
      "table",
      { class: "board" },
      h("caption", {}, t("What the network has to beat, on the same rows")),
      h("thead", {}, h("tr", {}, h("td"), h("th", { scope: "col" }, t("Loss")), metricHead)),
      body,
    ),
    told,
  );
  showWhen(root, () => state.baselines.value.length > 0);
  return root;
}
