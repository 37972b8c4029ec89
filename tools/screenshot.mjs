// Makes the pictures of the README from the built site: node tools/screenshot.mjs

import { chromium } from "@playwright/test";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import config from "../playwright.config.js";
import { animate } from "./apng.mjs";
import { serve } from "./serve.mjs";

/** @typedef {import("@playwright/test").Page} Page */

const ROOT = dirname(import.meta.dirname);
const PICTURES = join(ROOT, "tools/pictures");
const MAX_BYTES = 400 * 1024;

const EXAMPLE = "moons.csv";

const MAP = ".map .plane-frame";

/** Epochs of the moving picture. */
const EPOCHS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 28, 40];
const FRAME_MS = 350;
const LAST_FRAME_MS = 2500;

/** Time for the page to ask the worker and to draw. */
const DRAWING_MS = 600;

/** @param {Page} page @param {RegExp} text */
const untilStatus = (page, text) => page.locator("#status", { hasText: text }).waitFor();

/** @param {Page} page @param {string} site */
async function openExample(page, site) {
  await page.goto(site);
  await untilStatus(page, /Ready/);
  await page.locator("#example").selectOption(EXAMPLE);
  await page.locator(".file-line", { hasText: EXAMPLE }).waitFor();
  await untilStatus(page, /Ready/);
}

/** The whole page after a run. @param {Page} page */
async function pageAfterRun(page) {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator("#train").click();
  await untilStatus(page, /Finished|Stopped early/);
  await page.locator(".report .tile").first().waitFor();
  await page.waitForTimeout(DRAWING_MS);
  return page.screenshot();
}

/** Whole pixels, whatever part of one the element begins at. @param {Page} page @param {string} element */
async function boxOf(page, element) {
  const box = await page.locator(element).boundingBox();
  if (!box) {
    throw new Error(`${element} cannot be seen.`);
  }
  const [x, y, width, height] = [box.x, box.y, box.width, box.height].map(Math.round);
  return { x, y, width, height };
}

/** The pixels of a picture, as the browser reads it. @param {Page} page @param {Buffer} png @returns {Promise<Buffer>} RGBA */
async function pixelsOf(page, png) {
  const base64 = await page.evaluate(
    async (url) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const parts = Array.from({ length: image.height }, (_, y) =>
        String.fromCharCode(...data.subarray(4 * y * image.width, 4 * (y + 1) * image.width)),
      );
      return btoa(parts.join(""));
    },
    `data:image/png;base64,${png.toString("base64")}`,
  );
  return Buffer.from(base64, "base64");
}

/** @param {Page} page */
async function stepEpoch(page) {
  const before = await page.locator("#status").textContent();
  await page.getByRole("button", { name: "Step epoch" }).click();
  await page
    .locator("#status")
    .filter({ hasNotText: String(before) })
    .waitFor();
}

/** The decision map as it bends. @param {Page} page */
async function mapInTraining(page) {
  await page.setViewportSize({ width: 1440, height: 1800 });
  await stepEpoch(page);
  await page.locator("#tab-does").click();
  await page.locator(".map .boundary").waitFor();
  const last = Math.max(...EPOCHS);
  const { width, height } = await boxOf(page, MAP);
  /** @type {{ rgba: Buffer, ms: number }[]} */
  const frames = [];
  for (let epoch = 1; epoch <= last; epoch++) {
    if (EPOCHS.includes(epoch)) {
      await page.waitForTimeout(DRAWING_MS);
      const clip = { ...(await boxOf(page, MAP)), width, height };
      const rgba = await pixelsOf(page, await page.screenshot({ clip }));
      frames.push({ rgba, ms: epoch === last ? LAST_FRAME_MS : FRAME_MS });
    }
    await stepEpoch(page);
  }
  return animate(width, frames);
}

/** The curves of a race. @param {Page} page */
async function race(page) {
  await page.setViewportSize({ width: 1280, height: 2000 });
  await page.locator("#train").click();
  await untilStatus(page, /Finished|Stopped early/);
  await page.locator("#tab-race").click();
  await page.getByRole("button", { name: "Start the race", exact: true }).click();
  await page.locator(".verdict:not(:empty)").waitFor();
  await page.waitForTimeout(DRAWING_MS);
  return page.locator(".chart.large").screenshot();
}

const TAKES = { page: pageAfterRun, map: mapInTraining, race };

const site = await serve(join(ROOT, "build/site"));
const browser = await chromium.launch(config.use?.launchOptions);
try {
  await mkdir(PICTURES, { recursive: true });
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const [name, take] of Object.entries(TAKES)) {
      const page = await browser.newPage({ colorScheme, reducedMotion: "reduce" });
      await openExample(page, site.url);
      const picture = await take(page);
      await page.close();
      const path = join(PICTURES, `${name}-${colorScheme}.png`);
      await writeFile(path, picture);
      console.log(`${relative(ROOT, path)}: ${Math.round(picture.length / 1024)} KB`);
      if (picture.length > MAX_BYTES) {
        throw new Error(`The picture is larger than ${MAX_BYTES} bytes.`);
      }
    }
  }
} finally {
  await browser.close();
  site.close();
}
