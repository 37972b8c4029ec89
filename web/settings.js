/**
 * What the catalogue says about settings, and the texts that carry them: links, .cfg files, lists of
 * column names. Pure functions; nothing here knows the page.
 *
 * @import { Catalogue, Family, Param, Row } from "./protocol-catalogue.js"
 * @import { Setting } from "./protocol.js"
 */
import { t } from "./text/i18n.js";

/** Settings that differ from their defaults: flat key -> text. @typedef {Record<string, string>} Values */

/**
 * @typedef {object} SettingInfo
 * @property {Param} param
 * @property {Family | null} family the family it belongs to, or null for a group's
 * @property {string} group label of what it belongs to: a group, a family, or a row of one
 * @property {boolean} live it may change while a run is under way
 */

/** @typedef {Map<string, SettingInfo>} SettingIndex */

/** @typedef {{ key: string, message: string }} Complaint */

/** The choice of a family as a setting of its own. @param {Family} family @returns {Param} */
export function choiceParam(family) {
  const rows = family.rows.map((row) => row.key);
  const auto = family.rows.some((row) => row.auto_tasks.length > 0) ? ["auto"] : [];
  return {
    key: family.key,
    setting: family.key,
    label: family.label,
    help: family.help,
    kind: family.pick === "one" ? "choice" : "choices",
    default: family.default,
    choices: [...auto, ...rows],
  };
}

/** Every setting there is, by its flat key. @param {Catalogue} catalogue @returns {SettingIndex} */
export function indexSettings(catalogue) {
  /** @type {SettingIndex} */
  const index = new Map();
  for (const family of catalogue.families) {
    const { live } = family;
    const own = { label: family.label, params: [choiceParam(family), ...family.params] };
    for (const { label: group, params } of [own, ...family.rows]) {
      params.forEach((param) => index.set(param.setting, { param, family, group, live }));
    }
  }
  for (const { label: group, params } of catalogue.groups) {
    params.forEach((param) =>
      index.set(param.setting, { param, family: null, group, live: false }),
    );
  }
  return index;
}

/** The settings that say how a file is read. @param {SettingIndex} index */
export const readingKeys = (index) =>
  [...index.values()].filter(({ param }) => param.reads_file).map(({ param }) => param.setting);

/** The row that a choice stands for; "auto" is resolved by the task. @param {Family} family @param {string} choice @param {string} task @returns {Row | undefined} */
export function chosenRow(family, choice, task) {
  return choice === "auto"
    ? family.rows.find((row) => row.auto_tasks.includes(task))
    : family.rows.find((row) => row.key === choice);
}

/** @param {string} text a list without names to quote, such as "16,16" */
export function splitList(text) {
  const parts = text.split(",").map((part) => part.trim());
  return parts.length === 1 && parts[0] === "" ? [] : parts;
}

/** Rows of a family of which any number may be on, in its order. @param {Family} family @param {string[]} keys */
export const joinRows = ({ rows }, keys) =>
  rows
    .map(({ key }) => key)
    .filter((key) => keys.includes(key))
    .join(",");

/** A bound as a person would write it: 1e12, not a row of zeros. @param {number} bound */
export function formatBound(bound) {
  const short = bound.toExponential().replace("e+", "e");
  return Math.abs(bound) >= 1e6 && short.length < 6 ? short : String(bound);
}

/** @param {Param} param @param {string} text */
function checkNumber(param, text) {
  const whole = param.kind === "integer" || param.kind === "integers";
  const pattern = whole ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  const value = Number(text);
  if (!pattern.test(text)) {
    const places = { label: param.label, example: param.default.split(",")[0] || "1" };
    return whole
      ? t("{label} needs a whole number, such as {example}.", places)
      : t("{label} needs a number, such as {example}.", places);
  }
  const { min = -Infinity, max = Infinity } = param;
  return value < min || value > max
    ? t("{label} must lie between {min} and {max}; the default is {preset}.", {
        label: param.label,
        min: formatBound(min),
        max: formatBound(max),
        preset: param.default || t("empty"),
      })
    : "";
}

/** @param {Param} param @param {string} text */
function checkChoice(param, text) {
  const { choices = [], refused = {} } = param;
  if (Object.hasOwn(refused, text)) {
    return refused[text];
  }
  return choices.includes(text)
    ? ""
    : t("{label} must be one of {choices}.", { label: param.label, choices: choices.join(", ") });
}

/**
 * A quick look at a value before it goes to the core, which has the last word.
 * @param {Param} param
 * @param {string} text
 * @returns {string} what is wrong, or ""
 */
export function checkValue(param, text) {
  /** @param {(param: Param, text: string) => string} check */
  const each = (check) =>
    splitList(text)
      .map((part) => check(param, part))
      .find(Boolean) ?? "";
  switch (param.kind) {
    case "real":
    case "integer":
      return checkNumber(param, text.trim());
    case "reals":
    case "integers":
      return each(checkNumber);
    case "choice":
      return checkChoice(param, text);
    case "choices":
      return each(checkChoice);
    case "flag":
      return text === "0" || text === "1"
        ? ""
        : t("{label} is 1 for yes or 0 for no.", { label: param.label });
    default:
      return "";
  }
}

