// The memory of the browser's processes, as Linux counts it.

import { readFile, writeFile } from "node:fs/promises";

/** @param {import("@playwright/test").Browser} browser @returns {Promise<number[]>} */
async function rendererIds(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
}

/** @param {number} id @param {"VmRSS" | "VmHWM"} field resident memory now, and at its highest */
async function megabytes(id, field) {
  const status = await readFile(`/proc/${id}/status`, "utf8");
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

/**
 * How far the resident memory of the process that works on something rises above where it was, at
 * its highest: everything counts, garbage too.
 * @param {import("@playwright/test").Browser} browser
 * @param {() => Promise<unknown>} act
 * @returns {Promise<number | null>} megabytes; null where the system does not tell
 */
export async function memoryRise(browser, act) {
  try {
    const ids = await rendererIds(browser);
    await Promise.all(ids.map((id) => writeFile(`/proc/${id}/clear_refs`, "5")));
    const before = await Promise.all(ids.map((id) => megabytes(id, "VmRSS")));
    await act();
    const after = await Promise.all(ids.map((id) => megabytes(id, "VmHWM")));
    return Math.max(...after.map((peak, i) => peak - before[i]));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).path?.startsWith("/proc")) {
      return null;
    }
    throw error;
  }
}
