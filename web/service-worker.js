/**
 * Serves the site from this browser, so that it works with no network. A version is kept as a whole
 * or not at all: each file is checked by its digest, a version that cannot be completed is dropped,
 * and a complete one takes over once no tab shows the one before. What is not kept, or cannot be
 * read, comes from the network as if there were no service worker.
 */

/**
 * @typedef {object} Site what tools/offline.mjs puts ahead of this program
 * @property {string} version
 * @property {string} policy Content-Security-Policy of the page
 * @property {Record<string, string>} files names, relative to the site, and their digests
 */
/** @typedef {Event & { waitUntil(done: Promise<unknown>): void }} LastingEvent */
/** @typedef {LastingEvent & { request: Request, respondWith(r: Promise<Response>): void }} FetchEvent */
/** @typedef {{ matchAll(options: object): Promise<object[]>, claim(): Promise<void> }} Clients */

const { version, policy, files } = /** @type {Site} */ (Reflect.get(self, "SITE"));
const clients = /** @type {Clients} */ (Reflect.get(self, "clients"));
const { scope } = /** @type {ServiceWorkerRegistration} */ (Reflect.get(self, "registration"));

/** Caches are shared by all sites of a host. */
const FAMILY = `tabtrain ${scope} `;
const CACHE = FAMILY + version;

/** @param {string} name */
const addressOf = (name) => new URL(name, scope).href;

/** The file of the site that an address means, or "". @param {string} address */
function fileAt(address) {
  const { origin, pathname } = new URL(address);
  const path = origin + pathname;
  const name = path === scope ? "index.html" : path.slice(scope.length);
  return path.startsWith(scope) && Object.hasOwn(files, name) ? name : "";
}

/**
 * The policy of the page's meta element binds the page; as a header it binds each file, whoever
 * starts it.
 * @param {Cache} cache @param {string} name
 */
async function download(cache, name) {
  const wanted = { cache: "no-cache", priority: "low", integrity: files[name] };
  const response = await fetch(addressOf(name), /** @type {RequestInit} */ (wanted));
  if (!response.ok) {
    throw new Error(`${name}: ${response.status}`);
  }
  const headers = {
    "content-type": response.headers.get("content-type") ?? "",
    "content-security-policy": policy,
  };
  await cache.put(addressOf(name), new Response(response.body, { headers }));
}

async function keepAll() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.keys(files).map((name) => download(cache, name)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function dropOtherVersions() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(others.map((name) => caches.delete(name)));
}

/** @param {Request} request @param {string} name */
async function answer(request, name) {
  try {
    const cache = await caches.open(CACHE);
    return (await cache.match(addressOf(name))) ?? (await fetch(request));
  } catch {
    return fetch(request);
  }
}

/** The first visit began before there was a service worker. */
async function serveFirstVisit() {
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.length === 1) {
    await clients.claim();
  }
}

/** @param {string} type @param {(event: any) => void} listener */
const on = (type, listener) => self.addEventListener(type, listener);

on("install", (/** @type {LastingEvent} */ event) => event.waitUntil(keepAll()));

on("activate", (/** @type {LastingEvent} */ event) => event.waitUntil(dropOtherVersions()));

on("message", (/** @type {LastingEvent & MessageEvent} */ event) => {
  if (event.data === version) {
    event.waitUntil(serveFirstVisit());
  }
});

on("fetch", (/** @type {FetchEvent} */ event) => {
  const { request } = event;
  const name = fileAt(request.url);
  if (name !== "" && request.method === "GET") {
    event.respondWith(answer(request, name));
  }
});
