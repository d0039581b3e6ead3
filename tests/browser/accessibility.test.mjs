// axe finds nothing on any kind of page: light and dark, wide and narrow, and at twice the size.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

import { NARROW, WIDE, open, withPage } from "./lib/browser.mjs";
import { FIXTURE_PAGES, MAIN_PAGES, firstOfEachKind, only, statusOf } from "./lib/kinds.mjs";
import { fixture, founding, ledger } from "./lib/sites.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Colours depend on scheme and contrast, everything else on the width alone. */
const COLOURS = { runOnly: ["color-contrast", "link-in-text-block"] };
const VIEWS = [
  { view: "wide, light", viewport: WIDE, colorScheme: "light", contrast: "no-preference" },
  { view: "wide, dark", colorScheme: "dark", rules: COLOURS },
  { view: "wide, dark, more contrast", contrast: "more", rules: COLOURS },
  { view: "narrow, dark", viewport: NARROW, contrast: "no-preference" },
  { view: "narrow, light", colorScheme: "light", rules: COLOURS },
];

async function violations(page, rules = {}) {
  const found = await page.evaluate(async (given) => (await window.axe.run(given)).violations, rules);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n    ${node.html}\n    ${node.any.map((any) => any.message).join("; ")}`),
  );
}

async function check(site, pages) {
  await withPage(site, {}, async (page) => {
    const found = [];
    for (const [name, path] of Object.entries(pages)) {
      await open(page, site, path, statusOf(path));
      if (path.includes("?q=")) await page.waitForSelector(".search-ready");
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
      await page.evaluate(axe);
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

test("axe finds nothing on pages in the second theme", () => check(ledger, only(MAIN_PAGES)));
