/**
 * What can be varied in a race, what values suggest themselves, and the settings of each run. Pure
 * functions over the catalogue.
 */
import { t, toTranslate } from "../text/i18n.js";
import { checkValue, chosenRow, mergeValues, splitList, valueOf } from "../settings.js";

/**
 * @import { Catalogue, Family, Param } from "../protocol-catalogue.js"
 * @import { SettingIndex, Values } from "../settings.js"
 */

/**
 * @typedef {object} Setup what the runs have in common
 * @property {Catalogue} catalogue
 * @property {SettingIndex} index
 * @property {Values} settings
 * @property {string} task
 */

/**
 * Something to vary: a setting, or the rate of whichever optimizer a run has.
 * @typedef {object} Variable
 * @property {string} key of the setting, or RATE
 * @property {string} label
 * @property {string} group label of the family or group it belongs to
 * @property {Param | null} param null for RATE
 * @property {Family | null} family whose rows are the values
 */

/** One value of a variable, as shown and as settings. @typedef {{ label: string, settings: Values }} Option */

/** A setting of the race: the values it has, and what they change. @typedef {{ label: string, change: Values }} Variant */

/** The learning rate of the optimizer in use, whichever parameter that is. */
export const RATE = "rate";

/** How many settings a race may compare, and how many runs it may take. */
export const MOST_VARIANTS = 24;
export const MOST_RUNS = 120;

const SEED_KEYS = ["model.seed", "train.seed"];
const LARGEST_SEED = 2 ** 32;

/** Settings that change what is predicted or which rows judge, so that scores could not be compared. */
const FIXED_GROUPS = ["split"];
const FIXED_KEYS = [
  ...["file", "target", "task", "ignore", "numbers", "categories"],
  ...["missing", "scale_target", "log_target", "weights", "class_weight"],
]
  .map((key) => `data.${key}`)
  .concat(SEED_KEYS, "train.report_every", "train.evaluate_training");

/** Models of the textbooks that are a row with a parameter of its own. @type {Record<string, { key: string, label: string, settings: Values }[]>} */
const NAMED = {
  optimizer: [
    {
      key: "momentum",
      label: toTranslate("SGD with momentum"),
      settings: { optimizer: "sgd", "optimizer.sgd.momentum": "0.9" },
    },
  ],
};

/** Values to start from, where the range of a setting says nothing of what is usual. @type {Record<string, string[]>} */
const USUAL = {
  optimizer: ["sgd", "momentum", "rmsprop", "adam"],
  schedule: ["constant", "step", "exponential", "cosine", "one_cycle"],
  activation: ["relu", "tanh", "sigmoid", "gelu"],
  initializer: ["glorot_uniform", "he_normal", "torch_linear"],
  scaler: ["standard", "minmax", "robust", "none"],
  regularizer: ["", "l1", "l2", "max_norm"],
  [RATE]: ["0.1x", "0.3x", "1x", "3x", "10x"],
  "train.batch_size": ["8", "16", "32", "64", "0"],
  "train.epochs": ["25", "50", "100", "200"],
  "model.hidden": ["", "8", "32", "16,16", "64,32"],
  "model.dropout": ["0", "0.1", "0.2", "0.5"],
  "model.norm": ["none", "batch", "layer"],
};

const FACTORS = [0.1, 0.3, 1, 3, 10];
const LARGEST_REAL_TO_TRY = 1;

/** Has one value a list, so that commas belong to a value. @param {Param} param */
const isList = ({ kind }) => /^(reals|integers|choices|text|columns)$/.test(kind);

/** The setting that holds the rate of an optimizer. @param {Setup} setup @param {Values} settings */
export function rateKey({ catalogue, index, task }, settings) {
  const family = catalogue.families.find(({ key }) => key === "optimizer");
  const row = family && chosenRow(family, valueOf(settings, index, "optimizer"), task);
  return row?.params.find(({ key }) => key === "lr")?.setting ?? "";
}

