// Files that other people exported, as vega-datasets has them: each opens, is understood, trains and
// predicts at first try.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "./fixtures.js";
import { button, choose, field, messagesOf, open, openTab, statusOf, train } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

const FOLDER = join(import.meta.dirname, "../../node_modules/vega-datasets/data");

/**
 * @typedef {object} Export
 * @property {string} file
 * @property {string} line what the page says of it
 * @property {Record<string, string>} types of its columns
 * @property {string} target that the page suggests
 * @property {RegExp[]} doctor what the data doctor says, in order
 * @property {string} [cure] the fix that a person presses
 * @property {string} rows to predict: in another order, with a column more and an unknown word
 * @property {RegExp} unknown what is said of that word
 * @property {RegExp} predicted the first line of the answer
 */

/** @type {Export[]} */
const EXPORTS = [
  {
    // JSON with nulls, titles that are numbers, dates in words.
    file: "movies.json",
    line: "3,201 rows × 16 columns, JSON records",
    types: {
      Title: "text",
      "US Gross": "number",
      "Production Budget": "number",
      "Release Date": "date",
      "MPAA Rating": "category",
      "Running Time min": "number",
      Distributor: "text",
      "Major Genre": "category",
      Director: "text",
      "IMDB Rating": "number",
      "IMDB Votes": "number",
    },
    target: "IMDB Votes",
    doctor: [/“IMDB Votes” has a long tail/, /4 levels have fewer than 5 rows each, in Source/],
    rows: [
      "Studio,IMDB Rating,Rotten Tomatoes Rating,Creative Type,Major Genre,Source,Running Time min,MPAA Rating,Release Date,Production Budget,US DVD Sales,Worldwide Gross,US Gross",
      'Acme,8.1,92,Science Fiction,Opera,Remake,120,PG-13,"Jul 18, 2008",185000000,,1022345358,533345358',
    ].join("\n"),
    unknown: /^Major Genre: 1 cell with an unknown level, in line 2\./,
    predicted: /^Acme,.*,\d+/,
  },
  {
    // Days in order, four numbers, and a class with few rows.
    file: "seattle-weather.csv",
    line: "1,461 rows × 6 columns, comma-separated",
    types: {
      date: "date",
      precipitation: "number",
      temp_max: "number",
      temp_min: "number",
      wind: "number",
      weather: "category",
    },
    target: "weather",
    doctor: [/^Only 26 of 1,461 rows are “snow”/],
    rows: "station,wind,temp_min,temp_max,precipitation,date\nSEA,calm,12.2,25.6,0,2016-07-04\n",
    unknown: /^wind: 1 cell that is no number, in line 2\./,
    predicted: /^SEA,calm,.*,sun,/,
  },
  {
    // Names with quotes and stars, dozens of levels, and None as an answer.
    file: "birdstrikes.csv",
    line: "10,000 rows × 14 columns, comma-separated",
    types: {
      "Airport Name": "category",
      "Aircraft Make Model": "text",
      "Effect Amount of damage": "category",
      "Flight Date": "date",
      "Phase of flight": "category",
      "Time of day": "category",
      "Cost Total $": "number",
      "Speed IAS in knots": "number",
    },
    target: "Speed IAS in knots",
    doctor: [
      /^“None” counts as missing in 8,939 cells of Effect Amount of damage\./,
      /^Values far out of line in Cost Other, Cost Repair, Cost Total \$\./,
      /^7 levels have fewer than 5 rows each, in Wildlife Species\./,
      /^The same in at least 99\.2 % of the rows: Cost Other\./,
    ],
    cure: "Take it as a value",
    rows: [
      "Pilot,Time of day,Phase of flight,Wildlife Species,Wildlife Size,Origin State,Aircraft Airline Operator,Flight Date,Effect Amount of damage,Airport Name,Cost Total $,Cost Repair,Cost Other",
      "Ann,Day,Climb,Dragon,Small,Texas,MILITARY,2001-05-01,None,LAGUARDIA NY,0,0,0",
    ].join("\n"),
    unknown: /^Wildlife Species: 1 cell with an unknown level, in line 2\./,
    predicted: /^Ann,.*,\d+/,
  },
];

/** What the doctor says, and a fix of it. @param {Page} page @param {Export} file */
async function examine(page, { doctor, cure }) {
  await button(page, "Look at the data").click();
  const dialog = page.getByRole("dialog", { name: /^Data: / });
  const findings = dialog
    .getByRole("region", { name: "Data doctor" })
    .locator("li > p:first-child");
  await expect(findings).toHaveText(doctor, { timeout: 30_000 });
  if (cure) {
    await button(page, cure).click();
    await expect(findings).toHaveText(doctor.slice(1), { timeout: 30_000 });
  }
  await page.keyboard.press("Escape");
  await expect(statusOf(page)).toContainText("Ready");
}

/** Losses of the network and of what it has to beat, by their names. @param {Page} page */
async function losses(page) {
  const rows = page.getByRole("table", { name: /has to beat/ }).locator("tbody tr");
  await expect(rows).toHaveCount(4);
  const cells = (await rows.allInnerTexts()).map((row) => row.split("\t"));
  return new Map(cells.map(([name, loss]) => [name.trim(), Number(loss)]));
}

for (const file of EXPORTS) {
  test(`${file.file} opens, is understood, trains and predicts`, async ({ page }) => {
    await open(page);
    await choose(page, file.file, await readFile(join(FOLDER, file.file)));
    await expect(page.locator(".file-line")).toContainText(`${file.file} ${file.line}`);
    await expect(statusOf(page)).toContainText("Ready");
    await expect(messagesOf(page)).toBeEmpty();
    await expect(field(page, "data.target")).toHaveValue(file.target);
    for (const [name, type] of Object.entries(file.types)) {
      await expect(page.getByLabel(`Type of ${name}`, { exact: true })).toHaveValue(type);
    }
    await examine(page, file);

    await train(page);
    const scored = await losses(page);
    const network = scored.get("Network, best epoch") ?? Infinity;
    const guesses = ["Mean", "Median", "Class frequencies"].map((name) => scored.get(name));
    for (const guess of guesses.filter((loss) => loss !== undefined)) {
      expect(network).toBeLessThan(0.8 * guess);
    }

    await openTab(page, "Predict");
    await page
      .getByLabel("CSV file with rows to predict")
      .setInputFiles({ name: "new.csv", mimeType: "text/csv", buffer: Buffer.from(file.rows) });
    const panel = page.locator("#panel-predict");
    await expect(panel).toContainText("1 row of new.csv, predicted by the best epoch of Run");
    await expect(panel.locator(".remarks li").filter({ hasText: file.unknown })).toHaveCount(1);
    const waiting = page.waitForEvent("download");
    await button(page, "Download the rows with predictions").click();
    const [head, row] = (await readFile(await (await waiting).path(), "utf8")).split("\r\n");
    expect(head).toContain(`predicted_${file.target}`);
    expect(row).toMatch(file.predicted);
  });
}
