/**
 * Light or dark: as the system has it, until the person says otherwise.
 */
import { t } from "../../text/i18n.js";
import { remember, remembered } from "../../memory.js";
import { h, listen } from "../parts/dom.js";

const KEY = "theme";

/** @returns {boolean} */
function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function mountTheme() {
  const saved = remembered(KEY);
  if (saved === "dark" || saved === "light") {
    document.documentElement.dataset.theme = saved;
  }
  const button = h("button", { type: "button", class: "quiet" });
  const label = () => {
    button.textContent = isDark() ? t("Light") : t("Dark");
    button.setAttribute(
      "aria-label",
      isDark() ? t("Switch to light colours") : t("Switch to dark colours"),
    );
  };
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    remember(KEY, theme);
    label();
  });
  listen(matchMedia("(prefers-color-scheme: dark)"), "change", label);
  label();
  return button;
}
