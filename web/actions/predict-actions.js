/**
 * Predicting the rows of a file, by the current run or by a model that was kept as a file.
 */
import { batch } from "@preact/signals-core";
import { messageOf } from "./notices.js";
import { ofRun } from "./keep-actions.js";

/**
 * @import { Command, Results } from "../protocol.js"
 * @import { ModelInfo, Predicted, Which } from "../protocol-model.js"
 * @import { State } from "../state.js"
 * @import { Details, TrainerClient } from "../trainer-client.js"
 */

/** @typedef {{ name: string, bytes: Uint8Array, info: ModelInfo }} OpenedModel */

/**
 * The predictions of a file, and of which model: a run by its number and name, or a file.
 * @typedef {object} Answer
 * @property {string} file
 * @property {{ which: Which, run: { name: string, number: number }, file: string }} by
 * @property {ModelInfo} info
 * @property {Predicted} predicted
 */

/**
 * @typedef {object} Tools
 * @property {State} state
 * @property {TrainerClient} client
 * @property {<T extends Command["type"]>(type: T, details: Details<T>) => Promise<Results[T] | null>} look
 */

/** @param {Tools} tools */
export function predictActions({ state, client, look }) {
  const { predict } = state;

  /** The newest work, which alone has something to show. */
  let newest = 0;

  /** @param {number} work @param {() => void} show */
  function finish(work, show) {
    if (work === newest) {
      batch(() => {
        predict.busy.value = "";
        show();
      });
    }
  }

  /** @param {string} file @param {() => Promise<() => void>} work gives what shows its result */
  async function whileBusy(file, work) {
    const own = ++newest;
    batch(() => {
      predict.busy.value = file;
      predict.mistake.value = "";
    });
    try {
      const show = await work();
      finish(own, show);
    } catch (error) {
      finish(own, () => (predict.mistake.value = messageOf(error)));
    }
  }

  /** @param {Blob} blob @param {string} name */
  const openModel = (blob, name) =>
    whileBusy(name, async () => {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const info = await client.send("useModel", { bytes });
      return () => {
        predict.model.value = { name, bytes, info };
        predict.which.value = "loaded";
      };
    });

  /** The worker may be another one than that which the model was opened in. @param {Blob} file @param {OpenedModel} model */
  async function askOpened(file, { bytes }) {
    const info = await client.send("useModel", { bytes });
    return {
      info,
      predicted: await client.send("predict", { which: "loaded", file, settings: [] }),
    };
  }

  /** @param {Blob} file @param {Which} which */
  async function askRun(file, which) {
    const [info, predicted] = await Promise.all([
      look("columnsInfo", { which }),
      look("predict", { which, file, settings: [] }),
    ]);
    return { info: ofRun(info), predicted: ofRun(predicted) };
  }

  /** @param {Blob} blob @param {string} file its name */
  const predictFile = (blob, file) =>
    whileBusy(file, async () => {
      const { model, which } = predict;
      const { name = "", number = 0 } = state.current.value ?? {};
      const opened = which.value === "loaded" ? model.value : null;
      const by = { which: which.value, run: { name, number }, file: opened?.name ?? "" };
      predict.answer.value = null;
      const found = opened ? await askOpened(blob, opened) : await askRun(blob, which.value);
      return () => (predict.answer.value = { file, by, ...found });
    });

  return { openModel, predictFile };
}
