// Twenty runs of ten thousand points each: drawn at sixty frames a second, marked, compared with levels.

import { build } from "esbuild";
import { join } from "node:path";
import { expect, test } from "./fixtures.js";

test.use({ viewport: { width: 1440, height: 900 } });

const FRAMES = 40;
const FRAME_MS = 1000 / 60;
const HARNESS = join(import.meta.dirname, "many-runs.js");

/** @param {import("@playwright/test").Page} page @param {string} site */
async function openHarness(page, site) {
  const { outputFiles } = await build({
    entryPoints: [HARNESS],
    bundle: true,
    write: false,
    format: "esm",
  });
  await page.route(`${site}many`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<link rel="stylesheet" href="style.css"><script type="module">${outputFiles[0].text}</script>`,
    }),
  );
  await page.goto("./many");
  await expect(page.locator(".chart.large canvas")).toBeVisible();
}

test("draws twenty runs of ten thousand points within a frame", async ({ page, site }) => {
  await openHarness(page, site);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
  };
  // Other programs of the machine make a play slower, and none makes it faster.
  for (const kind of ["train", "pan", "highlight"]) {
    await expect(async () => {
      const before = await busy();
      await page.evaluate(([k, n]) => Reflect.get(window, "play")(k, n), [kind, FRAMES]);
      const perFrame = ((await busy()) - before) * (1000 / FRAMES);
      expect(perFrame, `milliseconds of the page's thread a frame: ${kind}`).toBeLessThan(FRAME_MS);
    }).toPass({ timeout: 25_000 });
  }
});

test("a place that something is said of is a button on its curve", async ({ page, site }) => {
  await openHarness(page, site);
  await page.evaluate(() => {
    const { state } = /** @type {any} */ (window);
    const runId = state.current.value.id;
    state.baselines.value = [{ key: "mean", label: "Mean", loss: 1.2, metric: NaN }];
    state.marks.value = [{ runId, epoch: 5000, text: "Stops falling", kind: "note" }];
  });
  const mark = page.getByRole("button", { name: "Run 20: Stops falling" });
  await mark.click();
  await expect(mark).toHaveAttribute("aria-pressed", "true");
  const [at, plot] = [await mark.boundingBox(), await page.locator(".large .u-over").boundingBox()];
  const middle = (plot?.x ?? 0) + (plot?.width ?? 0) / 4;
  expect(Math.abs((at?.x ?? 0) + (at?.width ?? 0) / 2 - middle)).toBeLessThan(3);
  await page.evaluate(() => {
    /** @type {any} */ (window).state.charts.zoomX.value = [6000, 7000];
  });
  await expect(mark).toBeHidden();
});
