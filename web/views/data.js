/**
 * The card of the data: where it comes from, what is predicted from what, and how it is prepared.
 */
import { bindText, h, rebuild } from "./dom.js";
import { mountColumns } from "./columns.js";
import { pickOne } from "./family.js";
import { settingField } from "./fields.js";
import { mountSource, splitText } from "./source.js";

/**
 * @import { Catalogue } from "../protocol.js"
 * @import { Context } from "./fields.js"
 */

/** Settings with a place of their own in the card. */
const PLACED = [
  "data.file",
  "data.target",
  "data.task",
  "data.ignore",
  "data.numbers",
  "data.categories",
];

/** @param {Context} context @param {Catalogue} catalogue */
function preparation(context, catalogue) {
  /** @param {string} key */
  const fields = (key) =>
    (catalogue.groups.find((group) => group.key === key)?.params ?? [])
      .filter(({ setting }) => !PLACED.includes(setting))
      .map((param) => settingField(context, param));
  const scaler = catalogue.families.find(({ key }) => key === "scaler");
  return [
    h("h3", {}, "Validation split"),
    fields("split"),
    scaler ? [h("h3", {}, scaler.label), pickOne(context, scaler)] : null,
    h("h3", {}, "Reading and missing values"),
    fields("data"),
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
    h(
      "section",
      { class: "card", "aria-labelledby": "card-data" },
      h("h2", { id: "card-data" }, "Data"),
      mountSource(context),
      mountColumns(context),
    ),
    h(
      "section",
      { class: "card", "aria-labelledby": "card-preparation" },
      h("h2", { id: "card-preparation" }, "Preparation"),
      split,
      prepare,
    ),
  ];
}
