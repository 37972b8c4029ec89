/**
 * The page in the Firefox named by the variable FIREFOX: the first example is trained there, with
 * the weights of the native program, after the network has gone away. Firefox is only started; a
 * script in the page does what a person would and tells what it sees (visitor.js).
 */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { on, once } from "node:events";
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

/**
 * The site with a visitor in its page, gone as soon as the visitor has told the first thing.
 * @param {(seen: object) => void} tell
 */
function serveVisited(tell) {
  const files = fileListener(SITE, "/");
  const visitor = fileListener(import.meta.dirname, "/");
  let gone = false;
  return createServer(async (request, response) => {
    if (request.method === "POST") {
      gone = true;
      tell(/** @type {object} */ (await json(request)));
      response.end();
    } else if (gone) {
      response.destroy();
    } else if (request.url === "/") {
      const page = await readFile(join(SITE, "index.html"), "utf8");
      const script = '<script type="module" src="visitor.js"></script></head>';
      response.setHeader("content-type", "text/html");
      response.end(page.replace("</head>", script));
    } else if (request.url === "/visitor.js") {
      visitor(request, response);
    } else {
      files(request, response);
    }
  }).listen(0, "127.0.0.1");
}

/** What a visitor sees who opens the site in a new profile. @param {number} n how many things */
async function visit(n) {
  const profile = await mkdtemp(join(tmpdir(), "tabtrain-"));
  const server = serveVisited((report) => server.emit("told", report));
  const told = on(server, "told", { signal: AbortSignal.timeout(PATIENCE_MS) });
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const options = ["--headless", "--no-remote", "--profile", profile];
  const browser = spawn(FIREFOX, [...options, `http://127.0.0.1:${port}/`], { stdio: "ignore" });
  const ended = once(browser, "exit");
  try {
    const seen = [];
    while (seen.length < n) {
      seen.push((await told.next()).value[0]);
    }
    return seen;
  } finally {
    browser.kill();
    await ended;
    server.close();
    server.closeAllConnections();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

test("the first run has the weights of the native program, with no network any more", async () => {
  const train = join(ROOT, "build/release/train");
  const native = spawnSync(train, [join(ROOT, "examples/iris.cfg")], { encoding: "utf8" });
  const [, weights] = /weights ([0-9a-f]{16})/.exec(native.stdout) ?? [];
  const run = { status: "Finished after 480 steps", weights };
  assert.deepEqual(await visit(2), [{ kept: true }, run]);
});
