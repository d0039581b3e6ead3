// Each kind of page answers, is well made, keeps to its host and fits every screen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertCalm, open, withPage } from "./lib/browser.mjs";
import { FIXTURE_PAGES, MAIN_PAGES, firstOfEachKind, only, statusOf } from "./lib/kinds.mjs";
import { crawl } from "./lib/crawl.mjs";
import { fits, nothingMoved, watchShifts } from "./lib/judge.mjs";
import { FIXTURE_DOCUMENTS, fixture, founding, sites, themes } from "./lib/sites.mjs";

async function check(site, path) {
  await withPage(site, {}, async (page) => {
    await page.addInitScript(watchShifts);
    await open(page, site, path, statusOf(path));
    if (path.includes("?q=")) await page.waitForSelector(".search-ready");
    const made = await page.evaluate(() => ({
      h1: [...document.querySelectorAll("h1")].filter((h) => h.textContent.trim() !== "").length,
      title: document.title.trim(),
      lang: document.documentElement.lang,
      main: document.querySelectorAll("main").length,
      styles: document.querySelectorAll("link[rel=stylesheet], style, [style]").length,
      scripts: [...document.querySelectorAll("script:not([type='application/ld+json'])")].map(
        (script) => script.defer && script.src !== "" && script.textContent === "",
      ),
    }));
    assert.equal(made.h1, 1, "one heading of the first rank");
    assert.notEqual(made.title, "");
    assert.equal(made.lang, "en");
    assert.equal(made.main, 1);
    assert.equal(made.styles, 1, "one style sheet and no style beside it");
    const isSearch = path.startsWith("search/");
    assert.deepEqual(made.scripts, isSearch ? [true, true] : [true], "one deferred script");
    await nothingMoved(page);
    await fits(page);
    assertCalm(page, path);
  });
}

for (const [name, path] of Object.entries(FIXTURE_PAGES)) {
  test(`fixture: ${name} is well made`, () => check(fixture.root, path));
}

for (const name of ["home", "open letter", "organization", "results", "not found"]) {
  test(`fixture below a path: ${name} is well made`, () => check(fixture.path, FIXTURE_PAGES[name]));
}

for (const [theme, site] of Object.entries(themes)) {
  for (const [name, path] of Object.entries(only(MAIN_PAGES))) {
    test(`theme ${theme}: ${name} is well made`, () => check(site, path));
  }
}

test("each kind of page of the founding archive is well made", async (t) => {
  for (const [name, path] of Object.entries(await firstOfEachKind(founding.root))) {
    await t.test(name, () => check(founding.root, path));
  }
});

test("every page has a title of its own, a language and one heading", async () => {
  for (const [name, site] of Object.entries(sites)) {
    const faults = [];
    const titles = new Map();
    for (const [path, file] of await crawl(site)) {
      if (!file.links) continue;
      if (file.h1.length !== 1) faults.push(`${path} has ${file.h1.length} headings`);
      if (file.lang !== "en") faults.push(`${path} has the language ${file.lang}`);
      if (!file.canonical) faults.push(`${path} has no canonical URL`);
      else if (file.canonical !== site.permanent + path.slice(site.basePath.length)) {
        faults.push(`${path} says that it is ${file.canonical}`);
      }
      if (titles.has(file.title)) faults.push(`${path} and ${titles.get(file.title)} have the title ${file.title}`);
      titles.set(file.title, path);
    }
    assert.deepEqual(faults, [], name);
  }
});

test("the counts of the years are those of their pages, and what may be of another year says so", async () => {
  const site = fixture.root;
  await withPage(site, {}, async (page) => {
    await open(page, site, "years/");
    const told = await page.locator(".counts li").evaluateAll((all) =>
      all.map((li) => ({ url: li.querySelector("a").href, count: Number.parseInt(li.querySelector(".count").textContent, 10) })),
    );
    assert.match(await page.locator(".aside").textContent(), /^\d documents belong, or may belong, to several years/);
    let sum = 0;
    for (const { url, count } of told) {
      await page.goto(url);
      assert.equal(await page.locator(".entry").count(), count, url);
      sum += count;
    }
    assert.ok(sum > FIXTURE_DOCUMENTS);
    await open(page, site, "years/1955/");
    assert.deepEqual(await page.locator(".perhaps").allTextContents(), ["year uncertain"]);
    await open(page, site, "years/2000/");
    assert.deepEqual(await page.locator(".perhaps").allTextContents(), [], "a span of years is no doubt");
  });
});
