/**
 * Lessons: short experiments with a question, a set-up in which most is locked, and runs to compare.
 * Each is one text file:
 *
 *     open = optimizer                   cards that are not locked
 *     [setup]                            settings, as in a .cfg file
 *     optimizer = sgd
 *     [run slow]                         what a run changes of the set-up; any number of runs
 *     optimizer.sgd.lr = 0.001
 *     [expect]                           what must come true, checked by a test
 *     best validation_loss: fast < 0.8 slow
 *     [en]                               texts: title, text, question, choice (several), right (the
 *     title = ...                        number of the choice, from 1), see, and a label by run
 *
 * An indented line goes on with the line before.
 */

/**
 * @typedef {object} LessonText
 * @property {string} title
 * @property {string} text
 * @property {string} question
 * @property {string[]} choices
 * @property {number} right index of the choice that comes true
 * @property {string} see what the curves show
 * @property {Record<string, string>} runs labels by key
 */

/**
 * @typedef {object} Lesson
 * @property {string} name
 * @property {string[]} open keys of cards
 * @property {Record<string, string>} setup
 * @property {{ key: string, settings: Record<string, string> }[]} runs
 * @property {string[]} expect
 * @property {Record<string, LessonText>} texts by language
 */

/** @typedef {{ name: string, pairs: [string, string][], lines: string[] }} Section */

const RUN = "run ";
const NO_TEXTS = ["", "setup", "expect"];

/** Between two Chinese characters a line goes on without a space. */
const CHINESE_BREAK = /(?<=[\u2e80-\uffef])\r?\n[ \t]+(?=[\u2e80-\uffef])/g;

/** @param {string} text @returns {string[]} lines that go on are joined, empty ones left out */
function joinedLines(text) {
  return text
    .replaceAll(CHINESE_BREAK, "")
    .replaceAll(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** @param {string} text @returns {Section[]} the first one is without a name */
function sections(text) {
  /** @type {Section[]} */
  const found = [{ name: "", pairs: [], lines: [] }];
  for (const line of joinedLines(text)) {
    const name = /^\[(.+)\]$/.exec(line)?.[1];
    if (name) {
      found.push({ name, pairs: [], lines: [] });
    } else {
      const [key, ...value] = line.split("=");
      const section = /** @type {Section} */ (found.at(-1));
      section.lines.push(line);
      section.pairs.push([key.trim(), value.join("=").trim()]);
    }
  }
  return found;
}

/** @param {Section} section @returns {LessonText} */
function lessonText({ pairs }) {
  const { title, text, question, right, see, choice, ...runs } = Object.fromEntries(pairs);
  const choices = pairs.filter(([key]) => key === "choice").map(([, value]) => value);
  return { title, text, question, choices, right: Number(right) - 1, see, runs };
}

/** @param {string} name @param {string} text of the file @returns {Lesson} */
export function parseLesson(name, text) {
  const all = sections(text);
  const of = (/** @type {string} */ wanted) =>
    Object.fromEntries(all.find((section) => section.name === wanted)?.pairs ?? []);
  const isRun = (/** @type {Section} */ section) => section.name.startsWith(RUN);
  const texts = all.filter((section) => !isRun(section) && !NO_TEXTS.includes(section.name));
  return {
    name,
    open: (of("").open ?? "").split(",").filter(Boolean),
    setup: of("setup"),
    runs: all.filter(isRun).map((section) => ({
      key: section.name.slice(RUN.length),
      settings: Object.fromEntries(section.pairs),
    })),
    expect: all.find((section) => section.name === "expect")?.lines ?? [],
    texts: Object.fromEntries(texts.map((section) => [section.name, lessonText(section)])),
  };
}

/** All lessons, in their order. @returns {Promise<Lesson[]>} */
export async function fetchLessons() {
  const response = await fetch("lessons.json");
  return response.ok ? response.json() : [];
}

/** @param {string} name @returns {Promise<Lesson | null>} */
export async function fetchLesson(name) {
  return (await fetchLessons()).find((lesson) => lesson.name === name) ?? null;
}

/** What a lesson says in a language, or in English. @param {Lesson} lesson @param {string} language */
export const textOf = ({ texts }, language) => texts[language] ?? texts.en;
