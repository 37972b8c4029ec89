/**
 * The choice of a family's row, and the parameters that come with it: one function for every family,
 * so that a new row in C needs nothing here.
 */
import { t } from "../../text/i18n.js";
import { otherNames } from "../../text/other-names.js";
import { choiceParam, chosenRow, joinRows, splitList } from "../../settings.js";
import { card } from "./card.js";
import { bindText, h, rebuild, watch } from "./dom.js";
import { bindProblem, idOf, problemSlot, settingField } from "./fields.js";
import { formula } from "./formula.js";
import { learnButton } from "./learn-button.js";

/**
 * @import { Family, Row } from "../../protocol-catalogue.js"
 * @import { Context } from "./fields.js"
 */

/** @param {Context} context */
function currentTask({ state }) {
  return state.dataset.value?.task ?? "regression";
}

/** Longer ones are for the reference page. */
const MOST_CHARACTERS = 120;

/** Names in other libraries, and what differs from them if that is short. @param {Row} row */
function elsewhere(row) {
  const names = otherNames(row).flatMap(({ library, name }, i) => [
    i > 0 ? " · " : "",
    `${library} `,
    h("code", {}, name),
  ]);
  const differs = row.differs.length <= MOST_CHARACTERS ? row.differs : "";
  return [
    names.length > 0 ? h("p", { class: "names" }, names) : null,
    differs ? h("p", { class: "names" }, differs) : null,
  ];
}

/** Formula and source of a row, and more to learn. @param {Context} context @param {Family} family @param {Row} row */
export function aboutRow(context, family, row) {
  return h(
    "div",
    { class: "about" },
    row.formula ? formula(row.formula) : null,
    row.source ? h("cite", {}, row.source) : null,
    elsewhere(row),
    learnButton(context, family, row),
  );
}

/** @param {Context} context @param {Family} family @returns {HTMLOptionElement[]} */
function rowOptions(context, family) {
  const auto = (choiceParam(family).choices ?? []).includes("auto");
  const automatic = h("option", { value: "auto" });
  bindText(automatic, () => {
    const row = chosenRow(family, "auto", currentTask(context));
    return row ? t("Automatic ({row})", { row: row.label }) : t("Automatic");
  });
  const options = family.rows.map((row) => {
    const option = h("option", { value: row.key }, row.label);
    watch(() => {
      option.disabled = row.tasks.length > 0 && !row.tasks.includes(currentTask(context));
    });
    return option;
  });
  return auto ? [automatic, ...options] : options;
}

/** A select of the rows. @param {Context} context @param {Family} family */
function rowSelect(context, family) {
  const { state, actions } = context;
  const select = h(
    "select",
    {
      id: idOf(family.key),
      name: family.key,
      onchange: () => actions.change({ [family.key]: select.value }),
    },
    rowOptions(context, family),
  );
  watch(() => {
    select.value = state.value(family.key);
  });
  bindProblem(context, select, family.key);
  return select;
}

/** Pick one: a select, then the row's help, formula and parameters. @param {Context} context @param {Family} family @param {...Node} picture above them */
export function pickOne(context, family, ...picture) {
  const { state } = context;
  const details = h("div", { class: "details" });
  const row = () => chosenRow(family, state.value(family.key), currentTask(context));
  rebuild(details, row, (chosen) => {
    if (!chosen) {
      return null;
    }
    return [
      h("p", { class: "hint", id: `${idOf(family.key)}-hint` }, chosen.help),
      aboutRow(context, family, chosen),
      [...chosen.params, ...family.params].map((param) => settingField(context, param)),
    ];
  });
  return h(
    "div",
    { class: "family", "data-setting": family.key },
    h("label", { class: "visually-hidden", for: idOf(family.key) }, family.label),
    rowSelect(context, family),
    problemSlot(context, family.key),
    picture,
    details,
  );
}

/** One row of a family of which any number may be on. @param {Context} context @param {Family} family @param {Row} row @param {(key: string, on: boolean) => void} turn */
function anyRow(context, family, row, turn) {
  const isOn = () => splitList(context.state.value(family.key)).includes(row.key);
  const box = h("input", {
    type: "checkbox",
    value: row.key,
    onchange: () => turn(row.key, box.checked),
  });
  watch(() => {
    box.checked = isOn();
  });
  const details = h("div", { class: "details" });
  rebuild(details, isOn, (on) =>
    on
      ? [
          h("p", { class: "hint" }, row.help),
          aboutRow(context, family, row),
          row.params.map((param) => settingField(context, param)),
        ]
      : null,
  );
  const label = h("label", { class: "check", title: row.help }, box, row.label);
  return h("div", { class: "option" }, label, details);
}

/** Pick any: a box a row, each with its parameters below when it is on. @param {Context} context @param {Family} family @param {...Node} picture below them */
export function pickAny(context, family, ...picture) {
  const { state, actions } = context;
  /** @param {string} key @param {boolean} on */
  function turn(key, on) {
    const others = splitList(state.value(family.key)).filter((other) => other !== key);
    actions.change({ [family.key]: joinRows(family, on ? [...others, key] : others) });
  }
  return h(
    "fieldset",
    { class: "family", "data-setting": family.key, "aria-describedby": `${idOf(family.key)}-hint` },
    h("legend", { class: "visually-hidden" }, family.label),
    h("p", { class: "hint", id: `${idOf(family.key)}-hint` }, family.help),
    family.rows.map((row) => anyRow(context, family, row, turn)),
    family.params.map((param) => settingField(context, param)),
    problemSlot(context, family.key),
    picture,
  );
}

/** A card for a family, whichever way it is picked. @param {Context} context @param {Family} family @param {...Node} picture of what is picked */
export function familyCard(context, family, ...picture) {
  const badge = family.live
    ? h("span", { class: "badge", title: t("A change takes effect at the next step") }, t("live"))
    : null;
  return card(
    context,
    { key: family.key, title: family.label, badge },
    family.pick === "any"
      ? pickAny(context, family, ...picture)
      : pickOne(context, family, ...picture),
  );
}
