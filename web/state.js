/**
 * All that the page knows, in one place. Views read these signals; actions/ changes them.
 */
import { computed, signal } from "@preact/signals-core";
import { createChartChoices } from "./chart-choices.js";
import { History } from "./history.js";
import { remembered } from "./memory.js";
import { sameValues, splitNames, valueOf } from "./settings.js";
import { createViewChoices } from "./view-choices.js";

/**
 * @import { Catalogue } from "./protocol-catalogue.js"
 * @import { Fits, Part, Prepared, Progress, Report } from "./protocol.js"
 * @import { Lesson } from "./text/lessons.js"
 * @import { RunRecord } from "./runs.js"
 * @import { SettingIndex, Values } from "./settings.js"
 */

/**
 * How the numbers or dates of a column are written, and a cell that shows it. Unclear where 1,234 or
 * 1.234 may be thousands or decimals, or 03/04/2024 a day in March or April. The order of a date is
 * certain where day and month are not both numbers in front of the year.
 * @typedef {object} Reading
 * @property {"point" | "comma" | null} decimal of numbers
 * @property {"day_month" | "month_day" | "certain" | null} date
 * @property {boolean} hours times such as 23:15, as 23.25
 * @property {string} evidence
 * @property {boolean} unclear
 */

/**
 * JSON of tt_table_json.
 * @typedef {object} Column
 * @property {string} name
 * @property {"number" | "date" | "category" | "text"} type
 * @property {boolean} whole
 * @property {number} n_missing
 * @property {number} n_missing_words those of them that hold a word for it
 * @property {string | null} missing_word the first such word
 * @property {number} n_words cells that are no numbers: bad ones in a column of numbers
 * @property {number} n_distinct up to MOST_DISTINCT
 * @property {number | null} min
 * @property {number | null} max
 * @property {number | null} mean
 * @property {number | null} deviation
 * @property {Reading | null} [reading] null for plain decimals and for words
 * @property {string[]} [levels]
 * @property {number[]} [counts]
 *
 * @typedef {object} Table
 * @property {number} n_rows
 * @property {number} [n_left_out] rows that the sample of data.sample_share does not have
 * @property {string} target what is predicted when no setting says so
 * @property {Column[]} columns
 * @property {string[][]} rows
 * @property {string} [fingerprint] of the bytes of the file
 * @property {number} n_problems
 * @property {Problem[]} problems
 * @property {Record<string, number>} [problem_counts] of all problems, by kind; the setting data.KIND
 *     says what becomes of them
 * @property {Record<string, Found>} [dialect] how the file is written, by the key of its setting
 * @property {import("./protocol.js").Sheets | null} [sheets] of the spreadsheet it is from
 * @property {import("./protocol.js").FileKind} [kind]
 * @property {boolean} [trailing_delimiter] its lines end in a delimiter, behind which there is no cell
 *
 * @typedef {{ kind?: string, line: number, column: number, message: string }} Problem
 *
 * What the reader found, or was told, and why.
 * @typedef {{ value: string, found: boolean, evidence: string }} Found
 */

/**
 * JSON of tt_dataset_json, with that of tt_image_json.
 * @typedef {object} Dataset
 * @property {"regression" | "binary" | "multiclass" | "multilabel"} task
 * @property {string} target the first of the targets
 * @property {string[]} targets
 * @property {number} n_training
 * @property {number} n_validation
 * @property {number} n_test rows that neither train nor validate
 * @property {number} n_dropped
 * @property {number} n_features
 * @property {number} n_classes
 * @property {number} n_outputs
 * @property {string[]} features
 * @property {import("./protocol-model.js").ModelColumn[]} columns that the features come from
 * @property {{ name: string, training: number, validation: number }[]} classes
 * @property {{ column: string, message: string }[]} notes
 * @property {import("./protocol-data.js").Image | null} image where rows are pictures
 */

/**
 * JSON of tt_trainer_json.
 * @typedef {object} Trainer
 * @property {string} loss key of the row in use
 * @property {string} metric
 * @property {number} n_parameters
 * @property {{ name: string, shape: [number, number], offset: number }[]} tensors
 */

/** @typedef {{ name: string, precision: number | null, recall: number | null, f1: number | null, support: number }} Score */

/**
 * Curves of one class against the rest, or of one label.
 * @typedef {object} ScoreCurves
 * @property {string} class
 * @property {number | null} roc_auc
 * @property {number | null} average_precision
 * @property {{ false_positive_rate: number[], true_positive_rate: number[], threshold: (number | null)[] }} roc
 * @property {{ precision: number[], recall: number[], threshold: (number | null)[] }} precision_recall
 * @property {{ probability: (number | null)[], share: (number | null)[], count: number[] }} calibration
 */

/**
 * JSON of tt_report_json.
 * @typedef {object} Summary
 * @property {Part} part
 * @property {number} n_rows
 * @property {number | null} loss
 * @property {{ key: string, label: string, value: number | null, help: string }[]} metrics
 * @property {number[][]} [confusion] [true][predicted]
 * @property {Score[]} [classes]
 * @property {Score[]} [labels]
 * @property {ScoreCurves[]} [curves]
 * @property {({ name: string } & Record<string, any>)[]} [targets] of several numbers, each with its metrics by key
 */

