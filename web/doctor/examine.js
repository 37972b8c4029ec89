/**
 * The curve doctor: what can be said of a run by its curves. A rule looks for one trouble and gives a
 * finding, or null where it sees none; it would rather miss one than tell of one that is not there.
 */
import { baseline } from "./baseline.js";
import { deadUnits } from "./dead-units.js";
import { disagreement } from "./disagreement.js";
import { earlyStop } from "./early-stop.js";
import { exploding, vanishing } from "./gradients.js";
import { healthy } from "./healthy.js";
import { noisy } from "./noisy.js";
import { overfitting } from "./overfitting.js";
import { rateTooHigh } from "./rate-too-high.js";
import { rateTooLow } from "./rate-too-low.js";
import { underfitting } from "./underfitting.js";

/**
 * @import { Facts, Find, Finding } from "./facts.js"
 * @import { Trial } from "./trials.js"
 */

/**
 * The rules, causes before effects, which is also the order in which findings are told. What a rule
 * explains is not told a second time by the rules that see the effect.
 * @type {{ kind: string, find: Find, explains: string[] }[]}
 */
const RULES = [
  { kind: "exploding", find: exploding, explains: ["rate-too-high", "noisy", "baseline"] },
  {
    kind: "rate-too-high",
    find: rateTooHigh,
    explains: ["overfitting", "disagreement", "early-stop", "noisy", "baseline"],
  },
  { kind: "vanishing", find: vanishing, explains: ["underfitting", "rate-too-low", "baseline"] },
  { kind: "rate-too-low", find: rateTooLow, explains: ["underfitting", "baseline"] },
  { kind: "disagreement", find: disagreement, explains: ["overfitting", "early-stop"] },
  { kind: "overfitting", find: overfitting, explains: ["early-stop"] },
  { kind: "underfitting", find: underfitting, explains: ["baseline", "dead-units", "early-stop"] },
  { kind: "dead-units", find: deadUnits, explains: [] },
  { kind: "noisy", find: noisy, explains: ["early-stop"] },
  { kind: "baseline", find: baseline, explains: [] },
  { kind: "early-stop", find: earlyStop, explains: [] },
];

/** Rows of history below which nothing is said. */
export const FEWEST_ROWS = 10;

/** Findings told at once. */
const MOST = 3;

/** A trial is offered once. @param {Finding[]} findings */
function withoutRepeats(findings) {
  const offered = new Set();
  const isNew = (/** @type {Trial} */ { settings }) => {
    const text = JSON.stringify(settings);
    return !offered.has(text) && offered.add(text);
  };
  return findings.map((finding) => ({ ...finding, trials: finding.trials.filter(isNew) }));
}

/**
 * @param {Facts} facts
 * @returns {Finding[]} the most important first; one of kind "healthy" where nothing is found; none
 *     where it is too early to tell
 */
export function examine(facts) {
  if (facts.n < FEWEST_ROWS) {
    return [];
  }
  const to = facts.epochs.at(-1) ?? 0;
  const explained = new Set();
  /** @type {Finding[]} */
  const findings = [];
  for (const { kind, find, explains } of RULES) {
    const found = explained.has(kind) ? null : find(facts);
    if (found) {
      findings.push({ kind, to, ...found });
      explains.forEach((effect) => explained.add(effect));
    }
  }
  return findings.length > 0 ? withoutRepeats(findings.slice(0, MOST)) : [healthy(facts)];
}
