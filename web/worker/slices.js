/** Work in slices: the worker computes for a while, lets messages in, and goes on. */

/** A press of Pause is obeyed within 50 ms, of which the page needs its own part. */
export const LONGEST_MS = 20;
export const SHORTEST_MS = 8;
const MAX_GROWTH = 8;

/** What is done beside a run, which may do a slice of its own before Pause is read. */
const SLICE_MS = 10;

/** A message of the worker to itself is back by then, or on a detour. */
const DETOUR_MS = 4;

/** Messages of the page that have been read. */
let messages = 0;

/** To be called when a message of the page is read. */
export function noteMessage() {
  messages++;
}

/**
 * Turns of the event loop. They go through a message channel, because timers and animation frames
 * are throttled in a hidden tab. WebKit hands such messages on by way of the page, which may be
 * busy drawing: once one has been late, a timer ends the turns.
 */
export class Turns {
  #channel = new MessageChannel();
  #detours = false;
  /** @type {(() => void)[]} */
  #waiting = [];

  constructor() {
    this.#channel.port1.onmessage = () => this.#waiting.shift()?.();
  }

  /** @returns {Promise<void>} settled after the messages that wait now have been read */
  next() {
    return new Promise((resolve) => {
      const asked = performance.now();
      const timer = this.#detours ? setTimeout(resolve, DETOUR_MS) : 0;
      this.#waiting.push(() => {
        clearTimeout(timer);
        this.#detours ||= performance.now() - asked > DETOUR_MS;
        resolve();
      });
      this.#channel.port2.postMessage(null);
    });
  }

  /**
   * Turns until one has passed in which the page said nothing: a browser may read one message of the
   * page, which took its time, and then one of the channel before the next of the page.
   */
  async untilQuiet() {
    for (let before = NaN; before !== messages;) {
      before = messages;
      await this.next();
    }
  }
}

const turns = new Turns();

/** Ends a slice once it has been long enough. */
export class Slice {
  #start = performance.now();

  /** Lets messages in, if it is time. */
  async rest() {
    if (performance.now() - this.#start > SLICE_MS) {
      await turns.next();
      this.#start = performance.now();
    }
  }
}

/**
 * Works in slices, between which messages are read.
 * @param {() => boolean} piece does a little; whether it was the last
 */
export async function inSlices(piece) {
  for (const slice = new Slice(); !piece();) {
    await slice.rest();
  }
}

/** Before anything is known of a network: too little rather than too much. */
const FIRST_WORK = 256;

/** How much work, as tt_trainer_run counts it, fits into a slice, found while working. */
export class Pace {
  work = FIRST_WORK;

  /**
   * @param {number} milliseconds that the last slice took
   * @param {boolean} full whether it spent all its work, rather than coming to an end before
   */
  adapt(milliseconds, full) {
    if (milliseconds > LONGEST_MS || (full && milliseconds < SHORTEST_MS)) {
      const wanted = (SHORTEST_MS + LONGEST_MS) / 2;
      const growth = Math.min(MAX_GROWTH, wanted / Math.max(milliseconds, 0.1));
      this.work = Math.max(1, Math.round(this.work * growth));
    }
  }
}

/** At most so many events a second. */
export class Throttle {
  #gap;
  #last = -Infinity;

  /** @param {number} perSecond */
  constructor(perSecond) {
    this.#gap = 1000 / perSecond;
  }

  /** Whether an event may be sent now; the next one is then a gap away. */
  isDue() {
    const now = performance.now();
    const due = now - this.#last >= this.#gap;
    if (due) {
      this.#last = now;
    }
    return due;
  }
}