/** @typedef {{ file: string, cfg: string, title: string, description: string, source: string }} Example */

/** A file; `made` is the recipe of one that the page made. @typedef {{ name: string, blob: Blob, example: boolean, made?: string }} Source */

/** What a lesson takes the place of. @typedef {{ source: Source, settings: Values, expected: string }} BeforeLesson */

/** @typedef {"file" | "setup" | "link" | "run"} Topic */

/** What is told, and the settings it is told beside. @typedef {{ text: string, keys: string[] }} Notice */

/**
 * Something that can be done now, told in a corner of the page.
 * @typedef {object} Offer
 * @property {string} key
 * @property {string} text
 * @property {{ label: string, act: () => void }[]} actions
 * @property {number} [milliseconds] after which it goes by itself
 */

/**
 * @typedef {object} Baseline
 * @property {string} key
 * @property {string} label
 * @property {number} loss NaN where it has none
 * @property {number} metric
 * @property {Values | null} settings that it was trained with; null for a guess
 */

/** @typedef {{ runId: string, epoch: number, text: string, kind: string }} Mark */

/** Phases in which a run has ended by itself. */
export const ENDED = ["finished", "stopped_early", "diverged"];

const NO_HISTORY = new History(["step"]);

/**
 * @template T
 * @param {T} value
 * @returns {import("@preact/signals-core").Signal<T>}
 */
const cell = (value) => signal(value);

export function createState() {
  const catalogue = cell(/** @type {Catalogue | null} */ (null));
  const index = cell(/** @type {SettingIndex} */ (new Map()));
  const settings = cell(/** @type {Values} */ ({}));
  /** The settings that the present run was made with. */
  const applied = cell(/** @type {Values} */ ({}));
  const prepared = cell(/** @type {Prepared | null} */ (null));
  const progress = cell(/** @type {Progress | null} */ (null));
  const table = cell(/** @type {Table | null} */ (null));

  const lock = cell(/** @type {string[]} */ ([]));
  const lesson = cell(/** @type {Lesson | null} */ (null));
  /** Of the lesson's choices, before its runs. */
  const guess = cell(/** @type {number | null} */ (null));

  const runs = cell(/** @type {RunRecord[]} */ ([]));
  const current = cell(/** @type {RunRecord | null} */ (null));
  const awaited = cell("");

  /**
   * The run that the charts are about: the current one, or, while a file is waited for, the newest
   * that is kept and drawn.
   */
  const charted = computed(
    () =>
      current.value ??
      (awaited.value ? runs.value.findLast((run) => run.shown && run.history.length > 0) : null) ??
      null,
  );

  const phase = computed(() => progress.value?.phase ?? "ready");
  const running = computed(() => phase.value === "running");
  /** The run has left its first weights, so that a change of settings asks for a new one. */
  const begun = computed(() => running.value || (progress.value?.step ?? 0) > 0);

  /** The columns that a setting names. @param {string} key */
  const namesIn = (key) =>
    computed(() => new Set(splitNames(valueOf(settings.value, index.value, key))));

  const source = cell(/** @type {Source | null} */ (null));

  /** The columns to predict: as chosen, where one name needs no quotes, or as the core suggests. */
  const targets = computed(() => {
    const text = valueOf(settings.value, index.value, "data.target");
    const names = (table.value?.columns ?? []).map(({ name }) => name);
    const chosen = names.includes(text) ? [text] : splitNames(text);
    return chosen.length > 0 || !table.value ? chosen : [table.value.target];
  });

  return {
    catalogue,
    index,
    examples: cell(/** @type {Example[]} */ ([])),
    /** The file that the table was read from. */
    source,
    /** The file that a link asks for and the page does not have. */
    awaited,
    /** It was asked for by the set-up of an earlier visit rather than by a link or a run. */
    awaitedAgain: cell(false),
    /** The fingerprint of the file that a link or a run was made with; empty where none was named. */
    expected: cell(""),
    /** The file is one that only the person has. */
    own: computed(() => (source.value ? !source.value.example : awaited.value !== "")),
    table,
    targets,
    target: computed(() => targets.value[0] ?? ""),
    settings,
    /** Columns that are left out, and those whose type was chosen. */
    ignored: namesIn("data.ignore"),
    numbers: namesIn("data.numbers"),
    categories: namesIn("data.categories"),
    applied,
    prepared,
    dataset: computed(() => /** @type {Dataset | null} */ (prepared.value?.dataset ?? null)),
    progress,
    /** The metric of the run that the charts are about, as the catalogue has it. */
    metric: computed(() =>
      catalogue.value?.families
        .find(({ key }) => key === "metric")
        ?.rows.find(({ key }) => key === (prepared.value ?? charted.value)?.trainer.metric),
    ),
    phase,
    running,
    begun,
    ended: computed(() => ENDED.includes(phase.value)),
    /** The settings have changed in a way that only a new run can take up. */
    stale: computed(() => begun.value && !sameValues(settings.value, applied.value)),
    /** All runs that are kept, oldest first; the array is replaced when one comes, goes or is edited. */
    runs,
    /** The run that the worker has, which is one of them. */
    current,
    charted,
    /** Of the current run. Grows in place; `drawn` counts the changes of all runs. */
    history: computed(() => current.value?.history ?? NO_HISTORY),
    drawn: cell(0),
    /** What the charts show of the runs. */
    charts: createChartChoices(),
    /** Models that a network should beat, drawn as level lines. */
    baselines: cell(/** @type {Baseline[]} */ ([])),
    /** Places on the curves that something is said of, and the one that is read. */
    marks: cell(/** @type {Mark[]} */ ([])),
    openMark: cell(/** @type {Mark | null} */ (null)),
    ...createViewChoices(),
    report: cell(/** @type {Report | null} */ (null)),
    /** What the person chose to see; see reportedPart. */
    reportPart: cell(/** @type {Part} */ ("validation")),
    /** What the last gradient check of this run found. */
    checks: cell(/** @type {import("./protocol.js").GradientCheck[] | null} */ (null)),
    /** The weights of the best epoch are in place. */
    restored: cell(false),
    /** Cards whose settings cannot be changed, and cards that are not shown. */
    lock,
    hide: cell(/** @type {string[]} */ ([])),
    /** The lesson that is open. */
    lesson,
    /** What comes back when the lesson is left; null where the page was opened with the lesson. */
    beforeLesson: cell(/** @type {BeforeLesson | null} */ (null)),
    guess,
    /** The lesson asks for a guess before anything may run. */
    awaitsGuess: computed(() => lesson.value !== null && guess.value === null),
    /** The keys of the lesson's runs that were made. */
    lessonRuns: cell(/** @type {string[]} */ ([])),
    /** A lesson locks all cards but its own. @param {string} card */
    isLocked: (card) =>
      lesson.value ? !lesson.value.open.includes(card) : lock.value.includes(card),
    /** The browser lacks what training needs. */
    unsupported: cell(false),
    /** Why no run can be made from the present set-up; null where one can, or nobody has tried. */
    refusal: cell(/** @type {Notice | null} */ (null)),
    /** A data set and a network are being made. */
    preparing: cell(false),
    /** The file that is being read, and how far that has come, in bytes. */
    loading: cell(/** @type {{ name: string, done: number, total: number } | null} */ (null)),
    /** A file that does not fit into memory, and the share of its rows that does. */
    tooBig: cell(/** @type {{ source: Source, values: Values, fits: Fits } | null} */ (null)),
    /** What is wrong, by the key of the setting it is in. */
    mistakes: cell(/** @type {Record<string, string>} */ ({})),
    notices: cell(/** @type {Partial<Record<Topic, Notice>>} */ ({})),
    offers: cell(/** @type {Offer[]} */ ([])),
    /** The person agreed that this browser keeps files of their own. */
    keepFile: cell(remembered("keep-file") === "yes"),
    /** The rate over the whole run, and the momentum where the schedule moves it; NaN elsewhere. */
    rates: cell(/** @type {Float64Array | null} */ (null)),
    momenta: cell(/** @type {Float64Array | null} */ (null)),
    /** The value of a setting as text. @param {string} key */
    value: (key) => valueOf(settings.value, index.value, key),
  };
}

