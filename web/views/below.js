/**
 * What lies below the first screen, loaded after it: what is said of a trained model, and the rows.
 */
import { mountReport } from "./report.js";
import { mountTrust } from "./trust.js";

export { mountRows } from "./rows.js";

/** @param {import("./fields.js").Context} context */
export function mountResults(context) {
  return [mountReport(context), mountTrust(context)];
}
