/**
 * Keeps runs, and a file where the person agreed, in this browser, and brings them back when the
 * page is opened again. Loaded once the first view is there; nothing waits for it.
 */
import { effect, untracked } from "@preact/signals-core";
import { t } from "../text/i18n.js";
import { LAST_SETUP } from "./address.js";
import { remember } from "../memory.js";
import { courseOf, describeRun, reviveRun } from "../runs.js";
import * as storage from "./storage.js";
import { runName } from "../text/format.js";

/**
 * @import { Context } from "../views/parts/fields.js"
 * @import { RunRecord } from "../runs.js"
 */

/** Between two snapshots of a run that trains, and to the first one. */
const BEAT_MS = 4000;
const FIRST_BEAT_MS = 1000;

/** Keeping takes this share of the time at most. */
const SHARE = 0.1;

const LOCK = "tabtrain tab ";

/** A page that is being left or reloaded gives its lock back within this time, however busy it is. */
const LEAVING_MS = 10_000;

/** Other tabs that are open now, by the names they own runs with. */
async function openTabs() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = held.map(({ name }) => name ?? "").filter((name) => name.startsWith(LOCK));
  return new Set(names.map((name) => name.slice(LOCK.length)));
}

/** Whether a tab turns out to be just closing. @param {string} owner */
function hasClosed(owner) {
  const signal = AbortSignal.timeout(LEAVING_MS);
  return navigator.locks.request(LOCK + owner, { signal }, () => true).catch(() => false);
}

/** The run belongs to this tab as long as the page is open. @param {string} owner */
function stayOpen(owner) {
  navigator.locks?.request(LOCK + owner, () => new Promise(() => {})).catch(() => {});
}

/** What a run was when it was last written. @typedef {{ description: string, course: string }} Written */

class Keeper {
  #context;
  #owner = crypto.randomUUID?.() ?? String(Math.random());
  /** @type {Map<string, Written>} */
  #written = new Map();
  #busy = false;
  #again = false;
  #due = 0;
  #timer = 0;
  /** The run that is offered to be resumed. @type {RunRecord | null} */
  #interrupted = null;
  #full = false;
  #asked = false;

  /** @param {Context} context */
  constructor(context) {
    this.#context = context;
  }

  /** Brings back the runs of tabs that are closed; those of one that is just closing follow. */
  async restore() {
    const others = await openTabs();
    stayOpen(this.#owner);
    await this.#adopt(others);
    for (const other of others) {
      this.#adoptOnceClosed(other).catch(() => {});
    }
  }

  /** @param {string} other */
  async #adoptOnceClosed(other) {
    if (await hasClosed(other)) {
      await this.#adopt(await openTabs());
    }
  }

