/**
 * A race: settings that differ in one or two choices train side by side in the pool, each with the
 * same seeds, so that the runs of a seed share their first weights and batches where the choices
 * allow it. Its runs stand among the others of the page.
 */
import { batch, signal } from "@preact/signals-core";
import { intervalOf, judge, rank } from "./race-statistics.js";
import { withSeed } from "./race-plan.js";
import { freeColors } from "../runs.js";
import { mergeValues, toPairs } from "../settings.js";

/**
 * @import { Progress } from "../protocol.js"
 * @import { Row } from "../protocol-catalogue.js"
 * @import { Batch, Ending, Job } from "./pool.js"
 * @import { Variant } from "./race-plan.js"
 * @import { RunRecord } from "../runs.js"
 * @import { Values } from "../settings.js"
 * @import { Context } from "../views/parts/fields.js"
 */

/**
 * One seed of an entry.
 * @typedef {object} Lane
 * @property {number} seed from 1
 * @property {Values} settings
 * @property {RunRecord | null} run null before its worker has it
 * @property {Ending["phase"] | "waiting"} phase
 * @property {string} problem why it failed or diverged
 * @property {Job | null} job
 */

/**
 * One setting of the race.
 * @typedef {object} Entry
 * @property {string} key
 * @property {string} label
 * @property {Values} change what it sets
 * @property {number} color of its runs
 * @property {Lane[]} lanes
 */

/**
 * @typedef {object} Standing
 * @property {Entry} entry
 * @property {number[]} scores of its seeds; NaN for a run that has none
 * @property {import("./race-statistics.js").Interval} interval
 * @property {number[]} epochs of the scores
 */

const OVER = ["finished", "stopped_early", "diverged", "cancelled", "failed"];

/** The best value of a column after the start, and its epoch. @param {RunRecord} run @param {string} key @param {boolean} higherIsBetter */
function bestOf(run, key, higherIsBetter) {
  const values = run.history.column(key);
  const steps = run.history.column("step");
  let best = -1;
  for (let i = 0; i < values.length; i++) {
    const better =
      best < 0 || (higherIsBetter ? values[i] > values[best] : values[i] < values[best]);
    if (steps[i] > 0 && Number.isFinite(values[i]) && better) {
      best = i;
    }
  }
  return best < 0
    ? { value: NaN, epoch: NaN }
    : { value: values[best], epoch: steps[best] / run.progress.stepsPerEpoch };
}

/** How a run stands once its worker has left it. @param {Ending["phase"]} phase @returns {Progress["phase"]} */
const restingPhase = (phase) => (phase === "cancelled" || phase === "failed" ? "paused" : phase);

export class Race {
  #context;
  /** @type {Batch} */
  #batch;
  #file;

  /**
   * @param {Context} context
   * @param {{ title: string, variants: Variant[], nSeeds: number, metric: Row | undefined, lossesDiffer: boolean }} plan
   */
  constructor(context, { title, variants, nSeeds, metric, lossesDiffer }) {
    const { state, actions } = context;
    this.#context = context;
    this.#batch = actions.pool.batch();
    this.#file = /** @type {import("../state.js").Source} */ (state.source.value).blob;
    this.id = `race-${Date.now()}`;
    this.title = title;
    this.nSeeds = nSeeds;
    this.metric = metric;
    /** The losses are different functions: only the metric tells which is better. */
    this.lossesDiffer = lossesDiffer;
    this.byMetric = signal(lossesDiffer);
    this.phase = signal(/** @type {"running" | "paused" | "ended"} */ ("running"));
    /** The setting that was taken over into the form last. */
    this.used = signal(/** @type {Entry | null} */ (null));
    /** Counts the changes of the entries, which grow in place. */
    this.changed = signal(0);
    const base = state.settings.value;
    const { index } = state;
    const colors = freeColors(state.runs.value);
    /** @type {Entry[]} */
    this.entries = variants.map(({ label, change }, i) => ({
      key: String(i),
      label,
      change,
      color: colors[i % colors.length],
      lanes: Array.from({ length: nSeeds }, (_, s) => ({
        seed: s + 1,
        settings: withSeed(mergeValues(base, change, index.value), index.value, s + 1),
        run: null,
        phase: /** @type {const} */ ("waiting"),
        problem: "",
        job: null,
      })),
    }));
  }

