/**
 * Train, pause, step, reset, and where the run is.
 */
import { t } from "../../text/i18n.js";
import { bindText, h, showWhen, watch } from "../parts/dom.js";
import { goToField } from "./messages.js";
import {
  formatCompact,
  formatCount,
  formatMetric,
  formatNumber,
  isLong,
} from "../../text/format.js";

/**
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @param {string} phase of a run that stands @param {{ n: number }} steps */
function standText(phase, steps) {
  switch (phase) {
    case "finished":
      return t("Finished after {n} steps", steps);
    case "stopped_early":
      return t("Stopped early after {n} steps", steps);
    case "diverged":
      return t("Diverged after {n} steps", steps);
    default:
      return t("Paused at step {n}", steps);
  }
}

/** Why there is no run. @param {State} state */
function idleText(state) {
  if (state.awaited.value) {
    return t("Waiting for {file}", { file: state.awaited.value });
  }
  if (state.preparing.value) {
    return t("Preparing the data…");
  }
  return state.table.value ? t("Not ready to train") : t("Nothing to train on yet");
}

/** One sentence about the run, for eyes and screen readers. @param {State} state */
export function statusText(state) {
  const progress = state.progress.value;
  const dataset = state.dataset.value;
  if (state.loading.value) {
    return t("Reading the file…");
  }
  if (!progress || !dataset) {
    return idleText(state);
  }
  if (state.phase.value === "ready") {
    return t("Ready: {training}, {validation}", {
      training: t("{n} training rows", { n: dataset.n_training }),
      validation: t("{n} validation rows", { n: dataset.n_validation }),
    });
  }
  return state.running.value ? t("Training") : standText(state.phase.value, { n: progress.step });
}

/** @param {State} state */
function speedText(state) {
  const progress = state.progress.value;
  const speed = progress?.rowsSeen ? progress.rowsSeen / progress.seconds : NaN;
  return Number.isFinite(speed) ? t("{speed}/s", { speed: formatCompact(speed) }) : "–";
}

/** @param {State} state */
function epochText(state) {
  const progress = state.progress.value;
  if (!progress) {
    return "–";
  }
  const total = Math.round(progress.totalSteps / progress.stepsPerEpoch);
  return `${formatCount(progress.epoch)} / ${formatCount(total)}`;
}

/** @param {State} state */
const bestEpoch = (state) => state.progress.value?.bestEpoch ?? -1;

/** @param {State} state */
const bestText = (state) =>
  bestEpoch(state) < 0 ? "–" : formatNumber(state.progress.value?.bestLoss);

/** The newest value of a history column, drawn anew with each message. @param {State} state @param {string} key */
function lastValue(state, key) {
  return state.drawn.value < 0 || !state.prepared.value ? NaN : state.history.value.last(key);
}

/** @param {State} state */
function metricText(state) {
  const validation = lastValue(state, "validation_metric");
  const value = Number.isFinite(validation) ? validation : lastValue(state, "training_metric");
  return formatMetric(state.metric.value, value);
}

/** @param {() => string} label @param {() => string} read @param {string} [kind] of a loss or a metric */
function tile(label, read, kind = "") {
  const [name, value] = [h("dt"), h("dd")];
  bindText(name, label);
  bindText(value, read);
  if (kind) {
    watch(() => value.classList.toggle("long", isLong(read())));
  }
  return h("div", { class: `tile ${kind}` }, name, value);
}

/** @param {Context} context */
export function mountTiles({ state }) {
  const loss = (/** @type {string} */ part) => formatNumber(lastValue(state, `${part}_loss`));
  const bestLabel = () =>
    bestEpoch(state) < 0 ? t("Best epoch") : t("Best: epoch {n}", { n: bestEpoch(state) });
  return h(
    "dl",
    { class: "tiles" },
    tile(
      () => t("Epoch"),
      () => epochText(state),
    ),
    tile(
      () => t("Training loss"),
      () => loss("training"),
      "training",
    ),
    tile(
      () => t("Validation loss"),
      () => loss("validation"),
      "validation",
    ),
    tile(
      () => state.metric.value?.label ?? t("Metric"),
      () => metricText(state),
      "metric",
    ),
    tile(bestLabel, () => bestText(state)),
    tile(
      () => t("Samples"),
      () => speedText(state),
    ),
  );
}

/** Why nothing can be trained, with the way out, beyond what the status says. @param {State} state */
function obstacle(state) {
  if (state.running.value) {
    return "";
  }
  return state.awaitsGuess.value
    ? t("Answer the question of the lesson first.")
    : (state.refusal.value?.text ?? "");
}

/** @param {State} state */
const isAble = (state) => state.table.value !== null && obstacle(state) === "";

/** Leads to what has to be done before anything can be trained. @param {State} state */
function showObstacle(state) {
  if (state.awaitsGuess.value) {
    /** @type {HTMLElement | null} */ (document.querySelector("#lesson input"))?.focus();
  } else {
    goToField(state.refusal.value?.keys[0] ?? "data.file");
  }
}

/** It can be focused where it cannot train, so that the reason is read out. @param {Context} context */
function trainButton({ state, actions }) {
  const button = h("button", {
    type: "button",
    class: "primary",
    id: "train",
    "aria-describedby": "status train-obstacle",
  });
  button.addEventListener("click", () => {
    if (state.running.value) {
      actions.pause();
    } else if (isAble(state)) {
      actions.train();
    } else {
      showObstacle(state);
    }
  });
  bindText(button, () =>
    state.running.value ? t("Pause") : state.ended.value ? t("Train again") : t("Train"),
  );
  watch(() => {
    button.setAttribute("aria-disabled", String(!state.running.value && !isAble(state)));
    button.classList.toggle("running", state.running.value);
  });
  return button;
}

/** @param {string} label @param {string} help @param {() => void} act @param {() => boolean} disabled */
function action(label, help, act, disabled) {
  const button = h("button", { type: "button", title: help, onclick: act }, label);
  watch(() => {
    button.disabled = disabled();
  });
  return button;
}

/** @param {Context} context */
function progressBar({ state }) {
  const bar = h("progress", { "aria-label": t("Progress of the run"), max: "1", value: "0" });
  watch(() => {
    const progress = state.progress.value;
    bar.value = progress && progress.totalSteps > 0 ? progress.step / progress.totalSteps : 0;
  });
  return bar;
}

/** @param {Context} context */
export function mountTransport(context) {
  const { state, actions } = context;
  const busy = () => state.running.value || !isAble(state);
  const over = () => busy() || (state.ended.value && !state.stale.value);
  const status = h("output", { role: "status", class: "run-status", id: "status" });
  bindText(status, () => statusText(state));
  const waiting = h("p", { class: "chip" }, t("Changes wait for a new run"));
  const blocked = () => obstacle(state) !== "";
  showWhen(waiting, () => state.stale.value && !blocked());
  const reason = h("p", { class: "obstacle", id: "train-obstacle" });
  bindText(reason, () => obstacle(state));
  watch(() => (reason.title = obstacle(state)));
  showWhen(reason, blocked);
  return h(
    "div",
    { class: "transport", role: "group", "aria-label": t("Run") },
    h(
      "div",
      { class: "buttons" },
      trainButton(context),
      action(t("Step"), t("Train on one batch"), actions.step, over),
      action(t("Step epoch"), t("Train to the end of the epoch"), actions.stepEpoch, over),
      action(
        t("Reset"),
        t("Back to the same first weights"),
        actions.reset,
        () => !state.table.value,
      ),
    ),
    h("div", { class: "where" }, status, waiting, reason),
    progressBar(context),
  );
}
