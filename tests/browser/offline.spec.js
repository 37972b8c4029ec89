// The site with no network, and as an installed program.

import { chromium } from "@playwright/test";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "../../tools/serve.mjs";
import { writeServiceWorker } from "../../tools/offline.mjs";
import { expect, SITE, test as base } from "./fixtures.js";
import { button, open, openTab, statusOf, train } from "./page.js";

/**
 * A site of its own that can be changed and go away.
 * @typedef {object} Host
 * @property {string} url
 * @property {() => void} stop
 * @property {(change: (folder: string) => Promise<void>) => Promise<void>} publish a changed site
 */

const test = /** @type {typeof base.extend<{ host: Host }>} */ (base.extend)({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from it
  host: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "tabtrain-"));
    const site = join(folder, "site");
    await cp(SITE, site, { recursive: true });
    const server = await serve(site, { base: "/any/path/" });
    let n = 0;
    await use({
      url: server.url,
      stop: server.close,
      publish: async (change) => {
        const next = join(folder, `site-${++n}`);
        await cp(SITE, next, { recursive: true });
        await change(next);
        await rename(site, join(folder, `before-${n}`));
        await rename(next, site);
      },
    });
    server.close();
    await rm(folder, { recursive: true });
  },
  baseURL: async ({ host }, use) => use(host.url),
  serviceWorkers: "allow",
});

/** @typedef {import("@playwright/test").Page} Page */

/** Waits until the page is served from this browser. @param {Page} page */
const kept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

/** @param {Page} page */
const installing = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return Boolean(registration.installing);
  });

/** Looks for a new version, as the browser does at every visit. @param {Page} page @returns {Promise<boolean>} there is a complete one */
const findUpdate = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const { installing: next } = registration;
    await new Promise((resolve) => {
      if (!next || next.state !== "installing") {
        resolve(null);
      }
      next?.addEventListener("statechange", resolve);
    });
    return Boolean(registration.waiting);
  });

/** What a build is told by, in a file of the first view and in one that is fetched later. @param {string} site @param {string} mark */
async function markBuild(site, mark) {
  const page = join(site, "index.html");
  const html = await readFile(page, "utf8");
  await writeFile(page, html.replace("<head>", `<head><meta name="build" content="${mark}" />`));
  const lessons = join(site, "lessons.json");
  await writeFile(lessons, `${await readFile(lessons, "utf8")}\n${mark.padEnd(20)}`);
}

/** The builds that the files of a page are from. @param {Page} page */
const buildsOf = (page) =>
  page.evaluate(async () => {
    const later = await (await fetch("lessons.json")).text();
    return [
      document.querySelector("meta[name=build]")?.getAttribute("content") ?? "",
      later.split("\n").length > 1 ? later.slice(-20).trim() : "",
    ];
  });

/**
 * Visits again and again: the browser may take a moment to see that a tab is closed.
 * @param {import("@playwright/test").BrowserContext} context
 * @param {string} build that is awaited; until then the first one is there, and never a mixture
 */
async function visitUntil(context, build) {
  for (;;) {
    const page = await context.newPage();
    await open(page);
    const builds = await buildsOf(page);
    expect(builds).toEqual(builds[0] === build ? [build, build] : ["", ""]);
    if (builds[0] === build) {
      return page;
    }
    await page.close();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

test("after one visit it opens, trains and shows every part without the server", async ({
  page,
  host,
}) => {
  await open(page);
  await kept(page);
  host.stop();
  await page.reload();
  await train(page);
  await openTab(page, "Rewind and check");
  await expect(page.getByRole("tabpanel", { name: "Rewind and check" })).not.toBeEmpty();
  await openTab(page, "Race");
  await expect(page.getByRole("tabpanel", { name: "Race" })).toContainText("Race");
  await page.locator("#example").selectOption("wine.csv");
  await expect(page.locator(".file-line")).toContainText("wine.csv");
  await expect(statusOf(page)).toContainText("Ready");
  await train(page);
  await page.locator("select.language").selectOption("zh-CN");
  await expect(page.getByRole("tab", { name: "竞赛", exact: true })).toBeVisible();
});

test("the first visit goes on without the server", async ({ page, host }) => {
  await open(page);
  await kept(page);
  host.stop();
  await train(page);
  await openTab(page, "Rate finder");
  await expect(page.getByRole("tabpanel", { name: "Rate finder" })).not.toBeEmpty();
});

test("every file comes with the policy of the page, which binds a worker as well", async ({
  page,
}) => {
  await open(page);
  await kept(page);
  const policies = await page.evaluate(async () => {
    const meta = document.querySelector("meta[http-equiv='Content-Security-Policy']");
    const files = ["./", "worker.js", "tabtrain.wasm", "reference.html"];
    const headers = files.map(async (file) =>
      (await fetch(file)).headers.get("content-security-policy"),
    );
    return { meta: meta?.getAttribute("content"), headers: await Promise.all(headers) };
  });
  expect(policies.meta).toContain("default-src 'none'");
  expect(new Set(policies.headers)).toEqual(new Set([policies.meta]));
});

test("a new version is used at the next visit, as a whole", async ({ page, context, host }) => {
  await open(page);
  await kept(page);
  await host.publish(async (site) => {
    await markBuild(site, "second");
    await writeServiceWorker(site);
  });
  expect(await findUpdate(page)).toBe(true);
  expect(await buildsOf(page)).toEqual(["", ""]);
  await page.reload();
  expect(await buildsOf(page)).toEqual(["", ""]);
  await page.close();
  host.stop();
  const next = await visitUntil(context, "second");
  await train(next);
  expect(await next.evaluate(() => caches.keys())).toHaveLength(1);
});

test("a version that is half published is left alone", async ({ page, context, host }) => {
  await open(page);
  await kept(page);
  await host.publish(async (site) => {
    await markBuild(site, "half");
    await writeServiceWorker(site);
    await markBuild(site, "other half");
  });
  expect(await findUpdate(page)).toBe(false);
  await page.close();
  const next = await context.newPage();
  await open(next);
  expect(await installing(next)).toBe(false);
  expect(await buildsOf(next)).toEqual(["", ""]);
  expect(await next.evaluate(() => caches.keys())).toHaveLength(1);
});

test("works from the network when its files are gone from this browser", async ({ page }) => {
  await open(page);
  await kept(page);
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      await caches.delete(name);
    }
  });
  await open(page);
  await train(page);
});

test("works where nothing may be kept", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "serviceWorker", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  });
  await open(page);
  await train(page);
  await expect(button(page, "Train again")).toBeVisible();
});

test("can be installed", async ({ host }) => {
  const { launchOptions } = test.info().project.use;
  const folder = await mkdtemp(join(tmpdir(), "tabtrain-profile-"));
  const context = await chromium.launchPersistentContext(folder, launchOptions);
  const page = await context.newPage();
  await page.goto(host.url);
  const session = await context.newCDPSession(page);
  const manifest = await session.send("Page.getAppManifest");
  expect(manifest.errors).toEqual([]);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors).toEqual([]);
  await context.close();
  await rm(folder, { recursive: true });
});
