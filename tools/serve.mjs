// Serves a folder to this machine only: node tools/serve.mjs FOLDER [--port N]

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const HOST = "127.0.0.1";

/** @type {Record<string, string>} */
const TYPES = {
  ".cfg": "text/plain; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * The file that a request means, or null.
 * @param {string} folder
 * @param {string} base path under which the folder is served: "/", or "/any/path/"
 * @param {string} target of the request
 */
async function find(folder, base, target) {
  try {
    // URL has resolved "..", but %2e and %2f are decoded only here.
    const path = decodeURIComponent(new URL(target, "http://localhost").pathname);
    if (!path.startsWith(base) || path.includes("\0")) {
      return null;
    }
    const inside = normalize(join("/", path.slice(base.length)));
    const file = join(folder, inside.endsWith("/") ? `${inside}index.html` : inside);
    const { size } = await stat(file).then((found) => (found.isFile() ? found : { size: -1 }));
    return size < 0 ? null : { file, size };
  } catch {
    return null;
  }
}

/**
 * What answers requests with the files of a folder.
 * @param {string} folder
 * @param {string} base path under which they are asked for
 * @returns {import("node:http").RequestListener}
 */
export const fileListener = (folder, base) => async (request, response) => {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const found = await find(folder, base, request.url ?? "/");
  if (!found) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
    return;
  }
  response.writeHead(200, {
    "content-type": TYPES[extname(found.file)] ?? "application/octet-stream",
    "content-length": found.size,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD") {
    response.end();
  } else {
    createReadStream(found.file).pipe(response);
  }
};

/**
 * @param {string} folder
 * @param {{ port?: number, base?: string }} [options] port 0 takes any free one
 * @returns {Promise<{ url: string, close: () => void }>} fails when the port is taken
 */
export function serve(folder, { port = 0, base = "/" } = {}) {
  const server = createServer(fileListener(folder, base));
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, HOST, () => {
      const address = /** @type {import("node:net").AddressInfo} */ (server.address());
      resolve({
        url: `http://${HOST}:${address.port}${base}`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}

/** @param {string} message @returns {never} */
function giveUp(message) {
  console.error(message);
  process.exit(1);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      options: { port: { type: "string", default: "8000" } },
      allowPositionals: true,
    });
    return { folder: positionals[0], port: Number(values.port) };
  } catch (error) {
    return giveUp(/** @type {Error} */ (error).message);
  }
}

async function main() {
  const { folder, port } = readArguments();
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    giveUp("--port takes a whole number from 0 to 65535.");
  }
  try {
    const { url } = await serve(folder, { port });
    console.log(`tabtrain is at ${url} (Ctrl+C ends it)`);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    giveUp(
      code === "EADDRINUSE"
        ? `Port ${port} is taken. Choose another one with ./run --port N.`
        : `Port ${port} cannot be opened: ${message}`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main();
}
