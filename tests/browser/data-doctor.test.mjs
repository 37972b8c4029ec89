// The data doctor (web/data-doctor) on the built module: each rule finds its trouble in a file that has
// it, its fix cures it, and the examples have none.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { dataFacts } from "../../web/data-doctor/data-facts.js";
import { examineData } from "../../web/data-doctor/examine-data.js";
import { readSteps } from "../../web/steps-by-column.js";
import { cfgPairs, indexSettings, toPairs } from "../../web/settings.js";
import { open } from "./worker-session.js";

/** @import { DataFinding } from "../../web/data-doctor/data-facts.js" */
/** @import { Values } from "../../web/settings.js" */

const EXAMPLES = join(import.meta.dirname, "../../examples");
const examples = (await readdir(EXAMPLES)).filter((file) => file.endsWith(".cfg"));
const session = await open();
const index = indexSettings(session.core.catalogue);

/** @param {Blob} file @param {Values} settings @returns {Promise<DataFinding[]>} */
async function findingsOf(file, settings) {
  const { table } = await session.send("load", { file, settings: toPairs(settings) });
  const diagnosis = await session.send("diagnose", { settings: toPairs(settings) });
  return examineData(dataFacts(table, diagnosis, settings, index));
}

/** Numbers that look drawn but are the same every time. @param {number} i @param {number} salt */
function draw(i, salt) {
  const x = Math.sin(i * 12.9898 + salt * 78.233) * 43758.5453;
  return x - Math.floor(x);
}

/** @param {string} header @param {number} n @param {(i: number) => (string | number)[]} row */
function fileOf(header, n, row) {
  const rows = Array.from({ length: n }, (_, i) => row(i).join(","));
  return new Blob([[header, ...rows].join("\n")]);
}

/** Two numbers that say something, and noise, of which y is made. @param {number} i */
function plain(i) {
  const [a, b, noise] = [draw(i, 1), draw(i, 2), draw(i, 3)].map((x) => Number(x.toFixed(3)));
  return {
    a,
    b,
    noise,
    y: (3 * a - 2 * b + noise).toFixed(3),
    group: a + noise > 1 ? "in" : "out",
  };
}

/** @type {{ kind: string, file: Blob, settings?: Values, says: RegExp }[]} */
const TROUBLES = [
  {
    kind: "identifier",
    file: fileOf("id,a,b,y", 200, (i) => [1000 + 7 * i, plain(i).a, plain(i).b, plain(i).y]),
    says: /identifier: id\./,
  },
  {
    kind: "constant",
    file: fileOf("a,flag,b,y", 200, (i) => [
      plain(i).a,
      i === 17 ? "yes" : "no",
      plain(i).b,
      plain(i).y,
    ]),
    says: /at least 99\.5 % of the rows: flag\./,
  },
  {
    kind: "repeated-rows",
    file: fileOf("a,b,y", 200, (i) =>
      Object.values(plain(i % 170))
        .slice(0, 2)
        .concat(plain(i % 170).y),
    ),
    settings: { "split.validation": "0" },
    says: /^30 of 200 rows \(15\.0 %\)/,
  },
  {
    kind: "shared-rows",
    file: fileOf("a,b,y", 200, (i) => [plain(i % 120).a, plain(i % 120).b, plain(i % 120).y]),
    says: /of the 40 validation rows/,
  },
  {
    kind: "shared-test-rows",
    file: fileOf("a,b,part,y", 200, (i) => [
      plain(i % 180).a,
      plain(i % 180).b,
      i < 140 ? "train" : i < 160 ? "validation" : "test",
      plain(i % 180).y,
    ]),
    settings: { "split.method": "part", "split.part": "part" },
    says: /^20 of the 40 test rows \(50\.0 %\) .* such as line 182 like line 2,/,
  },
  {
    kind: "named-parts",
    file: fileOf("a,b,fold,y", 200, (i) => [
      plain(i).a,
      plain(i).b,
      ["Train", "Train", "val", "train", "TEST"][i % 5],
      plain(i).y,
    ]),
    says: /“fold” names the part of each row \(Train, val, train, TEST\)/,
  },
  {
    kind: "giveaway",
    file: fileOf("a,b,code,group", 200, (i) => [
      plain(i).a,
      plain(i).b,
      plain(i).group === "in" ? 1 : 2,
      plain(i).group,
    ]),
    says: /away: code\. .* 100\.0 % less error/,
  },
  {
    kind: "missing-words",
    file: fileOf("a,damage,y", 200, (i) => [
      plain(i).a,
      ["None", "None", "Minor", "Major"][i % 4],
      plain(i).y,
    ]),
    says: /^“None” counts as missing in 100 cells of damage\./,
  },
  {
    kind: "imbalance",
    file: fileOf("a,b,y", 400, (i) => [plain(i).a, plain(i).b, i % 40 === 0 ? "ill" : "well"]),
    says: /^Only 10 of 400 rows are “ill” \(2\.5 %\).*97\.5 %/,
  },
  {
    kind: "rare-levels",
    file: fileOf("a,town,y", 200, (i) => [
      plain(i).a,
      i < 190 ? `big${i % 3}` : `small${i % 5}`,
      plain(i).y,
    ]),
    says: /^5 levels have fewer than 5 rows each, in town\./,
  },
  {
    kind: "outliers",
    file: fileOf("a,b,y", 200, (i) => [i === 50 ? 99999 : plain(i).a, plain(i).b, plain(i).y]),
    says: /in a\. .*to 100,000/,
  },
  {
    kind: "skewed-target",
    file: fileOf("a,b,price", 300, (i) => [plain(i).a, plain(i).b, i === 3 ? 90000 : 100 + i]),
    says: /“price” has a long tail/,
  },
  {
    kind: "time-order",
    file: fileOf("year,a,sales", 200, (i) => [
      1900 + i,
      plain(i).a,
      (100 * Math.sin(i / 20) + plain(i).noise).toFixed(2),
    ]),
    says: /close in “year” have much the same “sales”/,
  },
  {
    kind: "time-order",
    file: fileOf("a,noted,sales", 200, (i) => [
      plain(i).a,
      new Date(Date.UTC(2024, 0, 1 + ((i * 77) % 200))).toISOString().slice(0, 10),
      (100 * Math.sin(((i * 77) % 200) / 20) + plain(i).noise).toFixed(2),
    ]),
    says: /close in “noted” have much the same “sales”/,
  },
  {
    kind: "too-few-rows",
    file: fileOf("a,b,c,d,y", 30, (i) =>
      [1, 2, 3, 4].map((salt) => draw(i, salt)).concat(draw(i, 5)),
    ),
    settings: { "model.hidden": "64,64" },
    says: /4,545 weights for 24 training rows: 189 for each row/,
  },
];

