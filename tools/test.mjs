// Runs the test suites and adds up what they say: node tools/test.mjs [SUITE ...]
// Every suite runs, even after one has failed. The last line is "N passed, N failed".

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, readdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { performance } from "node:perf_hooks";

/** @typedef {{ passed: number, failed: number }} Counts */

const ROOT = dirname(import.meta.dirname);
const BIN = join(ROOT, "node_modules/.bin");

/** @type {Counts} what a suite counts that cannot run on this machine, and has said so */
const NOTHING = { passed: 0, failed: 0 };

/** @type {Record<string, { title: string, run: () => Promise<Counts> }>} */
const SUITES = {
  debug: { title: "native tests, gcc -O0 with ASan and UBSan", run: () => unitTests("debug") },
  release: { title: "native tests, gcc -O3", run: () => unitTests("release") },
  clang: { title: "native tests, clang -O3", run: () => unitTests("clang") },
  wasm: { title: "native tests as wasm in Node", run: () => unitTests("wasm") },
  fused: { title: "fused multiply-add as wasm in Node", run: fusedTests },
  fuzz: { title: "fuzzing", run: () => unitTests("fuzz") },
  types: { title: "type check", run: () => check([join(BIN, "tsc")]) },
  lint: { title: "lint", run: () => check([join(BIN, "eslint"), "."]) },
  format: { title: "format", run: checkFormat },
  site: { title: "site build", run: buildSite },
  core: { title: "the module in Node", run: moduleTests },
  browser: { title: "the page in Chromium", run: browserTests },
  firefox: { title: "the page in Firefox, where there is one", run: firefoxTests },
};

/**
 * @param {string[]} command
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options] quiet: show the output only
 *     when the command fails
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function execute([program, ...args], { quiet = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env } });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
        if (!quiet) {
          process.stdout.write(text);
        }
      });
    }
    const end = (/** @type {boolean} */ ok) => {
      if (quiet && !ok) {
        process.stdout.write(output);
      }
      resolve({ ok, output });
    };
    child.on("error", (error) => {
      output += `${error.message}\n`;
      end(false);
    });
    child.on("close", (code) => end(code === 0));
  });
}

/** @param {boolean} ok @returns {Counts} */
const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

/** @param {Counts[]} list @returns {Counts} */
const sum = (list) => ({
  passed: list.reduce((total, { passed }) => total + passed, 0),
  failed: list.reduce((total, { failed }) => total + failed, 0),
});

/** One command that counts as one test. @param {string[]} command */
async function check(command) {
  return one((await execute(command)).ok);
}

/**
 * What a program of cmocka, or golden_check, printed; a program without tests to count, a fuzzer,
 * is one test. A case of golden_check that is unsupported without being optional has failed.
 * @param {boolean} ok
 * @param {string} output
 * @returns {Counts}
 */
