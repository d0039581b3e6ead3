// One browser for all tests, and what every test asks of a page.

import assert from "node:assert/strict";
import { after } from "node:test";

import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ARGUMENTS,
});
after(() => browser.close());

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 360, height: 740 };

/**
 * Calls `use` with a page of a context of its own. What goes wrong unseen (an error on the console, a
 * request that leaves the site, a shift of the layout) is kept in `page.faults`.
 */
export async function withPage(site, options, use) {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.faults = [];
  page.setDefaultTimeout(10_000);
  page.on("console", (message) => message.type() === "error" && page.faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => page.faults.push(`error: ${error}`));
  page.on("dialog", (dialog) => {
    page.faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  const host = new URL(site.url).host;
  context.on("request", (request) => {
    const url = new URL(request.url());
    const own = url.host === host || ["blob:", "data:"].includes(url.protocol);
    if (!own) page.faults.push(`a request to ${url.host}: ${url}`);
  });
  try {
    return await use(page);
  } finally {
    await context.close();
  }
}

/** Goes to a path of a site; anything but the expected status is a failure. */
export async function open(page, site, path, status = 200) {
  const response = await page.goto(new URL(path, site.url).href, { waitUntil: "load" });
  assert.equal(response.status(), status, `status of ${path}`);
  return response;
}

/** Nothing went wrong unseen; the browser's own line about a 404 is none of ours. */
export function assertCalm(page, path) {
  const faults = page.faults.filter((fault) => !/status of 404/.test(fault));
  assert.deepEqual([...new Set(faults)], [], `faults of ${path}`);
}
