// The part of the site that makes it work with no network: its version, and a service worker that
// knows the digest of every file.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

const PROGRAM = join(dirname(import.meta.dirname), "web/service-worker.js");
const WORKER = "service-worker.js";
const PAGE = "index.html";

/** Names of the files that the page may ask for, relative to the site. @param {string} site */
async function siteFiles(site) {
  const entries = await readdir(site, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".map") && entry.name !== WORKER)
    .map(({ parentPath, name }) => relative(site, join(parentPath, name)).replaceAll(sep, "/"))
    .sort();
}

/** @param {string} site @param {string[]} names @returns {Promise<Record<string, string>>} */
async function digestsOf(site, names) {
  const digests = names.map(async (name) => {
    const content = await readFile(join(site, name));
    return [name, `sha256-${createHash("sha256").update(content).digest("base64")}`];
  });
  return Object.fromEntries(await Promise.all(digests));
}

/**
 * Writes a version into the page, by which it knows the service worker that has its files.
 * @param {string} site
 * @param {string} version
 * @returns {Promise<string>} the page's Content-Security-Policy
 */
async function markPage(site, version) {
  const page = await readFile(join(site, PAGE), "utf8");
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
  if (!policy) {
    throw new Error(`${PAGE} has no Content-Security-Policy.`);
  }
  const root = /<html lang="en"(?: data-version="\w+")?>/;
  await writeFile(
    join(site, PAGE),
    page.replace(root, `<html lang="en" data-version="${version}">`),
  );
  return policy;
}

/**
 * Gives a site that is complete otherwise its version and its service worker.
 * @param {string} site folder
 */
export async function writeServiceWorker(site) {
  const names = await siteFiles(site);
  const all = JSON.stringify(await digestsOf(site, names));
  const version = createHash("sha256").update(all).digest("hex").slice(0, 12);
  const policy = await markPage(site, version);
  const files = await digestsOf(site, names);
  await build({
    entryPoints: [PROGRAM],
    outfile: join(site, WORKER),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2023",
    banner: { js: `self.SITE=${JSON.stringify({ version, policy, files })};` },
    logLevel: "warning",
  });
}
