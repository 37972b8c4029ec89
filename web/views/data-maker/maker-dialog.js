/**
 * Making data: points in a shape, by hand, or both, which become the file of the page.
 */
import { createMaker } from "../../data-maker/maker.js";
import { formatRecipe } from "../../data-maker/recipe-text.js";
import { csvText, fileName } from "../../data-maker/sketch.js";
import { lackText } from "../../data-maker/sketch-text.js";
import { download } from "../../export/download.js";
import { t } from "../../text/i18n.js";
import { dialogWhile } from "../parts/dialogs.js";
import { bindText, h } from "../parts/dom.js";
import { mountFields, mountShapes } from "./maker-fields.js";
import { mountPad } from "./maker-pad.js";
import { mountSteps, mountTools, travelByKeys } from "./maker-tools.js";

/** @import { Context } from "../parts/fields.js" */
/** @import { Maker } from "../../data-maker/maker.js" */

/** @param {Maker} maker */
const csvBlob = ({ sketch }) => new Blob([csvText(sketch.value)], { type: "text/csv" });

/** What becomes of the points. @param {Context} context @param {Maker} maker @param {() => void} close */
function endButtons({ actions }, maker, close) {
  const use = () => {
    const lack = lackText(maker.sketch.value);
    if (lack) {
      maker.told.value = lack;
    } else {
      const { edited, recipe } = maker.sketch.value;
      const made = edited ? "" : formatRecipe(recipe);
      actions.loadOwn(csvBlob(maker), fileName(maker.sketch.value), made);
      close();
    }
  };
  const save = () => {
    const file = fileName(maker.sketch.value);
    download(file, csvBlob(maker));
    maker.told.value = t("{file} was saved.", { file });
  };
  return h(
    "div",
    { class: "buttons maker-end" },
    h("button", { type: "button", class: "primary", onclick: use }, t("Use these points")),
    h("button", { type: "button", onclick: save }, t("Save CSV")),
  );
}

/** @param {Context} context */
function makerDialog(context) {
  const maker = createMaker(context.state);
  const told = h("output", { role: "status", class: "maker-told" });
  bindText(told, () => maker.told.value);
  const close = () => dialog.close();
  const help = t(
    "Tap to add a point, drag to move one. By keyboard: arrow keys move a cursor (smaller steps with Shift), Enter adds, Delete removes, 1 to 3 choose the class.",
  );
  const dialog = h(
    "dialog",
    { class: "maker", "aria-labelledby": "maker-title", onclose: context.actions.closeMaker },
    h(
      "div",
      { class: "card-head" },
      h("h2", { id: "maker-title" }, t("Make data")),
      h(
        "button",
        { type: "button", class: "quiet", "aria-label": t("Close"), onclick: close },
        "✕",
      ),
    ),
    h(
      "div",
      { class: "maker-parts" },
      mountShapes(maker),
      h(
        "div",
        { class: "maker-plane" },
        h("div", { class: "maker-bar" }, mountTools(maker), mountSteps(maker)),
        mountPad(maker),
        told,
      ),
      h(
        "div",
        { class: "maker-side" },
        mountFields(maker),
        h("p", { class: "hint", id: "maker-help" }, help),
      ),
    ),
    endButtons(context, maker, close),
  );
  travelByKeys(dialog, maker);
  return dialog;
}

/** @param {Context} context */
export const mountMaker = (context) =>
  dialogWhile(
    () => context.state.maker.open.value,
    () => makerDialog(context),
  );