function countTests(ok, output) {
  const cases = /^(\d+) passed, (\d+) failed, (\d+) unsupported \((\d+) of them optional/m;
  const [, ...golden] = (cases.exec(output) ?? []).map(Number);
  if (golden.length > 0) {
    const missing = golden[1] + golden[2] - golden[3];
    return { passed: golden[0], failed: missing || Number(!ok) };
  }
  const passed = Number(/\[ {2}PASSED {2}\] (\d+) test/.exec(output)?.[1] ?? 0);
  const failed = Number(/\[ {2}FAILED {2}\] (\d+) test/.exec(output)?.[1] ?? 0);
  const isCmocka = output.includes("[==========]");
  return isCmocka ? { passed, failed: failed || Number(!ok) } : one(ok);
}

/** Builds a preset and runs its test programs. @param {string} preset */
async function unitTests(preset) {
  const { ok } = await execute([join(ROOT, "tools/build.sh"), preset]);
  if (!ok) {
    return one(false);
  }
  const list = ["ctest", "--test-dir", join(ROOT, "build", preset), "--show-only=json-v1"];
  const { output } = await execute(list, { quiet: true });
  /** @type {{ name: string, command: string[] }[]} */
  const waiting = JSON.parse(output).tests;
  /** @type {Counts[]} */
  const counts = [];
  const work = async () => {
    for (let test = waiting.shift(); test; test = waiting.shift()) {
      const start = performance.now();
      const { ok, output } = await execute(test.command, { quiet: true });
      const count = countTests(ok, output);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${test.name}: ${count.passed} passed, ${count.failed} failed, ${seconds} s`);
      counts.push(count);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return sum(counts);
}

/** Where the module cannot be built the build says so, and there is nothing to test. */
async function fusedTests() {
  const { ok } = await execute([join(ROOT, "tools/build.sh"), "fused"]);
  return ok && !existsSync(join(ROOT, "build/fused")) ? NOTHING : unitTests("fused");
}

async function checkFormat() {
  const folders = ["core", "tests/native", "examples"];
  const files = await Promise.all(
    folders.map((folder) => readdir(join(ROOT, folder), { recursive: true })),
  );
  const sources = files.flatMap((names, i) => names.map((name) => join(folders[i], name)));
  const c = sources.filter((name) => /\.[ch]$/.test(name));
  return sum([
    await check(["clang-format", "--dry-run", "--Werror", ...c]),
    await check([join(BIN, "prettier"), "--check", "--log-level", "warn", "."]),
  ]);
}

async function buildSite() {
  const module = await execute([join(ROOT, "tools/build.sh"), "wasm", "tabtrain_wasm"]);
  const fused = await execute([join(ROOT, "tools/build.sh"), "fused", "tabtrain_wasm"]);
  const site = await execute([process.execPath, join(ROOT, "tools/build-site.mjs"), "--strict"]);
  return one(module.ok && fused.ok && site.ok);
}

async function moduleTests() {
  const folder = join(ROOT, "tests/browser");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".test.mjs"));
  return nodeTests(files.map((name) => join(folder, name)));
}

/** Firefox is used where it is installed, and never asked for. */
async function firefoxTests() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = folders.flatMap((path) => [join(path, "firefox"), join(path, "firefox-esr")]);
  const firefox = process.env.FIREFOX ?? places.find((path) => existsSync(path));
  if (!firefox) {
    console.log("Left out: there is no Firefox here; FIREFOX may say where one is.");
    return NOTHING;
  }
  return nodeTests([join(ROOT, "tests/browser/firefox.mjs")], { FIREFOX: firefox });
}

/** @param {string[]} paths @param {Record<string, string>} [env] */
async function nodeTests(paths, env) {
  // The worker's message channel would keep Node alive after the last test.
  const node = [process.execPath, "--test", "--test-force-exit", "--test-reporter=tap"];
  const { ok, output } = await execute([...node, ...paths], { env });
  const passed = Number(/^# pass (\d+)/m.exec(output)?.[1] ?? 0);
  const failed = Number(/^# fail (\d+)/m.exec(output)?.[1] ?? 0);
  return { passed, failed: failed || Number(!ok) };
}

async function browserTests() {
  const report = join(ROOT, "build/browser-tests.json");
  await rm(report, { force: true });
  const { ok } = await execute([join(BIN, "playwright"), "test", "--reporter=list,json"], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  });
  if (!existsSync(report)) {
    return one(false);
  }
  const { stats } = JSON.parse(await readFile(report, "utf8"));
  // Where a test may be tried twice, the list above names those that needed it as flaky.
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + stats.skipped || Number(!ok),
  };
}

/** @param {string[]} names */
async function main(names) {
  const unknown = names.filter((name) => !(name in SUITES));
  if (unknown.length > 0) {
    console.error(
      `No suite is called ${unknown.join(", ")}. Suites: ${Object.keys(SUITES).join(" ")}`,
    );
    return 1;
  }
  const chosen = names.length > 0 ? names : Object.keys(SUITES);
  /** @type {[string, Counts][]} */
  const results = [];
  for (const name of chosen) {
    console.log(`\n== ${name}: ${SUITES[name].title}`);
    const counts = await SUITES[name].run().catch((error) => {
      console.error(error);
      return one(false);
    });
    // A suite that runs nothing proves nothing.
    const proves = counts === NOTHING || counts.passed + counts.failed > 0;
    results.push([name, proves ? counts : one(false)]);
  }
  console.log();
  for (const [name, { passed, failed }] of results) {
    console.log(`${name.padEnd(10)} ${passed} passed, ${failed} failed`);
  }
  const total = sum(results.map(([, counts]) => counts));
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2));
