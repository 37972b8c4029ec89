/**
 * The card of the data: where it comes from, what is predicted from what, and how it is prepared.
 */
import { t } from "../../text/i18n.js";
import { card } from "../parts/card.js";
import { mountColumns } from "./columns.js";
import { bindText, h, rebuild, showWhen } from "../parts/dom.js";
import { pickOne } from "../parts/family.js";
import { foldedFields, settingField } from "../parts/fields.js";
import { mountSource, splitText } from "./source.js";

/**
 * @import { Catalogue, Param } from "../../protocol-catalogue.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Settings with a place of their own in the card. */
const PLACED = [
  "data.file",
  "data.sheet",
  "data.target",
  "data.task",
  "data.ignore",
  "data.numbers",
  "data.categories",
];

/** @param {State} state */
const byPart = (state) => state.value("split.method") === "part";

/** @param {Param} param */
const isWeight = ({ setting }) => ["data.weights", "data.class_weight"].includes(setting);

/** When a setting does something; the others always do. @type {Record<string, (state: State) => boolean>} */
const WHEN = {
  "split.validation": (state) => state.value("split.folds") === "0",
  "split.stratify": (state) =>
    state.value("split.method") === "random" && state.dataset.value?.task !== "regression",
  "split.shuffle": (state) => !["order", "part"].includes(state.value("split.method")),
  "split.group": (state) => state.value("split.method") === "group",
  "split.order": (state) => state.value("split.method") === "order",
  "split.part": byPart,
  "split.training_words": byPart,
  "split.validation_words": byPart,
  "split.test_words": byPart,
  "split.folds": (state) => !["order", "part"].includes(state.value("split.method")),
  "split.fold": (state) => state.value("split.folds") !== "0",
  "data.class_weight": (state) =>
    ["binary", "multiclass"].includes(state.dataset.value?.task ?? ""),
  "split.repeats": (state) => state.value("split.folds") !== "0",
};

/** @param {Context} context @param {Param} param */
function placedField(context, param) {
  const { state } = context;
  const field = settingField(context, param);
  const matters = WHEN[param.setting];
  if (matters) {
    showWhen(field, () => matters(state) || param.setting in state.mistakes.value);
  }
  return field;
}

/** @param {Context} context @param {Catalogue} catalogue */
function preparation(context, catalogue) {
  /** @param {string} key */
  const params = (key) =>
    (catalogue.groups.find((group) => group.key === key)?.params ?? []).filter(
      ({ setting }) => !PLACED.includes(setting),
    );
  const scaler = catalogue.families.find(({ key }) => key === "scaler");
  return [
    h("h3", {}, t("Validation split")),
    params("split").map((param) => placedField(context, param)),
    scaler ? [h("h3", {}, scaler.label), pickOne(context, scaler)] : null,
    h("h3", {}, t("What rows count")),
    params("data")
      .filter(isWeight)
      .map((param) => placedField(context, param)),
    foldedFields(
      context,
      t("Reading and missing values"),
      params("data").filter((param) => !isWeight(param)),
    ),
  ].flat();
}

/** @param {Context} context */
export function mountData(context) {
  const { state } = context;
  const split = h("p", { class: "hint" });
  bindText(split, () => splitText(state));
  const prepare = h("div", { class: "stack" });
  rebuild(
    prepare,
    () => state.catalogue.value,
    (catalogue) => catalogue && preparation(context, catalogue),
  );
  return [
    card(
      context,
      { key: "data", title: t("Data"), level: "h2" },
      mountSource(context),
      mountColumns(context),
    ),
    card(context, { key: "preparation", title: t("Preparation"), level: "h2" }, split, prepare),
  ];
}
