/**
 * The data doctor: what may be wrong with a file before anything is trained on it. A rule looks for
 * one trouble and gives a finding with its cure, or null where it sees none; it would rather miss one
 * than tell of one that is not there.
 */
import { constant } from "./constant.js";
import { giveaway } from "./giveaway.js";
import { identifier } from "./identifier.js";
import { imbalance } from "./imbalance.js";
import { missingWords } from "./missing-words.js";
import { namedParts } from "./named-parts.js";
import { outliers, skewedTarget } from "./outliers.js";
import { rareLevels } from "./rare-levels.js";
import { repeatedRows, sharedRows, sharedTestRows } from "./repeated-rows.js";
import { timeOrder } from "./time-order.js";
import { tooFewRows } from "./too-few-rows.js";

/** @import { DataFacts, DataFinding, FindInData } from "./data-facts.js" */

/**
 * The rules, those first that make a score lie. What a rule explains is not told a second time.
 * @type {{ kind: string, find: FindInData, explains: string[] }[]}
 */
const RULES = [
  { kind: "named-parts", find: namedParts, explains: ["shared-rows", "time-order"] },
  { kind: "giveaway", find: giveaway, explains: [] },
  { kind: "shared-rows", find: sharedRows, explains: ["repeated-rows"] },
  { kind: "shared-test-rows", find: sharedTestRows, explains: ["repeated-rows"] },
  { kind: "time-order", find: timeOrder, explains: [] },
  { kind: "identifier", find: identifier, explains: [] },
  { kind: "missing-words", find: missingWords, explains: [] },
  { kind: "imbalance", find: imbalance, explains: [] },
  { kind: "repeated-rows", find: repeatedRows, explains: [] },
  { kind: "too-few-rows", find: tooFewRows, explains: [] },
  { kind: "skewed-target", find: skewedTarget, explains: [] },
  { kind: "outliers", find: outliers, explains: [] },
  { kind: "rare-levels", find: rareLevels, explains: [] },
  { kind: "constant", find: constant, explains: [] },
];

/** How many troubles are looked for. */
export const N_RULES = RULES.length;

/** @param {DataFacts} facts @returns {DataFinding[]} the most important first */
export function examineData(facts) {
  const explained = new Set();
  return RULES.flatMap(({ kind, find, explains }) => {
    const found = explained.has(kind) ? null : find(facts);
    if (!found) {
      return [];
    }
    explains.forEach((effect) => explained.add(effect));
    return [{ kind, ...found }];
  });
}
