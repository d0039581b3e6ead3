// Pictures of each kind of page, to be looked at: `tests/browser/screenshots/`, not kept by git.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

import { NARROW, open, withPage } from "./lib/browser.mjs";
import { HARD, empty, five, hard, korean, large } from "./lib/generated.mjs";
import { FIXTURE_PAGES, MAIN_PAGES, firstOfEachKind, only, statusOf } from "./lib/kinds.mjs";
import { fixture, founding, themes } from "./lib/sites.mjs";

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
      // A page of megabytes is too high to be painted as a whole.
      const part = height > 50_000 ? {} : { fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, 2400) } };
      await page.screenshot({ path: named(label, name), timeout: 60_000, ...part });
    }
  });
}

test("pictures: every page of the fixture, wide", () => shoot(fixture.root, FIXTURE_PAGES, {}, "wide"));
test("pictures: narrow", () => shoot(fixture.root, only(NARROW_PAGES), { viewport: NARROW, deviceScaleFactor: 2 }, "narrow"));
test("pictures: dark", () => shoot(fixture.root, only(DARK), { colorScheme: "dark" }, "dark"));
test("pictures: printed", () => shoot(fixture.root, only(PRINTED), { print: true, viewport: { width: 760, height: 1000 } }, "print"));
for (const [name, site] of Object.entries(themes)) {
  test(`pictures: the theme ${name}`, async () => {
    await shoot(site, only(MAIN_PAGES), {}, name);
    await shoot(site, only(DARK), { colorScheme: "dark" }, `${name} dark`);
    await shoot(site, only(NARROW_PAGES), { viewport: NARROW, deviceScaleFactor: 2 }, `${name} narrow`);
    await shoot(site, only(PRINTED), { print: true, viewport: { width: 760, height: 1000 } }, `${name} print`);
  });
}
test("pictures: the founding archive", async () =>
  shoot(founding.root, await firstOfEachKind(founding.root), {}, "founding"));

const HARD_PAGES = Object.fromEntries(Object.keys(HARD).map((slug) => [slug, `documents/${slug}/`]));
const LISTS = { "home": "", "documents": "documents/", "organizations": "organizations/", "years": "years/", "year": "years/2024/", "search": "search/?q=quarantine" };
const SPOKEN = { ...LISTS, "search": "search/?q=명단", "document": "documents/letter-1/", "signatories": "documents/signatories/", "open-data": "data/" };

test("pictures: hard documents, wide", async () => shoot(await hard(), HARD_PAGES, {}, "hard"));
test("pictures: hard documents, narrow", async () =>
  shoot(await hard(), HARD_PAGES, { viewport: NARROW, deviceScaleFactor: 2 }, "hard narrow"));
test("pictures: hard documents, printed", async () =>
  shoot(await hard(), HARD_PAGES, { print: true, viewport: { width: 760, height: 1000 } }, "hard print"));
test("pictures: in Korean", async () => shoot(await korean(), SPOKEN, {}, "korean"));
test("pictures: in Korean, narrow", async () =>
  shoot(await korean(), SPOKEN, { viewport: NARROW, deviceScaleFactor: 2 }, "korean narrow"));
test("pictures: an empty archive", async () =>
  shoot(await empty(), { "home": "", "documents": "documents/", "organizations": "organizations/", "years": "years/", "search": "search/", "open-data": "data/" }, {}, "empty"));
test("pictures: five documents", async () => shoot(await five(), LISTS, {}, "five"));
test("pictures: 20,000 documents", async () => shoot(await large(), LISTS, {}, "large"));
test("pictures: 20,000 documents, narrow", async () =>
  shoot(await large(), LISTS, { viewport: NARROW, deviceScaleFactor: 2 }, "large narrow"));