/** @typedef {ReturnType<typeof createState>} State */

/**
 * Whether the format of the file leaves nothing to find: JSON has no delimiter.
 * @param {State} state
 * @param {string} key of a setting of data.*
 */
export const isGivenByFormat = ({ table, value }, key) =>
  table.value?.dialect?.[key]?.found === false && value(`data.${key}`) === "auto";

/** The type a column has in the data set: as found, or as the person says. @param {State} state @param {Column} column */
export function typeOf(state, { name, type }) {
  if (state.numbers.value.has(name) && type !== "date") {
    return "number";
  }
  return state.categories.value.has(name) ? "category" : type;
}

/** The rows that the report is on: those that were chosen, where there are any. @param {State} state @returns {Part} */
export function reportedPart({ dataset, reportPart }) {
  const { n_validation = 0, n_test = 0 } = dataset.value ?? {};
  const isThere = { training: true, validation: n_validation > 0, test: n_test > 0 };
  const usual = isThere.validation ? "validation" : "training";
  return isThere[reportPart.value] ? reportPart.value : usual;
}

/** Cells from which on a look at all rows takes seconds. */
const MANY_CELLS = 20_000_000;

/** Whether what looks at all rows of the table waits until there is time for it, or it is asked for. @param {State} state */
export const isLarge = ({ table }) =>
  (table.value?.n_rows ?? 0) * (table.value?.columns.length ?? 0) > MANY_CELLS;

/** No run is under way any more; one that has not begun is not kept. @param {State} state */
export function leaveRun(state) {
  const left = state.current.value;
  if (left && !left.begun) {
    state.runs.value = state.runs.value.filter((run) => run !== left);
  }
  state.current.value = null;
  state.drawn.value++;
}
