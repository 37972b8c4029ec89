/**
 * What this browser keeps between visits, and what comes and goes as files. The parts that do the
 * work are loaded when they are wanted.
 */
import { t } from "../text/i18n.js";
import { remember } from "../memory.js";

/**
 * @import { Kept } from "./keeping.js"
 * @import { Results } from "../protocol.js"
 * @import { Context } from "../views/parts/fields.js"
 */

/**
 * @typedef {object} Tools
 * @property {() => Context} context
 * @property {(blob: Blob, name: string, made?: string) => Promise<void>} loadTable
 * @property {(type: "model", details: { which: "best" }) => Promise<Results["model"] | null>} look
 */

/** What the name of a project file ends in. */
export const PROJECT_SUFFIX = ".tabtrain";

/** What the name of a model file ends in. */
export const MODEL_SUFFIX = ".model";

/** What a chooser of tables offers. */
export const TABLE_FILES = ".csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx,.gz,text/*";

/**
 * A file of the person's own that this browser keeps.
 * @param {string} name
 * @param {string} fingerprint any file of that name without one
 * @returns {Promise<Blob | null>}
 */
export async function keptFile(name, fingerprint) {
  try {
    const storage = await import("./storage.js");
    return await storage.findFile(name, fingerprint);
  } catch {
    return null;
  }
}

/**
 * What the worker says of the current run.
 * @template T
 * @param {T | null} answer null where it does not have that run
 */
export function ofRun(answer) {
  if (answer === null) {
    throw new Error(t("The run is not in the trainer. Press Continue in the table of runs first."));
  }
  return answer;
}

/** @param {Tools} tools */
export function keepActions({ context, loadTable, look }) {
  /** @type {Promise<Kept> | null} */
  let keeping = null;

  /** Brings back what this browser kept, and keeps what comes. */
  function startKeeping() {
    keeping ??= import("./keeping.js").then((keeper) => keeper.startKeeping(context()));
    return keeping;
  }

  const clearKept = async () => (await startKeeping()).clear();

  /** @param {boolean} keep files of the person's own in this browser */
  function keepFile(keep) {
    remember("keep-file", keep ? "yes" : "no");
    context().state.keepFile.value = keep;
  }

  /** A file of data, of a model, or of a whole project. @param {Blob} blob @param {string} name @param {string} [made] recipe of data that the page made */
  async function loadOwn(blob, name, made) {
    if (name.endsWith(PROJECT_SUFFIX)) {
      const { openProject } = await import("./project-actions.js");
      await openProject(context(), blob, name);
    } else if (name.endsWith(MODEL_SUFFIX)) {
      const { actions, state } = context();
      state.openTabs.understand.value = "predict";
      await actions.openModel(blob, name);
    } else {
      await loadTable(blob, name, made);
    }
  }

  /** The model of the best epoch of the current run, as a file. */
  async function modelBytes() {
    return new Uint8Array(ofRun(await look("model", { which: "best" })).bytes);
  }

  return { startKeeping, clearKept, keepFile, loadOwn, modelBytes };
}
