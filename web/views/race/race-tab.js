/**
 * The tab "Race": what to vary, and how the settings compare.
 */
import { t } from "../../text/i18n.js";
import { h, rebuild } from "../parts/dom.js";
import { mountRaceBoard } from "./race-board.js";
import { mountRaceForm } from "./race-form.js";

/** @param {import("../parts/fields.js").Context} context */
export function mountRace(context) {
  const board = h("div", { class: "stack" });
  rebuild(
    board,
    () => context.state.race.value,
    (race) => race && mountRaceBoard(context, race),
  );
  return h(
    "div",
    { class: "stack race" },
    h("h2", { class: "visually-hidden" }, t("Race")),
    mountRaceForm(context),
    board,
  );
}
