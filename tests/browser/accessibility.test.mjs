// axe finds nothing on any kind of page: light and dark, wide and narrow, and at twice the size.

import assert from "node:assert/strict";
import { test } from "node:test";

import { NARROW, WIDE, open, withPage } from "./lib/browser.mjs";
import { FIXTURE_PAGES, MAIN_PAGES, firstOfEachKind, only, statusOf } from "./lib/kinds.mjs";
import { violations } from "./lib/judge.mjs";
import { fixture, founding, themes } from "./lib/sites.mjs";

/** Colours depend on scheme and contrast, everything else on the width alone. */
const COLOURS = { runOnly: ["color-contrast", "link-in-text-block"] };
const VIEWS = [
  { view: "wide, light", viewport: WIDE, colorScheme: "light", contrast: "no-preference" },
  { view: "wide, dark", colorScheme: "dark", rules: COLOURS },
  { view: "wide, dark, more contrast", contrast: "more", rules: COLOURS },
  { view: "narrow, dark", viewport: NARROW, contrast: "no-preference" },
  { view: "narrow, light", colorScheme: "light", rules: COLOURS },
  // A screen of 1280 pixels at twice the size, and one of 320.
  { view: "twice the size", viewport: { width: 640, height: 450 } },
  { view: "320 pixels", viewport: { width: 320, height: 640 } },
  { view: "2,560 pixels", viewport: { width: 2560, height: 1440 } },
];

async function check(site, pages) {
  await withPage(site, {}, async (page) => {
    const found = [];
    for (const [name, path] of Object.entries(pages)) {
      await open(page, site, path, statusOf(path));
      if (path.includes("?q=")) await page.waitForSelector(".search-ready");
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      for (const { view, viewport, rules, ...media } of VIEWS) {
        if (viewport) await page.setViewportSize(viewport);
        await page.emulateMedia(media);
        for (const violation of await violations(page, rules)) found.push(`${name}, ${view}: ${violation}`);
      }
    }
    assert.deepEqual(found, []);
  });
}

test("axe finds nothing on any kind of page of the fixture", () => check(fixture.root, FIXTURE_PAGES));

test("axe finds nothing on any kind of page of the founding archive", async () =>
  check(founding.root, await firstOfEachKind(founding.root)));

for (const [name, site] of Object.entries(themes)) {
  test(`axe finds nothing on pages in the theme ${name}`, () => check(site, only(MAIN_PAGES)));
}