  /** Seed by seed, so that every setting has a first run early. */
  async start() {
    const lanes = Array.from({ length: this.nSeeds }, (_, s) =>
      this.entries.map((entry) => this.#race(entry, entry.lanes[s])),
    );
    await Promise.all(lanes.flat());
    this.phase.value = "ended";
  }

  pause() {
    this.phase.value = "paused";
    return this.#batch.pause();
  }

  resume() {
    this.phase.value = "running";
    return this.#batch.resume();
  }

  cancel() {
    return this.#batch.cancel();
  }

  /** Leaves only the first `n`: the runs of the others go. @param {number} n */
  async keepBest(n) {
    const kept = this.standings().slice(0, n);
    const dropped = this.entries.filter((entry) => !kept.some((one) => one.entry === entry));
    const jobs = dropped.flatMap(({ lanes }) => lanes.map(({ job }) => job));
    const { state } = this.#context;
    const runs = new Set(dropped.flatMap(({ lanes }) => lanes.map(({ run }) => run)));
    batch(() => {
      this.entries = kept.map(({ entry }) => entry);
      state.runs.value = state.runs.value.filter((run) => !runs.has(run));
      this.#tell();
    });
    await Promise.all(jobs.map((job) => job && this.#batch.cancel(job)));
  }

  /** Whether every run has come to an end. */
  get isOver() {
    return this.entries.every(({ lanes }) => lanes.every(({ phase }) => OVER.includes(phase)));
  }

  /** Best first, by what is known by now. @returns {Standing[]} */
  standings() {
    const higher = this.byMetric.value && this.metric?.higher_is_better === true;
    const rows = this.entries.map((entry) => this.#standing(entry, higher));
    const ranked = rank(
      rows.map(({ entry, scores }) => ({ key: entry.key, scores })),
      higher,
    );
    return ranked.map(
      ({ key }) => /** @type {Standing} */ (rows.find(({ entry }) => entry.key === key)),
    );
  }

  /** Whether there is a winner, once every run is over. */
  verdict() {
    return judge(this.standings().map(({ entry, scores }) => ({ key: entry.key, scores })));
  }

  /** @param {Entry} entry @param {boolean} higher @returns {Standing} */
  #standing(entry, higher) {
    const lanes = entry.lanes.filter(({ phase, run }) => OVER.includes(phase) || run?.begun);
    const found = lanes.map((lane) => this.#score(lane, higher));
    const scores = found.map(({ value }) => value);
    return { entry, scores, interval: intervalOf(scores), epochs: found.map(({ epoch }) => epoch) };
  }

  /** @param {Lane} lane @param {boolean} higher */
  #score({ run, phase }, higher) {
    if (!run || ["diverged", "failed", "cancelled"].includes(phase)) {
      return { value: NaN, epoch: NaN };
    }
    return bestOf(run, this.byMetric.value ? run.metricKey : run.lossKey, higher);
  }

  /** @param {Entry} entry @param {Lane} lane */
  async #race(entry, lane) {
    lane.job = {
      file: this.#file,
      settings: toPairs(lane.settings),
      keep: true,
      onPrepared: (prepared) => {
        lane.run = this.#context.actions.addRun(prepared, lane.settings);
        lane.run.name = this.nSeeds > 1 ? `${entry.label} (${lane.seed})` : entry.label;
        lane.run.group = this.id;
        lane.run.color = entry.color;
        lane.phase = "running";
        this.#tell();
      },
      onRows: (rows, progress) => {
        if (lane.run) {
          lane.run.history.append(rows);
          lane.run.progress = progress;
          this.#tell();
        }
      },
    };
    const { phase, mistake, snapshot } = await this.#batch.run(lane.job);
    lane.phase = phase;
    lane.problem = mistake?.message ?? "";
    if (lane.run) {
      lane.run.mistake = mistake;
      lane.run.progress = { ...lane.run.progress, phase: restingPhase(phase) };
      lane.run.snapshots = snapshot ? [snapshot] : [];
    }
    this.#tell();
  }

  #tell() {
    batch(() => {
      this.changed.value++;
      this.#context.state.drawn.value++;
    });
  }
}