/** Everything a race can vary, in the order of the page. @param {Setup} setup @returns {Variable[]} */
export function variablesOf({ catalogue, index, settings, task }) {
  /** @type {Variable[]} */
  const list = [
    { key: RATE, label: t("Learning rate"), group: t("Often varied"), param: null, family: null },
  ];
  for (const family of catalogue.families.filter(({ key }) => key !== "metric")) {
    const param = /** @type {Param} */ (index.get(family.key)?.param);
    list.push({ key: family.key, label: family.label, group: t("Choices"), param, family });
  }
  const groups = catalogue.groups.filter(({ key }) => !FIXED_GROUPS.includes(key));
  for (const { label, params } of groups) {
    list.push(...params.map((param) => variable(param, label)));
  }
  for (const family of catalogue.families.filter(({ key }) => key !== "metric")) {
    const chosen = splitList(valueOf(settings, index, family.key));
    const rows = family.rows.filter(
      ({ key }) =>
        family.pick === "any" || chosen.includes(key) || isAuto(family, key, task, chosen),
    );
    for (const row of rows) {
      list.push(...row.params.map((param) => variable(param, `${family.label}: ${row.label}`)));
    }
    list.push(...family.params.map((param) => variable(param, family.label)));
  }
  return list.filter(({ key, param }) => !FIXED_KEYS.includes(key) && !param?.reads_file);
}

/** @param {Family} family @param {string} key @param {string} task @param {string[]} chosen */
const isAuto = (family, key, task, chosen) =>
  chosen.includes("auto") && chosenRow(family, "auto", task)?.key === key;

/** @param {Param} param @param {string} group @returns {Variable} */
const variable = (param, group) => ({
  key: param.setting,
  label: param.label,
  group,
  param,
  family: null,
});

/** A number as a person writes it. @param {number} value */
const short = (value) => String(Number(value.toPrecision(3)));

/** @param {Param} param @param {string} text the present value */
function numbersToTry(param, text) {
  const { min = -Infinity, max = Infinity } = param;
  const now = Number(text) || Number(param.default);
  const unit = max <= LARGEST_REAL_TO_TRY && !param.log_scale;
  const values = unit
    ? [0, 0.1, 0.3, 0.5, 0.9].map((share) => Math.max(0, min) + share * (max - Math.max(0, min)))
    : FACTORS.map((factor) => factor * (now > 0 ? now : 1));
  const whole = param.kind === "integer" ? values.map(Math.round) : values;
  return [...new Set(whole.filter((value) => value >= min && value <= max).map(short))];
}

/** Values of a family that fit the task, by key. @param {Variable} variable @param {string} task */
export function choicesOf({ key, param, family }, task) {
  if (!family) {
    const choices = param?.kind === "flag" ? ["0", "1"] : (param?.choices ?? []);
    return choices.map((choice) => ({ key: choice, label: choice.replaceAll("_", " ") }));
  }
  const rows = family.rows.filter(({ tasks }) => tasks.length === 0 || tasks.includes(task));
  const none = family.pick === "any" ? [{ key: "", label: t("None") }] : [];
  const named = (NAMED[key] ?? []).map((row) => ({ ...row, label: t(row.label) }));
  return [...none, ...rows, ...named].map((row) => ({ key: row.key, label: row.label }));
}

/** Whether the values are ticked, rather than written. @param {Variable} variable */
export const isTicked = ({ param, family }) =>
  family !== null ||
  param?.kind === "choice" ||
  param?.kind === "flag" ||
  param?.kind === "choices";

/** What to try first. @param {Variable} variable @param {Setup} setup @returns {string[]} */
export function proposalsFor(variable, { index, settings, task }) {
  const { key, param } = variable;
  const now = param ? valueOf(settings, index, key) : "";
  if (isTicked(variable)) {
    const keys = choicesOf(variable, task).map((choice) => choice.key);
    const usual = (USUAL[key] ?? []).filter((choice) => keys.includes(choice));
    const wanted = usual.length > 0 ? usual : keys.slice(0, 4);
    return keys.filter((choice) => wanted.includes(choice) || choice === now);
  }
  const usual =
    USUAL[key] ?? (param && /^(real|integer)$/.test(param.kind) ? numbersToTry(param, now) : [now]);
  return usual;
}

/** Values as one text to edit. @param {Variable} variable @param {string[]} values */
export function writeValues({ param }, values) {
  const separator = param && isList(param) ? "; " : ", ";
  return values.map((value) => (value === "" ? "none" : value)).join(separator);
}

