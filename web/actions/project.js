/**
 * The project file: runs with their settings, notes, curves and snapshots, the set-up of the page,
 * and the data where the person wants it in.
 *
 * Eight letters, a version and the size of the head (both unsigned, 32 bits, little-endian), the head
 * as JSON in UTF-8, then parts of bytes one after the other. The head has {link, runs, file, parts};
 * `parts` has the size of each, and in place of bytes elsewhere stands the number of a part, from 0.
 */
import { t } from "../text/i18n.js";

/** @import { Course, Description } from "../runs.js" */

/** @typedef {{ description: Description, course: Course }} ProjectRun */
/** @typedef {{ name: string, fingerprint: string, blob: Blob }} ProjectFile */
/** @typedef {{ link: string, runs: ProjectRun[], file: ProjectFile | null }} Project */

const MAGIC = "TABTRAIN";
const VERSION = 1;
const FIXED_BYTES = 16;

/** @param {Project} project @returns {Blob} */
export function encodeProject({ link, runs, file }) {
  /** @type {(Uint8Array<ArrayBuffer> | Blob)[]} */
  const parts = [];
  const keep = (/** @type {any} */ part) => parts.push(part) - 1;
  const head = {
    link,
    runs: runs.map(({ description, course: { progress, rows, snapshots } }) => ({
      description,
      course: {
        progress,
        rows: keep(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength)),
        snapshots: snapshots.map((snapshot) => ({ ...snapshot, bytes: keep(snapshot.bytes) })),
      },
    })),
    file: file && {
      name: file.name,
      fingerprint: file.fingerprint,
      type: file.blob.type,
      bytes: keep(file.blob),
    },
  };
  const sizes = parts.map((part) => (part instanceof Blob ? part.size : part.byteLength));
  const json = new TextEncoder().encode(JSON.stringify({ ...head, parts: sizes }));
  const fixed = new Uint8Array(FIXED_BYTES);
  fixed.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(fixed.buffer);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, json.length, true);
  return new Blob([fixed, json, ...parts]);
}

const damaged = () =>
  new Error(t("The project file is damaged or not complete. Copy or download it once more."));

/** @param {Blob} blob @returns {Promise<{ head: any, start: number }>} the head, and where parts begin */
async function readHead(blob) {
  const fixed = await blob.slice(0, FIXED_BYTES).arrayBuffer();
  if (new TextDecoder().decode(fixed.slice(0, MAGIC.length)) !== MAGIC) {
    throw new Error(t("This is not a project file of tabtrain."));
  }
  if (fixed.byteLength < FIXED_BYTES) {
    throw damaged();
  }
  const view = new DataView(fixed);
  if (view.getUint32(8, true) > VERSION) {
    throw new Error(t("The project file was made by a newer tabtrain. Reload the page to get it."));
  }
  const start = FIXED_BYTES + view.getUint32(12, true);
  try {
    return { head: JSON.parse(await blob.slice(FIXED_BYTES, start).text()), start };
  } catch {
    throw damaged();
  }
}

/** Every part as a piece of the file. @param {Blob} blob @param {any} sizes @param {number} start */
function cutParts(blob, sizes, start) {
  if (!Array.isArray(sizes) || !sizes.every((size) => Number.isInteger(size) && size >= 0)) {
    throw damaged();
  }
  let end = start;
  const parts = sizes.map((size) => blob.slice(end, (end += size)));
  if (end !== blob.size) {
    throw damaged();
  }
  return parts;
}

/** @param {any} run @param {Blob[]} parts @returns {Promise<ProjectRun>} */
async function readRun({ description, course }, parts) {
  const bytes = async (/** @type {number} */ i) => parts[i].arrayBuffer();
  const snapshots = course.snapshots.map(async (/** @type {any} */ snapshot) => ({
    ...snapshot,
    // Of its own, so that the project file may go.
    bytes: new Blob([await bytes(snapshot.bytes)]),
  }));
  const rows = new Float64Array(await bytes(course.rows));
  return { description, course: { ...course, rows, snapshots: await Promise.all(snapshots) } };
}

/** @param {Blob} blob @returns {Promise<Project>} fails with a message for the person */
export async function decodeProject(blob) {
  const { head, start } = await readHead(blob);
  const parts = cutParts(blob, head.parts, start);
  try {
    const { link, file } = head;
    /** @type {ProjectRun[]} */
    const runs = await Promise.all(head.runs.map((/** @type {any} */ run) => readRun(run, parts)));
    const part = file && parts[file.bytes];
    const data = file && {
      name: String(file.name),
      fingerprint: String(file.fingerprint),
      blob: part.slice(0, part.size, String(file.type ?? "")),
    };
    return { link: String(link), runs, file: data };
  } catch {
    throw damaged();
  }
}
