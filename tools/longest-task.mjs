// How long the page's own thread is busy at a stretch.

/** @typedef {{ name: string, pid: number, tid: number, ts: number, tdur?: number }} TraceEvent */

/**
 * Milliseconds of processor time of each task of the page's thread. Time on the clock would count
 * other programs of the machine as well.
 * @param {import("@playwright/test").Browser} browser
 * @param {import("@playwright/test").Page} page
 * @param {() => Promise<void>} act
 * @returns {Promise<number[]>}
 */
export async function taskTimes(browser, page, act) {
  await browser.startTracing(page, { categories: ["toplevel", "blink.user_timing"] });
  await page.evaluate(() => performance.mark("this thread"));
  await act();
  // A task is traced when it ends, which may be after its last promise.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  /** @type {{ traceEvents: TraceEvent[] }} */
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const mark = traceEvents.find(({ name }) => name === "this thread");
  return traceEvents
    .filter(
      ({ name, pid, tid, ts }) =>
        name.endsWith("RunTask") && pid === mark?.pid && tid === mark.tid && ts > mark.ts,
    )
    .map(({ tdur }) => (tdur ?? 0) / 1000);
}
