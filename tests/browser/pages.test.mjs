// Each kind of page answers, is well made, keeps to its host and fits every screen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { assertCalm, open, withPage } from "./lib/browser.mjs";
import { FIXTURE_PAGES, MAIN_PAGES, firstOfEachKind, only, statusOf } from "./lib/kinds.mjs";
import { crawl } from "./lib/crawl.mjs";
import { fixture, founding, ledger, sites } from "./lib/sites.mjs";

const WIDTHS = [320, 360, 640, 1280];

/** Adds up what moves while a page loads. */
function watchShifts() {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifted += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** What stands out of the page to the right, though nothing scrolls it. */
function overflowing() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== "visible") return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element),
  );
  const named = wide.slice(-3).map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 60)}`);
  return [`${document.documentElement.scrollWidth} px`, ...named];
}

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
    assert.equal(await page.evaluate("window.shifted"), 0, "nothing moves while the page loads");
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await page.evaluate(overflowing), [], `at ${width} px`);
    }
    assertCalm(page, path);
  });
}

for (const [name, path] of Object.entries(FIXTURE_PAGES)) {
  test(`fixture: ${name} is well made`, () => check(fixture.root, path));
}

for (const name of ["home", "open letter", "organization", "results", "not found"]) {
  test(`fixture below a path: ${name} is well made`, () => check(fixture.path, FIXTURE_PAGES[name]));
}

for (const [name, path] of Object.entries(only(MAIN_PAGES))) {
  test(`second theme: ${name} is well made`, () => check(ledger, path));
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
