/**
 * A visitor in a browser that no test tool drives: put into the page by the test, it presses what a
 * person would, and tells the server of the site what it sees: that the page can do without the
 * network, and what comes of a run.
 */

/** @template T @param {() => T} look @returns {Promise<NonNullable<T>>} what is seen, once it is there */
async function seen(look) {
  for (;;) {
    const found = look();
    if (found) {
      return found;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** @param {string} role @param {string} name */
const named = (role, name) => () =>
  /** @type {HTMLElement[]} */ ([...document.querySelectorAll(role)]).find(
    ({ textContent }) => textContent?.trim() === name,
  );

const textOf = (/** @type {string} */ selector) =>
  document.querySelector(selector)?.textContent ?? "";

/** @param {object} report */
const tell = (report) => fetch("seen", { method: "POST", body: JSON.stringify(report) });

await seen(() => textOf("#status").startsWith("Ready"));
await seen(() => navigator.serviceWorker.controller);
await tell({ kept: true });
(await seen(named("button", "Train"))).click();
const status = await seen(() => /^Finished.*/.exec(textOf("#status"))?.[0]);
(await seen(named("[role=tab]", "Rewind and check"))).click();
const weights = await seen(() => /^[0-9a-f]{16}$/.exec(textOf("#results code"))?.[0]);
await tell({ status, weights });
