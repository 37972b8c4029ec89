// Makes the icons of an installed page from the mark: node tools/icons.mjs

import { chromium } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import config from "../playwright.config.js";

const ICONS = join(dirname(import.meta.dirname), "web/icons");

/** The safe zone of a maskable icon is a circle of 80 % of its width. */
const MASKABLE_SCALE = 0.8;

/** @type {{ file: string, size: number, maskable?: boolean }[]} */
const SIZES = [
  { file: "icon-180.png", size: 180, maskable: true },
  { file: "icon-192.png", size: 192 },
  { file: "icon-512.png", size: 512 },
  { file: "maskable-512.png", size: 512, maskable: true },
];

const mark = await readFile(join(ICONS, "mark.svg"), "utf8");
const ground = /<rect[^>]*fill="([^"]+)"/.exec(mark)?.[1];
const browser = await chromium.launch(config.use?.launchOptions);
try {
  for (const { file, size, maskable = false } of SIZES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const width = maskable ? size * MASKABLE_SCALE : size;
    await page.setContent(
      `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${maskable ? ground : "none"}">` +
        `<div style="width:${width}px;line-height:0">${mark}</div>`,
    );
    await page.screenshot({ path: join(ICONS, file), omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
