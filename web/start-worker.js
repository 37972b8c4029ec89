/** The one place that starts workers, for the page and for a worker that needs another one. */

/** @typedef {{ worker: Worker, url: string, readsType: boolean }} StartedWorker */

/**
 * A worker started by URL would not be bound by the page's Content-Security-Policy; one started from
 * a blob inherits it.
 * @param {string} program of a module
 * @returns {StartedWorker}
 */
export function workerOf(program) {
  const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
  let readsType = false;
  const worker = new Worker(url, {
    get type() {
      readsType = true;
      return /** @type {const} */ ("module");
    },
  });
  return { worker, url, readsType };
}

/**
 * What a worker of the site begins with. Firefox would ask the network, not the service worker, for
 * what a blob imports by a statement. A worker takes messages once this has run, so they wait for
 * the module.
 * @param {string} url of the module
 */
function enter(url) {
  /** @type {MessageEvent[]} */
  const early = [];
  self.onmessage = (event) => early.push(event);
  import(url).then(
    () => early.forEach((event) => self.onmessage?.(event)),
    (error) =>
      setTimeout(() => {
        throw error;
      }),
  );
}

/** @param {string} file of a module @param {string} base that it is relative to */
export const startWorker = (file, base) =>
  workerOf(`(${enter})(${JSON.stringify(new URL(file, base).href)});`);

/** @param {StartedWorker} started */
export function endWorker({ worker, url }) {
  worker.terminate();
  URL.revokeObjectURL(url);
}
