/**
 * A tab that is truly hidden. Playwright makes every page that it knows believe to be in front, so
 * this one is opened behind its back, by the protocol of the browser's developer tools.
 */

/** @typedef {import("@playwright/test").Browser} Browser */

/** @param {Browser} browser @param {string} url */
export async function openUnwatched(browser, url) {
  const session = await browser.newBrowserCDPSession();
  const { browserContextId } = await session.send("Target.createBrowserContext");
  const { targetId } = await session.send("Target.createTarget", { url, browserContextId });
  const { sessionId } = await session.send("Target.attachToTarget", { targetId });
  /** @type {Map<number, { resolve: (value: unknown) => void, reject: (why: Error) => void }>} */
  const waiting = new Map();
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result, error } = JSON.parse(message);
    const wrong = error?.message ?? result?.exceptionDetails?.text;
    if (wrong) {
      waiting.get(id)?.reject(new Error(wrong));
    } else {
      waiting.get(id)?.resolve(result?.result?.value);
    }
    waiting.delete(id);
  });
  let last = 0;
  return {
    /** @param {string} expression whose value can be written as JSON @returns {Promise<unknown>} */
    evaluate: (expression) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        const params = { expression, awaitPromise: true, returnByValue: true };
        const message = JSON.stringify({ id, method: "Runtime.evaluate", params });
        waiting.set(id, { resolve, reject });
        session.send("Target.sendMessageToTarget", { sessionId, message }).catch(reject);
      }),
    /** Another tab comes to the front. */
    hide: () => session.send("Target.createTarget", { url: "about:blank", browserContextId }),
    close: () => session.send("Target.disposeBrowserContext", { browserContextId }),
  };
}
