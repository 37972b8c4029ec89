/**
 * Snapshots on their way between worker and page. The page has their bytes as a Blob, which it can
 * keep in the browser's storage without a copy of megabytes on its own thread.
 */

import { UserMistake } from "./core.js";

/** @typedef {import("../protocol.js").Snapshot} Snapshot */
/** A snapshot as the worker has it. @typedef {Omit<Snapshot, "bytes"> & { bytes: Uint8Array<ArrayBuffer> }} OpenSnapshot */

/** @param {OpenSnapshot} snapshot @returns {Snapshot} */
export const packSnapshot = (snapshot) => ({ ...snapshot, bytes: new Blob([snapshot.bytes]) });

/** @param {Snapshot[]} snapshots @returns {Promise<OpenSnapshot[]>} */
export async function unpackSnapshots(snapshots) {
  const unpacked = snapshots.map(async (snapshot) => ({
    ...snapshot,
    bytes: new Uint8Array(await snapshot.bytes.arrayBuffer()),
  }));
  return Promise.all(unpacked).catch((error) => {
    throw new UserMistake({
      message: `What was kept of this run cannot be read: ${error}. Train it once more.`,
    });
  });
}
