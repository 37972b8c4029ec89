/**
 * What can be learnt about a choice: when to use it, and an experiment to try at once. The texts are
 * in learn/<topic>.json, a file for each family and one for the main settings; help and formula are
 * in the catalogue.
 */
import { joinRows, splitList } from "../settings.js";

/**
 * @import { Family } from "../protocol-catalogue.js"
 * @import { State } from "../state.js"
 * @import { Values } from "../settings.js"
 */

/** @typedef {{ when: string, try: string }} Advice */

/** @typedef {{ settings: Values } & Record<string, Advice>} Entry texts by language */

/** Settings outside the families that have an entry, in learn/settings.json. */
export const MAIN_SETTINGS = [
  "train.epochs",
  "train.batch_size",
  "model.hidden",
  "model.dropout",
  "model.norm",
  "model.skip",
  "split.validation",
  "split.folds",
  "data.scale_target",
  "train.input_noise",
  "train.mixup",
  "train.arithmetic",
];

/** Cards that hold more than the group or family they are called after. @type {Record<string, string>} */
const CARDS = {
  activation: "network",
  initializer: "network",
  model: "network",
  scaler: "preparation",
  split: "preparation",
  data: "preparation",
};

/** The card that a setting is in. @param {string} setting */
export function cardOf(setting) {
  const [group] = setting.split(".");
  return CARDS[group] ?? group;
}

/** @param {string} topic key of a family, or "settings" @param {string} key @returns {Promise<Entry>} */
export async function fetchEntry(topic, key) {
  const response = await fetch(`learn/${topic}.json`);
  if (!response.ok) {
    throw new Error(`learn/${topic}.json: ${response.status}`);
  }
  return (await response.json())[key];
}

/** What is chosen for each hidden layer, which another number of layers would not fit. */
const BY_LAYER = ["activation", "model.dropout", "model.norm"];

/** One value for all layers where the number of layers changes. @param {State} state @param {Values} settings @returns {Values} */
function fitLayers(state, settings) {
  const lists = "model.hidden" in settings ? BY_LAYER : [];
  const firsts = lists.map((key) => [key, splitList(state.value(key))[0] ?? ""]);
  const unequal = firsts.filter(([key, first]) => state.value(key) !== first);
  return { ...Object.fromEntries(unequal), ...settings };
}

/** The settings of an experiment, with the row it is about switched on. @param {State} state @param {Family | null} family @param {string} key @param {Entry} entry @returns {Values} */
export function experiment(state, family, key, { settings }) {
  if (!family) {
    return fitLayers(state, settings);
  }
  const chosen =
    family.pick === "any" ? joinRows(family, [...splitList(state.value(family.key)), key]) : key;
  return fitLayers(state, { ...settings, [family.key]: chosen });
}
