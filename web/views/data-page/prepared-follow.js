/**
 * Asks the worker what the preparation makes of some columns, each time these or the settings change.
 */
import { signal } from "@preact/signals-core";
import { messageOf } from "../../actions/notices.js";
import { toPairs } from "../../settings.js";
import { nowAndThen, watch, whenGone } from "../parts/dom.js";

/**
 * @import { Prepared } from "../../protocol-data.js"
 * @import { Context } from "../parts/fields.js"
 */

const BINS = 24;
const SETTLE_MS = 200;

/** Settings that the preparation depends on. */
const PARTS = /^(data|split|scaler)(\.|$)/;

/** What was asked, and what the answer was: `problem` says why there is none. @typedef {{ prepared: Prepared | null, problem: string }} Answer */

/** @param {Context} context @param {() => number[]} columns from 0; reactive */
export function followPrepared({ state, actions }, columns) {
  const answer = signal(/** @type {Answer} */ ({ prepared: null, problem: "" }));
  let asked = "";
  let gone = false;

  /** @param {string} question @param {number[]} indices */
  async function ask(question, indices) {
    const settings = toPairs(state.settings.peek());
    const details = { columns: indices, settings, bins: BINS };
    const found = await actions
      .askTable("prepared", details)
      .then((prepared) => ({ prepared, problem: "" }))
      .catch((error) => ({ prepared: null, problem: messageOf(error) }));
    if (!gone && question === asked) {
      answer.value = found;
    }
  }

  function look() {
    const indices = columns();
    const settings = toPairs(state.settings.peek()).filter(([key]) => PARTS.test(key));
    const question = JSON.stringify([indices, settings]);
    if (question !== asked && !gone) {
      asked = question;
      ask(question, indices);
    }
  }

  const soon = nowAndThen(SETTLE_MS, look);
  watch(() => {
    state.settings.value;
    columns();
    soon();
  });
  whenGone(() => (gone = true));
  return () => answer.value;
}
