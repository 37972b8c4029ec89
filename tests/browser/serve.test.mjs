// The static server, over a folder with a file beside it that nobody may have.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { serve } from "../../tools/serve.mjs";

const folder = await mkdtemp(join(tmpdir(), "tabtrain-"));
const site = join(folder, "site");
await mkdir(site);
await writeFile(join(folder, "secret.txt"), "secret");
await writeFile(join(site, "index.html"), "<h1>site</h1>");
await writeFile(join(site, "core.wasm"), "module");
const server = await serve(site, { base: "/sub/" });
const { port, origin } = new URL(server.url);
after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/**
 * A request whose path is sent as it stands, which fetch would tidy up.
 * @param {string} path
 * @returns {Promise<number | undefined>}
 */
function statusOf(path) {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject).end();
  });
}

test("files come with their type, a folder as its index", async () => {
  const page = await fetch(server.url);
  assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
  assert.equal(await page.text(), "<h1>site</h1>");
  const module = await fetch(`${server.url}core.wasm?fresh`);
  assert.equal(module.headers.get("content-type"), "application/wasm");
});

test("HEAD has no body, other methods are refused", async () => {
  const head = await fetch(server.url, { method: "HEAD" });
  assert.equal(head.headers.get("content-length"), "13");
  assert.equal(await head.text(), "");
  assert.equal((await fetch(server.url, { method: "POST" })).status, 405);
});

test("nothing outside the folder is served", async () => {
  const paths = [
    "/sub/../secret.txt",
    "/sub/%2e%2e/secret.txt",
    "/sub/..%2fsecret.txt",
    "/sub/%2e%2e%2fsecret.txt",
    "/sub//../../secret.txt",
    "/sub/%00",
    "/sub/%",
    "/index.html",
  ];
  for (const path of paths) {
    assert.equal(await statusOf(path), 404, path);
  }
  assert.equal((await fetch(`${origin}/sub/missing`)).status, 404);
});

test("a port that is taken is an error", async () => {
  await assert.rejects(serve(site, { port: Number(port) }), { code: "EADDRINUSE" });
});
