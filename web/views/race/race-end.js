/**
 * Tells a person who has scrolled away or opened another view that a race is over, and leads back.
 */
import { t } from "../../text/i18n.js";
import { watch } from "../parts/dom.js";
import { verdictText } from "./race-verdict.js";

/**
 * @import { Race } from "../../race/race.js"
 * @import { Context } from "../parts/fields.js"
 */

const SHOWN_MS = 15_000;

/** @param {Element} element */
function isInView(element) {
  const { top, bottom, height } = element.getBoundingClientRect();
  return height > 0 && top >= 0 && bottom <= innerHeight;
}

/** @param {Context} context @param {Race} race @param {HTMLElement} verdict where it is written */
export function tellEnd({ state, actions }, race, verdict) {
  if (race.phase.peek() === "ended") {
    return;
  }
  const show = () => {
    actions.withdraw("race");
    state.openTabs.compare.value = "race";
    verdict.scrollIntoView({ block: "center" });
  };
  watch(() => {
    if (race.phase.value === "ended") {
      // The verdict is written in the next frame.
      requestAnimationFrame(() => {
        if (!isInView(verdict)) {
          const text = t("The race is over. {verdict}", {
            verdict: verdictText(race, race.verdict()),
          });
          const choices = [{ label: t("Show the race"), act: show }];
          actions.offer({ key: "race", text, actions: choices, milliseconds: SHOWN_MS });
        }
      });
    }
  });
}
