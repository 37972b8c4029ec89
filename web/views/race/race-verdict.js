/**
 * What a race has shown, in words: whom the best setting beats, and what is too close to call.
 */
import { language, t } from "../../text/i18n.js";
import { MOST_SEEDS, seedsToTry } from "../../race/race-statistics.js";
import { formatMetric, formatNumber } from "../../text/format.js";

/**
 * @import { Race } from "../../race/race.js"
 * @import { Comparison, Verdict } from "../../race/race-statistics.js"
 */

/** A score of a race. @param {Race} race @param {number} value @param {number} [digits] of a plain number */
export const formatScore = (race, value, digits) =>
  race.byMetric.value ? formatMetric(race.metric, value) : formatNumber(value, digits);

/** @param {Race} race */
export const measureText = (race) =>
  race.byMetric.value ? (race.metric?.label ?? t("Metric")) : t("validation loss");

/** More of them are counted. */
const MOST_NAMED = 3;

/** @param {Race} race @param {Comparison[]} rivals */
function namesOf(race, rivals) {
  const names = rivals.map(({ key }) => labelOf(race, key));
  return names.length > MOST_NAMED
    ? t("{n} settings", { n: names.length })
    : new Intl.ListFormat(language.value, { type: "conjunction" }).format(names);
}

/** @param {Race} race @param {string} key */
const labelOf = ({ entries }, key) => entries.find((entry) => entry.key === key)?.label ?? "";

/** @param {Race} race @param {Extract<Verdict, { kind: "compared" }>} verdict */
function comparedText(race, { best, rivals }) {
  const [beaten, close] = [true, false].map((is) => rivals.filter((rival) => rival.beaten === is));
  const values = {
    best: labelOf(race, best),
    beaten: namesOf(race, beaten),
    close: namesOf(race, close),
  };
  if (close.length === 0) {
    return t("{best} wins: it beats {beaten}.", values);
  }
  return beaten.length > 0
    ? t("{best} beats {beaten}; too close to call: {close}.", values)
    : t("{best} came out first, too close to call against {close}.", values);
}

/** What would answer the questions that are open. @param {Race} race @param {Verdict} verdict */
function wayOnText(race, verdict) {
  const close = verdict.kind === "compared" ? verdict.rivals.filter(({ beaten }) => !beaten) : [];
  if (close.length === 0) {
    return "";
  }
  const n = seedsToTry(verdict);
  return n
    ? t("{n} seeds would likely settle it with {rivals}.", {
        n,
        rivals: namesOf(
          race,
          close.filter(({ seeds }) => seeds !== null),
        ),
      })
    : t("Not even {n} seeds would likely tell: take the simpler or the faster one.", {
        n: MOST_SEEDS,
      });
}

/** @param {Race} race @param {Verdict} verdict */
function headline(race, verdict) {
  switch (verdict.kind) {
    case "none":
      return t("No setting came to its end with every seed.");
    case "alone":
      return t("{best} is the only setting that came to its end with every seed.", {
        best: labelOf(race, verdict.best),
      });
    case "one-seed":
      return t("{best} came out best, but one seed cannot tell a lead from chance: try 3 seeds.", {
        best: labelOf(race, verdict.best),
      });
    case "compared":
      return comparedText(race, verdict);
  }
}

/** Of a race that is over. @param {Race} race @param {Verdict} verdict */
export const verdictText = (race, verdict) =>
  [headline(race, verdict), wayOnText(race, verdict)].filter(Boolean).join(" ");

/** How a setting stands beside the best one; empty for the best itself. @param {Race} race @param {Verdict} verdict @param {string} key */
export function standingText(race, verdict, key) {
  const rival =
    verdict.kind === "compared" ? verdict.rivals.find((one) => one.key === key) : undefined;
  if (!rival) {
    return "";
  }
  const { mean, high } = rival.difference;
  return rival.beaten
    ? t("worse by {difference} ± {spread}", {
        difference: formatScore(race, Math.abs(mean), 2),
        spread: formatScore(race, high - mean, 2),
      })
    : t("too close to call");
}
