/**
 * Makes the site work with no network from now on, where the browser allows it.
 */

/** Waits until the files are kept; a page that came from the network may use them if they are its own. */
async function keepSite() {
  const { serviceWorker } = navigator;
  await serviceWorker.register("service-worker.js");
  const { active } = await serviceWorker.ready;
  if (!serviceWorker.controller) {
    active?.postMessage(document.documentElement.dataset.version);
  }
}

/** Does nothing where there are no service workers, as at file:// and where storage is forbidden. */
export function workOffline() {
  keepSite().catch(() => {});
}