/** Column names as one text, quoted as in a CSV file. @param {string[]} names */
export function joinNames(names) {
  return names
    .map((name) => (/[",\r\n]|^\s|\s$|^$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name))
    .join(",");
}

/** @param {string} text @returns {string[]} */
export function splitNames(text) {
  if (text === "") {
    return [];
  }
  const cells = text.matchAll(/(?:^|,)(?:\s*"((?:[^"]|"")*)"\s*|([^,]*))/g);
  return [...cells].map(([, quoted, plain]) =>
    quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'),
  );
}

/** Number of single-letter edits between two keys. @param {string} a @param {string} b */
function editDistance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}

/** @param {string} key @param {Iterable<string>} keys */
function nearestKey(key, keys) {
  const byDistance = [...keys].map((known) => ({ known, distance: editDistance(key, known) }));
  return byDistance.reduce((best, next) => (next.distance < best.distance ? next : best)).known;
}

/**
 * Keeps the pairs that are known and within bounds, and says what is wrong with the others.
 * @param {Iterable<[string, string]>} pairs
 * @param {SettingIndex} index
 * @returns {{ values: Values, complaints: Complaint[] }}
 */
export function readPairs(pairs, index) {
  /** @type {Values} */
  const values = {};
  /** @type {Complaint[]} */
  const complaints = [];
  for (const [key, text] of pairs) {
    const info = index.get(key);
    const wrong = info && checkValue(info.param, text);
    if (!info) {
      const nearest = nearestKey(key.slice(0, 64), index.keys());
      complaints.push({
        key: "",
        message: t("There is no setting “{key}”; did you mean “{nearest}”? It was left out.", {
          key,
          nearest,
        }),
      });
    } else if (wrong) {
      complaints.push({
        key,
        message: `${t("{key} = {text} was left out.", { key, text })} ${wrong}`,
      });
    } else {
      values[key] = text;
    }
  }
  return { values, complaints };
}

/** @param {string} text of a .cfg file @returns {[string, string][]} */
export function cfgPairs(text) {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    });
}

/** @param {string} hash of an address, with or without "#" @returns {[string, string][]} */
export function linkPairs(hash) {
  return [...new URLSearchParams(hash.replace(/^#/, ""))];
}

/**
 * What a link says of the page, beside settings. Cards go by the key of their family or group.
 * @typedef {object} PageKeys
 * @property {boolean} own the file is one that only the person has, whatever its name
 * @property {string} fingerprint of that file; empty where the link does not tell
 * @property {string[]} lock cards whose settings cannot be changed
 * @property {string[]} hide cards that are not shown
 * @property {string} lesson name of the lesson that is open; empty for none
 * @property {string} made recipe of the file, where the page made it; empty for other files
 */

/** @param {[string, string][]} pairs of a link @returns {{ page: PageKeys, pairs: [string, string][] }} */
export function splitPage(pairs) {
  const {
    own,
    fingerprint = "",
    lock = "",
    hide = "",
    lesson = "",
    made = "",
    ...settings
  } = Object.fromEntries(pairs);
  const lists = { lock: splitList(lock), hide: splitList(hide) };
  return {
    page: { own: own !== undefined, fingerprint, lesson, made, ...lists },
    pairs: pairs.filter(([key]) => key in settings),
  };
}

/** @param {Partial<PageKeys>} page */
function pagePairs({
  own = false,
  fingerprint = "",
  lock = [],
  hide = [],
  lesson = "",
  made = "",
}) {
  const lists = { lock: lock.join(","), hide: hide.join(",") };
  const all = { lesson, own: own ? "1" : "", made, fingerprint, ...lists };
  return Object.entries(all).filter(([, text]) => text !== "");
}

/** The fragment of a link that gives these values. @param {Values} values @param {Partial<PageKeys>} [page] */
export function formatLink(values, page = {}) {
  const pairs = new URLSearchParams([...Object.entries(values), ...pagePairs(page)]);
  const readable = pairs.toString().replaceAll("%2C", ",");
  return readable === "" ? "" : `#${readable}`;
}

/** @param {Values} values @returns {Setting[]} */
export function toPairs(values) {
  return Object.entries(values);
}

/** @param {Values} values @param {SettingIndex} index @param {string} key */
export function valueOf(values, index, key) {
  return values[key] ?? index.get(key)?.param.default ?? "";
}

/**
 * A change of some values; those that are back at their default are dropped.
 * @param {Values} values
 * @param {Values} change
 * @param {SettingIndex} index
 * @returns {Values}
 */
export function mergeValues(values, change, index) {
  const merged = { ...values, ...change };
  for (const key of Object.keys(change)) {
    if (change[key] === index.get(key)?.param.default) {
      delete merged[key];
    }
  }
  return merged;
}

/** @param {Values} a @param {Values} b */
export function sameValues(a, b) {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** As many as the settings allow. */
export const MAX_HIDDEN_LAYERS = 8;

/** @typedef {{ width: string, activation: string, dropout: string, norm: string }} Layer */

/** The hidden layers that the settings describe. @param {(key: string) => string} value @returns {Layer[]} */
export function readLayers(value) {
  const activations = splitList(value("activation"));
  const dropouts = splitList(value("model.dropout"));
  const norms = splitList(value("model.norm"));
  return splitList(value("model.hidden")).map((width, i) => ({
    width,
    activation: activations[i] ?? activations[0],
    dropout: dropouts[i] ?? dropouts[0],
    norm: norms[i] ?? norms[0],
  }));
}

/** One text for all layers where they agree. @param {string[]} parts */
function joinPerLayer(parts) {
  return parts.every((part) => part === parts[0]) ? parts[0] : parts.join(",");
}

/** The settings that describe these layers. @param {Layer[]} layers @returns {Values} */
export function writeLayers(layers) {
  const hidden = layers.map((layer) => layer.width).join(",");
  if (layers.length === 0) {
    return { "model.hidden": hidden };
  }
  return {
    "model.hidden": hidden,
    activation: joinPerLayer(layers.map((layer) => layer.activation)),
    "model.dropout": joinPerLayer(layers.map((layer) => layer.dropout)),
    "model.norm": joinPerLayer(layers.map((layer) => layer.norm)),
  };
}
