/**
 * What every browser test gets: the built site served on loopback under a path of its own (so that
 * only relative addresses work), and a watch over what the page does. A test fails when the page
 * asks for anything beyond the site or logs an error.
 */

import { test as base, expect } from "@playwright/test";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../../tools/serve.mjs";

export const SITE = join(dirname(fileURLToPath(import.meta.url)), "../../build/site");

/**
 * @typedef {object} Options
 * @property {boolean} errorsExpected for tests of what the page forbids: console errors do not count
 */
/**
 * @typedef {object} Fixtures
 * @property {void} watched
 */
/**
 * @typedef {object} WorkerFixtures
 * @property {string} site address of the site, with a slash at its end
 */

export const test = /** @type {typeof base.extend<Options & Fixtures, WorkerFixtures>} */ (
  base.extend
)({
  errorsExpected: [false, { option: true }],

  site: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from it
    async ({}, use) => {
      const server = await serve(SITE, { base: "/any/path/" });
      await use(server.url);
      server.close();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ site }, use) => use(site),

  watched: [
    async ({ context, baseURL, errorsExpected }, use) => {
      /** @type {string[]} */
      const outside = [];
      /** @type {string[]} */
      const errors = [];
      context.on("request", (request) => {
        if (!request.url().startsWith(String(baseURL)) && !/^(blob|data):/.test(request.url())) {
          outside.push(request.url());
        }
      });
      context.on("console", (message) => {
        if (message.type() === "error") {
          errors.push(message.text());
        }
      });
      context.on("weberror", (error) => errors.push(error.error().stack ?? String(error.error())));
      await use();
      expect(outside, "requests beyond the site").toEqual([]);
      expect(errorsExpected ? [] : errors, "errors in the console").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
