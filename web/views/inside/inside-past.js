/**
 * What was seen inside the network while the view was open: the newest inspection and earlier ones,
 * at most one an epoch, in a bounded room.
 */
import { signal } from "@preact/signals-core";
import { follow } from "../parts/follow.js";
import { rowsToInspect } from "../parts/inspected-rows.js";

/**
 * @import { Inspection } from "../../protocol-inside.js"
 * @import { State } from "../../state.js"
 * @import { Context } from "../parts/fields.js"
 */

/** Enough for a picture. */
const BINS = 48;

const MOST_KEPT = 32;

/** A small network is looked at more often, so that a short run is not over before it is seen. */
const GAPS = { small: 50, large: 220 };
const SMALL = 20_000;

/** @typedef {Inspection & { epoch: number }} Seen */

/** When the room is full every second one goes, so that all of the time is covered. @param {Seen[]} past @returns {Seen[]} */
const thinned = (past) =>
  past.length > MOST_KEPT ? past.filter((_, i) => (past.length - 1 - i) % 2 === 0) : past;

/** A run that was rewound forgets what came after. @param {Seen[]} past oldest first @param {Seen} seen @returns {Seen[]} */
export function withSeen(past, seen) {
  const before = past.filter(({ epoch }) => Math.floor(epoch) < Math.floor(seen.epoch));
  return thinned([...before, seen]);
}

/** @param {State} state */
const epochNow = ({ progress: { value } }) => (value ? value.step / value.stepsPerEpoch : 0);

/**
 * @param {Context} context
 * @param {() => boolean} isOpen
 * @returns {() => Seen[]} of the current run, oldest first; reactive
 */
export function watchInside(context, isOpen) {
  const { state, actions } = context;
  const past = signal({ run: state.current.value, seen: /** @type {Seen[]} */ ([]) });
  follow(context, {
    wanted: () => isOpen() && state.current.value !== null,
    reads: () => state.current.value,
    gap: () =>
      (state.prepared.value?.trainer.n_parameters ?? 0) < SMALL ? GAPS.small : GAPS.large,
    ask: () =>
      actions.look("inspect", { part: "training", rows: rowsToInspect(state), bins: BINS }),
    show: (answer) => {
      const run = state.current.value;
      const { seen } = past.value.run === run ? past.value : { seen: [] };
      if (answer) {
        past.value = { run, seen: withSeen(seen, { ...answer, epoch: epochNow(state) }) };
      }
    },
  });
  return () => (past.value.run === state.current.value ? past.value.seen : []);
}
