// The worker's side of a training measurement, the same for every rival.

import { makeData, makeWeights } from "./data.mjs";
import { PlainNetwork } from "./plain-network.mjs";
import { rowsIn, stepsPerEpoch, TRAINING } from "./workloads.mjs";

/** @typedef {import("./data.mjs").Data} Data */
/** @typedef {import("./workloads.mjs").Workload} Workload */
/**
 * A network under training. Steps go over the rows in their order, epoch after epoch.
 * @typedef {object} Training
 * @property {(steps: number) => Promise<void> | void} run does so many steps more, to the end
 * @property {() => Promise<Float32Array> | Float32Array} weights as makeWeights() orders them
 * @property {() => void} close
 */
/** @typedef {{ start: (weights: Float32Array) => Promise<Training> | Training }} Opened begins anew, from given weights */
/** @typedef {{ key: string, rows?: number, variant?: string }} Choice */
/**
 * A rival: takes data once, then starts as often as it is asked to.
 * @typedef {(workload: Workload, data: Data, choice: Choice) => Promise<Opened> | Opened} Open
 */
/** @typedef {{ rows: number, seconds: number, startLoss: number, endLoss: number }} Measured */

/** Before the clock starts: what is made by the first step is there then. */
const WARM_STEPS = 1;
const LOSS_ROWS = 500;

/** @param {Choice} choice @returns {Workload} */
export const workloadOf = ({ key, rows }) => ({
  ...TRAINING[key],
  rows: rows ?? TRAINING[key].rows,
});

/** What the worker of a rival answers. @param {Open} open */
export function trainingCommands(open) {
  /** @type {Workload} */
  let workload;
  /** @type {Data} */
  let data;
  /** @type {Opened} */
  let opened;
  let stepsPerSecond = 0;

  /** @param {Float32Array} weights */
  const lossOf = (weights) => {
    const rows = Math.min(LOSS_ROWS, workload.rows);
    return new PlainNetwork(workload, weights, rows).loss(data, 0, rows);
  };

  /** @param {number} steps */
  async function timeSteps(steps) {
    const start = makeWeights(workload);
    const training = await opened.start(start);
    await training.run(WARM_STEPS);
    const begin = performance.now();
    await training.run(steps);
    const seconds = (performance.now() - begin) / 1000;
    const end = await training.weights();
    training.close();
    stepsPerSecond = steps / seconds;
    return { seconds, start, end };
  }

  return {
    /** @param {Choice} choice */
    async open(choice) {
      workload = workloadOf(choice);
      data = makeData(workload);
      opened = await open(workload, data, choice);
      stepsPerSecond = 0;
    },

    /** The weights after some steps. @param {{ steps: number }} what */
    async weightsAfter({ steps }) {
      const training = await opened.start(makeWeights(workload));
      await training.run(steps);
      const weights = await training.weights();
      training.close();
      return weights;
    },

    /** Trains for about so long. @param {{ seconds: number }} what @returns {Promise<Measured>} */
    async measure({ seconds }) {
      for (let steps = 1; stepsPerSecond === 0; steps *= 4) {
        const tried = await timeSteps(steps);
        stepsPerSecond = tried.seconds > seconds / 8 ? steps / tried.seconds : 0;
      }
      const steps = wholeEpochs(workload, Math.ceil(stepsPerSecond * seconds));
      const { seconds: taken, start, end } = await timeSteps(steps);
      const rows = rowsIn(workload, WARM_STEPS + steps) - rowsIn(workload, WARM_STEPS);
      return { rows, seconds: taken, startLoss: lossOf(start), endLoss: lossOf(end) };
    },
  };
}

/**
 * Whole epochs where there are several.
 * @param {Workload} workload
 * @param {number} steps
 */
function wholeEpochs(workload, steps) {
  const epoch = stepsPerEpoch(workload);
  return steps > 2 * epoch ? Math.round(steps / epoch) * epoch : steps;
}
