/**
 * Small choices that outlive the page: colours, language.
 */

/** @param {string} key @returns {string | null} what was kept; a browser may forbid storage */
export function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
