/**
 * What is said of a model once there is one; loaded with the first run.
 */
import { mountReport } from "./report.js";
import { mountTrust } from "./trust.js";

/** @param {import("./fields.js").Context} context */
export function mountResults(context) {
  return [mountReport(context), mountTrust(context)];
}
