// Builds build/site, a folder that any static host can serve: node tools/build-site.mjs [--strict]
// Does nothing when no input has changed since the last time. With --strict it builds in any case,
// and fails when the first load is too large: other compilers than the tested one may miss the
// limit by a little, which is no reason to refuse a site to a person.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { readCatalogue, referencePage } from "./reference.mjs";

const ROOT = dirname(import.meta.dirname);
const WEB = join(ROOT, "web");
const EXAMPLES = join(ROOT, "examples");
const MODULE = join(ROOT, "build/wasm/tabtrain.wasm");
const SITE = join(ROOT, "build/site");
const STAMP = join(ROOT, "build/site.stamp");

const FIRST_EXAMPLE = "iris";
const MAX_FIRST_LOAD = 150 * 1024;
const STRICT = process.argv.includes("--strict");

/** @param {string} folder @returns {Promise<string[]>} paths of all files below it */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name)).sort();
}

/** A text that changes when an input is touched. */
async function stampOfInputs() {
  const files = [
    ...(await filesBelow(WEB)),
    ...(await filesBelow(EXAMPLES)),
    ...(await filesBelow(join(ROOT, "tools"))),
    join(ROOT, "package-lock.json"),
    MODULE,
  ];
  const hash = createHash("sha256");
  for (const file of files) {
    const { size, mtimeMs } = await stat(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/**
 * The page and the worker are bundled apart, so that the worker is one file without a chain of
 * requests.
 * @param {string} site
 */
async function bundle(site) {
  /** @type {import("esbuild").BuildOptions} */
  const options = {
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    charset: "utf8",
    sourcemap: "linked",
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
    absWorkingDir: ROOT,
    outdir: site,
  };
  const page = await build({
    ...options,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    entryPoints: {
      main: join(WEB, "main.js"),
      style: join(WEB, "style.css"),
      reference: join(WEB, "reference.css"),
    },
  });
  await build({ ...options, entryPoints: { worker: join(WEB, "worker/worker.js") } });
  return page.metafile?.outputs ?? {};
}

/**
 * What the comment at the top of a .cfg file tells: a title, then a description, then "Source:" and
 * the rest, each of them over any number of lines.
 * @param {string} file
 */
async function describeExample(file) {
  const lines = (await readFile(file, "utf8")).split("\n");
  const end = lines.findIndex((line) => !line.startsWith("#"));
  const [title, ...rest] = lines.slice(0, end).map((line) => line.slice(1).trim());
  const [description, source = ""] = rest.join(" ").split(" Source: ");
  return { title, description, source, file: basename(file, ".cfg") + ".csv", cfg: basename(file) };
}

/** @param {string} site */
async function copyExamples(site) {
  const target = join(site, "examples");
  const files = (await filesBelow(EXAMPLES)).filter((file) => /\.(csv|cfg)$/.test(file));
  for (const file of files) {
    await cp(file, join(target, basename(file)));
  }
  const index = await Promise.all(files.filter((f) => f.endsWith(".cfg")).map(describeExample));
  index.sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)) || (a.title < b.title ? -1 : 1));
  await writeFile(join(target, "index.json"), JSON.stringify(index));
}

/** @param {{ cfg: string }} example */
function isFirst({ cfg }) {
  return cfg === `${FIRST_EXAMPLE}.cfg`;
}

/** @param {string} site */
async function copyLicences(site) {
  const { dependencies } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    const licence = join(ROOT, "node_modules", name, "LICENSE");
    await cp(licence, join(site, "licences", `${name.replace(/^@/, "").replace("/", "-")}.txt`));
  }
  await cp(join(ROOT, "LICENSE"), join(site, "licences/tabtrain.txt"));
}

/** @param {string} site @param {import("esbuild").Metafile["outputs"]} outputs */
async function reportFirstLoad(site, outputs) {
  const main = Object.entries(outputs).find(([path]) => basename(path) === "main.js");
  const chunks = (main?.[1].imports ?? [])
    .filter(({ kind }) => kind === "import-statement")
    .map(({ path }) => relative(site, join(ROOT, path)));
  const names = ["index.html", "style.css", "main.js", ...chunks, "worker.js", "tabtrain.wasm"];
  const examples = ["index.json", `${FIRST_EXAMPLE}.cfg`, `${FIRST_EXAMPLE}.csv`];
  names.push(...examples.map((name) => `examples/${name}`));
  let total = 0;
  for (const name of names) {
    const { length } = gzipSync(await readFile(join(site, name)), { level: 9 });
    total += length;
    console.log(`${String(length).padStart(8)}  ${name}`);
  }
  console.log(`${String(total).padStart(8)}  bytes gzipped, the first load`);
  if (total > MAX_FIRST_LOAD) {
    console.warn(`The first load is over its limit of ${MAX_FIRST_LOAD} bytes.`);
    process.exitCode = STRICT ? 1 : 0;
  }
}

async function main() {
  const stamp = await stampOfInputs();
  if (!STRICT && (await readFile(STAMP, "utf8").catch(() => "")) === stamp) {
    return;
  }
  // Beside the old site, so that a server at work never finds half a site.
  const site = `${SITE}.new`;
  await rm(site, { recursive: true, force: true });
  await mkdir(site, { recursive: true });
  const outputs = await bundle(site);
  await cp(join(WEB, "index.html"), join(site, "index.html"));
  await cp(MODULE, join(site, "tabtrain.wasm"));
  await writeFile(join(site, "reference.html"), referencePage(await readCatalogue()));
  await copyExamples(site);
  await copyLicences(site);
  await reportFirstLoad(site, outputs);
  await rm(SITE, { recursive: true, force: true });
  await rename(site, SITE);
  await writeFile(STAMP, stamp);
}

await main();
