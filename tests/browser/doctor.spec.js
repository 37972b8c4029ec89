// The curve doctor and the autopsy: what is found, where on the curve, and what one click does.

import { expect, test } from "./fixtures.js";
import { axeFindings, button, choose, csv, field, open, statusOf, train, unfold } from "./page.js";

/** @typedef {import("@playwright/test").Page} Page */

/** @param {Page} page */
const doctor = (page) => page.getByRole("region", { name: "Curve doctor" });

/** @param {Page} page */
const autopsy = (page) => page.getByRole("region", { name: "Why the run diverged" });

const TOO_HIGH =
  "#data.file=sine.csv&data.target=y&data.task=regression&optimizer.adam.lr=0.3&train.epochs=60";
const TOO_LONG =
  "#data.file=diabetes.csv&data.target=progression&data.task=regression&optimizer=sgd&optimizer.sgd.lr=5";

/** Rows with a poisonous cell in line 43. @param {Page} page */
async function choosePoison(page) {
  const row = (/** @type {number} */ i) => `${i % 7},${i % 5},${2 * (i % 7) + (i % 5)}`;
  await choose(
    page,
    "people.csv",
    csv("a,b,y", 60, (i) => (i === 41 ? "3,1e30,4" : row(i))),
  );
  await expect(page.locator(".file-line")).toContainText("people.csv");
  await expect(statusOf(page)).toContainText("Ready");
  await unfold(page);
  await field(page, "scaler").selectOption("none");
}

test("a healthy run is called healthy, with a reason", async ({ page }) => {
  await open(page);
  await expect(doctor(page)).toBeHidden();
  await train(page);
  await expect(doctor(page)).toContainText("Looks healthy");
  await doctor(page).getByText("Why", { exact: true }).click();
  await expect(doctor(page)).toContainText("without climbing");
  await expect(page.locator(".chart-mark")).toHaveCount(0);
});

test("a rate too high is found, marked on the curve, and a lower one trained beside it", async ({
  page,
}) => {
  await open(page, TOO_HIGH);
  await train(page);
  await expect(doctor(page)).toContainText("The learning rate is too high: at 0.3");
  const mark = page.getByRole("button", { name: /^Run 1: The learning rate is too high/ });
  await mark.click();
  await expect(mark).toHaveAttribute("aria-pressed", "true");
  await expect(doctor(page).getByText("A training loss climbs when")).toBeVisible();
  await button(page, "Try: Learning rate 0.03").click();
  await expect(field(page, "optimizer.adam.lr")).toHaveValue("0.03");
  await expect(doctor(page)).toContainText("The trial did better than Run 1");
  await expect(doctor(page)).not.toContainText("The learning rate is too high");
});

/** The line of a run in the table of runs. @param {Page} page @param {number} number */
const line = (page, number) => page.locator(`#panel-runs tr[data-run="${number}"]`);

/** The step at which the current run stands. @param {Page} page */
const stepOf = async (page) =>
  Number(
    (await statusOf(page).innerText()).match(/Paused at step ([\d,]+)/)?.[1].replaceAll(",", ""),
  );

/** What the table tells of a run. @param {Page} page @param {number} number */
const figuresOf = (page, number) =>
  Promise.all(
    ["Best loss", "Best epoch", "Last loss", "Epochs done"].map((label) =>
      line(page, number).locator(`[data-label="${label}"]`).textContent(),
    ),
  );

test("a trial that is started from a paused run leaves that run as it was", async ({ page }) => {
  await open(page, TOO_HIGH.replace("epochs=60", "epochs=100000"));
  await button(page, "Train").click();
  await expect(doctor(page)).toContainText("The learning rate is too high", { timeout: 30_000 });
  await button(page, "Pause").click();
  await expect(statusOf(page)).toContainText("Paused at step");
  const step = await stepOf(page);
  const before = await figuresOf(page, 1);
  await button(page, "Try: Learning rate 0.03").click();
  await expect(line(page, 2)).toContainText("Current");
  await button(page, "Pause").click();
  await expect(page.locator("#panel-runs tr[data-run]")).toHaveCount(2);
  await expect(line(page, 1)).toContainText("Paused");
  expect(await figuresOf(page, 1)).toEqual(before);
  await line(page, 1).getByRole("button", { name: "More about Run 1" }).click();
  await button(page, `Continue from epoch ${before[3]}`).click();
  await expect(line(page, 1)).toContainText("Current");
  await button(page, "Pause").click();
  await expect(statusOf(page)).toContainText("Paused at step");
  expect(await stepOf(page)).toBeGreaterThanOrEqual(step);
});

test("the row that made a run diverge is named with its line and its cell", async ({ page }) => {
  await open(page);
  await choosePoison(page);
  await train(page);
  await expect(statusOf(page)).toContainText("Diverged");
  await expect(doctor(page)).toBeHidden();
  await expect(autopsy(page)).toContainText("The cell b = 1e30 of this row is far from all others");
  const row = autopsy(page).getByRole("region", { name: "Line 43 of people.csv" });
  await expect(row.getByRole("cell")).toHaveText(["3", "1e30", "4"]);
  await button(page, "Show it among the first rows").click();
  await expect(page.locator("#rows tr.found")).toContainText("1e30");
  await expect(page.locator("#rows tr.found")).toBeInViewport();
  await button(page, "Try: Scaling: Standard").click();
  await expect(statusOf(page)).toContainText("Finished");
  await expect(autopsy(page)).toBeHidden();
});

test("steps that grew are shown, and the run goes back to before", async ({ page }) => {
  await open(page, TOO_LONG);
  await train(page);
  await expect(statusOf(page)).toContainText("Diverged");
  await expect(autopsy(page)).toContainText(/grew from .* the steps are too long/);
  await expect(autopsy(page).getByRole("img", { name: /from step \d+ to step \d+/ })).toBeVisible();
  await autopsy(page)
    .getByRole("button", { name: /^Back to/ })
    .click();
  await expect(statusOf(page)).not.toContainText("Diverged");
  await expect(autopsy(page)).toBeHidden();
});

test("a rate ten times lower cures a run that diverged", async ({ page }) => {
  await open(page, TOO_LONG.replace("lr=5", "lr=1"));
  await train(page);
  await expect(statusOf(page)).toContainText("Diverged");
  await button(page, "Try: Learning rate 0.1").click();
  await expect(statusOf(page)).toContainText("Finished");
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  test.describe(`for everyone, in ${colorScheme}`, () => {
    test.use({ bypassCSP: true, colorScheme, viewport: { width: 390, height: 844 } });

    test("axe finds nothing wrong with the doctor or the autopsy", async ({ page }) => {
      await open(page, TOO_HIGH);
      await train(page);
      await expect(doctor(page)).toBeVisible();
      await doctor(page).getByText("Why", { exact: true }).first().click();
      expect(await axeFindings(page, "#watch")).toEqual([]);
      await choosePoison(page);
      await train(page);
      await expect(autopsy(page)).toBeVisible();
      expect(await axeFindings(page, "#watch")).toEqual([]);
    });
  });
}
