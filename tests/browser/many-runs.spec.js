// Twenty runs of ten thousand points each are drawn at sixty frames a second.

import { build } from "esbuild";
import { join } from "node:path";
import { expect, test } from "./fixtures.js";

test.use({ viewport: { width: 1440, height: 900 } });

const FRAMES = 40;
const FRAME_MS = 1000 / 60;
const HARNESS = join(import.meta.dirname, "many-runs.js");

test("draws twenty runs of ten thousand points within a frame", async ({ page, site }) => {
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
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
  };
  for (const kind of ["train", "pan", "highlight"]) {
    const played = [];
    for (let i = 0; i < 3; i++) {
      const before = await busy();
      await page.evaluate(([k, n]) => Reflect.get(window, "play")(k, n), [kind, FRAMES]);
      played.push(((await busy()) - before) * (1000 / FRAMES));
    }
    const perFrame = Math.min(...played);
    expect(perFrame, `milliseconds of the page's thread a frame: ${kind}`).toBeLessThan(FRAME_MS);
  }
});
