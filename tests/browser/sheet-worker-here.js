// The worker of spreadsheets in the thread of the test: Node has no workers of the web.

/** @type {WorkerHere} */
let newest;

class WorkerHere {
  /** @type {(event: { data: any }) => void} */
  onmessage = () => {};

  constructor() {
    newest = this;
  }

  /** @param {any} data */
  postMessage(data) {
    /** @type {any} */ (self).onmessage({ data: structuredClone(data) });
  }

  terminate() {}
}

Object.assign(globalThis, {
  Worker: WorkerHere,
  self: { postMessage: (/** @type {any} */ data) => newest.onmessage({ data }) },
});

await import("../../web/worker/formats/sheet-worker.js");
