/**
 * Colours of the style sheet, for what is drawn on a canvas.
 */

/** @param {string} name without dashes */
export const cssColor = (name) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
