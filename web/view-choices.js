/**
 * How views are looked at, and what was asked in them last: a part of the state that outlives a view
 * that is closed or built anew, and that no run depends on.
 */
import { signal } from "@preact/signals-core";

/** A setting to vary, by its key or "" for none; values null for those that suggest themselves. @typedef {{ key: string, values: string[] | null }} Axis */

/** @type {{ first: Axis, second: Axis, nSeeds: number }} */
const FIRST_RACE = {
  first: { key: "optimizer", values: null },
  second: { key: "", values: null },
  nSeeds: 3,
};

/**
 * @template T
 * @param {T} value
 * @returns {import("@preact/signals-core").Signal<T>}
 */
const cell = (value) => signal(value);

export function createViewChoices() {
  return {
    /** What the next race is to vary. */
    raceDraft: cell(FIRST_RACE),
    /** The newest race. */
    race: cell(/** @type {import("./race/race.js").Race | null} */ (null)),
    /** The probability from which on a row is taken for the second of two classes, and what a
     * mistake costs. */
    threshold: cell(0.5),
    costs: cell({ falsePositive: 1, falseNegative: 1 }),
    /** What the map shows: the columns of its axes, "" for the default, no second one
     * for a curve; the row that the other columns are taken from; which output, of several. */
    map: {
      x: cell(""),
      y: cell(/** @type {string | null} */ ("")),
      base: cell(/** @type {import("./protocol-model.js").Base} */ ("typical")),
      output: cell(0),
    },
    /** The page of the data: how its columns are looked at, by which seed rows are drawn (0 for the
     * first ones), and what the data doctor found. Columns go by their names. */
    data: {
      open: cell(false),
      sort: cell({ key: "position", down: false }),
      search: cell(""),
      selected: cell(/** @type {ReadonlySet<string>} */ (new Set())),
      column: cell(""),
      seed: cell(0),
      diagnosis: cell(
        /** @type {import("./views/data-page/diagnosis.js").Verdict | null} */ (null),
      ),
    },
    /** Points made or drawn by hand: every edit of this visit, and the class that a tap adds. */
    maker: {
      open: cell(false),
      history: cell(/** @type {import("./data-maker/sketch-history.js").History | null} */ (null)),
      tool: cell(/** @type {number | "erase"} */ (0)),
    },
    /** Why the model predicts what it does: the weights that are asked, the column looked at ("" for
     * the first), the class (-1 for the last), the row one wonders about and its changed cells. */
    why: {
      which: cell(/** @type {"present" | "best"} */ ("present")),
      column: cell(""),
      classIndex: cell(-1),
      judge: cell(/** @type {"loss" | "metric"} */ ("loss")),
      shuffles: cell(5),
      ranking: cell(/** @type {import("./views/why/why-importance.js").Ranking | null} */ (null)),
      base: cell(/** @type {"typical" | number} */ ("typical")),
      changes: cell(/** @type {import("./protocol-model.js").Cells} */ ({})),
    },
    /** Predicting the rows of a file: the model that is asked, one that was opened, the file, and what
     * was answered last. */
    predict: {
      which: cell(/** @type {import("./protocol-model.js").Which} */ ("best")),
      model: cell(/** @type {import("./actions/predict-actions.js").OpenedModel | null} */ (null)),
      busy: cell(""),
      mistake: cell(""),
      answer: cell(/** @type {import("./actions/predict-actions.js").Answer | null} */ (null)),
    },
    /** Inside the network: the parameter that is worked out, picked by hand or not, and how
     * histograms are shown. */
    inside: {
      picked: cell(false),
      place: cell({ layer: 0, kind: "weight", row: 0, column: 0 }),
      values: cell(/** @type {"weights" | "gradients" | "before" | "after"} */ ("weights")),
      overTime: cell(true),
    },
    /** The next cross-validation, and the newest one. */
    foldsDraft: cell({ folds: 5, repeats: 1 }),
    crossValidation: cell(
      /** @type {import("./race/cross-validation.js").CrossValidation | null} */ (null),
    ),
    /** The newest search of the rate finder. */
    rateSearch: cell(/** @type {import("./race/rate-search.js").RateSearch | null} */ (null)),
    /** The tab that is open in each card of tabs. */
    openTabs: {
      understand: cell("results"),
      compare: cell("runs"),
    },
    /** How the table of runs is looked at; runs by their ids. */
    runTable: {
      sort: cell({ key: "best", down: false }),
      filter: cell(""),
      allColumns: cell(false),
      selected: cell(/** @type {ReadonlySet<string>} */ (new Set())),
      unfolded: cell(""),
    },
    /** The learning rate is drawn on a logarithmic axis. */
    scheduleLog: cell(false),
  };
}
