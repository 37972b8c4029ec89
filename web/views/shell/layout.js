/**
 * Where everything is on the page. What is not seen at first is loaded when it is wanted.
 */
import { t } from "../../text/i18n.js";
import { mountCurves } from "../curves/curves.js";
import { mountData } from "../data/data.js";
import { h, mountLater, rebuild } from "../parts/dom.js";
import { mountHeader } from "./header.js";
import { mountMessages } from "./messages.js";
import { mountNetwork } from "../network/network.js";
import { mountOffers } from "./offers.js";
import { mountRows } from "../data/rows.js";
import { mountTitle } from "./title.js";
import { mountTraining } from "../training/training.js";
import { mountTiles, mountTransport } from "./transport.js";

/** @import { Context } from "../parts/fields.js" */

/** The fragment of the address belongs to the settings, so the link moves the focus itself. */
function skipLink() {
  return h(
    "a",
    {
      class: "skip",
      href: "#run",
      onclick: (/** @type {Event} */ event) => {
        event.preventDefault();
        document.getElementById("train")?.focus();
      },
    },
    t("Skip to the run"),
  );
}

/** What is said of a model, and of several runs, once there is one. @param {Context} context */
function mountWhenBegun(context) {
  const root = h("div", { id: "results" });
  mountLater(
    root,
    () => context.state.begun.value || context.state.runs.value.length > 1,
    async () => {
      const { mountResults } = await import("./results.js");
      return () => mountResults(context);
    },
  );
  return root;
}

/** @param {Context} context */
function mountOpenData(context) {
  const root = h("div");
  mountLater(
    root,
    () => context.state.data.open.value,
    async () => {
      const { mountDataPage } = await import("../data-page/data-page.js");
      return () => mountDataPage(context);
    },
  );
  return root;
}

/** @param {Context} context */
function mountOpenMaker(context) {
  const root = h("div");
  mountLater(
    root,
    () => context.state.maker.open.value,
    async () => {
      const { mountMaker } = await import("../data-maker/maker-dialog.js");
      return () => mountMaker(context);
    },
  );
  return root;
}

/** @param {Context} context */
function mountOpenLesson(context) {
  const root = h("div", { id: "lesson" });
  mountLater(
    root,
    () => context.state.lesson.value !== null,
    async () => {
      const { mountLesson } = await import("../lessons/lesson.js");
      return () => mountLesson(context);
    },
  );
  return root;
}

/** @param {Context} context */
function mountChoices(context) {
  const root = h("div", { class: "pane right" });
  rebuild(
    root,
    () => context.state.unsupported.value,
    (unsupported) =>
      unsupported
        ? h("p", { class: "empty" }, t("Training needs a newer browser."))
        : [
            h("div", { id: "network" }, mountNetwork(context)),
            h(
              "div",
              { id: "training" },
              h("h2", { class: "visually-hidden" }, t("Training")),
              mountTraining(context),
            ),
          ],
  );
  return root;
}

/** @param {Context} context */
export function mountPage(context) {
  mountTitle(context.state);
  return [
    skipLink(),
    h("header", { id: "header" }, mountHeader(context)),
    h(
      "main",
      {},
      h(
        "div",
        { class: "pane middle" },
        h("div", { id: "run" }, mountTransport(context)),
        h(
          "div",
          { id: "watch" },
          mountMessages(context),
          mountTiles(context),
          mountCurves(context),
        ),
        mountWhenBegun(context),
        h("div", { id: "rows" }, mountRows(context)),
      ),
      h(
        "div",
        { class: "settings" },
        h(
          "div",
          { class: "pane left" },
          mountOpenLesson(context),
          h("div", { id: "data" }, mountData(context)),
        ),
        mountChoices(context),
      ),
    ),
    mountOffers(context),
    mountOpenData(context),
    mountOpenMaker(context),
  ];
}
