/**
 * Settings that are worth a try, each as a change of the settings of a run.
 */
import { labelText, t } from "../text/i18n.js";
import { splitList } from "../settings.js";

/**
 * @import { Values } from "../settings.js"
 * @import { Facts } from "./facts.js"
 */

/** @typedef {{ label: string, settings: Values }} Trial */

/** @param {number} value */
const asText = (value) => String(Number(value.toPrecision(3)));

/** A setting of a number times a factor, within its bounds. @param {Facts} facts @param {string} key @param {number} factor */
function scaled({ value, index }, key, factor) {
  const { min = 0, max = Infinity } = index.get(key)?.param ?? {};
  return asText(Math.min(max, Math.max(min, Number(value(key)) * factor)));
}

/** @param {Facts} facts @param {number} factor @returns {Trial} */
export function rateTimes(facts, factor) {
  const key = `optimizer.${facts.value("optimizer")}.lr`;
  const rate = scaled(facts, key, factor);
  return { label: t("Learning rate {rate}", { rate }), settings: { [key]: rate } };
}

/** @param {Facts} facts @param {string} row @returns {Values} what adds a regularizer to those in use */
function withRegularizer({ value }, row) {
  const chosen = splitList(value("regularizer"));
  return { regularizer: [...chosen.filter((key) => key !== row), row].join(",") };
}

/** @param {Facts} facts @param {string} row */
const hasRegularizer = ({ value }, row) => splitList(value("regularizer")).includes(row);

/** @param {Facts} facts @returns {Trial} */
export function clipNorm(facts) {
  const settings = { ...withRegularizer(facts, "clip_norm"), "regularizer.clip_norm.limit": "1" };
  return { label: t("Clip the gradient at norm 1"), settings };
}

/** @param {Facts} facts @returns {Trial[]} none where it stops early already */
export function stopEarly(facts) {
  const settings = {
    ...withRegularizer(facts, "early_stopping"),
    "regularizer.early_stopping.restore_best": "1",
  };
  return hasRegularizer(facts, "early_stopping")
    ? []
    : [{ label: t("Stop early and keep the best epoch"), settings }];
}

const L2_STRENGTH = "regularizer.l2.strength";

/** An L2 penalty, or ten times the one there is. @param {Facts} facts @returns {Trial} */
export function morePenalty(facts) {
  const strength = hasRegularizer(facts, "l2") ? scaled(facts, L2_STRENGTH, 10) : "0.01";
  const settings = { ...withRegularizer(facts, "l2"), [L2_STRENGTH]: strength };
  return { label: t("L2 penalty {strength}", { strength }), settings };
}

/** Penalties a hundred times weaker. @param {Facts} facts @returns {Trial} */
export function lessPenalty(facts) {
  const keys = ["l1", "l2"].filter((row) => hasRegularizer(facts, row));
  const pairs = keys.map((row) => `regularizer.${row}.strength`);
  const settings = Object.fromEntries(pairs.map((key) => [key, scaled(facts, key, 0.01)]));
  return { label: t("Penalty 100 times weaker"), settings };
}

/** @param {Facts} facts */
export const hiddenWidths = ({ value }) => splitList(value("model.hidden")).map(Number);

/** Dropout that leaves a network of usual width too little. */
export const STRONG_DROPOUT = 0.4;

/** @param {Facts} facts */
export const strongestDropout = ({ value }) =>
  Math.max(...splitList(value("model.dropout")).map(Number));

/** @param {Facts} facts @returns {Trial[]} */
export function moreDropout(facts) {
  const share = "0.3";
  return hiddenWidths(facts).length === 0 || strongestDropout(facts) >= Number(share)
    ? []
    : [{ label: t("Dropout {share}", { share }), settings: { "model.dropout": share } }];
}

/** @returns {Trial} */
export const noDropout = () => ({
  label: t("No dropout"),
  settings: { "model.dropout": "0" },
});

/** A network with room for more. @param {Facts} facts @returns {Trial} */
export function widerNetwork(facts) {
  const widths = hiddenWidths(facts);
  const wider = widths.length > 0 ? widths.map((width) => Math.max(32, 2 * width)) : [32];
  const hidden = (wider.length < 2 ? [...wider, wider[0]] : wider).join(",");
  const settings = { "model.hidden": hidden };
  return { label: t("Hidden layers {widths}", { widths: hidden }), settings };
}

/** @param {Facts} facts @returns {Trial} */
export function largerBatches({ value }) {
  const size = String(Math.max(32, 8 * Number(value("train.batch_size"))));
  return { label: t("Batches of {size} rows", { size }), settings: { "train.batch_size": size } };
}

/** @param {Facts} facts @returns {Trial[]} none where the rate falls already */
export function fallingRate({ value }) {
  return value("schedule") === "constant"
    ? [{ label: t("Let the rate fall (cosine)"), settings: { schedule: "cosine" } }]
    : [];
}

/** One choice of a family, by their labels. @param {Facts} facts @param {string} family @param {string} row @returns {Trial} */
export function choice({ index }, family, row) {
  const { label: name = family, rows = [] } = index.get(family)?.family ?? {};
  const chosen = rows.find(({ key }) => key === row)?.label ?? row;
  const label = t("{family}: {choice}", { family: labelText(name), choice: labelText(chosen) });
  return { label, settings: { [family]: row } };
}

/** @returns {Trial} */
export const batchNorm = () => ({
  label: t("Batch normalization"),
  settings: { "model.norm": "batch" },
});

/** Targets that are less than certain, for losses that can have them. @param {Facts} facts @returns {Trial[]} */
export function labelSmoothing({ run, index }) {
  const key = `loss.${run.trainer.loss}.label_smoothing`;
  return index.has(key) ? [{ label: t("Label smoothing 0.1"), settings: { [key]: "0.1" } }] : [];
}

/** @param {Facts} facts @param {number} factor @returns {Trial} */
export function moreEpochs(facts, factor) {
  const epochs = scaled(facts, "train.epochs", factor);
  return { label: t("Train {epochs} epochs", { epochs }), settings: { "train.epochs": epochs } };
}
