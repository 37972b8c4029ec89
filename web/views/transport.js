/**
 * Train, pause, step, reset, and where the run is.
 */
import { bindText, h, showWhen, watch } from "./dom.js";
import { formatCompact, formatCount, formatMetric, formatNumber, plural } from "./format.js";

/**
 * @import { State } from "../state.js"
 * @import { Context } from "./fields.js"
 */

/** @type {Record<string, string>} */
const PHASES = {
  ready: "Ready",
  running: "Training",
  paused: "Paused",
  finished: "Finished",
  stopped_early: "Stopped early",
  diverged: "Diverged",
};

/** Why there is no run. @param {State} state */
function idleText(state) {
  if (state.awaited.value) {
    return `Waiting for ${state.awaited.value}`;
  }
  if (state.preparing.value) {
    return "Preparing the data…";
  }
  return state.table.value ? "Not ready to train" : "Nothing to train on yet";
}

/** One sentence about the run, for eyes and screen readers. @param {State} state */
export function statusText(state) {
  const progress = state.progress.value;
  const dataset = state.dataset.value;
  if (state.loading.value) {
    return "Reading the file…";
  }
  if (!progress || !dataset) {
    return idleText(state);
  }
  const phase = PHASES[state.phase.value];
  if (state.phase.value === "ready") {
    return `${phase}: ${plural(dataset.n_training, "training row")}, ${plural(dataset.n_validation, "validation row")}`;
  }
  if (state.running.value) {
    return phase;
  }
  return state.ended.value
    ? `${phase} after ${plural(progress.step, "step")}`
    : `${phase} at step ${formatCount(progress.step)}`;
}

/** @param {State} state */
function speedText(state) {
  const progress = state.progress.value;
  const speed = progress?.rowsSeen ? progress.rowsSeen / progress.seconds : NaN;
  return Number.isFinite(speed) ? `${formatCompact(speed)}/s` : "–";
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

/** @param {() => string} label @param {() => string} read @param {string} [kind] */
function tile(label, read, kind = "") {
  const [name, value] = [h("dt"), h("dd")];
  bindText(name, label);
  bindText(value, read);
  return h("div", { class: `tile ${kind}` }, name, value);
}

/** @param {Context} context */
export function mountTiles({ state }) {
  const loss = (/** @type {string} */ part) => formatNumber(lastValue(state, `${part}_loss`));
  const bestLabel = () =>
    bestEpoch(state) < 0 ? "Best epoch" : `Best: epoch ${formatCount(bestEpoch(state))}`;
  return h(
    "dl",
    { class: "tiles" },
    tile(
      () => "Epoch",
      () => epochText(state),
    ),
    tile(
      () => "Training loss",
      () => loss("training"),
      "training",
    ),
    tile(
      () => "Validation loss",
      () => loss("validation"),
      "validation",
    ),
    tile(
      () => state.metric.value?.label ?? "Metric",
      () => metricText(state),
    ),
    tile(bestLabel, () => bestText(state)),
    tile(
      () => "Samples",
      () => speedText(state),
    ),
  );
}

/** @param {Context} context */
function trainButton({ state, actions }) {
  const button = h("button", { type: "button", class: "primary", id: "train" });
  button.addEventListener("click", () => (state.running.value ? actions.pause() : actions.train()));
  bindText(button, () =>
    state.running.value ? "Pause" : state.ended.value ? "Train again" : "Train",
  );
  watch(() => {
    button.disabled = !state.table.value;
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
  const bar = h("progress", { "aria-label": "Progress of the run", max: "1", value: "0" });
  watch(() => {
    const progress = state.progress.value;
    bar.value = progress && progress.totalSteps > 0 ? progress.step / progress.totalSteps : 0;
  });
  return bar;
}

/** @param {Context} context */
export function mountTransport(context) {
  const { state, actions } = context;
  const busy = () => state.running.value || !state.table.value;
  const over = () => busy() || (state.ended.value && !state.stale.value);
  const status = h("output", { role: "status", class: "run-status", id: "status" });
  bindText(status, () => statusText(state));
  const waiting = h("p", { class: "chip" }, "Changes wait for a new run");
  showWhen(waiting, () => state.stale.value);
  return h(
    "div",
    { class: "transport", role: "group", "aria-label": "Run" },
    h(
      "div",
      { class: "buttons" },
      trainButton(context),
      action("Step", "Train on one batch", actions.step, over),
      action("Step epoch", "Train to the end of the epoch", actions.stepEpoch, over),
      action("Reset", "Back to the same first weights", actions.reset, () => !state.table.value),
    ),
    h("div", { class: "where" }, status, waiting),
    progressBar(context),
  );
}
