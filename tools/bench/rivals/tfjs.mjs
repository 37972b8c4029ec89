// TensorFlow.js: model.fit, the loop that its manual shows, and the fastest loop by hand.

import "@tensorflow/tfjs-backend-cpu";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import { answer } from "../answer.mjs";
import { trainingCommands } from "../training.mjs";
import { fit } from "./tfjs-fit.mjs";
import { manual } from "./tfjs-manual.mjs";
import { minimize } from "./tfjs-minimize.mjs";

const WAYS = { fit, minimize, manual };

/** The variant is a backend and a way: "wasm manual". @type {import("../training.mjs").Open} */
async function open(workload, data, choice) {
  const [backend, way] = (choice.variant ?? "").split(" ");
  setWasmPaths(new URL("./", import.meta.url).href);
  setThreadsCount(1);
  if (!(await tf.setBackend(backend))) {
    throw new Error(`TensorFlow.js has no backend ${backend} here.`);
  }
  await tf.ready();
  return WAYS[/** @type {keyof typeof WAYS} */ (way)](workload, data, choice);
}

answer(trainingCommands(open));
