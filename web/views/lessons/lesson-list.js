/**
 * The list of lessons, loaded when it is asked for.
 */
import { language, t } from "../../text/i18n.js";
import { fetchLessons, textOf } from "../../text/lessons.js";
import { formatLink } from "../../settings.js";
import { showDialog } from "../parts/dialogs.js";
import { h } from "../parts/dom.js";

/** @import { Lesson } from "../../text/lessons.js" */

/** @param {Lesson} lesson @param {() => void} close */
function entry(lesson, close) {
  const { title, question } = textOf(lesson, language.value);
  const link = formatLink({}, { lesson: lesson.name });
  return h(
    "li",
    {},
    h("a", { href: link, onclick: close }, h("strong", {}, title)),
    h("p", { class: "hint" }, question),
  );
}

export async function showLessons() {
  const lessons = await fetchLessons();
  const close = () => dialog.close();
  const dialog = showDialog(
    t("Lessons"),
    "wide",
    h(
      "p",
      { class: "muted" },
      t("Each takes some minutes: guess, run, and see. Most settings are locked meanwhile."),
    ),
    h(
      "ol",
      { class: "lessons" },
      lessons.map((lesson) => entry(lesson, close)),
    ),
  );
}
