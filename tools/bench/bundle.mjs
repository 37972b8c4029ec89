// Puts everything that the benchmark's browser loads into one folder: the workers, the page, and the
// site as it was built.

import { build } from "esbuild";
import { cp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { READERS, TRAINERS } from "./rivals.mjs";

const HERE = import.meta.dirname;
const PAGE = `<!doctype html>
<meta charset="utf-8" />
<title>tabtrain's benchmark</title>
<link rel="icon" href="data:," />
<input type="file" aria-label="File to read" />
<script type="module" src="page.js"></script>
`;

/** What the wasm backend of TensorFlow.js loads for itself, by what the browser can do. */
const TFJS_MODULES = ["", "-simd", "-threaded-simd"].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

function entryPoints() {
  const scripts = [...Object.values(TRAINERS), ...Object.values(READERS)]
    .filter(({ native }) => !native)
    .map(({ script }) => `rivals/${basename(script, ".js")}.mjs`);
  return [...new Set([...scripts, "rivals/limits.mjs", "page.mjs"])].map((f) => join(HERE, f));
}

/** @param {string} folder made anew @param {string} site the folder of the built site */
export async function bundle(folder, site) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: entryPoints(),
    entryNames: "[name]",
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    logLevel: "error",
  });
  const { resolve } = createRequire(import.meta.url);
  const backend = dirname(resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"));
  for (const name of TFJS_MODULES) {
    await cp(join(backend, name), join(folder, name));
  }
  await symlink(site, join(folder, "site"));
  await writeFile(join(folder, "index.html"), PAGE);
}
