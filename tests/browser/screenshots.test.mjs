// Pictures of each kind of page, to be looked at: `tests/browser/screenshots/`, not kept by git.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

import { NARROW, open, withPage } from "./lib/browser.mjs";
import { FIXTURE_PAGES, MAIN_PAGES, firstOfEachKind, only, statusOf } from "./lib/kinds.mjs";
import { fixture, founding, ledger } from "./lib/sites.mjs";

const folder = fileURLToPath(new URL("screenshots/", import.meta.url));
const DARK = ["home", "open letter", "organization", "results", "source"];
const NARROW_PAGES = [...DARK, "documents", "Korean document", "Arabic document", "document with a long title", "year", "people"];
const PRINTED = ["open letter", "document with a long title"];

const named = (...words) => `${folder}${words.join(" ").toLowerCase().replaceAll(/\W+/g, "-")}.png`;

async function shoot(site, pages, options, label) {
  await mkdir(folder, { recursive: true });
  await withPage(site, options, async (page) => {
    for (const [name, path] of Object.entries(pages)) {
      await open(page, site, path, statusOf(path));
      if (path.includes("?q=")) {
        await page.waitForSelector(".search-ready");
        await page.waitForLoadState("networkidle");
      }
      if (options.print) await page.emulateMedia({ media: "print" });
      const { width } = page.viewportSize();
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const clip = { x: 0, y: 0, width, height: Math.min(height, 2400) };
      await page.screenshot({ path: named(label, name), fullPage: true, clip });
    }
  });
}

test("pictures: every page of the fixture, wide", () => shoot(fixture.root, FIXTURE_PAGES, {}, "wide"));
test("pictures: narrow", () => shoot(fixture.root, only(NARROW_PAGES), { viewport: NARROW, deviceScaleFactor: 2 }, "narrow"));
test("pictures: dark", () => shoot(fixture.root, only(DARK), { colorScheme: "dark" }, "dark"));
test("pictures: printed", () => shoot(fixture.root, only(PRINTED), { print: true, viewport: { width: 760, height: 1000 } }, "print"));
test("pictures: the second theme", () => shoot(ledger, only(MAIN_PAGES), {}, "ledger"));
test("pictures: the founding archive", async () =>
  shoot(founding.root, await firstOfEachKind(founding.root), {}, "founding"));
