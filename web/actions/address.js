/**
 * The address of the page, which holds the whole set-up: opens what it describes, and follows every
 * change.
 */
import { batch, effect } from "@preact/signals-core";
import { t } from "../text/i18n.js";
import { fetchLesson } from "../text/lessons.js";
import { remember, remembered } from "../memory.js";
import { formatLink, linkPairs, mergeValues, readPairs, splitPage } from "../settings.js";

/**
 * @import { openFile } from "./files.js"
 * @import { Notices } from "./notices.js"
 * @import { State } from "../state.js"
 * @import { Complaint, PageKeys, Values } from "../settings.js"
 */

/**
 * @typedef {object} Tools
 * @property {State} state
 * @property {Notices} notices
 * @property {ReturnType<typeof openFile>} files
 * @property {(name: string, fingerprint: string) => Promise<Blob | null>} keptFile
 */

/** Where the set-up is found when the page is opened again without a link. */
export const LAST_SETUP = "setup";

/** What a link to the present page says besides its settings. @param {State} state @returns {PageKeys} */
export function pageKeys({ own, source, table, expected, lock, hide, lesson }) {
  const found = table.value?.fingerprint ?? expected.value;
  return {
    own: own.value,
    fingerprint: own.value ? found : "",
    made: own.value ? (source.value?.made ?? "") : "",
    lock: lock.value,
    hide: hide.value,
    lesson: lesson.value?.name ?? "",
  };
}

/** Back to the whole page, with the file and the settings as they are. @param {State} state */
export function closeLesson(state) {
  batch(() => {
    state.lock.value = [];
    state.lesson.value = null;
    state.beforeLesson.value = null;
  });
}

/** What the next lesson takes the place of; one that follows another leads back before both. @param {State} state */
function beforeLesson({ lesson, beforeLesson: before, source, settings, expected }) {
  if (lesson.value || !source.value) {
    return before.value;
  }
  return { source: source.value, settings: settings.value, expected: expected.value };
}

/** @param {Tools} tools */
export function openAddress({ state, notices, files, keptFile }) {
  /** @param {Complaint[]} complaints */
  function complain(complaints) {
    const marked = complaints.filter(({ key }) => key !== "");
    if (complaints.length > 0) {
      const text = complaints.map(({ message }) => message).join(" ");
      const marks = marked.map(({ key, message }) => [key, message]);
      notices.notify("link", text, Object.fromEntries(marks));
    }
  }

  /** A file of the person's own: the present one, one that the browser keeps, or one to be chosen. @param {string} name @param {Values} values @param {string} fingerprint @param {boolean} again */
  async function openOwn(name, values, fingerprint, again) {
    const { value: source } = state.source;
    const here = state.own.value && source?.name === name ? source.blob : null;
    const blob = here ?? (await keptFile(name, fingerprint));
    if (blob) {
      await files.openSource({ name, blob, example: false }, values, again ? "" : fingerprint);
    } else {
      await files.awaitFile(name, values, { fingerprint, again });
    }
  }

  /** A file that the page makes once more, as the one who shared the link did. @param {string} name @param {Values} values @param {PageKeys} page @param {Complaint[]} complaints */
  async function openMade(name, values, { made, fingerprint }, complaints) {
    const source = await files.makeSource(name, made);
    if (source) {
      await files.openSource(source, values, fingerprint);
    } else {
      const message = t("The link asks for data that cannot be made: {made}.", { made });
      complaints.push({ key: "", message });
      await files.awaitFile(name, values, { fingerprint });
    }
  }

  /** The lesson that a link asks for, and which cards it locks and hides. @param {PageKeys} page @param {Complaint[]} complaints */
  async function openLesson({ lesson: name, lock, hide }, complaints) {
    const lesson = name ? await fetchLesson(name) : null;
    if (name && !lesson) {
      const message = t("There is no lesson “{name}”; it was left out.", { name });
      complaints.push({ key: "", message });
    }
    batch(() => {
      state.beforeLesson.value = lesson && beforeLesson(state);
      state.lock.value = lock;
      state.hide.value = hide;
      state.lesson.value = lesson;
      state.guess.value = null;
      state.lessonRuns.value = [];
    });
    return lesson;
  }

  /** Opens what the fragment of a link describes; the first example without one. @param {string} hash */
  async function openLink(hash) {
    const examples = state.examples.value;
    const again = hash === remembered(LAST_SETUP);
    const { page, pairs } = splitPage(linkPairs(hash));
    const { values, complaints } = readPairs(pairs, state.index.value);
    const lesson = await openLesson(page, complaints);
    const name = values["data.file"] ?? lesson?.setup["data.file"];
    const example = name ? examples.find(({ file }) => file === name) : examples[0];
    if (example && !(page.own && name)) {
      const base = lesson?.setup ?? (name ? {} : await files.exampleValues(example));
      await files.loadExample(example, mergeValues({}, { ...base, ...values }, state.index.value));
    } else if (page.made) {
      await openMade(name, mergeValues({}, values, state.index.value), page, complaints);
    } else {
      await openOwn(name, mergeValues({}, values, state.index.value), page.fingerprint, again);
    }
    complain(complaints);
  }

  /** A link whose file never came is not what the person worked on. @param {string} link */
  function keepSetup(link) {
    if (state.awaited.value === "" || state.awaitedAgain.value) {
      remember(LAST_SETUP, link);
    }
  }

  /** Back to the whole page, with the file and the settings from before the lesson. */
  async function leaveLesson() {
    const before = state.beforeLesson.value;
    closeLesson(state);
    if (before) {
      await files.openSource(before.source, before.settings, before.expected);
    }
  }

  /** Keeps the address and the settings the same, in both directions. @param {Window} page */
  function followAddress(page) {
    effect(() => {
      const link = formatLink(state.settings.value, pageKeys(state));
      const changed = link !== page.location.hash;
      if (link !== "" && changed) {
        page.history.replaceState(null, "", link);
      }
      if (link !== "" && (changed || state.own.value)) {
        keepSetup(link);
      }
    });
    page.addEventListener("hashchange", () => openLink(page.location.hash));
  }

  return { openLink, leaveLesson, followAddress };
}
