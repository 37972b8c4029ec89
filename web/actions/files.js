/**
 * Where data comes from: a file of the person's own, an example of the site, or a link that names
 * either. What was loaded before stays until the new file has been read.
 */
import { closeLesson } from "./address.js";
import { coreText, t } from "../text/i18n.js";
import { batch } from "@preact/signals-core";
import { forgetView } from "./data-actions.js";
import { messageOf, mistakeOf } from "./notices.js";
import { leaveRun } from "../state.js";
import { cfgPairs, mergeValues, readPairs, readingKeys, toPairs } from "../settings.js";

/**
 * @import { DataMark } from "../runs.js"
 * @import { Notices } from "./notices.js"
 * @import { Example, Source, State, Table } from "../state.js"
 * @import { Values } from "../settings.js"
 * @import { TrainerClient } from "../trainer-client.js"
 */

/**
 * @typedef {object} Tools
 * @property {State} state
 * @property {TrainerClient} client
 * @property {Notices} notices
 * @property {() => Promise<boolean>} prepare
 * @property {() => Promise<void>} keepRun takes what the present run needs to go on later
 * @property {(has: boolean) => void} setHeld whether the worker has the present file from now on
 * @property {() => boolean} holdsFile the worker has the present file
 * @property {(name: string, fingerprint: string) => Promise<Blob | null>} keptFile a file of one's
 *     own that this browser keeps; any of that name without a fingerprint
 */

/** Settings that are about the columns of one file, and mean nothing for another. */
const OF_ONE_FILE = [
  "data.target",
  "data.task",
  "data.ignore",
  "data.numbers",
  "data.categories",
  "data.decimal_comma",
  "data.decimal_point",
  "data.not_missing",
  "data.not_dates",
  "data.texts",
  "data.by_column",
  "loss",
  "metric",
];

/** Rows that something can be made of. */
const LEAST_ROWS = 2;

/** Of the memory that the browser says there is, so much is for the data. */
const MEMORY_SHARE = 0.5;

/** Bytes that the data may take; undefined where the browser says nothing, and all that wasm has where the machine has plenty. */
function mostMemory() {
  const { deviceMemory } = /** @type {{ deviceMemory?: number }} */ (navigator);
  return deviceMemory && deviceMemory * MEMORY_SHARE * 2 ** 30;
}

/** @param {string} path below the examples folder */
export async function fetchExample(path) {
  const response = await fetch(`examples/${path}`);
  if (!response.ok) {
    throw new Error(
      t("The example {path} could not be fetched ({status}).", {
        path,
        status: String(response.status),
      }),
    );
  }
  return response.blob();
}

/** A file that the page makes by a recipe. @param {string} name @param {string} made @returns {Promise<Source | null>} null where the recipe is none */
async function makeSource(name, made) {
  const { madeFile } = await import("../data-maker/recipe-text.js");
  const blob = madeFile(made);
  return blob && { name, blob, example: false, made };
}

/** @param {string} name @param {import("../protocol.js").Mistake} mistake */
function fileMessage(name, { message, line }) {
  const text = coreText(message);
  return line > 1 && !/\bline\b/i.test(message)
    ? t("{name}, line {line}: {message}", { name, line: String(line), message: text })
    : t("{name}: {message}", { name, message: text });
}

