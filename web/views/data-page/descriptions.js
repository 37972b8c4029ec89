/**
 * A closer look at the columns of a table, asked of the worker for those that are on the screen first.
 */
import { signal } from "@preact/signals-core";
import { toPairs } from "../../settings.js";
import { watch, whenGone } from "../parts/dom.js";

/**
 * @import { Described, DescribedColumn } from "../../protocol-data.js"
 * @import { Table } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/**
 * @typedef {object} Descriptions
 * @property {(index: number) => DescribedColumn | null} of a column, from 0; reactive
 * @property {(indices: number[]) => void} want asks for columns before those asked for already
 * @property {() => Described | null} target what is said of the target; reactive
 */

const BINS = 24;

/** Cells that are read between two answers. */
const CELLS_AT_ONCE = 1_000_000;
const MOST_AT_ONCE = 24;

/** Settings that a description depends on. @param {Context} context */
const settingsText = ({ state }) =>
  JSON.stringify(toPairs(state.settings.value).filter(([key]) => key.startsWith("data.")));

/** @param {Context} context @param {Table} table @returns {Descriptions} */
export function followDescriptions(context, table) {
  const { state, actions } = context;
  const newest = signal(/** @type {Described | null} */ (null));
  const count = signal(0);
  /** @type {Map<number, DescribedColumn>} */
  const known = new Map();
  /** Columns of which what is known is that of the present settings. @type {Set<number>} */
  const fresh = new Set();
  /** @type {number[]} */
  let queue = [];
  let settings = "";
  let asking = false;
  let gone = false;

  async function ask() {
    if (asking) {
      return;
    }
    asking = true;
    const most = Math.min(MOST_AT_ONCE, Math.max(1, Math.floor(CELLS_AT_ONCE / table.n_rows)));
    while (queue.length > 0 && !gone) {
      const columns = queue.splice(0, most);
      columns.forEach((index) => fresh.add(index));
      const pairs = toPairs(state.settings.value);
      const details = { columns, settings: pairs, bins: BINS };
      const described = await actions.askTable("describe", details).catch(() => null);
      if (!described) {
        break;
      }
      described.columns.forEach((column) => known.set(column.index, column));
      newest.value = described;
      count.value++;
    }
    asking = false;
  }

  /** @param {number[]} indices */
  function want(indices) {
    const missing = indices.filter((index) => !fresh.has(index));
    if (missing.length > 0) {
      queue = [...missing, ...queue.filter((index) => !missing.includes(index))];
      ask();
    }
  }

  watch(() => {
    const now = settingsText(context);
    if (now !== settings) {
      settings = now;
      fresh.clear();
      queue = [];
      want([...known.keys()]);
    }
  });
  whenGone(() => (gone = true));
  return {
    of: (index) => (count.value >= 0 ? (known.get(index) ?? null) : null),
    want,
    target: () => newest.value,
  };
}
