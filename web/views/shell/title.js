/**
 * The title of the tab tells how far the run is, for the time one looks elsewhere.
 */
import { watch } from "../parts/dom.js";

/** @import { State } from "../../state.js" */

const NAME = document.title;

/** @param {State} state */
export function mountTitle(state) {
  watch(() => {
    const { step, totalSteps } = state.progress.value ?? { step: 0, totalSteps: 1 };
    const part = Math.floor((100 * step) / totalSteps);
    const title = state.running.value ? `${part} % · ${NAME}` : NAME;
    if (document.title !== title) {
      document.title = title;
    }
  });
}
