/**
 * How to train: length, batches, then loss, optimizer, schedule, regularization and metric as the
 * catalogue has them.
 */
import { t } from "../../text/i18n.js";
import { card } from "../parts/card.js";
import { h, mountLater, rebuild, showWhen, watch } from "../parts/dom.js";
import { familyCard } from "../parts/family.js";
import { foldedFields, settingField } from "../parts/fields.js";
import { mountScheduleChart } from "./schedule-chart.js";

/**
 * @import { Catalogue, Param } from "../../protocol-catalogue.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Families that have their place in other cards. */
const ELSEWHERE = ["scaler", "activation", "initializer"];

/** What is seen of augmentations that change pictures. @param {Context} context */
function augmentationPictures(context) {
  const { state } = context;
  const place = h("div");
  const wanted = () =>
    Boolean(state.dataset.value?.image) &&
    (state.value("augmentation") !== "" || state.value("train.input_noise") !== "0");
  showWhen(place, wanted);
  mountLater(place, wanted, async () => {
    const { mountAugmentationPreview } = await import("./augmentation-preview.js");
    return () => mountAugmentationPreview(context);
  });
  return place;
}

/** What is drawn of a family's choice. @type {Record<string, (context: Context) => Node[]>} */
const PICTURES = {
  schedule: (context) => [mountScheduleChart(context)],
  augmentation: (context) => [augmentationPictures(context)],
};

/** What decides most; the rest of the group is folded. */
const FIRST = ["train.epochs", "train.batch_size"];

const descents = () => [
  {
    key: "full",
    label: t("Full-batch gradient descent"),
    size: "0",
    help: t("All training rows make one step."),
  },
  {
    key: "one",
    label: t("Stochastic gradient descent"),
    size: "1",
    help: t("Each single row makes a step."),
  },
  {
    key: "mini",
    label: t("Mini-batch gradient descent"),
    size: "",
    help: t("A few rows at a time make a step."),
  },
];

/** @param {string} size */
const descentOf = (size) => descents().find((descent) => descent.size === size)?.key ?? "mini";

/** The batch size by the names of the textbooks. @param {Context} context @param {Param} param */
function batchField(context, param) {
  const { state, actions } = context;
  const key = param.setting;
  const current = () => descentOf(state.value(key));
  const mini = descents().some(({ size }) => size === param.default) ? "32" : param.default;
  const radios = descents().map((descent) => {
    const radio = h("input", {
      type: "radio",
      name: "descent",
      value: descent.key,
      onchange: () => actions.change({ [key]: descent.size || mini }),
    });
    watch(() => {
      radio.checked = current() === descent.key;
    });
    return h("label", { class: "check", title: descent.help }, radio, descent.label);
  });
  const size = settingField(context, param);
  showWhen(size, () => current() === "mini" || key in state.mistakes.value);
  return h("fieldset", { class: "batch" }, h("legend", {}, t("Batches")), radios, size);
}

/** @param {Context} context @param {Catalogue} catalogue */
function lengthCard(context, catalogue) {
  const group = catalogue.groups.find(({ key }) => key === "train");
  const params = group?.params ?? [];
  const isFirst = (/** @type {Param} */ { setting }) => FIRST.includes(setting);
  const fields = params
    .filter(isFirst)
    .map((param) =>
      param.setting === "train.batch_size"
        ? batchField(context, param)
        : settingField(context, param),
    );
  const rest = params.filter((param) => !isFirst(param));
  return card(
    context,
    { key: "train", title: t("Epochs and batches") },
    fields,
    foldedFields(context, t("More"), rest),
  );
}

/** @param {Context} context */
export function mountTraining(context) {
  const root = h("div", { class: "stack" });
  rebuild(
    root,
    () => context.state.catalogue.value,
    (catalogue) => {
      if (!catalogue) {
        return null;
      }
      const families = catalogue.families.filter(({ key }) => !ELSEWHERE.includes(key));
      const cards = families.map((family) =>
        familyCard(context, family, ...(PICTURES[family.key]?.(context) ?? [])),
      );
      return [lengthCard(context, catalogue), ...cards];
    },
  );
  return root;
}
