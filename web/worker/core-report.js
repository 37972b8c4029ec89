/** Reports on a run for JavaScript, a little at a time: see tt_report_begin in trainer.h. */

import { PARTS } from "./core-trainer.js";
import { Handle } from "./handle.js";
import { Status } from "./wasm.js";

/** @typedef {import("./core-trainer.js").Trainer} Trainer */
/** @typedef {import("../protocol.js").Part} Part */

/** Predictions and metrics with the weights that the trainer has when it is made. */
export class Report extends Handle {
  #hash;

  /**
   * @param {Trainer} trainer which must live until the report is whole
   * @param {Part} part
   */
  constructor(trainer, part) {
    const { wasm } = trainer;
    const index = PARTS.indexOf(part);
    super(
      wasm,
      wasm.created(wasm.call.report_begin(trainer.pointer, index, wasm.error)),
      wasm.call.report_free,
    );
    this.#hash = trainer.hash();
  }

  /** @returns {boolean} whether the report is whole */
  run() {
    return this.wasm.call.report_run(this.pointer) === Status.FINISHED;
  }

  /** @returns {import("../protocol.js").Report} */
  result() {
    const { wasm, pointer } = this;
    const nRows = wasm.call.report_n_rows(pointer);
    const nOutputs = wasm.call.report_n_outputs(pointer);
    const nTargets = wasm.call.report_n_targets(pointer);
    return {
      summary: wasm.takeJson(wasm.call.report_json(pointer)),
      nOutputs,
      nTargets,
      predictions: wasm.floats(wasm.call.report_predictions(pointer), nRows * nOutputs),
      targets: wasm.floats(wasm.call.report_targets(pointer), nRows * nTargets),
      rows: wasm.withBytes(nRows * Int32Array.BYTES_PER_ELEMENT, (out) => {
        wasm.call.report_source_rows(pointer, out);
        return wasm.integers(out, nRows);
      }),
      hash: this.#hash,
    };
  }
}
