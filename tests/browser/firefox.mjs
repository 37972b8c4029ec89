/**
 * The page in the Firefox named by the variable FIREFOX: the first example is trained there, with
 * the weights of the native program. Firefox is only started; a script in the page does what a
 * person would and tells what it sees (visitor.js).
 */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { test } from "node:test";
import { fileListener } from "../../tools/serve.mjs";

const ROOT = join(import.meta.dirname, "../..");
const SITE = join(ROOT, "build/site");
const FIREFOX = process.env.FIREFOX ?? "firefox";

/** A cold start on a busy machine. */
const PATIENCE_MS = 90_000;

/** @typedef {{ status: string, weights: string }} Seen */

/** The site with a visitor in its page, until it has told what it saw. @param {(seen: Seen) => void} tell */
function serveVisited(tell) {
  const files = fileListener(SITE, "/");
  return createServer(async (request, response) => {
    if (request.method === "POST") {
      tell(/** @type {Seen} */ (await json(request)));
      response.end();
    } else if (request.url === "/") {
      const page = await readFile(join(SITE, "index.html"), "utf8");
      const visitor = '<script type="module" src="visitor.js"></script></head>';
      response.setHeader("content-type", "text/html");
      response.end(page.replace("</head>", visitor));
    } else if (request.url === "/visitor.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(await readFile(join(import.meta.dirname, "visitor.js")));
    } else {
      files(request, response);
    }
  }).listen(0, "127.0.0.1");
}

/** Opens the site in a new profile. @returns {Promise<Seen>} */
async function visit() {
  const profile = await mkdtemp(join(tmpdir(), "tabtrain-"));
  const visited = new EventEmitter();
  const server = serveVisited((seen) => visited.emit("seen", seen));
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const options = ["--headless", "--no-remote", "--profile", profile];
  const browser = spawn(FIREFOX, [...options, `http://127.0.0.1:${port}/`], { stdio: "ignore" });
  const ended = once(browser, "exit");
  try {
    const [seen] = await once(visited, "seen", { signal: AbortSignal.timeout(PATIENCE_MS) });
    return seen;
  } finally {
    browser.kill();
    await ended;
    server.close();
    server.closeAllConnections();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

test("the first example has the weights of the native program", async () => {
  const train = join(ROOT, "build/release/train");
  const native = spawnSync(train, [join(ROOT, "examples/iris.cfg")], { encoding: "utf8" });
  const [, weights] = /weights ([0-9a-f]{16})/.exec(native.stdout) ?? [];
  assert.deepEqual(await visit(), { status: "Finished after 480 steps", weights });
});