/** @param {Variable} variable @param {string} text */
export function readValues({ param }, text) {
  const parts = text.split(param && isList(param) ? ";" : /[,;\s]+/).map((part) => part.trim());
  const values = parts.filter((part) => part !== "").map((part) => (part === "none" ? "" : part));
  return [...new Set(values)];
}

/** What has to be chosen for a setting to have an effect. @param {Variable} variable @param {Setup} setup @returns {Values} */
function impliedBy({ key }, { catalogue, index, settings }) {
  const [familyKey, rowKey, last] = key.split(".");
  const family = catalogue.families.find((each) => each.key === familyKey);
  if (!family || last === undefined) {
    return {};
  }
  const chosen = splitList(valueOf(settings, index, familyKey));
  if (chosen.includes(rowKey) || (family.pick !== "any" && chosen.includes("auto"))) {
    return {};
  }
  return { [familyKey]: family.pick === "any" ? [...chosen, rowKey].join(",") : rowKey };
}

/**
 * A rate as written: a number, or "3x" for three times the rate that the optimizer has.
 * @param {string} text @param {string} now
 */
function rateOf(text, now) {
  const factor = /^[×x]?\s*([\d.eE+-]+)\s*[×x]?$/.exec(text);
  const relative = /[×x]/.test(text);
  const value = Number(factor?.[1]);
  return relative && Number.isFinite(value) ? short(value * Number(now)) : text;
}

/** What is wrong with a value, or "". @param {Variable} variable @param {string} value @param {Setup} setup */
export function mistakeIn(variable, value, setup) {
  const { index, settings } = setup;
  if (variable.key === RATE) {
    const key = rateKey(setup, settings);
    const param = index.get(key)?.param;
    return param ? checkValue(param, rateOf(value, valueOf(settings, index, key))) : "";
  }
  const named = NAMED[variable.key]?.some(({ key }) => key === value);
  return named || !variable.param ? "" : checkValue(variable.param, value);
}

/** @param {Variable} variable @param {string} value @param {Setup} setup @returns {Option} */
function optionOf(variable, value, setup) {
  const { key, param } = variable;
  const { index, settings, task } = setup;
  if (key === RATE) {
    const rate = rateKey(setup, settings);
    const text = rateOf(value, valueOf(settings, index, rate));
    return { label: text, settings: { [rate]: text } };
  }
  const named = NAMED[key]?.find((row) => row.key === value);
  if (named) {
    return { label: t(named.label), settings: named.settings };
  }
  if (isTicked(variable)) {
    const found = choicesOf(variable, task).find((choice) => choice.key === value);
    const label =
      param?.kind === "flag" ? `${param.label}: ${value === "1" ? t("on") : t("off")}` : "";
    return {
      label: label || (found?.label ?? value),
      settings: { ...impliedBy(variable, setup), [key]: value },
    };
  }
  return {
    label: `${param?.label} ${value === "" ? t("none") : value}`,
    settings: { ...impliedBy(variable, setup), [key]: value },
  };
}

/**
 * Every value of the first variable with every one of the second.
 * @param {{ variable: Variable, values: string[] }[]} varied one or two
 * @param {Setup} setup
 * @returns {Variant[]}
 */
export function variantsOf([first, second], setup) {
  return first.values.flatMap((value) => {
    const option = optionOf(first.variable, value, setup);
    if (!second) {
      return [{ label: option.label, change: option.settings }];
    }
    const within = {
      ...setup,
      settings: mergeValues(setup.settings, option.settings, setup.index),
    };
    return second.values.map((other) => {
      const { label, settings } = optionOf(second.variable, other, within);
      return { label: `${option.label}, ${label}`, change: { ...option.settings, ...settings } };
    });
  });
}

/**
 * The settings with seed `number` of a race, from 1: the first has the seeds that were set. The split
 * stays, so that all are judged by the same rows.
 * @param {Values} settings
 * @param {SettingIndex} index
 * @param {number} number
 * @returns {Values}
 */
export function withSeed(settings, index, number) {
  const seeds = SEED_KEYS.map((key) => {
    const seed = (Number(valueOf(settings, index, key)) + number - 1) % LARGEST_SEED;
    return [key, String(seed)];
  });
  return mergeValues(settings, Object.fromEntries(seeds), index);
}
