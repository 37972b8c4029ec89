// Runs a standalone wasm program under Node: node tools/run-wasm.mjs PROGRAM.wasm [ARGUMENT ...]

import { readFile } from "node:fs/promises";
import { argv } from "node:process";
import { setFlagsFromString } from "node:v8";
import { WASI } from "node:wasi";

// Relaxed SIMD, which Node has by default from version 21 on.
setFlagsFromString("--experimental-wasm-relaxed-simd");

const wasi = new WASI({ version: "preview1", args: argv.slice(2), returnOnExit: true });
const imports = {
  wasi_snapshot_preview1: wasi.wasiImport,
  env: { emscripten_notify_memory_growth: () => {} },
};

const module = await WebAssembly.compile(await readFile(argv[2]));
process.exitCode = wasi.start(await WebAssembly.instantiate(module, imports));
