// The page of the benchmark: starts workers, and asks them by name.

/** @type {Map<string, { worker: Worker, ask: (command: string, details: any) => Promise<any> }>} */
const workers = new Map();

/** @param {string} name @param {string} script */
function start(name, script) {
  const worker = new Worker(script, { type: "module" });
  /** @type {Map<number, (reply: any) => void>} */
  const waiting = new Map();
  let lastId = 0;
  worker.onmessage = ({ data }) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  const ask = (/** @type {string} */ command, /** @type {any} */ details) => {
    lastId++;
    worker.postMessage({ id: lastId, command, details });
    return new Promise((resolve, reject) => {
      waiting.set(lastId, ({ result, error }) =>
        error ? reject(new Error(error)) : resolve(result),
      );
      worker.onerror = (event) => reject(new Error(`${name}: ${event.message}`));
    });
  };
  workers.set(name, { worker, ask });
}

/** @param {string} name */
function end(name) {
  workers.get(name)?.worker.terminate();
  workers.delete(name);
}

const chosenFile = () =>
  /** @type {HTMLInputElement} */ (document.querySelector("input")).files?.[0];

/** The file that was chosen on the page goes along. @param {string} name @param {string} command @param {any} details */
const ask = (name, command, details) =>
  workers.get(name)?.ask(command, { ...details, file: chosenFile() });

Object.assign(globalThis, { bench: { start, end, ask } });