  /** @param {ReadonlySet<string>} others tabs that are open */
  async #adopt(others) {
    const { state, actions } = this.#context;
    const known = new Set(state.runs.value.map(({ id }) => id));
    const kept = await storage.loadRuns(others);
    const found = kept.filter(({ run }) => !known.has(run.id));
    const runs = found.map(({ run, course }) => reviveRun(run, course));
    actions.adoptRuns(runs);
    const interrupted = found.findLast(({ course }) => course.progress.phase === "running");
    const run = runs.find(({ id }) => id === interrupted?.run.id);
    if (run && run.snapshots.length > 0) {
      this.#offerToResume(run);
    }
  }

  /** @param {RunRecord} run */
  #offerToResume(run) {
    const { actions } = this.#context;
    this.#interrupted = run;
    const { epoch } = /** @type {import("../protocol.js").Snapshot} */ (run.snapshots.at(-1));
    const act = () => {
      actions.withdraw("resume");
      actions.continueRun(run);
    };
    actions.offer({
      key: "resume",
      text: t("{name} was training when the page was closed.", { name: runName(run) }),
      actions: [{ label: t("Resume (epoch {epoch})", { epoch }), act }],
    });
  }

  /** Writes what has changed, from now on. */
  follow() {
    const { state } = this.#context;
    effect(() => {
      const { value: phase } = state.phase;
      if (state.runs.value && state.current.value && phase !== "running") {
        untracked(() => this.#beat());
      }
      this.#due = performance.now() + FIRST_BEAT_MS;
    });
    effect(() => {
      if (state.drawn.value >= 0) {
        untracked(() => this.#beatWhenDue());
      }
    });
    addEventListener("visibilitychange", () => this.#beat());
  }

  /** Now or later, so that the last change of several is written too. */
  #beatWhenDue() {
    const wait = this.#due - performance.now();
    if (wait <= 0) {
      this.#beat();
    } else if (this.#timer === 0) {
      this.#timer = window.setTimeout(() => {
        this.#timer = 0;
        this.#beat();
      }, wait);
    }
  }

  /** One beat at a time; one more when it was asked for meanwhile. */
  async #beat() {
    this.#again = this.#busy;
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    const start = performance.now();
    try {
      await this.#context.actions.keepCurrent(!this.#context.state.running.value);
      await this.#write();
    } catch (error) {
      this.#tellFull(error);
    }
    const now = performance.now();
    this.#due = now + Math.max(BEAT_MS, (now - start) / SHARE);
    this.#busy = false;
    if (this.#again) {
      this.#beat();
    }
  }

  async #write() {
    const begun = this.#context.state.runs.value.filter((run) => run.begun);
    const ids = new Set(begun.map(({ id }) => id));
    const gone = [...this.#written.keys()].filter((id) => !ids.has(id));
    if (gone.length > 0) {
      gone.forEach((id) => this.#written.delete(id));
      await storage.deleteRuns(gone);
    }
    for (const run of begun) {
      await this.#writeRun(run);
    }
  }

  /** @param {RunRecord} run */
  async #writeRun(run) {
    const { snapshots, progress, history } = run;
    const description = JSON.stringify(describeRun(run));
    const ends = [history.length, snapshots.length, snapshots.at(-1)?.step];
    const course = [progress.phase, progress.step, progress.totalSteps, ...ends].join(" ");
    const before = this.#written.get(run.id);
    await storage.saveRun(run, this.#owner, {
      description: before?.description !== description,
      course: before?.course === course ? null : this.#courseOf(run),
    });
    this.#written.set(run.id, { description, course });
    if (!this.#asked) {
      this.#asked = true;
      navigator.storage?.persist?.().catch(() => {});
    }
  }

  /** A run that waits to be resumed is offered again at the next visit. @param {RunRecord} run */
  #courseOf(run) {
    const course = courseOf(run);
    const offered = this.#context.state.offers.value.some(({ key }) => key === "resume");
    return offered && run === this.#interrupted
      ? { ...course, progress: { ...course.progress, phase: /** @type {const} */ ("running") } }
      : course;
  }

  /** Once; the page goes on without. @param {unknown} error */
  #tellFull(error) {
    if (!this.#full) {
      this.#full = true;
      const reason = error instanceof Error ? error.name : String(error);
      this.#context.actions.offer({
        key: "full",
        text: t(
          "This browser cannot keep more ({reason}). Training goes on; delete some runs, or save them as a project file.",
          { reason },
        ),
        actions: [],
      });
    }
  }

  /** Keeps the file of the person, or drops it, as the person wants. */
  followFile() {
    const { state } = this.#context;
    effect(() => {
      const { value: source } = state.source;
      const fingerprint = state.table.value?.fingerprint;
      if (!source || source.example || !fingerprint) {
        return;
      }
      const done = state.keepFile.value
        ? storage.saveFile(fingerprint, source.name, source.blob)
        : storage.deleteFile(fingerprint);
      done.catch((error) => this.#tellFull(error));
    });
  }

  /** Forgets all that is kept, but for the runs of other tabs that are open. */
  async clear() {
    const { state, actions } = this.#context;
    state.keepFile.value = false;
    await actions.dropRuns();
    const others = await openTabs();
    others.delete(this.#owner);
    this.#written.clear();
    await storage.clearKept(others);
    remember(LAST_SETUP, "");
  }
}

/** @param {Context} context */
export async function startKeeping(context) {
  const keeper = new Keeper(context);
  try {
    await keeper.restore();
    keeper.followFile();
  } catch {
    // Storage is forbidden or broken: runs last as long as the page.
  }
  keeper.follow();
  return keeper;
}

/** @typedef {Awaited<ReturnType<typeof startKeeping>>} Kept */
