/**
 * Puts the page together and opens what its address describes.
 */
import { createActions } from "./actions.js";
import { fetchExamples } from "./files.js";
import { mistakeOf } from "./notices.js";
import { indexSettings } from "./settings.js";
import { createState } from "./state.js";
import { TrainerClient, UnsupportedBrowser } from "./trainer-client.js";
import { mountCurves } from "./views/curves.js";
import { mountData } from "./views/data.js";
import { h } from "./views/dom.js";
import { mountHeader } from "./views/header.js";
import { mountMessages } from "./views/messages.js";
import { mountNetwork } from "./views/network.js";
import { mountRows } from "./views/rows.js";
import { mountTitle } from "./views/title.js";
import { mountTraining } from "./views/training.js";
import { mountTiles, mountTransport } from "./views/transport.js";

/** @param {string} id @param {(Node | string)[]} content */
function fill(id, ...content) {
  document.getElementById(id)?.replaceChildren(...content);
}

function start() {
  const state = createState();
  const client = new TrainerClient((event) => actions.onEvent(event));
  const actions = createActions(state, client);
  const context = { state, actions };
  // The fragment of the address belongs to the settings, so the link moves the focus itself.
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("train")?.focus();
  });
  mountTitle(state);
  fill("header", ...mountHeader());
  fill("run", mountTransport(context));
  fill("watch", mountMessages(context), mountTiles(context), mountCurves(context));
  fill("rows", mountRows(context));
  whenBegun(context);
  fill("data", ...mountData(context));
  fill("network", mountNetwork(context));
  fill("training", h("h2", { class: "visually-hidden" }, "Training"), mountTraining(context));
  open(context, client).catch((error) => {
    actions.notify("run", mistakeOf(error).message);
    if (error instanceof UnsupportedBrowser) {
      fill("training", h("p", { class: "empty" }, error.message));
    }
  });
}

/** Loads what is said of a trained model once there is a run. @param {import("./views/fields.js").Context} context */
function whenBegun(context) {
  const stop = context.state.begun.subscribe((begun) => {
    if (begun) {
      queueMicrotask(() => stop());
      import("./views/results.js").then(({ mountResults }) =>
        fill("results", ...mountResults(context)),
      );
    }
  });
}

/** @param {import("./views/fields.js").Context} context @param {TrainerClient} client */
async function open({ state, actions }, client) {
  const [catalogue, examples] = await Promise.all([client.send("catalogue", {}), fetchExamples()]);
  state.index.value = indexSettings(catalogue);
  state.catalogue.value = catalogue;
  state.examples.value = examples;
  const { hash } = location;
  actions.followAddress(window);
  await actions.openLink(hash);
}

start();
