/**
 * What is said of a model once it has been trained; loaded after the first curve.
 */
import { mountReport } from "./report.js";
import { mountTrust } from "./trust.js";

/** @param {import("./fields.js").Context} context */
export function mountResults(context) {
  return [mountReport(context), mountTrust(context)];
}
