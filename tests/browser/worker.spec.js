/**
 * The worker in the browser: that it stays open to messages while it trains, and keeps to its rate.
 */

import { MESSAGES_PER_SECOND } from "../../web/protocol.js";
import { expect, test } from "./fixtures.js";

/** @typedef {import("../../web/protocol.js").Setting} Setting */

/**
 * Trains `example` in a worker of its own for `milliseconds`, then pauses it.
 * @param {import("@playwright/test").Page} page
 * @param {{ example: string, settings: Setting[], milliseconds: number }} options
 */
function trainFor(page, options) {
  return page.evaluate(async ({ example, settings, milliseconds }) => {
    const worker = new Worker("worker.js", { type: "module" });
    /** @type {any[]} */
    const messages = [];
    worker.onmessage = ({ data }) => messages.push(data);
    const sleep = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
    let id = 0;
    const ask = async (/** @type {object} */ command) => {
      worker.postMessage({ id: ++id, ...command });
      for (;;) {
        const reply = messages.find((message) => message.id === id);
        if (reply) {
          return reply.result;
        }
        await sleep(1);
      }
    };
    const file = await (await fetch(`examples/${example}.csv`)).blob();
    await ask({ type: "load", file, settings: [] });
    const { run } = await ask({ type: "prepare", settings });
    const began = performance.now();
    await ask({ type: "run", until: "end" });
    await sleep(milliseconds);
    const asked = performance.now();
    const seconds = (asked - began) / 1000;
    const paused = await ask({ type: "pause" });
    const pauseMs = performance.now() - asked;
    const count = messages.length;
    await sleep(200);
    const late = messages.length - count;
    worker.terminate();
    const events = messages.filter(({ type }) => type === "training");
    return {
      run,
      paused,
      pauseMs,
      late,
      perSecond: events.length / seconds,
      last: events.at(-1).progress,
    };
  }, options);
}

test("pause is read at once, and nothing follows it", async ({ page }) => {
  await page.goto("./");
  const settings = /** @type {Setting[]} */ ([["train.epochs", "1000000"]]);
  const { paused, pauseMs, late, last } = await trainFor(page, {
    example: "iris",
    settings,
    milliseconds: 300,
  });
  expect(paused.phase).toBe("paused");
  expect(paused.step).toBeGreaterThan(0);
  expect(last.step).toBe(paused.step);
  expect(late).toBe(0);
  expect(pauseMs).toBeLessThan(500);
});

test("events keep to their rate when epochs are many, and slices are short when they are long", async ({
  page,
}) => {
  await page.goto("./");
  for (const { example, hidden } of [
    { example: "iris", hidden: "4" },
    { example: "digits", hidden: "256,256" },
  ]) {
    const settings = /** @type {Setting[]} */ ([
      ["train.epochs", "1000000"],
      ["model.hidden", hidden],
    ]);
    const { perSecond, pauseMs } = await trainFor(page, { example, settings, milliseconds: 1000 });
    expect(perSecond).toBeGreaterThan(5);
    // The first and the last event are sent whatever the rate.
    expect(perSecond).toBeLessThanOrEqual(MESSAGES_PER_SECOND + 4);
    expect(pauseMs).toBeLessThan(500);
  }
});
