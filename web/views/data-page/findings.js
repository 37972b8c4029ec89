/**
 * What the data doctor says before training, with a button for each cure and a way back.
 */
import { signal } from "@preact/signals-core";
import { N_RULES } from "../../data-doctor/examine-data.js";
import { t } from "../../text/i18n.js";
import { h, rebuild } from "../parts/dom.js";

/**
 * @import { DataFinding, Fix } from "../../data-doctor/data-facts.js"
 * @import { Values } from "../../settings.js"
 * @import { Context } from "../parts/fields.js"
 * @import { Verdict } from "./diagnosis.js"
 */

/** @typedef {{ label: string, before: Values }} Done */

/** @param {Context} context @param {(done: Done) => void} tell @param {Fix} fix */
function fixButton({ state, actions }, tell, { label, settings }) {
  return h(
    "button",
    {
      type: "button",
      onclick: () => {
        const keys = Object.keys(settings);
        const before = Object.fromEntries(keys.map((key) => [key, state.value(key)]));
        actions.change(settings);
        tell({ label, before });
      },
    },
    label,
  );
}

/** @param {Context} context @param {(done: Done) => void} tell @param {DataFinding} finding */
function findingItem(context, tell, { kind, text, why, fixes }) {
  return h(
    "li",
    { class: `data-finding ${kind}` },
    h("p", {}, text),
    h(
      "div",
      { class: "finding-more" },
      fixes.map((fix) => fixButton(context, tell, fix)),
      h("details", {}, h("summary", {}, t("Why")), h("p", { class: "muted" }, why)),
    ),
  );
}

/** @param {Context} context @param {(done: Done) => void} tell @param {Verdict} verdict */
function verdictParts(context, tell, { findings, problem }) {
  if (problem) {
    return h("p", { class: "muted" }, t("Nothing can be examined yet: {problem}", { problem }));
  }
  return findings.length > 0
    ? h(
        "ol",
        { class: "data-findings", role: "list" },
        findings.map((finding) => findingItem(context, tell, finding)),
      )
    : h(
        "p",
        { class: "all-well" },
        t("Nothing looks wrong: {n} kinds of trouble were looked for.", { n: N_RULES }),
      );
}

/** @param {Context} context */
export function mountFindings(context) {
  const { state, actions } = context;
  const done = signal(/** @type {Done | null} */ (null));
  const body = h("div", { class: "stack" });
  rebuild(
    body,
    () => state.data.diagnosis.value,
    (verdict) =>
      verdict && verdict.table === state.table.value
        ? verdictParts(context, (now) => (done.value = now), verdict)
        : h("p", { class: "muted" }, t("The rows are being looked at…")),
  );
  const told = h("output", { role: "status", class: "data-done" });
  rebuild(
    told,
    () => done.value,
    (last) =>
      last && [
        h("span", {}, t("Done: {what}.", { what: last.label })),
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            onclick: () => {
              actions.change(last.before);
              done.value = null;
            },
          },
          t("Undo"),
        ),
      ],
  );
  return h(
    "section",
    { class: "card", "aria-labelledby": "data-doctor" },
    h("h3", { id: "data-doctor" }, t("Data doctor")),
    body,
    told,
  );
}
