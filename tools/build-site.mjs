// Builds build/site, a folder that any static host can serve: node tools/build-site.mjs [--strict]
// Does nothing when no input has changed since the last time. With --strict it builds in any case,
// and fails when the first view is too large.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { describeExample } from "./examples.mjs";
import { LANGUAGES, useTexts } from "../web/text/i18n.js";
import { parseLesson } from "../web/text/lessons.js";
import { firstView } from "./first-view.mjs";
import { writeServiceWorker } from "./offline.mjs";
import { referenceFile, referencePage } from "./reference-page.mjs";
import { readTexts } from "./texts.mjs";

const ROOT = dirname(import.meta.dirname);
const WEB = join(ROOT, "web");
const EXAMPLES = join(ROOT, "examples");
const MODULE = join(ROOT, "build/wasm/tabtrain.wasm");
const FUSED_MODULE = join(ROOT, "build/fused/tabtrain.wasm");
const SITE = join(ROOT, "build/site");
const STAMP = join(ROOT, "build/site.stamp");

const FIRST_EXAMPLE = "iris";
const MAX_FIRST_VIEW = 150_000;
const STRICT = process.argv.includes("--strict");

/** @param {string} folder @returns {Promise<string[]>} paths of all files below it */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name)).sort();
}

/** @typedef {import("../web/state.js").Example} Example */
/** @typedef {import("esbuild").Metafile["outputs"]} Outputs */

/** A text that changes when an input is touched. */
async function stampOfInputs() {
  const files = [
    ...(await filesBelow(WEB)),
    ...(await filesBelow(EXAMPLES)),
    ...(await filesBelow(join(ROOT, "tools"))),
    join(ROOT, "package-lock.json"),
    MODULE,
    ...(existsSync(FUSED_MODULE) ? [FUSED_MODULE] : []),
  ];
  const hash = createHash("sha256");
  for (const file of files) {
    const { size, mtimeMs } = await stat(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/**
 * The page and the workers are bundled apart, so that a worker is one file without a chain of
 * requests.
 * @param {string} site
 */
async function bundle(site) {
  const options = /** @type {const} */ ({
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
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  });
  const page = await build({
    ...options,
    entryPoints: {
      main: join(WEB, "main.js"),
      style: join(WEB, "style.css"),
      reference: join(WEB, "reference.css"),
    },
  });
  const worker = await build({
    ...options,
    entryPoints: { worker: join(WEB, "worker/worker.js") },
  });
  const sheets = await build({
    ...options,
    entryPoints: { "sheet-worker": join(WEB, "worker/formats/sheet-worker.js") },
  });
  return {
    page: page.metafile.outputs,
    workers: { ...worker.metafile.outputs, ...sheets.metafile.outputs },
  };
}

/** @param {string} cfg path @returns {Promise<Example>} */
async function readExample(cfg) {
  const about = describeExample(await readFile(cfg, "utf8"));
  return { ...about, file: `${basename(cfg, ".cfg")}.csv`, cfg: basename(cfg) };
}

/** @param {string} site @returns {Promise<Example[]>} */
async function copyExamples(site) {
  const target = join(site, "examples");
  const files = (await filesBelow(EXAMPLES)).filter((file) => /\.(csv|cfg)$/.test(file));
  for (const file of files) {
    await cp(file, join(target, basename(file)));
  }
  const examples = await Promise.all(files.filter((f) => f.endsWith(".cfg")).map(readExample));
  return examples.sort(
    (a, b) => Number(isFirst(b)) - Number(isFirst(a)) || (a.title < b.title ? -1 : 1),
  );
}

/** In the order of their file names, which begin with numbers. @param {string} site */
async function writeLessons(site) {
  const files = (await filesBelow(join(EXAMPLES, "lessons"))).filter((f) => f.endsWith(".txt"));
  const lessons = await Promise.all(
    files.map(async (f) => parseLesson(lessonName(f), await readFile(f, "utf8"))),
  );
  await writeFile(join(site, "lessons.json"), JSON.stringify(lessons));
}

/** @param {string} file "07-overfitting.txt" */
const lessonName = (file) => basename(file, ".txt").replace(/^\d+-/, "");

/** @param {string} site @param {import("../web/protocol-catalogue.js").Catalogue} catalogue */
async function writeReference(site, catalogue) {
  const page = await readFile(join(WEB, "index.html"), "utf8");
  const icon = /<link\s+rel="icon"[^>]*>/.exec(page)?.[0] ?? "";
  for (const code of Object.keys(LANGUAGES)) {
    useTexts(code, code === "en" ? null : await readTexts(code));
    await writeFile(join(site, referenceFile(code)), referencePage(catalogue, icon));
  }
}

/** @param {{ cfg: string }} example */
function isFirst({ cfg }) {
  return cfg === `${FIRST_EXAMPLE}.cfg`;
}

/** Names of the packages that have a part in what was bundled. @param {Outputs} outputs */
function packagesIn(outputs) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const names = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? "");
  return [...new Set(names)].filter((name) => name !== "").sort();
}

/** @param {string} site @param {string[]} packages */
async function copyLicences(site, packages) {
  for (const name of packages) {
    const folder = join(ROOT, "node_modules", name);
    const licence = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file)) ?? "LICENSE";
    await cp(
      join(folder, licence),
      join(site, "licences", `${name.replace(/^@/, "").replace("/", "-")}.txt`),
    );
  }
  await cp(join(ROOT, "LICENSE"), join(site, "licences/tabtrain.txt"));
}

