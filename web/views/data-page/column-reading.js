/**
 * How the cells of one column were read, and what can be said about it that the file does not say.
 */
import { t } from "../../text/i18n.js";
import { splitNames } from "../../settings.js";
import { withNames } from "../data/column-types.js";
import { h } from "../parts/dom.js";

/**
 * @import { Column, Reading } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

const COMMA = "data.decimal_comma";
const POINT = "data.decimal_point";

/** @param {Reading} reading of dates */
function dateText({ date, evidence, unclear }) {
  if (unclear) {
    return t("{evidence} may begin with the day or the month: say which under “Order of dates”.", {
      evidence,
    });
  }
  return date === "month_day"
    ? t("Dates with the month before the day, as in {evidence}.", { evidence })
    : t("Dates, as in {evidence}.", { evidence });
}

/** @param {Reading} reading of numbers */
function evidenceText({ decimal, evidence, hours, unclear }) {
  if (hours) {
    return t("Times of day in hours: 6:30 is 6.5. The column has {evidence}.", { evidence });
  }
  if (unclear) {
    return t("{evidence} may be thousands or decimals: say which.", { evidence });
  }
  return decimal === "comma"
    ? t("The numbers have a decimal comma, as in {evidence}.", { evidence })
    : t("The numbers have a decimal point, as in {evidence}.", { evidence });
}

/** @param {Context} context @param {string} name */
function decimalButtons(context, name) {
  const { state, actions } = context;
  /** @param {string} label @param {string} key @param {string} other */
  const button = (label, key, other) =>
    h(
      "button",
      {
        type: "button",
        "aria-pressed": String(splitNames(state.value(key)).includes(name)),
        onclick: () =>
          actions.change({
            [key]: withNames(context, key, [name], true),
            [other]: withNames(context, other, [name], false),
          }),
      },
      label,
    );
  return h(
    "div",
    { class: "buttons" },
    button(t("Decimal comma"), COMMA, POINT),
    button(t("Decimal point"), POINT, COMMA),
  );
}

/** @param {Context} context @param {string} key @param {string} name @param {string} label */
function listBox(context, key, name, label) {
  const { state, actions } = context;
  const box = h("input", {
    type: "checkbox",
    onchange: () => actions.change({ [key]: withNames(context, key, [name], box.checked) }),
  });
  box.checked = splitNames(state.value(key)).includes(name);
  return h("label", { class: "check" }, box, label);
}

/** @param {Context} context @param {Column} column */
export function columnReading(context, { name, reading }) {
  return h(
    "div",
    { class: "column-reading" },
    reading?.date ? h("p", {}, dateText(reading)) : null,
    reading?.decimal ? h("p", {}, evidenceText(reading)) : null,
    reading?.decimal && !reading.hours ? decimalButtons(context, name) : null,
    reading?.date || splitNames(context.state.value("data.not_dates")).includes(name)
      ? listBox(context, "data.not_dates", name, t("These are no dates"))
      : null,
    listBox(context, "data.texts", name, t("Keep the cells as they are written")),
    listBox(context, "data.not_missing", name, t("Words such as NA are values here")),
  );
}
