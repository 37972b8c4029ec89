/**
 * What the page has to tell: one notice a topic, and beside its field when it belongs to a setting.
 */
import { coreText } from "../text/i18n.js";

/**
 * @import { Mistake } from "../protocol.js"
 * @import { Offer, State, Topic } from "../state.js"
 */

/** The mistake that a failed command carries. @param {any} error @returns {Mistake} */
export function mistakeOf(error) {
  return (
    error?.mistake ?? { message: String(error?.message ?? error), key: "", line: 0, column: 0 }
  );
}

/** What a failed command says, in the reader's language. @param {any} error */
export const messageOf = (error) => coreText(mistakeOf(error).message);

/** The core names settings by their keys; the page shows their labels. @param {State} state @param {string} text */
function withLabels({ index }, text) {
  return text.replaceAll(/(?<!“)\b[a-z_]+(\.[a-z0-9_]+)+\b/g, (key) => {
    const label = index.value.get(key)?.param.label;
    return label ? `“${label}” (${key})` : key;
  });
}

/** @param {State} state */
export function createNotices(state) {
  /** @param {string} key @param {string} message */
  function mark(key, message) {
    state.mistakes.value = { ...state.mistakes.value, [key]: message };
  }

  /** @param {string[]} keys */
  function unmark(keys) {
    const left = Object.entries(state.mistakes.value).filter(([key]) => !keys.includes(key));
    state.mistakes.value = Object.fromEntries(left);
  }

  /**
   * @param {Topic} topic
   * @param {string} text
   * @param {Record<string, string>} [marks] texts beside fields, by the key of the setting
   */
  function notify(topic, text, marks = {}) {
    const keys = Object.keys(marks);
    const labelled = keys.map((key) => [key, withLabels(state, marks[key])]);
    state.notices.value = {
      ...state.notices.value,
      [topic]: { text: withLabels(state, text), keys },
    };
    state.mistakes.value = { ...state.mistakes.value, ...Object.fromEntries(labelled) };
  }

  /** Takes a notice away, and its marks. @param {Topic} topic */
  function dismiss(topic) {
    const { [topic]: dropped, ...others } = state.notices.value;
    state.notices.value = others;
    unmark(dropped?.keys ?? []);
  }

  /** Takes the place of an offer of the same key. @param {Offer} offer */
  function offer(offer) {
    const others = state.offers.value.filter(({ key }) => key !== offer.key);
    state.offers.value = [...others, offer];
    if (offer.milliseconds) {
      setTimeout(() => withdraw(offer.key, offer), offer.milliseconds);
    }
  }

  /** @param {string} key @param {Offer} [only] leave a newer one of the same key */
  function withdraw(key, only) {
    state.offers.value = state.offers.value.filter(
      (other) => other.key !== key || (only && other !== only),
    );
  }

  return { mark, unmark, notify, dismiss, offer, withdraw };
}

/** @typedef {ReturnType<typeof createNotices>} Notices */
