/**
 * What makes a run checkable: going back to an epoch exactly, the gradient against central
 * differences, and the hash of the weights.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild, showWhen, watch } from "../parts/dom.js";
import { formatCount, formatNumber } from "../../text/format.js";
import { gradientAgrees } from "../parts/gradient-error.js";

/**
 * @import { GradientCheck } from "../../protocol.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @param {Context} context */
function rewindControl({ state, actions }) {
  const select = h("select", { id: "rewind-epoch", "aria-label": t("Epoch to go back to") });
  const button = h("button", { type: "button" }, t("Rewind"));
  button.addEventListener("click", () => actions.rewind(Number(select.value)));
  watch(() => {
    const { keptEpochs = [], epoch = 0 } = state.progress.value ?? {};
    const epochs = keptEpochs.filter((kept) => kept < epoch);
    const chosen = Number(select.value);
    select.replaceChildren(
      ...epochs.map((kept) => h("option", { value: kept }, t("epoch {n}", { n: kept }))),
    );
    const best = state.progress.value?.bestEpoch ?? -1;
    const wanted = select.dataset.touched ? chosen : best;
    const nearest = epochs.findLast((kept) => kept <= wanted) ?? epochs[0];
    select.value = String(nearest ?? "");
    button.disabled = epochs.length === 0;
  });
  select.addEventListener("change", () => {
    select.dataset.touched = "yes";
  });
  const row = h("div", { class: "trust-row" }, select, button);
  showWhen(row, () => state.begun.value && !state.running.value);
  return h(
    "div",
    { class: "trust" },
    h("h3", {}, t("Go back")),
    h(
      "p",
      { class: "muted" },
      t(
        "Rewinds the run to the end of an epoch: weights, optimizer, batches and curve are as they were. Change the rate or a penalty, and train on from there.",
      ),
    ),
    row,
  );
}

/** @param {GradientCheck} check */
function checkRow({ name, n_checked, worst, backpropagated, difference }) {
  const agrees = gradientAgrees(worst);
  return h(
    "tr",
    { class: agrees ? "agrees" : "differs" },
    h("th", { scope: "row" }, name),
    h("td", {}, formatCount(n_checked)),
    h("td", {}, worst.toExponential(1)),
    h("td", {}, formatNumber(backpropagated)),
    h("td", {}, formatNumber(difference)),
    h("td", {}, agrees ? t("agrees") : t("differs")),
  );
}

/** @param {GradientCheck[]} checks */
function checkTable(checks) {
  const head = [
    t("Tensor"),
    t("Compared"),
    t("Worst error"),
    t("Backprop"),
    t("Difference"),
    "",
  ].map((text) => h("th", { scope: "col" }, text));
  return h(
    "div",
    { class: "scroll", role: "region", "aria-label": t("Gradient check"), tabindex: "0" },
    h(
      "table",
      { class: "classes" },
      h("caption", {}, t("The worst of the compared values of each tensor, as a relative error")),
      h("thead", {}, h("tr", {}, head)),
      h("tbody", {}, checks.map(checkRow)),
    ),
  );
}

/** @param {Context} context */
function gradientCheck({ state, actions }) {
  const button = h(
    "button",
    { type: "button", onclick: actions.checkGradient },
    t("Gradient check"),
  );
  const result = h("div", { role: "status" });
  watch(() => {
    button.disabled = state.running.value || !state.prepared.value;
  });
  rebuild(
    result,
    () => state.checks.value,
    (checks) => checks && checkTable(checks),
  );
  return h(
    "div",
    { class: "trust" },
    h("h3", {}, t("Is the gradient right?")),
    h(
      "p",
      { class: "muted" },
      t(
        "Compares backpropagation with central differences of a second, plain implementation in double precision, for the network and loss chosen above.",
      ),
    ),
    button,
    result,
  );
}

/** @param {Context} context */
function weightsHash({ state }) {
  const code = h("code", {});
  watch(() => {
    code.textContent = state.report.value?.hash ?? "";
  });
  const line = h(
    "p",
    { class: "muted" },
    t("Hash of the weights:"),
    " ",
    code,
    " ",
    t("The same settings and seeds give the same ones in every browser and in the native program."),
  );
  showWhen(line, () => state.report.value !== null);
  return line;
}

/** @param {Context} context */
export function mountTrust(context) {
  return h(
    "div",
    { class: "stack" },
    h("h2", { class: "visually-hidden" }, t("Rewind and check")),
    rewindControl(context),
    gradientCheck(context),
    weightsHash(context),
  );
}
