/**
 * What this browser keeps in IndexedDB: runs, and files where the person agreed. A run is two
 * records, because its name changes seldom and its course all the time. Each run belongs to the tab
 * that writes it, so that tabs do not overwrite one another's.
 */
import { createStore, del, delMany, entries, get, keys, set, setMany } from "idb-keyval";
import { describeRun } from "../runs.js";

/** @import { Course, Description, RunRecord } from "../runs.js" */

/** @typedef {Description & { owner: string }} KeptRun */
/** @typedef {Blob | Uint8Array<ArrayBuffer>} KeptBytes */
/** @typedef {{ name: string, blob: KeptBytes, kept: number }} KeptFile */

const RUN = "run ";
const COURSE = "course ";
const FILE = "file ";
const PROBE = "probe";
const MOST_FILES = 5;

/** @type {import("idb-keyval").UseStore | null} */
let opened = null;

const store = () => (opened ??= createStore("tabtrain", "kept"));

/** @type {Promise<boolean> | null} */
let blobsAreKept = null;

/** A private window of Safari keeps anything but a Blob. */
async function tryBlob() {
  try {
    await set(PROBE, new Blob([PROBE]), store());
    await del(PROBE, store());
    return true;
  } catch {
    return false;
  }
}

/** What can be kept of it: itself, or its bytes where Blobs cannot. @param {Blob} blob @returns {Promise<KeptBytes>} */
async function keepable(blob) {
  blobsAreKept ??= tryBlob();
  return (await blobsAreKept) ? blob : new Uint8Array(await blob.arrayBuffer());
}

/** @param {KeptBytes} bytes */
const blobOf = (bytes) => (bytes instanceof Blob ? bytes : new Blob([bytes]));

/** @param {Course} course */
async function keepableCourse(course) {
  const snapshots = course.snapshots.map(async (snapshot) => ({
    ...snapshot,
    bytes: await keepable(snapshot.bytes),
  }));
  return { ...course, snapshots: await Promise.all(snapshots) };
}

/** @param {Awaited<ReturnType<typeof keepableCourse>>} kept @returns {Course} */
function courseOf(kept) {
  const snapshots = kept.snapshots.map(({ bytes, ...rest }) => ({ ...rest, bytes: blobOf(bytes) }));
  return { ...kept, snapshots };
}

/**
 * Writes all of a run at once, or what changed of it: half a run is never found.
 * @param {RunRecord} run
 * @param {string} owner the tab that writes it from now on
 * @param {{ description: boolean, course: Course | null }} changed
 */
export async function saveRun(run, owner, { description, course }) {
  /** @type {[string, unknown][]} */
  const records = [];
  if (description) {
    records.push([RUN + run.id, { ...describeRun(run), owner }]);
  }
  if (course) {
    records.push([COURSE + run.id, await keepableCourse(course)]);
  }
  await setMany(records, store());
}

/** @param {string[]} ids */
export function deleteRuns(ids) {
  return delMany(
    ids.flatMap((id) => [RUN + id, COURSE + id]),
    store(),
  );
}

/** @param {string} prefix @returns {Promise<[string, any][]>} what is kept under keys that begin so, without the prefix */
async function entriesOf(prefix) {
  const all = await entries(store());
  return all
    .filter(([key]) => String(key).startsWith(prefix))
    .map(([key, value]) => [String(key).slice(prefix.length), value]);
}

/** Runs whose tab is gone, oldest first. @param {ReadonlySet<string>} alive owners that are open */
export async function loadRuns(alive) {
  const courses = new Map(await entriesOf(COURSE));
  const runs = /** @type {[string, KeptRun][]} */ (await entriesOf(RUN));
  return runs
    .filter(([id, { owner }]) => courses.has(id) && !alive.has(owner))
    .map(([id, run]) => ({ run, course: courseOf(courses.get(id)) }))
    .sort((a, b) => a.run.created - b.run.created);
}

/** The newest files push older ones out. @param {string} fingerprint @param {string} name @param {Blob} blob */
export async function saveFile(fingerprint, name, blob) {
  const file = { name, blob: await keepable(blob), kept: Date.now() };
  await set(FILE + fingerprint, file, store());
  const files = /** @type {[string, KeptFile][]} */ (await entriesOf(FILE));
  const old = files.sort(([, a], [, b]) => b.kept - a.kept).slice(MOST_FILES);
  await delMany(
    old.map(([key]) => FILE + key),
    store(),
  );
}

/** @param {string} fingerprint */
export function deleteFile(fingerprint) {
  return delMany([FILE + fingerprint], store());
}

/**
 * A file that is kept: by its fingerprint, or the newest of its name where that is all there is.
 * @param {string} name
 * @param {string} fingerprint
 * @returns {Promise<Blob | null>}
 */
export async function findFile(name, fingerprint) {
  if (fingerprint) {
    /** @type {KeptFile | undefined} */
    const found = await get(FILE + fingerprint, store());
    return found ? blobOf(found.blob) : null;
  }
  const files = /** @type {[string, KeptFile][]} */ (await entriesOf(FILE));
  const named = files.map(([, file]) => file).filter((file) => file.name === name);
  const [newest] = named.sort((a, b) => b.kept - a.kept);
  return newest ? blobOf(newest.blob) : null;
}

/** Everything but what tabs that are open own. @param {ReadonlySet<string>} alive other tabs */
export async function clearKept(alive) {
  const runs = /** @type {[string, KeptRun][]} */ (await entriesOf(RUN));
  const owned = runs.filter(([, { owner }]) => alive.has(owner)).map(([id]) => id);
  const stays = new Set(owned.flatMap((id) => [RUN + id, COURSE + id]));
  const gone = (await keys(store())).filter((key) => !stays.has(String(key)));
  await delMany(gone, store());
}
