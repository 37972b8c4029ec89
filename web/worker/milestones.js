/**
 * Snapshots of a run at ends of epochs, to go back to. They are kept in a bounded room: when it is
 * full, every second one goes and the epochs between two snapshots double.
 */

/** @typedef {{ epoch: number, milliseconds: number, snapshot: Uint8Array }} Milestone */

const MOST = 64;
const MOST_BYTES = 128 * 1024 * 1024;

export class Milestones {
  /** @type {Milestone[]} in order of their epochs */
  #kept = [];
  #stride = 1;

  /** The next epoch whose end is worth a snapshot. */
  get nextEpoch() {
    const last = this.#kept.at(-1)?.epoch ?? -this.#stride;
    return (Math.floor(last / this.#stride) + 1) * this.#stride;
  }

  /** @returns {number[]} */
  get epochs() {
    return this.#kept.map(({ epoch }) => epoch);
  }

  /** @param {Milestone} milestone the newest; its bytes are kept, not copied */
  add(milestone) {
    this.#kept.push(milestone);
    const bytes = this.#kept.length * milestone.snapshot.length;
    if (this.#kept.length > MOST || bytes > MOST_BYTES) {
      this.#stride *= 2;
      this.#kept = this.#kept.filter(({ epoch }) => epoch % this.#stride === 0);
    }
  }

  /**
   * Goes back: what comes after `epoch` is forgotten.
   * @param {number} epoch
   * @returns {Milestone | null} null where no snapshot of that epoch is kept
   */
  backTo(epoch) {
    const milestone = this.#kept.find((kept) => kept.epoch === epoch) ?? null;
    if (milestone) {
      this.#kept = this.#kept.filter((kept) => kept.epoch <= epoch);
    }
    return milestone;
  }
}
