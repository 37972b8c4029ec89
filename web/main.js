/**
 * Puts the page together and opens what its address describes.
 */
import { batch, effect } from "@preact/signals-core";
import { createActions } from "./actions/actions.js";
import { refuseFused } from "./arithmetic.js";
import { LAST_SETUP } from "./actions/address.js";
import { fetchExample } from "./actions/files.js";
import { translateCatalogue } from "./text/catalogue-text.js";
import { language, preferredLanguage, t, useLanguage } from "./text/i18n.js";
import { remembered } from "./memory.js";
import { messageOf } from "./actions/notices.js";
import { workOffline } from "./offline.js";
import { Pool } from "./race/pool.js";
import { formatLink, indexSettings } from "./settings.js";
import { createState } from "./state.js";
import { checkBrowser, TrainerClient, UnsupportedBrowser } from "./trainer-client.js";
import { rebuild } from "./views/parts/dom.js";
import { mountPage } from "./views/shell/layout.js";

/**
 * @import { Opening } from "./actions/actions.js"
 * @import { Catalogue } from "./protocol-catalogue.js"
 * @import { Example, State } from "./state.js"
 * @import { Context } from "./views/parts/fields.js"
 */

/**
 * What the site was built with, so that the page can be seen before the core is loaded.
 * @typedef {object} First
 * @property {Catalogue} catalogue
 * @property {Example[]} examples
 * @property {Opening} opening
 * @property {boolean} fused whether the site has the module with fused arithmetic
 */

/** @returns {Promise<First>} */
async function fetchFirst() {
  const response = await fetch("first.json");
  if (!response.ok) {
    throw new Error(
      t("first.json could not be fetched ({status}). Reload the page.", {
        status: String(response.status),
      }),
    );
  }
  return response.json();
}

/** Loads the core as soon as a person does anything at all. @param {() => void} wake */
function wakeAtFirstTouch(wake) {
  const types = ["pointermove", "pointerdown", "keydown", "dragenter"];
  const start = () => {
    types.forEach((type) => removeEventListener(type, start));
    wake();
  };
  types.forEach((type) => addEventListener(type, start, { passive: true }));
}

/** Keeps the catalogue in the language of the page. @param {State} state @param {Catalogue} catalogue @param {boolean} fused */
function showCatalogue(state, catalogue, fused) {
  effect(() => {
    language.value;
    const shown = refuseFused(translateCatalogue(catalogue), fused);
    batch(() => {
      state.index.value = indexSettings(shown);
      state.catalogue.value = shown;
    });
  });
}

/** The models to beat are looked for once there is a run. @param {Context} context */
function compareWithBaselines(context) {
  const stop = effect(() => {
    if (context.state.begun.value) {
      queueMicrotask(() => stop());
      import("./race/baselines.js").then(({ followBaselines }) => followBaselines(context));
    }
  });
}

/** @param {Context} context @param {TrainerClient} client @param {Promise<First>} first */
async function open({ state, actions }, client, first) {
  checkBrowser();
  const { catalogue, examples, opening, fused } = await first;
  showCatalogue(state, catalogue, fused);
  state.examples.value = examples;
  const hash = location.hash || (remembered(LAST_SETUP) ?? "");
  if (hash === "" || hash === formatLink(opening.settings)) {
    const blob = await fetchExample(opening.file);
    actions.showOpening(opening, { name: opening.file, blob, example: true });
    wakeAtFirstTouch(() => client.wake());
    actions.followAddress(window);
  } else {
    actions.followAddress(window);
    await actions.openLink(hash);
  }
}

async function start() {
  const first = fetchFirst();
  const state = createState();
  const client = new TrainerClient((event) => actions.onEvent(event));
  const pool = new Pool((onEvent) => new TrainerClient(onEvent));
  const actions = createActions(state, client, pool);
  const context = { state, actions };
  compareWithBaselines(context);
  await useLanguage(preferredLanguage());
  rebuild(
    document.body,
    () => language.value,
    () => mountPage(context),
  );
  try {
    await open(context, client, first);
    // Runs come back, and the site is kept, once the page can be seen.
    await actions.startKeeping();
    workOffline();
  } catch (error) {
    actions.notify("run", messageOf(error));
    state.unsupported.value = error instanceof UnsupportedBrowser;
  }
}

start();
