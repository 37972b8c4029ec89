// Chinese is complete: every text of the page, the catalogue, the core and the worker, and no other.

import assert from "node:assert/strict";
import { test } from "node:test";
import { neededTexts, readLocale, readTexts } from "../../tools/texts.mjs";
import { messageTranslator } from "../../web/text/core-messages.js";
import { coreText, t, useTexts } from "../../web/text/i18n.js";

const CODE = "zh-CN";
const needed = await neededTexts();

/** Names in braces. @param {string} text */
const placesOf = (text) => new Set(text.match(/\{\w+\}/g) ?? []);

/** Texts of a pattern, which may be one for each plural. @param {string | Record<string, string>} pattern */
const textsOf = (pattern) => (typeof pattern === "string" ? [pattern] : Object.values(pattern));

for (const [topic, texts] of Object.entries(needed)) {
  test(`${topic}: nothing is missing, nothing is left over`, async () => {
    const found = Object.keys(await readLocale(CODE, topic));
    assert.ok(texts.size > 50, "the texts are found at all");
    assert.deepEqual(
      [...texts].filter((text) => !found.includes(text)),
      [],
      "missing",
    );
    assert.deepEqual(
      found.filter((text) => !texts.has(text)),
      [],
      "left over",
    );
  });
}

for (const topic of ["page", "catalogue"]) {
  test(`${topic}: a translation has the places of its text`, async () => {
    for (const [text, pattern] of Object.entries(await readLocale(CODE, topic))) {
      for (const translation of textsOf(pattern)) {
        assert.deepEqual(placesOf(translation), placesOf(text), text);
      }
    }
  });
}

test("messages: a translation has no place that its template lacks", async () => {
  for (const [template, translation] of Object.entries(await readLocale(CODE, "messages"))) {
    const places = placesOf(template);
    assert.deepEqual(
      [...placesOf(translation)].filter((place) => !places.has(place)),
      [],
      template,
    );
  }
});

test("English has its plurals for texts that are there", async () => {
  const english = await readLocale("", "en");
  for (const [text, pattern] of Object.entries(english)) {
    assert.ok(needed.page.has(text), `${text} is left over`);
    assert.deepEqual(Object.keys(pattern), ["one", "other"], text);
  }
});

test("a message of the core is told from others by its template, names stay as they are", async () => {
  useTexts(CODE, await readTexts(CODE));
  assert.equal(
    coreText('"colour" is listed twice. Name each target once.'),
    "“colour”出现了两次。每个目标只写一次。",
  );
  assert.equal(
    coreText("Epochs must be from 1 to 1000000; 0 is outside."),
    "轮数必须在 1 到 1000000 之间；0 超出了范围。",
  );
  assert.equal(
    coreText("line 7 has 2 cells, the header has 3: the record was dropped"),
    "第 7 行有 2 个单元格，而表头有 3 个：该记录已舍弃",
  );
  assert.equal(coreText("no template fits this"), "no template fits this");
  useTexts("en", null);
});

test("the template with the most of its own words wins", () => {
  const translate = messageTranslator(
    { "{1} is {2}.": "一 {1} {2}", "{1} is not {2}.": "二 {1} {2}" },
    (word) => word,
  );
  assert.equal(translate("a is not b."), "二 a b");
  assert.equal(translate("a is b."), "一 a b");
});

test("values that look like places are left alone", () => {
  const translate = messageTranslator({ '"{1}" and "{2}".': "“{1}”“{2}”" }, (word) => word);
  assert.equal(translate('"{2}" and "x".'), "“{2}”“x”");
});

test("plurals and numbers go by the language", () => {
  assert.equal(t("{n} rows", { n: 1 }), "1 row");
  assert.equal(t("{n} rows", { n: 1200 }), "1,200 rows");
});
