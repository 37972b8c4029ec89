/**
 * The arithmetic of one parameter: its gradient by backpropagation and by a central difference with
 * the numbers in, and what the optimizer makes of it.
 */
import { signal } from "@preact/signals-core";
import { labelText, t } from "../../text/i18n.js";
import { valueOf } from "../../settings.js";
import { h, rebuild } from "../parts/dom.js";
import { follow } from "../parts/follow.js";
import { formatCount, formatNumber } from "../../text/format.js";
import { formula } from "../parts/formula.js";
import { gradientAgrees } from "../parts/gradient-error.js";
import { kindLabel } from "./inside-layers.js";
import { liveTable } from "../parts/live-table.js";

/**
 * @import { Explanation, Term } from "../../protocol-inside.js"
 * @import { Child } from "../parts/dom.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Layer, Place } from "./inside-layers.js"
 */

/** The core explains no more rows at a time. */
const MOST_ROWS = 256;
const WRITTEN_TERMS = 3;
const DIGITS = 4;
const LOSS_DIGITS = { least: 6, most: 14 };

const RAISED = {
  "−": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};

/** As in a textbook: 1.2 · 10⁻⁵. @param {number | null} value @param {number} [digits] */
function number(value, digits = DIGITS) {
  const text =
    digits > DIGITS ? String(Number(value?.toPrecision(digits))) : formatNumber(value, digits);
  const [factor, power] = text.replaceAll("-", "−").split("e");
  const raised = [...(power ?? "")].map(
    (digit) => RAISED[/** @type {keyof typeof RAISED} */ (digit)],
  );
  const ten = `10${raised.join("")}`;
  return power ? (factor === "1" ? ten : `${factor} · ${ten}`) : factor;
}

/** A factor or a later summand: negative ones stand in brackets. @param {number} value */
function bracketed(value) {
  const text = number(value);
  return value < 0 || text.includes(" ") ? `(${text})` : text;
}

/** @param {string} name */
const variable = (name) => h("var", {}, name);

/** @param {Child} top @param {Child} bottom */
const fraction = (top, bottom) =>
  h(
    "span",
    { class: "fraction" },
    h("span", {}, top),
    h("span", { class: "visually-hidden" }, " / "),
    h("span", {}, bottom),
  );

/** @param {...Child} content */
const line = (...content) => h("span", {}, content);

/** @param {string} sign of the change of w */
const lossAt = (sign) => [variable("L"), "(", variable("w"), ` ${sign} `, variable("h"), ")"];

/** The largest ones. @param {Term[]} terms */
function writtenTerms(terms) {
  const written = [...terms]
    .sort((a, b) => Math.abs(b.product) - Math.abs(a.product))
    .slice(0, WRITTEN_TERMS)
    .map(({ delta, input }) => `${bracketed(delta)} · ${bracketed(input)}`);
  const left = terms.length - written.length;
  return [...written, ...(left > 0 ? [t("… {n} more", { n: left })] : [])].join(" + ");
}

/** @param {Explanation} explanation */
function backpropagation({ terms, sum, weight, penalty, gradient }) {
  const derivative = fraction(["∂", variable("L")], ["∂", variable("w")]);
  if (terms.length === 0 || sum === null) {
    return [line(derivative, ` = ${number(gradient)}`)];
  }
  const counted = formatNumber(weight, 6);
  const more = penalty === 0 ? [] : [" + ", t("penalty")];
  const plus = penalty === 0 ? "" : ` + ${bracketed(penalty)}`;
  return [
    line(
      derivative,
      " = ",
      fraction("1", variable("N")),
      " Σ ",
      variable("δ"),
      " · ",
      variable("a"),
      more,
    ),
    line("= ", fraction("1", counted), ` (${writtenTerms(terms)})${plus}`),
    line("= ", fraction(number(sum), counted), plus),
    line("= ", h("strong", {}, number(gradient))),
  ];
}

/** As many as show by how much two losses differ. @param {number} above @param {number} below */
function lossDigits(above, below) {
  const apart = Math.ceil(Math.log10(Math.abs(above / (above - below)))) + 4;
  const { least, most } = LOSS_DIGITS;
  return Number.isFinite(apart) ? Math.min(most, Math.max(least, apart)) : least;
}

/** @param {Explanation} explanation */
function centralDifference({ step, loss_above: above, loss_below: below, difference }) {
  const digits = lossDigits(above, below);
  const loss = (/** @type {number} */ value) => number(value, digits);
  return [
    line(fraction([lossAt("+"), " − ", lossAt("−")], ["2", variable("h")])),
    line("= ", fraction(`${loss(above)} − ${loss(below)}`, `2 · ${number(step)}`)),
    line("= ", h("strong", {}, number(difference))),
  ];
}

/** @param {Explanation} explanation */
function agreement({ relative_error: error }) {
  const values = { error: number(error, 2) };
  return gradientAgrees(error)
    ? t("Relative error {error}: the two agree.", values)
    : t(
        "Relative error {error}: they differ, as they may at the kink of a ReLU or where the gradient is almost 0.",
        values,
      );
}

/** @param {Context} context */
const applied =
  ({ state }) =>
  (/** @type {string} */ key) =>
    valueOf(state.applied.value, state.index.value, key);