for (const { kind, file, settings = {}, says } of TROUBLES) {
  test(`${kind} is found, alone, and its fix cures it`, async () => {
    const findings = await findingsOf(file, settings);
    assert.deepEqual(
      findings.map((finding) => finding.kind),
      [kind],
    );
    assert.match(findings[0].text, says);
    assert.ok(findings[0].fixes.length > 0);
    for (const { settings: cure } of findings[0].fixes) {
      const left = await findingsOf(file, { ...settings, ...cure });
      assert.deepEqual(
        left.filter((finding) => finding.kind === kind),
        [],
      );
    }
  });
}

test("a step of its own cures the column that needs it, and no other", async () => {
  const { file } = /** @type {{ file: Blob }} */ (TROUBLES.find(({ kind }) => kind === "outliers"));
  const [found] = await findingsOf(file, {});
  const [{ settings: cure }] = found.fixes;
  assert.deepEqual(Object.keys(cure), ["data.by_column"]);
  const steps = readSteps(cure["data.by_column"]);
  assert.deepEqual([...steps.keys()], found.columns);
  const { dataset } = await session.send("diagnose", { settings: toPairs(cure) });
  for (const { name, scaler } of dataset.columns) {
    assert.equal(scaler, steps.get(name)?.scaler ?? "standard");
  }
});

for (const name of examples) {
  test(`nothing is said of ${name}`, async () => {
    const pairs = cfgPairs(await readFile(join(EXAMPLES, name), "utf8"));
    const settings = Object.fromEntries(pairs);
    const file = new Blob([await readFile(join(EXAMPLES, settings["data.file"]))]);
    assert.deepEqual(
      (await findingsOf(file, settings)).map(({ kind, text }) => `${kind}: ${text}`),
      [],
    );
  });
}

test("a newer diagnosis ends the one before", async () => {
  const file = fileOf("a,b,y", 2000, (i) => [draw(i, 1), draw(i, 2), draw(i, 3)]);
  await session.send("load", { file, settings: [] });
  const first = session.send("diagnose", { settings: [] });
  const second = session.send("diagnose", { settings: [] });
  const outcomes = await Promise.allSettled([first, second]);
  assert.equal(outcomes[1].status, "fulfilled");
});
