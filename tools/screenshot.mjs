// Makes the pictures of the README from the built site: node tools/screenshot.mjs

import { chromium } from "@playwright/test";
import { mkdir, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import config from "../playwright.config.js";
import { serve } from "./serve.mjs";

const ROOT = dirname(import.meta.dirname);
const PICTURES = join(ROOT, "tools/pictures");
const MAX_BYTES = 300 * 1024;

const EXAMPLE = "moons.csv";

/**
 * @param {import("@playwright/test").Browser} browser
 * @param {string} site
 * @param {"light" | "dark"} colorScheme
 */
async function picture(browser, site, colorScheme) {
  const viewport = { width: 1440, height: 900 };
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: "reduce" });
  await page.goto(site);
  await page.locator("#status", { hasText: "Ready" }).waitFor();
  await page.locator("#example").selectOption(EXAMPLE);
  await page.locator(".file-line", { hasText: EXAMPLE }).waitFor();
  await page.locator("#status", { hasText: "Ready" }).waitFor();
  await page.locator("#train").click();
  await page.locator("#status", { hasText: /Finished|Stopped early/ }).waitFor();
  await page.locator(".report .tile").first().waitFor();
  const path = join(PICTURES, `page-${colorScheme}.png`);
  await page.screenshot({ path });
  const { size } = await stat(path);
  console.log(`${relative(ROOT, path)}: ${Math.round(size / 1024)} KB`);
  if (size > MAX_BYTES) {
    throw new Error(`The picture is larger than ${MAX_BYTES} bytes.`);
  }
}

const site = await serve(join(ROOT, "build/site"));
const browser = await chromium.launch(config.use?.launchOptions);
try {
  await mkdir(PICTURES, { recursive: true });
  await picture(browser, site.url, "light");
  await picture(browser, site.url, "dark");
} finally {
  await browser.close();
  site.close();
}