/** Files that the page needs before a person does anything. @param {string} site @param {Outputs} outputs */
function firstFiles(site, outputs) {
  const main = Object.entries(outputs).find(([path]) => basename(path) === "main.js");
  const chunks = (main?.[1].imports ?? [])
    .filter(({ kind }) => kind === "import-statement")
    .map(({ path }) => relative(site, join(ROOT, path)));
  const example = `examples/${FIRST_EXAMPLE}.csv`;
  return ["index.html", "style.css", "main.js", ...chunks, "first.json", example];
}

/** @param {string} site @param {string[]} names @param {string} title @returns {Promise<number>} bytes gzipped */
async function reportSizes(site, names, title) {
  let total = 0;
  for (const name of names) {
    const { length } = gzipSync(await readFile(join(site, name)), { level: 9 });
    total += length;
    console.log(`${String(length).padStart(8)}  ${name}`);
  }
  console.log(`${String(total).padStart(8)}  bytes gzipped, ${title}`);
  return total;
}

/** @param {string} site @param {Outputs} outputs */
async function checkFirstView(site, outputs) {
  const total = await reportSizes(site, firstFiles(site, outputs), "the first view");
  await reportSizes(site, ["worker.js", "tabtrain.wasm"], "loaded at the first touch");
  if (total > MAX_FIRST_VIEW) {
    console.warn(`The first view is over its limit of ${MAX_FIRST_VIEW} bytes.`);
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
  const { page, workers } = await bundle(site);
  for (const file of ["index.html", "manifest.webmanifest"]) {
    await cp(join(WEB, file), join(site, file));
  }
  await cp(MODULE, join(site, "tabtrain.wasm"));
  for (const folder of ["locales", "learn", "icons"]) {
    await cp(join(WEB, folder), join(site, folder), { recursive: true });
  }
  const examples = await copyExamples(site);
  await writeLessons(site);
  const fused = existsSync(FUSED_MODULE);
  if (fused) {
    await cp(FUSED_MODULE, join(site, "tabtrain-fused.wasm"));
  }
  const first = await firstView(await readFile(MODULE), examples, EXAMPLES, fused);
  await writeFile(join(site, "first.json"), JSON.stringify(first));
  await writeReference(site, first.catalogue);
  await copyLicences(site, packagesIn({ ...page, ...workers }));
  await writeServiceWorker(site);
  await checkFirstView(site, page);
  await rm(SITE, { recursive: true, force: true });
  await rename(site, SITE);
  await writeFile(STAMP, stamp);
}

await main();
// The worker's message channel, used for the first view, would keep Node alive.
process.exit();