/** Plain gradient descent can be written out; other steps depend on what the optimizer remembers. @param {Context} context @param {Explanation} explanation */
function nextStep(context, { value, gradient }) {
  const { state } = context;
  const setting = applied(context);
  const key = setting("optimizer");
  const row = state.catalogue.value?.families
    .find((family) => family.key === "optimizer")
    ?.rows.find((one) => one.key === key);
  const rate = state.progress.value?.learningRate ?? 0;
  const names = { optimizer: labelText(row?.label ?? key), rate: number(rate) };
  const sgd = (/** @type {string} */ part) => Number(setting(`optimizer.sgd.${part}`)) === 0;
  if (key === "sgd" && sgd("momentum") && sgd("weight_decay")) {
    const next = number(value - rate * gradient);
    return [
      h(
        "p",
        {},
        t(
          "{optimizer} takes the rate, {rate}, times the gradient off the weight. With these rows as its batch:",
          names,
        ),
      ),
      h(
        "div",
        { class: "formula" },
        line(
          variable("w"),
          " − ",
          variable("lr"),
          " · ",
          variable("g"),
          ` = ${number(value)} − ${bracketed(rate)} · ${bracketed(gradient)}`,
        ),
        line("= ", h("strong", {}, next)),
      ),
    ];
  }
  return [
    h(
      "p",
      {},
      t(
        "{optimizer} makes its step of this gradient g, of those before it, and of the rate, now {rate}:",
        names,
      ),
    ),
    formula(labelText(row?.formula ?? "")),
  ];
}

/** @param {number} gradient */
function direction(gradient) {
  if (gradient === 0) {
    return t("The loss does not depend on it here.");
  }
  return gradient > 0
    ? t("The gradient is positive: a larger value raises the loss, so the step is downwards.")
    : t("The gradient is negative: a larger value lowers the loss, so the step is upwards.");
}

/** @param {Explanation} explanation */
function termTable({ terms, sum }) {
  const head = [t("Row of the table"), "δ", "a", "δ · a"].map((text) =>
    h("th", { scope: "col" }, text),
  );
  const rows = terms.map(({ table_row, delta, input, product }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, formatCount(table_row + 1)),
      [delta, input, product].map((value) => h("td", {}, number(value))),
    ),
  );
  const foot = h(
    "tr",
    {},
    h("th", { scope: "row" }, t("Sum")),
    h("td", {}),
    h("td", {}),
    h("td", {}, number(sum)),
  );
  return h(
    "table",
    { class: "classes terms" },
    h("thead", {}, h("tr", {}, head)),
    h("tbody", {}, rows),
    h("tfoot", {}, foot),
  );
}

/** What the letters mean. @param {Layer} layer @param {Place} place @param {Explanation} explanation */
function legend({ inputs, units }, { kind, row, column }, { terms }) {
  if (terms.length === 0) {
    return h(
      "p",
      { class: "hint" },
      t("A {kind} works on every row at once: its gradient is no sum of one product a row.", {
        kind: kindLabel(kind),
      }),
    );
  }
  const values = { unit: units[row], input: inputs[column], n: terms.length };
  return h(
    "p",
    { class: "hint" },
    kind === "weight"
      ? t(
          "δ: how the loss of a row changes with the sum that goes into {unit}. a: what comes from {input}. N: the number of rows, the first {n} of the training part, or the sum of their weights.",
          values,
        )
      : t(
          "δ: how the loss of a row changes with the sum that goes into {unit}. a is 1 for a bias. N: the number of rows, the first {n} of the training part, or the sum of their weights.",
          values,
        ),
  );
}

/** @param {Context} context @param {Layer} layer @param {Place} place @param {Explanation} explanation */
function derivation(context, layer, place, explanation) {
  const { value, gradient } = explanation;
  return [
    h("p", { class: "weight-value" }, variable("w"), ` = ${number(value)}`),
    h(
      "div",
      { class: "derivations" },
      h(
        "div",
        {},
        h("h4", {}, t("By backpropagation")),
        h("div", { class: "formula" }, backpropagation(explanation)),
        legend(layer, place, explanation),
      ),
      h(
        "div",
        {},
        h("h4", {}, t("By a central difference")),
        h("div", { class: "formula" }, centralDifference(explanation)),
        h("p", { class: "hint" }, agreement(explanation)),
      ),
      h(
        "div",
        {},
        h("h4", {}, t("The step")),
        nextStep(context, explanation),
        h("p", { class: "hint" }, direction(gradient)),
      ),
    ),
  ];
}

/**
 * @param {Context} context
 * @param {{ isOpen: () => boolean, chosen: () => { layer: Layer, place: Place } | null }} looked
 */
export function mountWeight(context, { isOpen, chosen }) {
  const { state, actions } = context;
  const answer = signal(
    /** @type {{ asked: ReturnType<typeof chosen>, explanation: Explanation } | null} */ (null),
  );
  const body = h("div", { class: "derivation" });
  rebuild(
    body,
    () => answer.value,
    (now) => now?.asked && derivation(context, now.asked.layer, now.asked.place, now.explanation),
  );
  follow(context, {
    wanted: () => isOpen() && chosen() !== null,
    reads: () => chosen(),
    ask: async () => {
      const asked = chosen();
      const block = asked?.layer.blocks.find(({ kind }) => kind === asked.place.kind);
      if (!asked || !block) {
        return null;
      }
      const batch = Number(applied(context)("train.batch_size")) || MOST_ROWS;
      const { row, column } = asked.place;
      const rows = Math.min(batch, MOST_ROWS, state.dataset.value?.n_training ?? 1);
      const explanation = await actions.look("explain", {
        tensor: block.tensor,
        row,
        column,
        rows,
      });
      return explanation && chosen() === asked ? { asked, explanation } : null;
    },
    show: (found) => (answer.value = found ?? answer.value),
  });
  const all = liveTable(t("All terms"), () => {
    const explanation = answer.value?.explanation;
    return explanation?.terms.length ? termTable(explanation) : null;
  });
  const fold = h("details", { class: "fold" }, h("summary", {}, t("All terms")), all);
  return [body, fold];
}
