/**
 * A file made on the page, given to the browser to keep.
 */

/** How long a browser may take to read what it saves. */
const READ_MS = 60_000;

/** @param {string} name @param {Blob} blob */
export function download(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), READ_MS);
}