/** @param {Tools} tools */
export function openFile({
  state,
  client,
  notices,
  prepare,
  keepRun,
  setHeld,
  holdsFile,
  keptFile,
}) {
  const { notify } = notices;
  /** The file that was asked for last, which may have been refused. @type {Source | null} */
  let asked = null;

  /** Counts the readings: one that is not the newest any more was cancelled, or is overtaken. */
  let newest = 0;
  /** The last reading that a person asked for, under way or done. @type {Promise<unknown>} */
  let opening = Promise.resolve();
  /** What the present table was read with; null for the one that the page came with. @type {Values | null} */
  let readWith = null;

  /**
   * @param {Source} source
   * @param {Values} values
   * @param {number} [least] rows, below which the worker keeps the file that it has
   * @returns {Promise<Table | null>} null once it is not the newest any more
   */
  async function read({ name, blob }, values, least = 1) {
    const mine = ++newest;
    state.loading.value = { name, done: 0, total: blob.size };
    state.tooBig.value = null;
    try {
      const details = { file: blob, settings: toPairs(values), least, most: mostMemory() };
      const { table } = await client.send("load", details);
      // A cancellation may come when the worker has just put the new file in the place of the old.
      setHeld(mine === newest);
      return mine === newest ? table : null;
    } catch (error) {
      if (mine === newest) {
        throw error;
      }
      return null;
    } finally {
      if (mine === newest) {
        state.loading.value = null;
      }
    }
  }

  /** As read, for a file that a person asks for. @type {typeof read} */
  function readAsked(source, values, least) {
    const reading = read(source, values, least);
    opening = reading.catch(() => null);
    return reading;
  }

  /**
   * Gives the worker the present file. One that a person asks for meanwhile goes first, and may take
   * its place.
   * @param {Source} source
   * @param {Values} values
   */
  async function bring(source, values) {
    await opening;
    const before = opening;
    if (holdsFile() || state.source.value !== source || (await read(source, values))) {
      return;
    }
    if (opening === before) {
      throw new Error(
        t("The reading of {name} was cancelled. Press Train to read it.", { name: source.name }),
      );
    }
    await bring(source, values);
  }

  /** What was there before the reading stays as it was, and so does how it was read. */
  function cancelLoading() {
    const former = readWith ?? state.applied.value;
    newest++;
    batch(() => {
      state.loading.value = null;
      if (state.table.value) {
        state.settings.value = withReading(state.settings.value, former);
      }
    });
    client.send("cancelLoad", {}).catch(() => {});
  }

  /** Settings in which those of reading a file are others. @param {Values} values @param {Values} reading */
  function withReading(values, reading) {
    const result = { ...values };
    for (const key of readingKeys(state.index.value)) {
      delete result[key];
      if (key in reading) {
        result[key] = reading[key];
      }
    }
    return result;
  }

  /** Reads as many rows of the file that is too big as there is room for. */
  async function readSample() {
    const { value: asked } = state.tooBig;
    if (asked) {
      const share = String(asked.fits.share);
      await open(asked.source, { ...asked.values, "data.sample_share": share });
    }
  }

  /** Puts another file in the place of the one before, of which nothing stays. @param {Source | null} source @param {Values} values @param {Table | null} table */
  function change(source, values, table) {
    readWith = values;
    batch(() => {
      leaveRun(state);
      if (source !== state.source.value) {
        forgetView(state);
        state.mistakes.value = {};
      }
      state.source.value = source;
      state.table.value = table;
      state.settings.value = values;
      state.awaited.value = "";
      state.awaitedAgain.value = false;
      state.expected.value = "";
      state.notices.value = {};
      state.prepared.value = null;
      state.progress.value = null;
      state.report.value = null;
      state.refusal.value = null;
    });
  }

  /**
   * A link, a run or an earlier visit asks for a file that only the person has.
   * @param {string} name
   * @param {Values} values
   * @param {{ fingerprint?: string, again?: boolean }} [details] again: from an earlier visit
   */
  async function awaitFile(name, values, { fingerprint = "", again = false } = {}) {
    await keepRun();
    batch(() => {
      change(null, values, null);
      state.awaited.value = name;
      state.awaitedAgain.value = again;
      state.expected.value = fingerprint;
    });
  }

  /** Whether the worker has read this file in the way that the settings say. @param {DataMark} data @param {Values} values */
  function isRead({ fingerprint }, values) {
    const { value: now } = state.settings;
    const sameFile = state.source.value && state.table.value?.fingerprint === fingerprint;
    return (
      sameFile &&
      holdsFile() &&
      readingKeys(state.index.value).every((key) => values[key] === now[key])
    );
  }

  /** @param {DataMark} data @returns {Promise<Source | null>} */
  async function find({ name, example, made, fingerprint }) {
    const { value: source } = state.source;
    if (source && state.table.value?.fingerprint === fingerprint) {
      return source;
    }
    if (made) {
      return makeSource(name, made);
    }
    const blob = example ? await fetchExample(name) : await keptFile(name, fingerprint);
    return blob && { name, blob, example };
  }

  /**
   * Gives the worker the file that a run was made with.
   * @param {DataMark} data
   * @param {Values} values
   * @returns {Promise<boolean>} false after saying what is missing
   */
  async function provide(data, values) {
    if (isRead(data, values)) {
      return true;
    }
    try {
      const source = await find(data);
      if (!source) {
        await awaitFile(data.name, values, { fingerprint: data.fingerprint });
        return false;
      }
      const table = await readAsked(source, values);
      if (!table) {
        return false;
      }
      change(source, values, table);
      state.expected.value = data.fingerprint;
      if (table.fingerprint !== data.fingerprint) {
        throw new Error(
          t("{file} is another file than the run was made with.", { file: data.name }),
        );
      }
      return true;
    } catch (error) {
      notify("file", mistakeOf(error).message);
      return false;
    }
  }

  /** @param {Source} source @param {Values} values @param {string} [expected] the fingerprint it should have */
  async function open(source, values, expected = "") {
    asked = source;
    await keepRun();
    try {
      const table = await readAsked(source, values, state.source.value ? LEAST_ROWS : 1);
      if (!table) {
        return;
      }
      change(source, values, table);
      state.expected.value = expected;
    } catch (error) {
      const mistake = mistakeOf(error);
      const text = fileMessage(source.name, mistake);
      notify("file", text, { [mistake.fits ? "data.file" : mistake.key || "data.file"]: text });
      state.tooBig.value = mistake.fits ? { source, values, fits: mistake.fits } : null;
      return;
    }
    await prepare();
  }

  /** The settings that come with an example. @param {Example} example */
  async function exampleValues(example) {
    const pairs = cfgPairs(await (await fetchExample(example.cfg)).text());
    const { values } = readPairs(pairs, state.index.value);
    return mergeValues({}, { ...values, "data.file": example.file }, state.index.value);
  }

  /** @param {Example} example @param {Values} [values] in place of the example's own */
  async function loadExample(example, values) {
    try {
      const [blob, own] = await Promise.all([
        fetchExample(example.file),
        values ?? exampleValues(example),
      ]);
      await open({ name: example.file, blob, example: true }, own);
    } catch (error) {
      const message = messageOf(error);
      notify("file", message, { "data.file": message });
    }
  }

  /** The present settings without those about the columns of another file. @param {string} name */
  function ownValues(name) {
    /** @type {Values} */
    const values = { ...state.settings.value, "data.file": name };
    if (!state.awaited.value) {
      OF_ONE_FILE.forEach((key) => delete values[key]);
    }
    return values;
  }

  /** The fingerprint that a chosen file should have; empty where it was not asked for. @param {string} name */
  function fingerprintFor(name) {
    const { awaited, awaitedAgain, expected } = state;
    const asked = awaitedAgain.value ? awaited.value === name : awaited.value !== "";
    return asked ? expected.value : "";
  }

  /** @param {Blob} blob @param {string} name @param {string} [made] its recipe, where the page made it */
  function loadOwn(blob, name, made = "") {
    const values = ownValues(name);
    if (!state.awaited.value) {
      closeLesson(state);
      readingKeys(state.index.value).forEach((key) => delete values[key]);
    }
    return open({ name, blob, example: false, made }, values, fingerprintFor(name));
  }

  /** Reads again after a change of how to read: the file that was refused, or the present one. */
  async function reload() {
    const refused = state.notices.value.file ? asked : null;
    if (refused && refused !== state.source.value) {
      await open(refused, ownValues(refused.name));
    } else if (state.source.value) {
      await open(state.source.value, state.settings.value);
    }
  }

  /** Reads another sheet of the present file, whose columns are others. @param {string} sheet */
  async function chooseSheet(sheet) {
    const { value: source } = state.source;
    if (source) {
      const values = ownValues(source.name);
      readingKeys(state.index.value).forEach((key) => delete values[key]);
      await open(source, { ...values, "data.sheet": sheet });
    }
  }

  return {
    makeSource,
    loadExample,
    loadOwn,
    chooseSheet,
    reload,
    provide,
    bring,
    cancelLoading,
    readSample,
    openSource: open,
    awaitFile,
    exampleValues,
  };
}
