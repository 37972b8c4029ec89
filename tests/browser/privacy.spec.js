// A CSV never leaves the tab: neither page nor worker can reach another origin.

import { createServer } from "node:http";
import { expect, test } from "./fixtures.js";
import { open, train } from "./page.js";

/** @typedef {{ url: string, seen: string[] }} Stranger */

/** Runs with a second origin that notes whatever reaches it. @param {(stranger: Stranger) => Promise<void>} run */
async function withStranger(run) {
  /** @type {string[]} */
  const seen = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? "");
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("content-type", "text/html").end();
  });
  server.on("upgrade", (request, socket) => {
    seen.push(request.url ?? "");
    socket.destroy();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(null)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  try {
    await run({ seen, url: `http://127.0.0.1:${port}` });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Every way out that a script has, wherever it runs. @param {string} url @returns {Promise<string[]>} those that opened */
async function tryToReach(url) {
  /** @type {[string, () => Promise<unknown>][]} */
  const ways = [
    ["fetch", () => fetch(`${url}/fetch`)],
    ["import", () => import(`${url}/import.js`)],
    [
      "socket",
      () =>
        new Promise((resolve, reject) => {
          const socket = new WebSocket(`${url.replace("http", "ws")}/socket`);
          socket.onopen = resolve;
          socket.onerror = reject;
        }),
    ],
    [
      "request",
      () =>
        new Promise((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.onload = resolve;
          request.onerror = reject;
          request.open("GET", `${url}/request`);
          request.send();
        }),
    ],
    [
      "nested worker",
      () =>
        new Promise((resolve, reject) => {
          const program = `fetch("${url}/nested").then(() => postMessage(1), () => postMessage(0));`;
          const address = URL.createObjectURL(new Blob([program]));
          const worker = new Worker(address);
          worker.onmessage = ({ data }) => (data ? resolve(1) : reject());
          worker.onerror = reject;
        }),
    ],
  ];
  /** @type {string[]} */
  const opened = [];
  for (const [name, go] of ways) {
    await go().then(
      () => opened.push(name),
      () => {},
    );
  }
  return opened;
}

/** Addresses that elements open by themselves. @param {string} url */
function reachByElements(url) {
  navigator.sendBeacon(`${url}/beacon`, "x");
  for (const tag of ["img", "script", "iframe", "video"]) {
    const element = document.createElement(tag);
    element.setAttribute("src", `${url}/${tag}`);
    document.body.append(element);
  }
  const form = document.createElement("form");
  form.action = `${url}/form`;
  document.body.append(form);
  form.submit();
}

// In a context of its own: the watched one would count attempts that the policy has stopped.
test("the page and its worker reach nobody", async ({ browser, site }) => {
  await withStranger(async ({ url, seen }) => {
    const context = await browser.newContext({ baseURL: site });
    const page = await context.newPage();
    await open(page);
    await train(page);
    expect(await page.evaluate(tryToReach, url)).toEqual([]);
    expect(await page.workers()[0].evaluate(tryToReach, url)).toEqual([]);
    await page.evaluate(reachByElements, url);
    await page.waitForTimeout(500);
    expect(page.url()).toContain(site);
    expect(seen).toEqual([]);
    await context.close();
  });
});

test("a page without the policy reaches the second origin", async ({ browser }) => {
  await withStranger(async ({ url, seen }) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${url}/home`);
    const opened = await page.evaluate(tryToReach, url);
    expect(opened).toEqual(expect.arrayContaining(["fetch", "request", "nested worker"]));
    await page.evaluate(reachByElements, url);
    const all = ["/fetch", "/import.js", "/socket", "/request", "/nested", "/img", "/form?"];
    await expect.poll(() => seen).toEqual(expect.arrayContaining(all));
    await context.close();
  });
});
