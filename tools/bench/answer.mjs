// The message loop of a worker: commands in, replies of the same number out.

/** @typedef {{ id: number, command: string, details: any }} Request */
/** @typedef {{ id: number, result?: any, error?: string }} Reply */

/** @param {Record<string, (details: any) => any>} commands */
export function answer(commands) {
  globalThis.onmessage = async (/** @type {MessageEvent<Request>} */ { data }) => {
    const { id, command, details } = data;
    try {
      globalThis.postMessage({ id, result: await commands[command](details) });
    } catch (error) {
      globalThis.postMessage({ id, error: String(error instanceof Error ? error.stack : error) });
    }
  };
}
