/**
 * The lesson that is open: its text, the question, the runs, and what they have shown.
 */
import { language, t } from "../../text/i18n.js";
import { textOf } from "../../text/lessons.js";
import { h, rebuild, showWhen, watch } from "../parts/dom.js";

/**
 * @import { Lesson, LessonText } from "../../text/lessons.js"
 * @import { Context } from "../parts/fields.js"
 */

/** @param {Context} context @param {LessonText} text */
function question({ state, actions }, { question: asked, choices }) {
  const radios = choices.map((choice, i) => {
    const radio = h("input", { type: "radio", name: "guess", onchange: () => actions.guess(i) });
    watch(() => {
      radio.checked = state.guess.value === i;
      radio.disabled = state.lessonRuns.value.length > 0;
    });
    return h("label", { class: "check" }, radio, choice);
  });
  return h("fieldset", { class: "guess" }, h("legend", {}, asked), radios);
}

/** @param {Context} context @param {Lesson} lesson @param {LessonText} text */
function runButtons({ state, actions }, { runs }, { runs: labels }) {
  const buttons = runs.map(({ key }) => {
    const label = labels[key];
    const button = h("button", { type: "button", onclick: () => actions.runLesson(key, label) });
    watch(() => {
      const done = state.lessonRuns.value.includes(key);
      button.textContent = done ? t("{run} ✓", { run: label }) : t("Run: {run}", { run: label });
      button.disabled = state.guess.value === null || state.running.value;
    });
    return button;
  });
  return h(
    "div",
    { class: "buttons", role: "group", "aria-label": t("Runs of the lesson") },
    buttons,
  );
}

/** @param {Context} context @param {Lesson} lesson */
const isOver = ({ state }, { runs }) =>
  !state.running.value && runs.every(({ key }) => state.lessonRuns.value.includes(key));

/** @param {Context} context @param {Lesson} lesson @param {LessonText} text */
function outcome(context, lesson, { choices, right, see }) {
  const root = h("div", { role: "status", class: "outcome" });
  rebuild(
    root,
    () => isOver(context, lesson),
    (over) =>
      over && [
        h(
          "p",
          {},
          h(
            "strong",
            {},
            context.state.guess.value === right
              ? t("You guessed right.")
              : t("It came out otherwise: {answer}", { answer: choices[right] }),
          ),
        ),
        h("p", {}, see),
      ],
  );
  return root;
}

/** @param {Context} context @param {Lesson} lesson */
function lessonCard(context, lesson) {
  const { state, actions } = context;
  const text = textOf(lesson, language.value);
  const first = h("p", { class: "hint" }, t("Guess first; then the runs are free."));
  showWhen(first, () => state.guess.value === null);
  const back = h(
    "p",
    { class: "hint" },
    t("Leaving the lesson brings back your file and settings from before."),
  );
  showWhen(back, () => state.beforeLesson.value !== null);
  return h(
    "section",
    { class: "card lesson", "aria-labelledby": "card-lesson" },
    h(
      "div",
      { class: "card-head" },
      h("h2", { id: "card-lesson" }, text.title),
      h("button", { type: "button", onclick: actions.leaveLesson }, t("Leave lesson")),
    ),
    h("p", {}, text.text),
    question(context, text),
    first,
    runButtons(context, lesson, text),
    outcome(context, lesson, text),
    back,
  );
}

/** @param {Context} context */
export function mountLesson(context) {
  const root = h("div");
  rebuild(
    root,
    () => context.state.lesson.value,
    (lesson) => lesson && lessonCard(context, lesson),
  );
  return root;
}
