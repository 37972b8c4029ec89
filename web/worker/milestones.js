/**
 * Snapshots of a run at ends of epochs, to go back to. They are kept in a bounded room: when it is
 * full, every second one goes and the epochs between two snapshots double.
 */

/** @typedef {import("./snapshots.js").OpenSnapshot} OpenSnapshot */

const MOST = 64;
const MOST_BYTES = 128 * 1024 * 1024;

export class Milestones {
  /** @type {OpenSnapshot[]} in order of their epochs */
  #kept = [];
  /** The epoch up to which nothing more is kept. */
  #last = -1;
  #stride = 1;

  /** The next epoch whose end is worth a snapshot. */
  get nextEpoch() {
    return (Math.floor(this.#last / this.#stride) + 1) * this.#stride;
  }

  /** @returns {number[]} */
  get epochs() {
    return this.#kept.map(({ epoch }) => epoch);
  }

  /** @param {number} epoch @returns {OpenSnapshot | null} null where none of that epoch is kept */
  at(epoch) {
    return this.#kept.find((kept) => kept.epoch === epoch) ?? null;
  }

  /** The run begins in the middle of this epoch. @param {number} epoch */
  skipTo(epoch) {
    this.#last = epoch;
  }

  /** @param {OpenSnapshot} snapshot of the end of the newest epoch; its bytes are kept, not copied */
  add(snapshot) {
    this.#last = snapshot.epoch;
    this.#kept.push(snapshot);
    const bytes = this.#kept.length * snapshot.bytes.length;
    if (this.#kept.length > MOST || bytes > MOST_BYTES) {
      this.#stride *= 2;
      this.#kept = this.#kept.filter(({ epoch }) => epoch % this.#stride === 0);
    }
  }

  /**
   * Goes back: what comes after `epoch` is forgotten.
   * @param {number} epoch
   * @returns {OpenSnapshot | null} null where none of that epoch is kept
   */
  backTo(epoch) {
    const snapshot = this.at(epoch);
    if (snapshot) {
      this.#kept = this.#kept.filter((kept) => kept.epoch <= epoch);
      this.#last = epoch;
    }
    return snapshot;
  }
}
