// Every lesson: its texts are complete, its settings are valid, and what it claims comes true.

import assert from "node:assert/strict";
import { test } from "node:test";
import { indexSettings, readPairs } from "../../web/settings.js";
import { assertClaim, core, readLessons, trainLesson } from "./lesson-runs.mjs";

const lessons = await readLessons();
const LANGUAGES = ["en", "zh-CN"];
const { families } = core.catalogue;
const CARDS = ["data", "preparation", "network", "train", ...families.map(({ key }) => key)];

test("there is a lesson for every topic", () => {
  assert.deepEqual(
    lessons.map(({ name }) => name),
    [
      "descent",
      "learning-rate",
      "optimizers",
      "decays",
      "outliers",
      "classes",
      "overfitting",
      "batch-size",
      "scaling",
      "initialization",
      "folds",
      "augmentation",
    ],
  );
});

for (const lesson of lessons) {
  test(`${lesson.name}: texts in both languages, for every run`, () => {
    assert.deepEqual(Object.keys(lesson.texts), LANGUAGES);
    const keys = lesson.runs.map(({ key }) => key);
    for (const text of Object.values(lesson.texts)) {
      for (const part of [text.title, text.text, text.question, text.see]) {
        assert.ok(part && part.length > 2, part);
      }
      assert.ok(text.choices.length >= 2);
      assert.ok(text.choices[text.right], "the right choice is one of them");
      assert.deepEqual(Object.keys(text.runs), keys);
    }
    assert.equal(lesson.texts.en.right, lesson.texts["zh-CN"].right);
    assert.equal(lesson.texts.en.choices.length, lesson.texts["zh-CN"].choices.length);
  });

  test(`${lesson.name}: cards and settings are known`, () => {
    assert.deepEqual(
      lesson.open.filter((card) => !CARDS.includes(card)),
      [],
    );
    const index = indexSettings(core.catalogue);
    for (const settings of [lesson.setup, ...lesson.runs.map((run) => run.settings)]) {
      assert.deepEqual(readPairs(Object.entries(settings), index).complaints, []);
    }
  });

  test(`${lesson.name}: what it claims comes true`, async () => {
    assert.ok(lesson.expect.length > 0);
    const trained = await trainLesson(lesson);
    lesson.expect.forEach((claim) => assertClaim(claim, trained));
  });
}
